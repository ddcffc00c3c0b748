"""The rule `headline-mismatch`."""

from collections.abc import Iterator

from newslint.records.defects import same_text
from newslint.rules.api import Bad, Good, Group, GroupRule, Severity, Spread
from newslint.rules.deviation import text_deviations
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
    compares = True
    examples = (
        Bad(OTHER + ENTRY.replace("PyTorch moves", "PyTorch stays"), NEWS, fixed=OTHER + ENTRY),
        Good(OTHER + ENTRY, NEWS),
        Good(OTHER + ENTRY.replace("PyTorch moves", "PyTorch&nbsp;moves"), NEWS),
    )

    def check(self, group: Group) -> Iterator[Spread]:
        """Yield a diagnostic for each entry whose headline is not the article's."""
        yield from text_deviations(self, group, "title", "headline", same_text)
