"""Ranges of offsets, of which there may be thousands in one text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


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
