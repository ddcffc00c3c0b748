"""Where something is: positions, spans and locations.

Lines and columns start at 1. Columns count code points, and the end of a span is exclusive: it is
the position just after the last character.
"""

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

    def down(self, lines: int) -> "Span":
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

    def placed(self, path: str, prefix: str, lines: int) -> "Location":
        """Return this location as seen from a file.

        Args:
            path: The file.
            prefix: The pointer of the fragment in that file.
            lines: How many lines of the file come before the fragment.
        """
        return Location(path, prefix + self.pointer, self.span.down(lines))
