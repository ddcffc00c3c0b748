"""The rule `self-related`."""

from collections.abc import Iterator

from newslint.records.disagreement import COMPARED_FIELDS, have_disagreement
from newslint.rules.api import (
    Bad,
    Description,
    Diagnostic,
    Good,
    Group,
    GroupRule,
    Safety,
    Severity,
    remove_entry,
)
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY


class SelfRelated(GroupRule):
    """A record lists its own article as related.

    While an article has several records that disagree, such an entry is a copy of another one, and
    only `duplicate-record` is reported.

    Why: the link leads readers to the page that they have just read.
    Fix safety: unsafe; the entry may describe another article and have a wrong URL.
    """

    id = "self-related"
    severity = Severity.WARNING
    roles = ("related", "url")
    fields_read = COMPARED_FIELDS | {"webUrl"}
    compares = True
    examples = (
        Bad(f"{NEWS_RECORD}\n{RELATED_ENTRY}", fixed=f"{NEWS_RECORD}\nrelated: []"),
        Good(OTHER_RECORD + RELATED_ENTRY, NEWS_RECORD),
    )

    def examines(self, description: Description) -> bool:
        """Check if the description is an entry of `related`."""
        return not description.is_record

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each entry in the record of its own article."""
        if not group.record_descriptions or not group.entry_descriptions:
            return
        if have_disagreement(group):
            return
        own = {record.path: record for record in group.records}
        for entry in group.entries_in(frozenset(own)):
            related = ((own[entry.path].target("webUrl"), "the URL of the record"),)
            message = "the record lists its own article as related"
            fix = remove_entry(entry, "Remove the entry", Safety.UNSAFE)
            target = entry.target("webUrl")
            yield self.flag(target, message, cause=group.key, related=related, fix=fix)
