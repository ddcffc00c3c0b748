"""The rule `headline-mismatch`."""

from collections.abc import Iterator

from newslint.records.disagreement import COMPARED_FIELDS
from newslint.records.text_comparison import is_same_text
from newslint.rules.api import Bad, DescriptionDiagnostic, Good, Group, GroupRule, Severity
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY
from newslint.rules.mismatch import flag_text_mismatches


class HeadlineMismatch(GroupRule):
    """The headline of a related entry differs from the article's.

    Texts are compared after the damage that other rules report (mojibake, entities, white space) is
    repaired. The reference is the article's own record. Without one it is the majority of the
    descriptions, and on a tie that in the newest record.

    Why: one article has different headlines on different pages.
    """

    id = "headline-mismatch"
    severity = Severity.WARNING
    roles = ("url", "title")
    reads = "title"
    fields_read = COMPARED_FIELDS
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
        """Yield a diagnostic for each entry whose headline is not the reference."""
        yield from flag_text_mismatches(self, group, "title", "headline", is_same_text)
