"""The rule `self-related`."""

from collections.abc import Iterator

from newslint.rules.api import Bad, Diagnostic, Good, Group, GroupRule, Severity
from newslint.rules.samples import ENTRY, NEWS, OTHER


class SelfRelated(GroupRule):
    """A record lists its own article as related.

    Why: readers who want more are led to the page that they have just read.
    """

    id = "self-related"
    severity = Severity.WARNING
    examples = (
        Bad(f"{NEWS}\n{ENTRY}"),
        Good(OTHER + ENTRY, NEWS),
    )

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each entry that stands in the record of its own article."""
        own = {record.path: record for record in group.records}
        for entry in group.entries:
            record = own.get(entry.path)
            if record is not None:
                related = ((record.at("webUrl"), "the record's own article"),)
                message = "a record lists its own article as related"
                yield self.flag(entry.at("webUrl"), message, cause=entry.path, related=related)
