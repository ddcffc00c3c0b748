"""Source lines as the page shows them: the lines of a span, and the diff of a fix."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from operator import eq
from typing import NamedTuple

from newslint.diagnostics import Edit
from newslint.reporters.escape import display_characters
from newslint.text import Position, SourceText, Span
from newslint.text.location import splice
from newslint.text.source_text import LINE_END

MAX_LINES = 6
"""The page shows at most this number of lines of a span."""

MAX_DIFF_LINES = 8
"""A diff shows at most this number of removed lines, and of added lines, in one place."""

_MAX_BEFORE, _MAX_MARKED, _MAX_WIDTH = 100, 300, 500
"""The limits of characters before the marked part, in it, and in the whole line."""

_ELLIPSIS = "…"

_END_OF_LINE = 1 << 30
"""A column beyond the end of any line."""


class MarkedLine(NamedTuple):
    """A source line in three parts: the marked one, and the text before and after it."""

    before: str
    marked: str
    after: str


class MarkedLines(NamedTuple):
    """Consecutive source lines.

    Attributes:
        lines: The lines, `MAX_LINES` at most.
        omitted: Number of further lines of the span.
    """

    lines: tuple[MarkedLine, ...] = ()
    omitted: int = 0


def mark_span(span: Span, source: SourceText) -> MarkedLines:
    """Cut the lines of a span out of its source, and mark the part of each that the span covers."""
    (first, column), (last, end_column) = span
    if last > first and end_column == 1:  # it ends with the line before
        last, end_column = last - 1, _END_OF_LINE
    if first > len(source.line_starts) or not source.text:
        return MarkedLines()
    shown = min(last, first + MAX_LINES - 1, len(source.line_starts))
    end = end_column if shown == last else _END_OF_LINE
    omitted = max(0, min(last, len(source.line_starts)) - shown)
    return MarkedLines(_mark_lines(slice_lines(source, first, shown), column, end), omitted)


def slice_lines(source: SourceText, first: int, last: int) -> str:
    """Cut out the 1-based lines from `first` to `last`, with their line ends."""
    starts = source.line_starts
    end = starts[last] if last < len(starts) else len(source.text)
    return source.text[starts[first - 1] : end]


@lru_cache(maxsize=4096)
def _mark_lines(text: str, column: int, end_column: int) -> tuple[MarkedLine, ...]:
    """Mark `text` from a 1-based column of its first line to one of its last.

    The blanks at the start of the second and later lines, and at the end of lines, stay unmarked.
    """
    lines = LINE_END.split(text)
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    final = len(lines) - 1
    return tuple(
        mark_line(
            line,
            column - 1 if index == 0 else len(line) - len(line.lstrip()),
            end_column - 1 if index == final else len(line.rstrip()),
        )
        for index, line in enumerate(lines)
    )


def mark_line(line: str, start: int, end: int) -> MarkedLine:
    """Mark a line between two 0-based offsets; truncate parts that are too long."""
    start = min(start, len(line))
    end = max(start, min(end, len(line)))
    before = line[max(0, start - _MAX_BEFORE) : start]
    marked = line[start : min(end, start + _MAX_MARKED)]
    after = line[end : end + _MAX_WIDTH - len(before) - len(marked)]
    return MarkedLine(
        _ELLIPSIS * (start > len(before)) + _display(before),
        _display(marked) + _ELLIPSIS * (end > start + len(marked)),
        _display(after) + _ELLIPSIS * (len(line) > end + len(after)) if after.strip() else "",
    )


def _display(text: str) -> str:
    """Replace the tabs and the unsafe characters of a part of a line."""
    return text if text.isprintable() else "".join(display_characters(text))


REMOVED, ADDED, OMITTED = "-", "+", "…"


class DiffLine(NamedTuple):
    """A line of a diff.

    Attributes:
        kind: `REMOVED`, `ADDED` or `OMITTED`.
        line: The line number, 0-based from the first line of the hunk: of the old text if it is
            removed, of the new text if it is added. The number of lines if they are omitted.
        text: The line, the difference marked.
    """

    kind: str
    line: int
    text: MarkedLine = MarkedLine("", "", "")


class Hunk(NamedTuple):
    """The changes of edits in the same or in neighbouring lines.

    Attributes:
        line: The number of its first line, relative to the line of the diagnostic.
        lines: The removed lines, then the added lines.
    """

    line: int
    lines: tuple[DiffLine, ...]


class _Splice(NamedTuple):
    """The replacement of the text between two 0-based offsets."""

    start: int
    end: int
    text: str


def diff_hunks(edits: Sequence[Edit], line: int, source: SourceText) -> tuple[Hunk, ...]:
    """Compute the diff of the edits of a fix.

    Args:
        edits: The edits in order of their spans.
        line: The 1-based line of the diagnostic.
        source: The text of the file.

    Returns:
        An empty tuple if the text ends before the edits, as when it is not available.
    """
    last = max((position.line for edit in edits for position in edit.span), default=0)
    if last > len(source.line_starts) or not source.text:
        return ()
    return tuple(_hunk(group, line, source) for group in _group_neighbours(edits))


def _group_neighbours(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Group edits in the same or in neighbouring lines."""
    group: list[Edit] = []
    for edit in edits:
        if group and edit.span.start.line > group[-1].span.end.line + 1:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _hunk(edits: Sequence[Edit], line: int, source: SourceText) -> Hunk:
    """Compute the diff of neighbouring edits."""
    first = edits[0].span.start.line
    end, text = edits[-1].span.end, edits[-1].text
    ends_before = end.line > first and end.column == 1 and (not text or text.endswith("\n"))
    splices = tuple(_splice(edit, first, source) for edit in edits)
    return Hunk(first - line, _diff(slice_lines(source, first, end.line - ends_before), splices))


