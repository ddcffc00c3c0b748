"""Fast serialisation of diagnostics for the JSON report, which may have hundreds of thousands.

`fast_line` takes a third of the time of `json.JSONEncoder`, and a `Serialiser` serialises only
once the parts that the occurrences of a description share. A property test compares their output
with that of the encoder.
"""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Edit, Fix, Occurrence, RelatedLocation
from newslint.reporters.escape import UNSAFE
from newslint.text import Span

_MAX_SHARED = 10_000
"""Number of serialised parts that are kept for the next occurrence."""

_quote = json.encoder.encode_basestring
_VISIBLE = {True: "true", False: "false"}


def fast_line(diagnostic: Diagnostic) -> str:
    """Serialise a diagnostic as `dumps(encode_diagnostic(diagnostic))` does."""
    path, pointer, span = diagnostic.location
    related = ", ".join(map(_related, diagnostic.related_locations))
    line = (
        f"{_opening(diagnostic)}, {_location(path, pointer, span)}, "
        f'"record": {_quote(diagnostic.record) if diagnostic.record else "null"}, '
        f'"visible": {_VISIBLE[diagnostic.is_visible]}, '
        f'"cause": {_quote(diagnostic.cause)}, "fingerprint": {_quote(diagnostic.fingerprint)}, '
        f'"related_locations": [{related}], '
        f'"fix": {_fix(diagnostic.fix) if diagnostic.fix else "null"}}}'
    )
    return escape_json(line)


class Serialiser:
    """A serialiser that keeps the parts of a diagnostic that do not depend on its occurrence."""

    def __init__(self) -> None:
        self._shared: dict[tuple[object, ...], _SharedParts | None] = {}

    def lines(self, diagnostics: Iterable[Diagnostic]) -> list[str]:
        """Serialise each diagnostic as a line."""
        return [
            self.line(each)
            if each.occurrence.path and not each.local_location.path
            else fast_line(each)
            for each in diagnostics
        ]

    def line(self, diagnostic: Diagnostic) -> str:
        """Serialise a diagnostic of a description as `fast_line` does."""
        path, prefix, lines, record, _, removal, *_, is_visible, _ = diagnostic.occurrence
        key = (
            diagnostic.rule,
            diagnostic.severity,
            diagnostic.message,
            diagnostic.cause,
            diagnostic.local_location,
            diagnostic.local_related,
            diagnostic.local_fix,
        )
        try:
            shared = self._shared[key]
        except KeyError:
            if len(self._shared) >= _MAX_SHARED:
                self._shared.clear()
            shared = self._shared[key] = _shared_parts(diagnostic)
        if shared is None:
            return fast_line(diagnostic)
        opening, pointer, span, cause, related, fix, edits = shared
        line, column, end_line, end_column = span
        if removal is not None:
            placed = diagnostic.fix
            fix = escape_json(_fix(placed)) if placed else "null"
        elif edits:
            fix += ", ".join([edit.shift_lines(lines) for edit in edits]) + "]}"
        return (
            f"{opening}{quote_json(path)}, "
            f'"pointer": {quote_json(prefix + pointer)}, '
            f'"location": {{"start": {{"line": {line + lines}, "column": {column}}}, '
            f'"end": {{"line": {end_line + lines}, "column": {end_column}}}}}, '
            f'"record": {quote_json(record) if record else "null"}, '
            f'"visible": {_VISIBLE[is_visible]}, '
            f'{cause}"{diagnostic.fingerprint}", {related}{fix}}}'
        )


class _EditParts(NamedTuple):
    """An edit of a description, serialised but for its lines.

    Attributes:
        line: The 1-based line of its start, relative to the description.
        end_line: The line of its end, likewise.
        between: The text between these numbers.
        after: The text after them.
    """

    line: int
    end_line: int
    between: str
    after: str

    def shift_lines(self, lines: int) -> str:
        """Serialise the edit, moved down by a number of lines."""
        line, end_line, between, after = self
        return f'{{"start": {{"line": {line + lines}{between}{end_line + lines}{after}'


