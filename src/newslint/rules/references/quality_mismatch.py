"""The rule `quality-mismatch`."""

from collections.abc import Iterator

from newslint.rules.api import (
    Bad,
    DescriptionDiagnostic,
    Good,
    Group,
    GroupRule,
    Severity,
    replace_source,
)
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY
from newslint.rules.mismatch import describe_source, find_mismatches


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
            OTHER_RECORD + RELATED_ENTRY.replace("quality: 84", "quality: 86"),
            NEWS_RECORD,
            fixed=OTHER_RECORD + RELATED_ENTRY,
        ),
        Good(OTHER_RECORD + RELATED_ENTRY, NEWS_RECORD),
    )

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each entry whose score is not the article's."""
        for description, truth in find_mismatches(group, lambda description: description.quality):
            here, wanted = description.target("quality"), str(truth.value)
            found = self.flag(
                here,
                f"quality is {description.quality} here, {wanted} {describe_source(truth)}",
                cause=group.key,
                related=((truth.mention.target("quality"), f"quality is {wanted} here"),),
                fix=replace_source(here, wanted, f"Set quality to {wanted}"),
            )
            yield DescriptionDiagnostic(description, found)
