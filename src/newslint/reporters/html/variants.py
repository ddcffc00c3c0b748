"""Variants of a cause: diagnostics of one cause that differ only in their place.

Line numbers are relative to the diagnostic, so that copies of one entry in different
files are one variant. The page contains it once.
"""

from collections.abc import Hashable
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Fix, RelatedLocation
from newslint.reporters.escape import escape
from newslint.reporters.html.source_view import (
    Hunk,
    MarkedLines,
    diff_hunks,
    mark_span,
    slice_lines,
)
from newslint.text import SourceText

MAX_RELATED = 10
"""The page lists at most this number of related places of a diagnostic."""

_MAX_KEY_LINES = 20
"""Diagnostics that concern more source lines are not compared with others."""


class FixPreview(NamedTuple):
    """A fix and the diff of its edits.

    Attributes:
        title: The title of the fix.
        safety: `safe` or `unsafe`.
        hunks: The changed lines; empty if the source is not available.
    """

    title: str
    safety: str
    hunks: tuple[Hunk, ...]


class RelatedPlace(NamedTuple):
    """A related location of a diagnostic.

    Attributes:
        path: The file; empty if it is the diagnostic's own.
        line: The 1-based line; relative to the diagnostic if it is in the same file.
        column: The 1-based column.
        message: The message of the related location.
    """

    path: str
    line: int
    column: int
    message: str


class Variant(NamedTuple):
    """The content of a diagnostic, without its file, its line and the index of its entry.

    Attributes:
        severity: The rank of the severity; 0 is an error.
        message: The message.
        provider: The domain of the provider; empty if the record names none.
        pointer: The pointer, split at the index of the entry.
        column: The 1-based column.
        lines: The source lines, the span marked.
        fix: The fix; None if there is none.
        related: The related locations, `MAX_RELATED` at most.
        omitted_related: Number of further related locations.
    """

    severity: int
    message: str
    provider: str
    pointer: tuple[str, ...]
    column: int
    lines: MarkedLines
    fix: FixPreview | None
    related: tuple[RelatedPlace, ...]
    omitted_related: int


class VariantBuilder:
    """Builds variants, each only once for copies of a description in many files."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Variant] = {}

    def build(
        self, diagnostic: Diagnostic, pointer: tuple[str, ...], source: SourceText
    ) -> Variant:
        """Build the variant of a diagnostic, or find that of a copy.

        Args:
            diagnostic: A diagnostic with a location in a file.
            pointer: Its pointer, split at the index of the entry.
            source: The text of the file, secrets redacted; empty if it is not available.
        """
        lines = _find_lines(diagnostic, source)
        if not lines:
            return build_variant(diagnostic, pointer, source)
        key = (
            diagnostic.severity,
            diagnostic.message,
            diagnostic.provider,
            pointer,
            diagnostic.local_location.span,
            diagnostic.local_fix,
            diagnostic.local_related,
            lines,
        )
        variant = self._known.get(key)
        if variant is None:
            variant = self._known[key] = build_variant(diagnostic, pointer, source)
        return variant


def _find_lines(diagnostic: Diagnostic, source: SourceText) -> str:
    """Cut out the source lines that the variant of a diagnostic depends on.

    They are empty if the variant depends on more: other lines, or the name of the file.
    """
    place, fix = diagnostic.occurrence, diagnostic.local_fix
    if diagnostic.local_location.path or (fix and fix.removes and place.removal is not None):
        return ""
    if any(each.location.path == place.path for each in diagnostic.local_related):
        return ""
    (first, _), (last, _) = diagnostic.local_location.span
    if fix and fix.edits:
        first = min(first, fix.edits[0].span.start.line)
        (start, end), text = fix.edits[-1]
        removes_lines = start.line < end.line and end.column == 1 and not text
        last = max(last, end.line - removes_lines)
    if not 0 <= last - first < _MAX_KEY_LINES or last + place.line >= len(source.line_starts):
        return ""
    return slice_lines(source, first + place.line, last + place.line)


def build_variant(diagnostic: Diagnostic, pointer: tuple[str, ...], source: SourceText) -> Variant:
    """Build the variant of a diagnostic.

    Args:
        diagnostic: A diagnostic with a location in a file.
        pointer: Its pointer, split at the index of the entry.
        source: The text of the file, secrets redacted; empty if it is not available.
    """
    span = diagnostic.location.span
    related = diagnostic.related_locations
    return Variant(
        diagnostic.severity.rank,
        escape(diagnostic.message),
        escape(diagnostic.provider),
        tuple(map(escape, pointer)),
        span.start.column,
        mark_span(span, source),
        _preview(diagnostic.fix, span.start.line, source),
        tuple(_relative_place(each, diagnostic) for each in related[:MAX_RELATED]),
        max(0, len(related) - MAX_RELATED),
    )


def _relative_place(related: RelatedLocation, diagnostic: Diagnostic) -> RelatedPlace:
    """Convert a related location; its line becomes relative if it is in the same file."""
    (path, _, (start, _)), message = related
    if path == diagnostic.location.path:
        line = start.line - diagnostic.location.span.start.line
        return RelatedPlace("", line, start.column, escape(message))
    return RelatedPlace(escape(path), start.line, start.column, escape(message))


def _preview(fix: Fix | None, line: int, source: SourceText) -> FixPreview | None:
    """Build the preview of a fix, given the 1-based line of its diagnostic."""
    if fix is None:
        return None
    return FixPreview(escape(fix.title), fix.safety.value, diff_hunks(fix.edits, line, source))
