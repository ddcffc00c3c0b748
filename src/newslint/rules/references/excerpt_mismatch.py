"""The rule `excerpt-mismatch`."""

from collections.abc import Iterator

from newslint.records.defects import same_or_cut
from newslint.rules.api import Bad, Good, Group, GroupRule, Severity, Spread
from newslint.rules.deviation import text_deviations
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
    compares = True
    examples = (
        Bad(OTHER + ENTRY.replace("gets a foundation", "loses a home"), NEWS, fixed=OTHER + ENTRY),
        Good(OTHER + ENTRY.replace("foundation of its own.", "foundation…"), NEWS),
        Good(OTHER + ENTRY, NEWS),
    )

    def check(self, group: Group) -> Iterator[Spread]:
        """Yield a diagnostic for each entry whose excerpt is not the article's."""
        yield from text_deviations(self, group, "excerpt", "excerpt", same_or_cut)
