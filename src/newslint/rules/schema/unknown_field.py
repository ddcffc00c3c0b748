"""The rule `unknown-field`."""

from collections.abc import Iterator

from newslint.records.schema import SchemaKind
from newslint.rules.api import Bad, Diagnostic, Good, Mention, MentionRule, Severity
from newslint.rules.samples import NEWS


class UnknownField(MentionRule):
    """A field is not in the schema.

    Why: a misspelt field is silently ignored, and the value that it should have given is missing.
    """

    id = "unknown-field"
    severity = Severity.WARNING
    examples = (
        Bad(NEWS + "\nexerpt: A typo"),
        Good(NEWS),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each schema problem of this kind."""
        for problem in mention.schema_problems:
            if problem.kind is SchemaKind.UNKNOWN_FIELD:
                yield self.flag(mention.at(problem.pointer[1:]), problem.message)
