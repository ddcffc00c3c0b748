"""A source line with a span underlined, as wide as it may be."""

import re
from itertools import accumulate
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

from newslint.reporters.escape import visible
from newslint.text import Span

_ELLIPSIS = "…"
_LEAST = 20
_KEY = re.compile(r"\s{0,12}(?:- )*[\w-]{1,24}: |\s{0,12}(?:- )+")
"""The key that a line starts with. It stays when what follows is cut, so one sees the field."""


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
    width = max(width, _LEAST)
    first, last = _marked(line, span)
    line = line[: max(len(line.rstrip()), last)]
    skipped = max(0, first - 8 * width)
    shown = _Shown(line[skipped : last + 8 * width], first - skipped, last - skipped)
    cells = shown.cells
    if not skipped and sum(cells) <= width:
        return shown.between("", 0, len(cells))
    if not skipped and _starts_near(cells, shown, width):
        return shown.between("", 0, _fitting(cells, 0, width - 1))
    key = _KEY.match(line[: shown.first + skipped])
    head = "".join(visible(key[0])) if key else ""
    room = width - cell_len(head) - 2
    return shown.between(head + _ELLIPSIS, *_window(cells, shown.first, shown.last, room))


def _marked(line: str, span: Span) -> tuple[int, int]:
    """Return the 0-based columns between which `line` is underlined."""
    first = min(span.start.column - 1, len(line))
    if span.end.line > span.start.line:
        return first, max(first, len(line.rstrip()))
    return first, max(first, min(span.end.column - 1, len(line)))


class _Shown:
    """A part of a line as it is shown: clusters of characters that share their cells.

    Attributes:
        clusters: The text of each.
        cells: How wide each of them is.
        first: Index of the first that is underlined.
        last: Index after the last.
    """

    def __init__(self, part: str, first: int, last: int) -> None:
        pieces = visible(part)
        text = "".join(pieces)
        offsets = [0, *accumulate(map(len, pieces))]
        spans, _ = split_graphemes(text)
        self.clusters = [text[start:end] for start, end, _ in spans]
        self.cells = [width for *_, width in spans]
        self.first = sum(end <= offsets[first] for _, end, _ in spans)
        self.last = max(self.first, sum(start < offsets[last] for start, *_ in spans))

    def between(self, head: str, start: int, end: int) -> Excerpt:
        """Return the excerpt that shows `head`, then the clusters from `start` to `end`."""
        tail = _ELLIPSIS if end < len(self.clusters) else ""
        line = head + "".join(self.clusters[start:end]) + tail
        before = cell_len(head) + sum(self.cells[start : self.first])
        under = sum(self.cells[self.first : min(self.last, end)])
        return Excerpt(line, before, max(under, 1))


def _starts_near(cells: list[int], shown: _Shown, width: int) -> bool:
    """Tell whether the line can be shown from its beginning on, with enough of what is marked."""
    return sum(cells[: shown.last]) < width or sum(cells[: shown.first]) <= width // 3


def _fitting(cells: list[int], start: int, room: int) -> int:
    """Return the index after the last cluster from `start` on that fits into `room` cells."""
    return start + sum(total <= room for total in accumulate(cells[start:]))


def _window(cells: list[int], first: int, last: int, room: int) -> tuple[int, int]:
    """Return the part of a line that fits into `room` cells around its clusters first to last."""
    marked = sum(cells[first:last])
    start = _reached(cells, first, max((room - marked) // 2, room // 5))
    end = _fitting(cells, start, room)
    return _reached(cells, start, room - sum(cells[start:end])), end


def _reached(cells: list[int], start: int, room: int) -> int:
    """Return the index of the first cluster before `start` that fits into `room` cells."""
    return start - sum(total <= room for total in accumulate(reversed(cells[:start])))
