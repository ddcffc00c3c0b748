"""The rule `wrong-type`."""

from collections.abc import Iterator
from datetime import date

from newslint.records.schema import SchemaKind, SchemaProblem
from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Mention,
    MentionRule,
    Safety,
    Severity,
    Target,
    quote_value,
    replace_literal,
)
from newslint.rules.example_records import NEWS_RECORD
from newslint.syntax.redaction import SECRET_KEYS
from newslint.syntax.style import is_literal
from newslint.text import Position, Span
from newslint.text.lazy_pattern import lazy_pattern

_COMMENT = lazy_pattern(r"[ \t]++(#[^\s#](?:[^ \t\r\n]|[ \t]++(?![\r\n]|\Z))*+)")


class WrongType(MentionRule):
    """A value does not have the type that the schema requires.

    YAML infers the type of unquoted text: `title: 1984` is a number, `title: No` a boolean and
    `2022-09-12` a date. If a text or a number is expected, values that YAML 1.1 and 1.2 read
    differently are warnings: `1e3` is text for one program and a number for another. What follows
    ` #` is a comment: `title: #1 in sales` is empty.

    Dates without quotes are right in fields with the role `date` or `updated`, even if the schema
    expects text.

    Why: templates print `false` for a headline `No`, or fail to build.

    Fix safety: unsafe in TOML and JSON, and if only other programs read the value as a number or a
    boolean. In YAML, quotes are safe if the value is no text for newslint either.
    """

    id = "wrong-type"
    severity = Severity.ERROR
    examples = (
        Bad(
            NEWS_RECORD.replace("title: PyTorch moves", "title: 1984"),
            fixed=NEWS_RECORD.replace("title: PyTorch moves", 'title: "1984"'),
        ),
        Bad(NEWS_RECORD.replace("quality: 84", "quality: high")),
        Bad(NEWS_RECORD.replace("title: PyTorch moves", "title: #1 in sales")),
        Good(NEWS_RECORD.replace("title: PyTorch moves", 'title: "1984"')),
    )

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each value of the wrong type."""
        for problem in mention.schema_problems:
            if problem.kind is SchemaKind.WRONG_TYPE and not _is_date_field(mention, problem):
                target = mention.target_at_pointer(problem.pointer)
                comment = _find_comment(mention, problem, target)
                if comment is None:
                    yield self._create_diagnostic(target, problem)
                    continue
                quoted = quote_value(comment.value)
                hint = f"'#' starts a comment: quote {quoted} to make it text"
                yield self.flag(comment, f"{problem.message}; {hint}")

    def _create_diagnostic(self, target: Target, problem: SchemaProblem) -> Diagnostic:
        """Create the diagnostic for `problem`, with a fix if quotes make the value text."""
        if problem.is_ambiguous:
            return self._warn(target, problem)
        is_inferred = problem.wants_text and target.value and is_literal(target.style)
        is_secret = not SECRET_KEYS.isdisjoint(target.location.pointer.split("/"))
        if not is_inferred or is_secret or target.value.lower() in ("~", "null"):
            return self.flag(target, problem.message)
        message = f"{problem.message}; quote {quote_value(target.value)} to keep it text"
        # In TOML and JSON, texts need quotes anyway: the value is probably meant as it is.
        safety = Safety.UNSAFE if target.style else Safety.SAFE
        title = f"Quote {quote_value(target.value)}"
        fix = replace_literal(target, target.value, title, safety=safety)
        return self.flag(target, message, fix=fix)

    def _warn(self, target: Target, problem: SchemaProblem) -> Diagnostic:
        """Create the warning for a value that YAML 1.1 and 1.2 read differently."""
        message, fix = problem.message, None
        if problem.wants_text:
            quoted = quote_value(target.value)
            message = f"{message}; quote {quoted} to keep it text"
            title, safety = f"Quote {quoted}", Safety.UNSAFE
            fix = replace_literal(target, target.value, title, safety=safety)
        return self.flag(target, message, fix=fix)._replace(severity=Severity.WARNING)


def _find_comment(mention: Mention, problem: SchemaProblem, target: Target) -> Target | None:
    """Find the comment that takes the place of a text, such as `title: #1 in sales`.

    A space after its `#` shows that it was meant as a comment. In place of a secret it may be one.
    """
    if not SECRET_KEYS.isdisjoint(problem.pointer.split("/")):
        return None
    value = None if mention.value is None else mention.value.find(problem.pointer)
    if value is None or value.raw or not problem.wants_text or value.fragment.syntax != "yaml":
        return None
    found = _COMMENT.match(value.fragment.source.text, value.node.end)
    if found is None:
        return None
    line, column = target.location.span.start
    start, end = (Position(line, column + each - value.node.end) for each in found.span(1))
    return Target(target.location._replace(span=Span(start, end)), found[1])


def _is_date_field(mention: Mention, problem: SchemaProblem) -> bool:
    """Check if a problem is a date instead of text, in a field that plays the role of a date."""
    if not problem.wants_text or mention.value is None:
        return False
    roles = (mention.field_map.pointers(role) for role in ("date", "updated"))
    if not any(problem.pointer in pointers for pointers in roles):
        return False
    value = mention.value.find(problem.pointer)
    return value is not None and isinstance(value.python, date)
