"""The rule `invalid-value`."""

from collections.abc import Iterator

from newslint.records.schema import SchemaKind
from newslint.rules.api import Bad, Diagnostic, Good, Mention, MentionRule, Severity
from newslint.rules.example_records import NEWS_RECORD


class InvalidValue(MentionRule):
    """A value has the right type, but the schema does not allow it.

    For example, it is out of range, not one of the allowed values, not base64, or an empty list
    although an item is required.

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
