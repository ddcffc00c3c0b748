"""The rule `headline-mismatch`."""

from collections.abc import Iterator

from newslint.records.text_damage import is_same_text
from newslint.rules.api import Bad, DescriptionDiagnostic, Good, Group, GroupRule, Severity
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY
from newslint.rules.mismatch import flag_text_mismatches


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
        Bad(
            OTHER_RECORD + RELATED_ENTRY.replace("PyTorch moves", "PyTorch stays"),
            NEWS_RECORD,
            fixed=OTHER_RECORD + RELATED_ENTRY,
        ),
        Good(OTHER_RECORD + RELATED_ENTRY, NEWS_RECORD),
        Good(
            OTHER_RECORD + RELATED_ENTRY.replace("PyTorch moves", "PyTorch&nbsp;moves"), NEWS_RECORD
        ),
    )

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each entry whose headline is not the article's."""
        yield from flag_text_mismatches(self, group, "title", "headline", is_same_text)
