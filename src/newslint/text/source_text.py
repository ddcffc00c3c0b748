"""Text whose offsets convert to lines and columns."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

from newslint.text.location import Position, Span

BYTE_ORDER_MARK = "\ufeff"
LINE_END = re.compile(r"\r\n|\n|\r")
"""The end of a line: LF, CRLF or a lone CR, as in YAML 1.2 and the Language Server Protocol."""

_MAX_COUNTED = 64
"""Number of positions that are found by counting line ends, before all line starts are listed."""


def _find_line_starts(text: str) -> list[int]:
    """Find the offset at which each line of `text` starts."""
    if "\r" in text:
        return [0, *(match.end() for match in LINE_END.finditer(text))]
    content = text.rstrip("\n")
    lengths = accumulate(map(len, content.split("\n")), initial=0)
    starts = [*map(add, lengths, count())]
    starts.pop()  # that of a line after the last one
    starts += range(len(content) + 1, len(text) + 1)  # hundreds of blank lines below a skeleton
    return starts


def character_width(text: str) -> int:
    """Find the greatest number of bytes of a character of a text in UTF-8: 1, 3 (or 2) or 4."""
    if text.isascii():
        return 1
    return 3 if len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text) else 4


class LineStarts(NamedTuple):
    """Some successive lines of a text: enough to compute positions on them.

    Attributes:
        starts: The offset at which each line starts.
        lines_before: The number of lines before them.
        chars_before: The number of characters of the file before the text on its first line.
    """

    starts: list[int]
    lines_before: int
    chars_before: int


class SourceText:
    """A text and its line starts, which are found on first use.

    Offsets are 0-based and count code points.

    Args:
        text: The text.
        chars_before: The number of characters of the file before it on its first line.
    """

    __slots__ = ("_chars_before", "_counted", "_digest", "_line_starts", "_lines_before", "text")

    def __init__(self, text: str, chars_before: int = 0) -> None:
        self.text = text
        self._chars_before = chars_before
        self._lines_before = 0
        self._line_starts: Sequence[int] | None = None
        self._counted = 0
        self._digest = b""

    @property
    def digest(self) -> bytes:
        """Digest of the text."""
        if not self._digest:
            data = self.text.encode("utf-8", "surrogatepass")
            self._digest = blake2b(data, digest_size=16).digest()
        return self._digest

    @classmethod
    def from_lines(cls, lines: LineStarts) -> "SourceText":
        """Create a source without text that can compute positions on `lines` only."""
        source = cls("", lines.chars_before)
        # An array takes the least memory: there may be one for each description of an archive.
        source._lines_before, source._line_starts = lines.lines_before, array("L", lines.starts)
        return source

    def with_line_starts(self) -> "SourceText":
        """Copy the source with all line starts, to find many positions in a short time."""
        source = SourceText(self.text, self._chars_before)
        source._line_starts = (
            self.line_starts if self._line_starts else _find_line_starts(self.text)
        )
        source._lines_before = self._lines_before
        return source

    def lines(self, start: int, end: int) -> LineStarts:
        """Select the lines that the positions from offset `start` up to `end` are on."""
        starts = self.line_starts
        first = bisect_right(starts, start) - 1
        selected = list(starts[first : bisect_right(starts, end)])
        return LineStarts(selected, self._lines_before + first, self._chars_before)

    @property
    def line_starts(self) -> Sequence[int]:
        """The offset at which each line starts; the first is 0."""
        if self._line_starts is None:
            self._line_starts = _find_line_starts(self.text)
        return self._line_starts

    def position(self, offset: int) -> Position:
        """Convert an offset to a position.

        The first few positions are found by counting line ends, which is faster than listing all
        line starts.
        """
        if self._counted < _MAX_COUNTED and self._line_starts is None and "\r" not in self.text:
            self._counted += 1
            line = self.text.count("\n", 0, offset) + 1
            before = self._chars_before if line == 1 else 0
            return Position(line, offset - self.text.rfind("\n", 0, offset) + before)
        starts = self.line_starts
        index = bisect_right(starts, offset)
        line = self._lines_before + index
        before = self._chars_before if line == 1 else 0
        return Position(line, offset - starts[index - 1] + 1 + before)

    def coordinates(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Convert two offsets to the line and column of the start, and those of the end."""
        starts = self.line_starts
        index = bisect_right(starts, start)
        column = start - starts[index - 1] + 1
        line = self._lines_before + index
        if line == 1:
            column += self._chars_before
        if index == len(starts) or end < starts[index]:
            return line, column, line, column + end - start
        return line, column, *self.position(end)

    def span(self, start: int, end: int) -> Span:
        """Convert two offsets to a span."""
        first = self.position(start)
        text = self.text  # empty if only its lines are known
        if text and text.find("\n", start, end) < 0 and text.find("\r", start, end) < 0:
            return Span(first, Position(first.line, first.column + end - start))
        return Span(first, self.position(end))

    def offset(self, position: Position) -> int:
        """Convert a position to an offset."""
        before = self._chars_before if position.line == 1 else 0
        return self.line_starts[position.line - 1] + position.column - 1 - before

    def line(self, number: int) -> str:
        """Extract the line with the 1-based `number`, without its line end."""
        starts = self.line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")
