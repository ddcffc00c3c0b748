"""The rule `excerpt-mismatch`."""

from collections.abc import Iterator

from newslint.records.defects import repaired, same_or_cut, undamaged
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Group,
    GroupRule,
    Mention,
    Severity,
    replace_value,
    shown,
)
from newslint.rules.deviation import deviations, source_of
from newslint.rules.samples import ENTRY, NEWS, OTHER


class ExcerptMismatch(GroupRule):
    """The excerpt of a related entry differs from the article's.

    Texts are compared as readers should see them, with what other rules report (mojibake,
    entities, white space) taken out. An excerpt that is the beginning of the other is no
    difference: copies are cut. The article's own record decides; without one the majority of
    the mentions does, and on a tie the newest record's.

    Why: one article is described differently on different pages.
    """

    id = "excerpt-mismatch"
    severity = Severity.WARNING
    examples = (
        Bad(OTHER + ENTRY.replace("gets a foundation", "loses a home"), NEWS, fixed=OTHER + ENTRY),
        Good(OTHER + ENTRY.replace("foundation of its own.", "foundation…"), NEWS),
        Good(OTHER + ENTRY, NEWS),
    )

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each entry whose excerpt is not the article's."""
        for mention, truth in deviations(group, _read, same_or_cut):
            here, there = mention.at("excerpt"), truth.mention.at("excerpt")
            wanted = undamaged(there.value)
            yield self.flag(
                here,
                f"the excerpt is {shown(here.value)} here, {shown(wanted)} {source_of(truth)}",
                cause=group.key,
                related=((there, f"the excerpt is {shown(there.value)} here"),),
                fix=replace_value(here, wanted, "Take the article's excerpt"),
            )


def _read(mention: Mention) -> str | None:
    """Return the excerpt as readers should see it."""
    excerpt = mention.facts.excerpt
    return repaired(excerpt) if excerpt else None
