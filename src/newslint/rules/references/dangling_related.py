"""The rule `dangling-related`."""

from collections.abc import Iterator

from newslint.rules.api import (
    Bad,
    Description,
    DescriptionDiagnostic,
    Good,
    Group,
    GroupRule,
    Severity,
    quote_value,
)
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY


class DanglingRelated(GroupRule):
    """A related entry links to an article without a record.

    Off by default: most archives embed articles for which they have no record.

    Why: the site has no page for the article.
    """

    id = "dangling-related"
    severity = Severity.WARNING
    default = False
    roles = ("related", "url")
    fields_read = frozenset({"webUrl"})
    examples = (
        Bad(OTHER_RECORD + RELATED_ENTRY),
        Good(OTHER_RECORD + RELATED_ENTRY, NEWS_RECORD),
    )

    def examines(self, description: Description) -> bool:
        """Check if the description is an entry of `related`."""
        return not description.is_record

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each entry, if the article has no record."""
        if group.records:
            return
        for description in group.entry_descriptions:
            target = description.target("webUrl")
            message = f"no record describes the article at {quote_value(group.key)}"
            found = self.flag(target, message, cause=group.key)
            yield DescriptionDiagnostic(description, found)
