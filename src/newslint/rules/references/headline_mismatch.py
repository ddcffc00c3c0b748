"""The rule `headline-mismatch`."""

from collections.abc import Iterator

from newslint.records.defects import repaired, same_text, undamaged
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


class HeadlineMismatch(GroupRule):
    """The headline of a related entry differs from the article's.

    Texts are compared as readers should see them, with what other rules report (mojibake,
    entities, white space) taken out. The article's own record decides; without one the majority
    of the mentions does, and on a tie the newest record's.

    Why: one article runs under different headlines on different pages.
    """

    id = "headline-mismatch"
    severity = Severity.WARNING
    examples = (
        Bad(OTHER + ENTRY.replace("PyTorch moves", "PyTorch stays"), NEWS, fixed=OTHER + ENTRY),
        Good(OTHER + ENTRY, NEWS),
        Good(OTHER + ENTRY.replace("PyTorch moves", "PyTorch&nbsp;moves"), NEWS),
    )

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each entry whose headline is not the article's."""
        for mention, truth in deviations(group, _read, same_text):
            here, there = mention.at("title"), truth.mention.at("title")
            wanted = undamaged(there.value)
            yield self.flag(
                here,
                f"the headline is {shown(here.value)} here, {shown(wanted)} {source_of(truth)}",
                cause=group.key,
                related=((there, f"the headline is {shown(there.value)} here"),),
                fix=replace_value(here, wanted, "Take the article's headline"),
            )


def _read(mention: Mention) -> str | None:
    """Return the headline as readers should see it."""
    title = mention.facts.title
    return repaired(title) if title else None
