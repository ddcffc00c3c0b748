"""The rule `related-unpublished`."""

from collections.abc import Iterator

from newslint.rules.api import (
    Bad,
    DescriptionDiagnostic,
    Good,
    Group,
    GroupRule,
    Safety,
    Severity,
    remove_entry,
)
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY

_UNPUBLISHED = NEWS_RECORD.replace("published: true", "published: false")


class RelatedUnpublished(GroupRule):
    """A related entry leads to an article that is not published.

    All entries that lead to one unpublished record have one cause: that record. An entry in that
    record itself is reported by `self-related`.

    Why: readers follow the link to a page that the site does not have.
    Fix safety: unsafe; the article may be about to be published.
    """

    id = "related-unpublished"
    severity = Severity.ERROR
    compares = True
    examples = (
        Bad(OTHER_RECORD + RELATED_ENTRY, _UNPUBLISHED, fixed=OTHER_RECORD + "related: []"),
        Good(OTHER_RECORD + RELATED_ENTRY, NEWS_RECORD),
    )

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each entry, where the article's record is not published."""
        said = group.record_descriptions
        if not said or any(description.published is not False for description in said):
            return
        records = group.records
        because = ((records[0].target("published"), "published is false here"),)
        message = f"related article is not published: {records[0].path} says published: false"
        own = frozenset(record.path for record in records)
        for description in group.entry_descriptions:
            target, fix = (
                description.target("webUrl"),
                remove_entry(description, "Remove the entry", Safety.UNSAFE),
            )
            found = self.flag(target, message, cause=group.key, related=because, fix=fix)
            yield DescriptionDiagnostic(description, found, except_in=own)
