"""A source line with a span underlined, as wide as it may be."""

from typing import NamedTuple

from rich.cells import cell_len

from newslint.reporters.escape import visible
from newslint.source import Span

_ELLIPSIS = "…"
_LEAST = 20


class Excerpt(NamedTuple):
    """Part of a source line.

    Attributes:
        line: The text shown: nothing in it moves the cursor.
        start: How many terminal cells come before the underlined part.
        width: How many cells are underlined: at least one.
    """

    line: str
    start: int
    width: int


def excerpt(line: str, span: Span, width: int) -> Excerpt:
    """Return what to show of the line that `span` starts in.

    Args:
        line: The source line without what ends it.
        span: What to underline: to the end of the line where it goes on below.
        width: Number of terminal cells there are.
    """
    first = span.start.column - 1
    last = span.end.column - 1 if span.end.line == span.start.line else len(line.rstrip())
    shown = [visible(char) for char in line.rstrip()]
    cells = [cell_len(text) for text in shown]
    last = max(min(last, len(shown)), first)
    start, end = _window(cells, first, last, max(width, _LEAST))
    head = _ELLIPSIS if start > 0 else ""
    tail = _ELLIPSIS if end < len(shown) else ""
    before = len(head) + sum(cells[start:first])
    under = sum(cells[first : min(last, end)])
    return Excerpt(head + "".join(shown[start:end]) + tail, before, max(under, 1))


def _window(cells: list[int], first: int, last: int, width: int) -> tuple[int, int]:
    """Return the part of a line that fits into `width` cells around its characters first to last.

    Both ends leave room for an ellipsis.
    """
    if sum(cells) <= width:
        return 0, len(cells)
    room = width - 2
    start = end = min(first, len(cells))
    while end < last and end < len(cells) and cells[end] <= room:
        room -= cells[end]
        end += 1
    while room > 0:
        before = start > 0 and cells[start - 1] <= room
        if before:
            start -= 1
            room -= cells[start]
        after = end < len(cells) and cells[end] <= room
        if after:
            room -= cells[end]
            end += 1
        if not before and not after:
            break
    return start, end
