"""The rule `quality-mismatch`."""

from collections.abc import Iterator

from newslint.records.disagreement import COMPARED_FIELDS
from newslint.rules.api import (
    Bad,
    DescriptionDiagnostic,
    Good,
    Group,
    GroupRule,
    Severity,
    replace_literal,
)
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY
from newslint.rules.mismatch import describe_source, find_mismatches, unless_uncertain


class QualityMismatch(GroupRule):
    """The quality score of a related entry differs from the article's.

    The reference is the article's own record. Without one it is the majority of the descriptions,
    and on a tie that in the newest record.

    Why: one article has different ranks on different pages.
    """

    id = "quality-mismatch"
    severity = Severity.ERROR
    roles = ("url", "quality")
    reads = "quality"
    fields_read = COMPARED_FIELDS
    compares = True
    examples = (
        Bad(
            OTHER_RECORD + RELATED_ENTRY.replace("quality: 84", "quality: 86"),
            NEWS_RECORD,
            fixed=OTHER_RECORD + RELATED_ENTRY,
        ),
        Good(OTHER_RECORD + RELATED_ENTRY, NEWS_RECORD),
    )

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each entry whose score is not the reference."""
        for description, reference in find_mismatches(
            group, lambda description: description.quality
        ):
            here, wanted = description.target("quality"), str(reference.value)
            found = self.flag(
                here,
                f"quality is {description.quality}, but {wanted} {describe_source(reference)}",
                cause=group.key,
                related=((reference.mention.target("quality"), f"quality is {wanted} here"),),
                fix=unless_uncertain(
                    description,
                    reference,
                    replace_literal(here, reference.value, f"Set quality to {wanted}"),
                ),
            )
            yield DescriptionDiagnostic(description, found)
