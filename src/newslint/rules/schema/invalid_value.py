"""The rule `invalid-value`."""

import re
from collections.abc import Iterator

from newslint.records.schema import SchemaKind
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Mention,
    MentionRule,
    Severity,
    Target,
    quote_value,
)
from newslint.rules.example_records import NEWS_RECORD

_LIKE_A_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ]|\Z)")


class InvalidValue(MentionRule):
    """A value has the right type, but the schema does not allow it.

    For example, it is out of range, not one of the allowed values, not base64, or an empty list
    although an item is required. A date of publication that does not exist, such as `2022-02-30`,
    is invalid in any schema.

    Why: templates and tools that read the record do not expect the value.
    """

    id = "invalid-value"
    severity = Severity.ERROR
    examples = (
        Bad(NEWS_RECORD.replace("quality: 84", "quality: -3")),
        Bad(NEWS_RECORD.replace("topics: [AI]", "topics: []")),
        Good(NEWS_RECORD),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each invalid value."""
        for problem in mention.schema_problems:
            if problem.kind is SchemaKind.INVALID_VALUE:
                yield self.flag(mention.target_at_pointer(problem.pointer), problem.message)
        if mention.description.date is None and (target := _find_impossible_date(mention)):
            message = f"there is no such date: {quote_value(target.value)}"
            yield self.flag(target, message)


def _find_impossible_date(mention: Mention) -> Target | None:
    """Find a date of publication that does not exist, unless the schema forbids it."""
    value = mention.find("publishedDateTime")
    if value is None or not _LIKE_A_DATE.match(str(value.python)):
        return None
    target = mention.target("publishedDateTime")
    found = (mention.target_at_pointer(each.pointer) for each in mention.schema_problems)
    return None if any(each.location == target.location for each in found) else target
