"""The rule `date-mismatch`."""

from collections.abc import Iterator

from newslint.records.disagreement import COMPARED_FIELDS
from newslint.rules.api import (
    Bad,
    DescriptionDiagnostic,
    Good,
    Group,
    GroupRule,
    Literal,
    Severity,
    replace_literal,
)
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY
from newslint.rules.mismatch import describe_source, find_mismatches, unless_uncertain


class DateMismatch(GroupRule):
    """The publication date of a related entry differs from the article's.

    Dates are compared as instants, so `23:33+02:00` equals `21:33Z`.

    Why: the article has different positions in the lists of different pages.
    """

    id = "date-mismatch"
    severity = Severity.WARNING
    roles = ("url", "date")
    reads = "publishedDateTime"
    fields_read = COMPARED_FIELDS | {"publishedDateTime"}
    compares = True
    examples = (
        Bad(
            OTHER_RECORD + RELATED_ENTRY.replace("21:33", "20:33"),
            NEWS_RECORD,
            fixed=OTHER_RECORD + RELATED_ENTRY,
        ),
        Good(OTHER_RECORD + RELATED_ENTRY.replace("21:33:00Z", "23:33:00+02:00"), NEWS_RECORD),
    )

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each entry whose date is not the reference."""
        for description, reference in find_mismatches(
            group, lambda description: description.published_at
        ):
            here = description.target("publishedDateTime")
            there = reference.mention.target("publishedDateTime")
            found = self.flag(
                here,
                f"the date is {here.value}, but {there.value} {describe_source(reference)}",
                cause=group.key,
                related=((there, f"the date is {there.value} here"),),
                fix=unless_uncertain(
                    description,
                    reference,
                    replace_literal(
                        here, Literal(there.value), f"Set the date to {there.value}", there.style
                    ),
                ),
            )
            yield DescriptionDiagnostic(description, found)
