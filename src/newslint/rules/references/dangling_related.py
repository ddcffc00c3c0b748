"""The rule `dangling-related`."""

from collections.abc import Iterator

from newslint.rules.api import Bad, Diagnostic, Good, Group, GroupRule, Severity
from newslint.rules.samples import ENTRY, NEWS, OTHER


class DanglingRelated(GroupRule):
    """A related entry leads to an article that has no record.

    Off by default: most archives embed articles that they do not hold.

    Why: where every article should have a page of its own, this one has none.
    """

    id = "dangling-related"
    severity = Severity.WARNING
    default = False
    examples = (
        Bad(OTHER + ENTRY),
        Good(OTHER + ENTRY, NEWS),
    )

    def check(self, group: Group) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each entry, where the article has no record."""
        if group.records:
            return
        for entry in group.entries:
            yield self.flag(entry.at("webUrl"), "no record of this article", cause=group.key)
