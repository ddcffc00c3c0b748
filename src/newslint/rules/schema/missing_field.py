"""The rule `missing-field`."""

from collections.abc import Iterator

from newslint.records.schema import SchemaKind
from newslint.rules.api import Bad, Diagnostic, Good, Mention, MentionRule, Severity
from newslint.rules.example_records import NEWS_RECORD


class MissingField(MentionRule):
    """A required field is absent.

    Why: templates show a gap or fail to build.
    """

    id = "missing-field"
    severity = Severity.ERROR
    examples = (
        Bad("title: PyTorch joins the Linux Foundation"),
        Good(NEWS_RECORD),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each missing field."""
        for problem in mention.schema_problems:
            if problem.kind is SchemaKind.MISSING_FIELD:
                target = mention.target_at_pointer(problem.pointer)
                yield self.flag(target, problem.message, identity=problem.field)
