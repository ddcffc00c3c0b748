"""Statistics of many parts, of which a change merges few again."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any
from zlib import crc32

_CHILDREN = 16
_LEAF = 32
"""Number of items that a leaf should contain."""

_GROWTH = 8
"""Statistics whose number has grown or shrunk by this factor are divided into parts anew."""


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


class KeyedStatistics:
    """Statistics by key, and their sum.

    Args:
        size: The number of keys.

    Attributes:
        by_key: The statistics, which others change.
    """

    def __init__(self, size: int = 0) -> None:
        self.by_key: dict[str, Any] = {}
        self.divide(size)

    def divide(self, size: int) -> None:
        """Divide the statistics into parts, all of which have to be merged again."""
        self._size = size
        self._tree = StatisticTree(size)
        self._members: dict[int, set[str]] = {}
        self._is_new = True

    def renew(self, changed: Iterable[str], merge: Callable[[list[Any]], Any]) -> Any:
        """Merge statistics again; return that of all, which is the same object if it is equal.

        Args:
            changed: Keys whose statistics have been added, replaced or removed.
            merge: Merges statistics.
        """
        if not self._size // _GROWTH <= len(self.by_key) <= self._size * _GROWTH:
            self.divide(len(self.by_key))
        leaves: set[int] = set()
        for key in self.by_key if self._is_new else changed:
            leaf = crc32(key.encode("utf-8", "surrogatepass")) % self._tree.leaves
            leaves.add(leaf)
            members = self._members.setdefault(leaf, set())
            (members.add if key in self.by_key else members.discard)(key)

        def measure(leaf: int) -> Any:
            found = [self.by_key[each] for each in self._members[leaf]]
            return merge(found) if found else None

        self._is_new = False
        merged = self._tree.renew(leaves, measure, merge)
        return merge([]) if merged is None else merged


def _put(level: dict[int, Any], number: int, statistic: Any) -> bool:
    """Replace a statistic, None if there is none; return whether it has changed."""
    old = level.get(number)
    if old is statistic or bool(old == statistic):
        return False
    level.pop(number, None)
    if statistic is not None:
        level[number] = statistic
    return True
