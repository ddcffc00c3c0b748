"""Where something is: positions, spans and locations.

Lines and columns start at 1. Columns count code points, and the end of a span is exclusive: it is
the position just after the last character.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

_new = tuple.__new__  # half the time of the named tuples' own, for what is made most


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
        """Return the same span, `lines` lines further down."""
        if not lines:
            return self
        (line, column), (end_line, end_column) = self
        start = _new(Position, (line + lines, column))
        return _new(Span, (start, _new(Position, (end_line + lines, end_column))))


START = Span(Position(1, 1), Position(1, 1))
"""The empty span at the very start of a file, for what concerns the file as a whole."""


class Location(NamedTuple):
    """A span in a file, and the value it belongs to.

    Attributes:
        path: Relative to the project root, with `/`. Empty while a fragment is not placed yet.
        pointer: RFC 6901 JSON Pointer of the value; empty for the whole of a file.
        span: In the file (or in the fragment, while it is not placed).
    """

    path: str
    pointer: str
    span: Span

    def place(self, path: str, prefix: str, lines: int) -> "Location":
        """Translate a location in a fragment to a file that contains the fragment.

        Args:
            path: The file.
            prefix: JSON Pointer to the fragment in that file.
            lines: Number of lines in the file before the fragment.
        """
        return Location(path, prefix + self.pointer, self.span.shift_lines(lines))


class Ranges:
    """The offsets in any of some ranges, told in logarithmic time.

    Args:
        ranges: The offset at which each starts, and the one after its end. An empty one is a place
            between two characters.
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
        """Tell whether there are any."""
        return bool(self._starts)

    def __contains__(self, offset: int) -> bool:
        """Tell whether the character at `offset` is in one of them."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of them has something in common with that from `start` to `end`."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and start < self._ends[at]


NO_RANGES = Ranges()


def splice(text: str, parts: Iterable[tuple[int, int, str]]) -> str:
    """Return `text` with `parts` replaced, which are in order and do not overlap.

    Args:
        text: The text.
        parts: 0-based offset of the first character, offset after the last, and what to put there.
    """
    pieces: list[str] = []
    done = 0
    for start, end, new in parts:
        pieces += text[done:start], new
        done = end
    return "".join([*pieces, text[done:]])
