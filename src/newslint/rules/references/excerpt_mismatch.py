"""The rule `excerpt-mismatch`."""

from collections.abc import Iterator

from newslint.records.disagreement import COMPARED_FIELDS
from newslint.records.text_comparison import is_same_or_truncated
from newslint.rules.api import Bad, DescriptionDiagnostic, Good, Group, GroupRule, Severity
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY
from newslint.rules.mismatch import flag_text_mismatches


class ExcerptMismatch(GroupRule):
    """The excerpt of a related entry differs from the article's.

    Texts are compared after the damage that other rules report (mojibake, entities, white space) is
    repaired. An excerpt that is the beginning of the other one is not reported, because copies are
    often cut. The reference is the article's own record. Without one it is the majority of the
    descriptions, and on a tie that in the newest record.

    Why: different pages describe one article differently.
    """

    id = "excerpt-mismatch"
    severity = Severity.WARNING
    roles = ("url", "excerpt")
    reads = "excerpt"
    fields_read = COMPARED_FIELDS
    compares = True
    examples = (
        Bad(
            OTHER_RECORD + RELATED_ENTRY.replace("gets a foundation", "loses a home"),
            NEWS_RECORD,
            fixed=OTHER_RECORD + RELATED_ENTRY,
        ),
        Good(
            OTHER_RECORD + RELATED_ENTRY.replace("foundation of its own.", "foundation…"),
            NEWS_RECORD,
        ),
        Good(OTHER_RECORD + RELATED_ENTRY, NEWS_RECORD),
    )

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each entry whose excerpt is not the reference."""
        yield from flag_text_mismatches(self, group, "excerpt", "excerpt", is_same_or_truncated)
