"""The rule `invalid-value`."""

from collections.abc import Iterator

from newslint.records.schema import SchemaKind
from newslint.rules.api import Bad, Diagnostic, Good, Mention, MentionRule, Severity
from newslint.rules.example_records import NEWS_RECORD


class InvalidValue(MentionRule):
    """A value has the right type and is not allowed.

    It is out of range, not one of those allowed, not base64, an empty list where there must be an
    entry, or the like.

    Why: whatever reads the record will not expect it.
    """

    id = "invalid-value"
    severity = Severity.ERROR
    examples = (
        Bad(NEWS_RECORD.replace("quality: 84", "quality: -3")),
        Bad(NEWS_RECORD.replace("topics: [AI]", "topics: []")),
        Good(NEWS_RECORD),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each schema problem of this kind."""
        for problem in mention.schema_problems:
            if problem.kind is SchemaKind.INVALID_VALUE:
                yield self.flag(mention.target_at_pointer(problem.pointer), problem.message)
