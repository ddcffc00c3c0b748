"""The rule `unknown-field`."""

from collections.abc import Iterator

from newslint.records.invisible import find_invisible
from newslint.records.mojibake import find_mojibake
from newslint.records.schema import SchemaKind
from newslint.records.text_damage import REPLACEMENT
from newslint.rules.api import Bad, Diagnostic, Good, Mention, MentionRule, Severity, Target
from newslint.rules.example_records import NEWS_RECORD
from newslint.text.pointer import split_pointer


class UnknownField(MentionRule):
    """A field is not in the schema.

    A name with broken or invisible characters is left to `mojibake`, `replacement-character` and
    `invisible-character`.

    Why: a misspelt field is silently ignored, and the intended field is missing.
    """

    id = "unknown-field"
    severity = Severity.WARNING
    examples = (
        Bad(NEWS_RECORD + "\nexerpt: A typo"),
        Good(NEWS_RECORD),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each unknown field."""
        for problem in mention.schema_problems:
            if problem.kind is SchemaKind.UNKNOWN_FIELD and not _is_broken(problem.pointer):
                yield self.flag(_key_target(mention, problem.pointer), problem.message)


def _is_broken(pointer: str) -> bool:
    """Check if the name of a field contains characters that rules about texts report."""
    name = split_pointer(pointer)[-1]
    if name.isascii():
        return False
    return REPLACEMENT in name or bool(find_mojibake(name).runs or find_invisible(name))


def _key_target(mention: Mention, pointer: str) -> Target:
    """Locate the key of an unknown field, because the key may be misspelt."""
    target = mention.target_at_pointer(pointer)
    parent, _, token = pointer.rpartition("/")
    holder = mention.value.find(parent) if mention.value is not None else None
    span = holder.key_span(*split_pointer(f"/{token}")) if holder is not None else None
    return target if span is None else target._replace(location=target.location._replace(span=span))
