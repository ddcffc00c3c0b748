"""Diagnostics of the JSON report as text, a line each: there may be hundreds of thousands."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from newslint.diagnostics import (
    Diagnostic,
    Edit,
    Fix,
    LazyDiagnostics,
    Occurrence,
    PlacedDiagnostic,
    RelatedLocation,
)
from newslint.reporters.escape import UNSAFE
from newslint.text import Span

_quote = json.encoder.encode_basestring


def fast_lines(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield a line of JSON for each of `diagnostics`."""
    if not isinstance(diagnostics, LazyDiagnostics):
        return map(fast_line, diagnostics)
    stamped = _Stamped()
    return (
        stamped.line(each) if isinstance(each, PlacedDiagnostic) else fast_line(each)
        for each in diagnostics.compact
    )


class _Stamped:
    """Writes diagnostics that differ in their place alone: what they share is written once."""

    def __init__(self) -> None:
        self._shared: dict[int, _Shared | None] = {}

    def line(self, stamp: PlacedDiagnostic) -> str:
        """Return what `line_of` does for the diagnostic that a stamp makes."""
        diagnostic, (path, prefix, lines, record, _, removal), fingerprint = stamp
        try:
            shared = self._shared[id(diagnostic)]
        except KeyError:
            shared = self._shared[id(diagnostic)] = _shared(diagnostic)
        if shared is None:
            return fast_line(stamp.materialise())
        said, pointer, (line, column, end_line, end_column), cause, related, repair, edits = shared
        if removal is not None:
            fix = stamp.fix
            repair, edits = escape_json(_line_of_fix(fix)) if fix else "null", ()
        elif edits:
            repair += ", ".join([edit.shift_lines(lines) for edit in edits]) + "]}"
        return (
            f"{said}{_told(path)}, "
            f'"pointer": {_told(prefix + pointer)}, '
            f'"location": {{"start": {{"line": {line + lines}, "column": {column}}}, '
            f'"end": {{"line": {end_line + lines}, "column": {end_column}}}}}, '
            f'"record": {_told(record) if record else "null"}, '
            f'{cause}"{fingerprint}", {related}{repair}}}'
        )


class _Edit(NamedTuple):
    """An edit of a description.

    Attributes:
        line: Where it starts.
        end_line: Where it ends.
        between: What is written between these numbers.
        after: What is written after them.
    """

    line: int
    end_line: int
    between: str
    after: str

    def shift_lines(self, lines: int) -> str:
        """Return the edit as JSON, so many lines further down."""
        line, end_line, between, after = self
        return f'{{"start": {{"line": {line + lines}{between}{end_line + lines}{after}'


class _Shared(NamedTuple):
    """What the lines of a diagnostic share.

    Attributes:
        said: What comes before the path.
        pointer: The pointer, as seen from the description.
        span: Its numbers, seen likewise.
        cause: What comes before the fingerprint.
        related: What comes before the fix.
        repair: The fix, up to its edits where it has any.
        edits: These.
    """

    said: str
    pointer: str
    span: tuple[int, int, int, int]
    cause: str
    related: str
    repair: str
    edits: tuple[_Edit, ...]


def _shared(diagnostic: Diagnostic) -> _Shared | None:
    """Return what lines of a diagnostic share.

    They share nothing where related locations depend on the place.
    """
    if not all(each.location.path for each in diagnostic.related_locations):
        return None
    related = ", ".join(map(_related, diagnostic.related_locations))
    start, end = diagnostic.location.span
    fix = PlacedDiagnostic(diagnostic, Occurrence(""), "").fix
    return _Shared(
        escape_json(f'{_said(diagnostic)}, "path": '),
        diagnostic.location.pointer,
        (*start, *end),
        escape_json(f'"cause": {_quote(diagnostic.cause)}, "fingerprint": '),
        escape_json(f'"related_locations": [{related}], "fix": '),
        escape_json(_head_of_fix(fix) if fix.edits else _line_of_fix(fix)) if fix else "null",
        tuple(map(_edit, fix.edits)) if fix else (),
    )


def _edit(edit: Edit) -> _Edit:
    """Return an edit as it is written in each place."""
    (line, column), (end_line, end_column) = edit.span
    between = f', "column": {column}}}, "end": {{"line": '
    after = f', "column": {end_column}}}, "text": {_quote(edit.text)}}}'
    return _Edit(line, end_line, between, escape_json(after))


@lru_cache(maxsize=16384)
def _told(text: str) -> str:
    """Return a string as JSON that is safe to print; paths and pointers come again and again."""
    return escape_json(_quote(text))


def escape_json(text: str) -> str:
    """Return JSON that is safe to print."""
    return text if text.isprintable() else UNSAFE.sub(escape_match, text)


def _said(diagnostic: Diagnostic) -> str:
    """Return the start of a line: what is said."""
    return (
        f'{{"rule": {_quote(diagnostic.rule)}, "category": {_quote(diagnostic.category)}, '
        f'"severity": "{diagnostic.severity.value}", "message": {_quote(diagnostic.message)}'
    )


def _related(related: RelatedLocation) -> str:
    """Return a related location as JSON."""
    return f'{_placed(*related.location)}, "message": {_quote(related.message)}}}'


def fast_line(diagnostic: Diagnostic) -> str:
    """Return what `dump(as_json(diagnostic))` does, in a third of the time: there may be many."""
    path, pointer, span = diagnostic.location
    related = ", ".join(map(_related, diagnostic.related_locations))
    line = (
        f"{_said(diagnostic)}, {_placed(path, pointer, span)[1:]}, "
        f'"record": {_quote(diagnostic.record) if diagnostic.record else "null"}, '
        f'"cause": {_quote(diagnostic.cause)}, "fingerprint": {_quote(diagnostic.fingerprint)}, '
        f'"related_locations": [{related}], '
        f'"fix": {_line_of_fix(diagnostic.fix) if diagnostic.fix else "null"}}}'
    )
    return escape_json(line)


def _line_of_fix(fix: Fix) -> str:
    """Return a fix as JSON."""
    edits = ", ".join(f'{{{_between(span)}, "text": {_quote(text)}}}' for span, text in fix.edits)
    return f"{_head_of_fix(fix)}{edits}]}}"


def _head_of_fix(fix: Fix) -> str:
    """Return a fix as JSON, up to its edits."""
    return f'{{"title": {_quote(fix.title)}, "safety": "{fix.safety.value}", "edits": ['


def _placed(path: str, pointer: str, span: Span) -> str:
    """Return the start of an object that says where something is."""
    at = _between(span)
    return f'{{"path": {_quote(path)}, "pointer": {_quote(pointer)}, "location": {{{at}}}'


def _between(span: Span) -> str:
    """Return the members of an object that say where something starts and ends."""
    (line, column), (end_line, end_column) = span
    return (
        f'"start": {{"line": {line}, "column": {column}}}, '
        f'"end": {{"line": {end_line}, "column": {end_column}}}'
    )


def escape_match(match: re.Match[str]) -> str:
    """Return a character of a string as JSON escapes it."""
    return json.dumps(match[0])[1:-1]
