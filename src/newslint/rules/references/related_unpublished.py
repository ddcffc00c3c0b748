"""The rule `related-unpublished`."""

from collections.abc import Iterator

from newslint.rules.api import (
    Bad,
    Description,
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
    """A related entry links to an article that is not published.

    Its record has `published: false` or `draft: true`. All entries that link to one such record
    have the same cause. The rule `self-related` reports an entry in that record itself.

    Why: readers follow the link to a page that does not exist.
    Fix safety: unsafe; the article may be about to be published.
    """

    id = "related-unpublished"
    severity = Severity.ERROR
    severity_hidden = Severity.WARNING
    roles = ("related", "url")
    fields_read = frozenset({"webUrl", "published", "draft"})
    compares = True
    examples = (
        Bad(OTHER_RECORD + RELATED_ENTRY, _UNPUBLISHED, fixed=OTHER_RECORD + "related: []"),
        Good(OTHER_RECORD + RELATED_ENTRY, NEWS_RECORD),
    )

    def examines(self, description: Description) -> bool:
        """Check if the description is an entry of `related`."""
        return not description.is_record

    def check(self, group: Group) -> Iterator[DescriptionDiagnostic]:
        """Yield a diagnostic for each entry, if all records of the article are unpublished."""
        own = group.record_descriptions
        if not own or any(description.is_visible for description in own):
            return
        records = group.records
        field, state = "published", "published is false"
        if records[0].description.published is not False:
            field, state = "draft", "draft is true"
        related = ((records[0].target(field), f"{state} here"),)
        message = f"the related article is not published: {state} in {records[0].path}"
        own_paths = frozenset(record.path for record in records)
        for description in group.entry_descriptions:
            target = description.target("webUrl")
            fix = remove_entry(description, "Remove the entry", Safety.UNSAFE)
            found = self.flag(target, message, cause=group.key, related=related, fix=fix)
            yield DescriptionDiagnostic(description, found, except_in=own_paths)
