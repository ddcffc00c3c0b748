"""The map from characters of a scalar's value to characters of its source."""

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple


class SourceRun(NamedTuple):
    """A stretch of a value's text, and the 0-based offsets of its source.

    Either its text is the same in the source, or it is one character made of the whole source.
    """

    text: str
    start: int
    end: int


class CharacterMap:
    """The source of each character of a scalar's text, in offsets from the scalar's start."""

    __slots__ = ("_offsets", "_runs")

    def __init__(self, runs: list[SourceRun]) -> None:
        self._runs = runs
        self._offsets = [0, *accumulate(len(run.text) for run in runs)]

    def __len__(self) -> int:
        """Count the characters of the text."""
        return self._offsets[-1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Find the source of the characters from `start` up to `end`.

        Args:
            start: 0-based offset in the text; the text's length is the place after its end.
            end: Offset after the last character; if it is `start`, the span is empty.
        """
        if start == len(self):
            stop = self._source(start - 1)[1]
            return stop, stop
        first = self._source(start)[0]
        return first, self._source(end - 1)[1] if end > start else first

    def _source(self, offset: int) -> tuple[int, int]:
        """Find the source of the character at `offset`."""
        index = bisect_right(self._offsets, offset) - 1
        text, start, end = self._runs[index]
        if len(text) != end - start:
            return start, end
        place = start + offset - self._offsets[index]
        return place, place + 1