def _splice(edit: Edit, first: int, source: SourceText) -> _Splice:
    """Convert an edit to offsets from the start of the 1-based line `first`."""
    origin = source.offset(Position(first, 1))
    start, end = edit.span
    return _Splice(source.offset(start) - origin, source.offset(end) - origin, edit.text)


@lru_cache(maxsize=4096)
def _diff(text: str, splices: tuple[_Splice, ...]) -> tuple[DiffLine, ...]:
    """Compute the removed and the added lines of `text`, without common lines at both ends."""
    before, after = LINE_END.split(text), LINE_END.split(splice(text, splices))
    head = _common_prefix(before, after)
    before, after = before[head:], after[head:]
    tail = _common_prefix(before[::-1], after[::-1])
    before, after = before[: len(before) - tail], after[: len(after) - tail]
    if len(before) == len(after):
        pairs = list(zip(before, after, strict=True))
        removed = [_mark_difference(old, new) for old, new in pairs]
        added = [_mark_difference(new, old) for old, new in pairs]
    else:
        removed, added = ([mark_line(line, 0, 0) for line in lines] for lines in (before, after))
    return (*_diff_lines(REMOVED, removed, head), *_diff_lines(ADDED, added, head))


def _mark_difference(line: str, other: str) -> MarkedLine:
    """Mark the part of `line` between the prefix and the suffix that it shares with `other`."""
    start = _common_prefix(line, other)
    tail = _common_prefix(line[start:][::-1], other[start:][::-1])
    return mark_line(line, start, len(line) - tail)


def _common_prefix(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the equal items at the start of two sequences."""
    return sum(takewhile(bool, map(eq, one, other)))


def _diff_lines(kind: str, lines: list[MarkedLine], first: int) -> Iterator[DiffLine]:
    """Yield the lines of one kind, `MAX_DIFF_LINES` at most; `first` is the number of the first."""
    for index, line in enumerate(lines[:MAX_DIFF_LINES]):
        yield DiffLine(kind, first + index, line)
    if len(lines) > MAX_DIFF_LINES:
        yield DiffLine(OMITTED, len(lines) - MAX_DIFF_LINES)