class _SharedParts(NamedTuple):
    """The parts of a line that all occurrences of a diagnostic share.

    Attributes:
        opening: The text before the path.
        pointer: The pointer, relative to the description.
        span: Line, column, end line and end column, relative to the description.
        cause: The text before the fingerprint.
        related: The text before the fix.
        fix: The fix, up to its edits if it has any.
        edits: The edits of the fix.
    """

    opening: str
    pointer: str
    span: tuple[int, int, int, int]
    cause: str
    related: str
    fix: str
    edits: tuple[_EditParts, ...]


def _shared_parts(diagnostic: Diagnostic) -> _SharedParts | None:
    """Serialise the shared parts of a diagnostic.

    Returns:
        None if related locations depend on the occurrence.
    """
    if not all(each.location.path for each in diagnostic.local_related):
        return None
    related = ", ".join(map(_related, diagnostic.local_related))
    start, end = diagnostic.local_location.span
    fix = diagnostic.local_fix and Occurrence("").place_fix(diagnostic.local_fix)
    return _SharedParts(
        escape_json(f'{_opening(diagnostic)}, "path": '),
        diagnostic.local_location.pointer,
        (*start, *end),
        escape_json(f'"cause": {_quote(diagnostic.cause)}, "fingerprint": '),
        escape_json(f'"related_locations": [{related}], "fix": '),
        escape_json(_fix_opening(fix) if fix.edits else _fix(fix)) if fix else "null",
        tuple(map(_edit_parts, fix.edits)) if fix else (),
    )


def _edit_parts(edit: Edit) -> _EditParts:
    """Serialise the parts of an edit that do not depend on the occurrence."""
    (line, column), (end_line, end_column) = edit.span
    between = f', "column": {column}}}, "end": {{"line": '
    after = f', "column": {end_column}}}, "text": {_quote(edit.text)}}}'
    return _EditParts(line, end_line, between, escape_json(after))


def _opening(diagnostic: Diagnostic) -> str:
    """Serialise the start of a line: rule, category, severity and message."""
    return (
        f'{{"rule": {_quote(diagnostic.rule)}, "category": {_quote(diagnostic.category)}, '
        f'"severity": "{diagnostic.severity.value}", "message": {_quote(diagnostic.message)}'
    )


def _location(path: str, pointer: str, span: Span) -> str:
    """Serialise the members of a location."""
    return f'"path": {_quote(path)}, "pointer": {_quote(pointer)}, "location": {{{_span(span)}}}'


def _span(span: Span) -> str:
    """Serialise the members of a span."""
    (line, column), (end_line, end_column) = span
    return (
        f'"start": {{"line": {line}, "column": {column}}}, '
        f'"end": {{"line": {end_line}, "column": {end_column}}}'
    )


def _related(related: RelatedLocation) -> str:
    """Serialise a related location."""
    return f'{{{_location(*related.location)}, "message": {_quote(related.message)}}}'


def _fix(fix: Fix) -> str:
    """Serialise a fix."""
    edits = ", ".join(f'{{{_span(span)}, "text": {_quote(text)}}}' for span, text in fix.edits)
    return f"{_fix_opening(fix)}{edits}]}}"


def _fix_opening(fix: Fix) -> str:
    """Serialise a fix up to its edits."""
    return f'{{"title": {_quote(fix.title)}, "safety": "{fix.safety.value}", "edits": ['


@lru_cache(maxsize=16384)
def quote_json(text: str) -> str:
    """Serialise a string that occurs in many lines, such as a path or a pointer."""
    return escape_json(_quote(text))


def escape_json(text: str) -> str:
    """Escape the unsafe characters in the strings of serialised JSON."""
    return text if text.isprintable() else UNSAFE.sub(escape_match, text)


def escape_match(match: re.Match[str]) -> str:
    """Format a character as an escape of a JSON string."""
    return json.dumps(match[0])[1:-1]
