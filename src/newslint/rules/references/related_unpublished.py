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
        said = group.record_facts
        if not said or any(facts.published is not False for facts in said):
            return
        records = group.records
        because = ((records[0].at("published"), "published is false here"),)
        message = f"related article is not published: {records[0].path} says published: false"
        own = frozenset(record.path for record in records)
        for facts in group.entry_facts:
            target, fix = facts.at("webUrl"), remove_entry(facts, "Remove the entry", Safety.UNSAFE)
            found = self.flag(target, message, cause=group.key, related=because, fix=fix)
            yield DescriptionDiagnostic(facts, found, except_in=own)
