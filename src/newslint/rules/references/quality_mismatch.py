"""The rule `quality-mismatch`."""

from collections.abc import Iterator

from newslint.rules.api import Bad, Good, Group, GroupRule, Severity, Spread, replace_source
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
    compares = True
    examples = (
        Bad(
            OTHER + ENTRY.replace("quality: 84", "quality: 86"),
            NEWS,
            fixed=OTHER + ENTRY,
        ),
        Good(OTHER + ENTRY, NEWS),
    )

    def check(self, group: Group) -> Iterator[Spread]:
        """Yield a diagnostic for each entry whose score is not the article's."""
        for facts, truth in deviations(group, lambda facts: facts.quality):
            here, wanted = facts.at("quality"), str(truth.value)
            found = self.flag(
                here,
                f"quality is {facts.quality} here, {wanted} {source_of(truth)}",
                cause=group.key,
                related=((truth.mention.at("quality"), f"quality is {wanted} here"),),
                fix=replace_source(here, wanted, f"Set quality to {wanted}"),
            )
            yield Spread(facts, found)
