"""A text whose offsets can be told as lines and columns."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from newslint.text.location import Position, Span

BYTE_ORDER_MARK = "\ufeff"
LINE_END = re.compile(r"\r\n|\n|\r")
"""What ends a line: LF, CRLF and a lone CR, as YAML 1.2 and the Language Server Protocol agree."""


_FEW = 64


def _starts(text: str) -> list[int]:
    """Return the offset at which each line of `text` starts."""
    if "\r" in text:
        return [0, *(match.end() for match in LINE_END.finditer(text))]
    lengths = map(len, text.split("\n"))
    starts = list(accumulate(lengths, lambda start, length: start + length + 1, initial=0))
    starts.pop()
    return starts


class LineStarts(NamedTuple):
    """Some successive lines of a text, which is all that positions on them need.

    Attributes:
        starts: The offset at which each of them starts.
        above: How many lines come before them.
        before: How many characters of the file come before the text on its first line.
    """

    starts: list[int]
    above: int
    before: int


class SourceText:
    """Text, and the line starts in it, found when first asked for.

    Offsets are 0-based and count code points.

    Args:
        text: The text.
        before: How many characters of the file come before it on its first line.
    """

    __slots__ = ("_above", "_before", "_counted", "_starts", "text")

    def __init__(self, text: str, before: int = 0) -> None:
        self.text = text
        self._before = before
        self._above = 0
        self._starts: Sequence[int] | None = None
        self._counted = 0

    @classmethod
    def from_lines(cls, lines: LineStarts) -> "SourceText":
        """Return a text of which nothing is known but some of its lines."""
        source = cls("", lines.before)
        # An array, since there may be one of each description of an archive.
        source._above, source._starts = lines.above, array("L", lines.starts)
        return source

    def lines(self, start: int, end: int) -> LineStarts:
        """Return the lines that positions from the offset `start` up to `end` are on."""
        starts = self.starts
        first = bisect_right(starts, start) - 1
        some = list(starts[first : bisect_right(starts, end)])
        return LineStarts(some, self._above + first, self._before)

    @property
    def starts(self) -> Sequence[int]:
        """The offset at which each line starts; the first is 0."""
        if self._starts is None:
            self._starts = _starts(self.text)
        return self._starts

    def position(self, offset: int) -> Position:
        """Return the position of `offset`.

        The first few are found by counting line ends, which costs less than to note them all.
        """
        if self._counted < _FEW and self._starts is None and "\r" not in self.text:
            self._counted += 1
            line = self.text.count("\n", 0, offset) + 1
            before = self._before if line == 1 else 0
            return Position(line, offset - self.text.rfind("\n", 0, offset) + before)
        starts = self.starts
        at = bisect_right(starts, offset)
        line = self._above + at
        before = self._before if line == 1 else 0
        return Position(line, offset - starts[at - 1] + 1 + before)

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        first = self.position(start)
        text = self.text  # nothing where only its lines are known
        if text and text.find("\n", start, end) < 0 and text.find("\r", start, end) < 0:
            return Span(first, Position(first.line, first.column + end - start))
        return Span(first, self.position(end))

    def offset(self, position: Position) -> int:
        """Return the offset of `position`: the inverse of `position`."""
        before = self._before if position.line == 1 else 0
        return self.starts[position.line - 1] + position.column - 1 - before

    def line(self, number: int) -> str:
        """Return the 1-based line `number` without what ends it."""
        starts = self.starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")
