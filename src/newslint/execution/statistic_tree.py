"""Statistics of many parts, of which a change merges few again."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

_CHILDREN = 16
_LEAF = 8
"""Number of items that a leaf should contain."""


class StatisticTree:
    """The statistics of the leaves of a tree, merged level by level.

    Args:
        items: The number of items that the leaves contain together.

    Attributes:
        leaves: The number of leaves, which are numbered from 0.
    """

    def __init__(self, items: int) -> None:
        self.leaves = 1
        self._levels: list[dict[int, Any]] = [{}]
        while self.leaves * _LEAF < items:
            self.leaves *= _CHILDREN
            self._levels.append({})

    def renew(
        self,
        leaves: Iterable[int],
        measure: Callable[[int], Any],
        merge: Callable[[list[Any]], Any],
    ) -> Any:
        """Measure leaves again; return the statistic of all, or None if they are empty.

        It is the same object as before if it has not changed.

        Args:
            leaves: Their numbers.
            measure: Computes the statistic of a leaf; None if it is empty.
            merge: Merges statistics.
        """
        changed = [each for each in {*leaves} if _put(self._levels[0], each, measure(each))]
        for below, level in pairwise(self._levels):

            def merge_children(number: int, below: dict[int, Any] = below) -> Any:
                children = range(number * _CHILDREN, (number + 1) * _CHILDREN)
                found = [below[each] for each in children if each in below]
                return merge(found) if len(found) > 1 else next(iter(found), None)

            parents = {number // _CHILDREN for number in changed}
            changed = [each for each in parents if _put(level, each, merge_children(each))]
        return self._levels[-1].get(0)


def _put(level: dict[int, Any], number: int, statistic: Any) -> bool:
    """Replace a statistic, None if there is none; return whether it has changed."""
    old = level.get(number)
    if old is statistic or bool(old == statistic):
        return False
    level.pop(number, None)
    if statistic is not None:
        level[number] = statistic
    return True
