"""The rule `quality-mismatch`."""

from collections.abc import Iterator

from newslint.rules.api import Bad, Diagnostic, Good, Group, GroupRule, Severity, replace_source
from newslint.rules.deviation import deviations, source_of
from newslint.rules.samples import ENTRY, NEWS, OTHER


class QualityMismatch(GroupRule):
    """The quality score of a related entry differs from the article's.

    The article's own record decides; without one the majority of the mentions does, and on a tie
    the newest record's.

    Why: one article ranks differently on different pages.
    """

    id = "quality-mismatch"
    severity = Severity.ERROR
    examples = (
        Bad(
            OTHER + ENTRY.replace("quality: 84", "quality: 86"),
            NEWS,
            fixed=OTHER + ENTRY,
        ),
        Good(OTHER + ENTRY, NEWS),
    )

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each entry whose score is not the article's."""
        for mention, truth in deviations(group, lambda mention: mention.facts.quality):
            wanted = str(truth.value)
            yield self.flag(
                mention.at("quality"),
                f"quality is {mention.facts.quality} here, {wanted} {source_of(truth)}",
                cause=group.key,
                related=((truth.mention.at("quality"), f"quality is {wanted} here"),),
                fix=replace_source(mention.at("quality"), wanted, f"Set quality to {wanted}"),
            )
