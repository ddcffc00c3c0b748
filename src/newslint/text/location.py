"""Positions, spans and locations in files; ranges of offsets in a text.

Lines and columns start at 1. Columns count code points, and the end of a span is exclusive: the
position just after the last character. Offsets start at 0.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import AnyStr, NamedTuple

_new = tuple.__new__  # half the time of a named tuple's own constructor, in the hottest place


class Position(NamedTuple):
    """A place between two characters of a file.

    Attributes:
        line: 1-based.
        column: 1-based, in code points.
    """

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of text, from `start` up to but not including `end`."""

    start: Position
    end: Position

    def shift_lines(self, lines: int) -> "Span":
        """Move the span down by a number of lines."""
        if not lines:
            return self
        (line, column), (end_line, end_column) = self
        start = _new(Position, (line + lines, column))
        return _new(Span, (start, _new(Position, (end_line + lines, end_column))))


START = Span(Position(1, 1), Position(1, 1))
"""The empty span at the start of a file, for a problem of the file as a whole."""


class Location(NamedTuple):
    """A span in a file and the JSON Pointer of the value that it belongs to.

    Attributes:
        path: Relative to the project root, with `/`. Empty while the location is relative to a
            fragment.
        pointer: RFC 6901 JSON Pointer of the value; empty for the whole file.
        span: In the file, or in the fragment.
    """

    path: str
    pointer: str
    span: Span

    def place(self, path: str, prefix: str, lines: int) -> "Location":
        """Convert a location in a fragment to one in a file.

        Args:
            path: The file.
            prefix: The pointer of the fragment in that file.
            lines: The number of lines of the file before the fragment.
        """
        return Location(path, prefix + self.pointer, self.span.shift_lines(lines))


class Ranges:
    """A set of offsets given as ranges, with look-ups in logarithmic time.

    Args:
        ranges: The offset at which each starts, and the offset after its end. An empty range is a
            place between two characters.
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __bool__(self) -> bool:
        """Check if there are any ranges."""
        return bool(self._starts)

    def __contains__(self, offset: int) -> bool:
        """Check if a range contains the character at `offset`."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._ends[index]

    def overlap(self, start: int, end: int) -> bool:
        """Check if a range overlaps the one from `start` to `end`."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and start < self._ends[index]


NO_RANGES = Ranges()


def splice(text: AnyStr, parts: Iterable[tuple[int, int, AnyStr]]) -> AnyStr:
    """Replace parts of a text, or of bytes.

    Args:
        text: The text.
        parts: The 0-based offset of the first character, the offset after the last one, and the
            replacement; in order, without overlaps.
    """
    pieces: list[AnyStr] = []
    done = 0
    for start, end, new in parts:
        pieces += text[done:start], new
        done = end
    pieces.append(text[done:])
    return text[:0].join(pieces)
