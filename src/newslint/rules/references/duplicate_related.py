"""The rule `duplicate-related`."""

from collections.abc import Iterator

from newslint.records.disagreement import COMPARED_FIELDS, have_disagreement
from newslint.rules.api import (
    Bad,
    Description,
    Diagnostic,
    Good,
    Group,
    GroupRule,
    Mention,
    Safety,
    Severity,
    remove_entry,
)
from newslint.rules.example_records import NEWS_RECORD, OTHER_RECORD, RELATED_ENTRY

_AGAIN = RELATED_ENTRY.removeprefix("related:")


class DuplicateRelated(GroupRule):
    """A record lists the same article twice in `related`.

    While an article has several records that disagree, its entries are copies of one or the other,
    and only `duplicate-record` is reported.

    Why: the page shows the same article twice.
    Fix safety: unsafe; if the two entries differ, the first may be the wrong one. The fix is safe
    if they are equal.
    """

    id = "duplicate-related"
    severity = Severity.WARNING
    roles = ("related", "url")
    fields_read = COMPARED_FIELDS | {"webUrl"}
    examples = (
        Bad(OTHER_RECORD + RELATED_ENTRY + _AGAIN, fixed=OTHER_RECORD + RELATED_ENTRY),
        Good(OTHER_RECORD + RELATED_ENTRY, NEWS_RECORD),
    )

    def examines(self, description: Description) -> bool:
        """Check if the description is an entry of `related`."""
        return not description.is_record

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each entry whose article occurs earlier in the same record."""
        if not group.entry_descriptions or have_disagreement(group):
            return
        before: Mention | None = None
        for entry in group.entries_in(group.paths_with_duplicates):
            if before is None or before.path != entry.path:
                before = entry
            else:
                related = ((before.target("webUrl"), "the first entry"),)
                message = "the record lists this article twice as related"
                is_same = entry.description.content == before.description.content
                safety = Safety.SAFE if is_same else Safety.UNSAFE
                fix = remove_entry(entry, "Remove the second entry", safety)
                yield self.flag(
                    entry.target("webUrl"), message, cause=group.key, related=related, fix=fix
                )
