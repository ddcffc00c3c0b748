"""Components of numbered URLs, and weights of stems that are read when they are needed."""

from array import array
from collections.abc import Callable, Iterable


class UnionFind:
    """Components of numbers."""

    def __init__(self, parents: "Iterable[int]") -> None:
        self.parents = array("L", parents)

    def find(self, number: int) -> int:
        """Find the smallest member of a component."""
        parents = self.parents
        while parents[number] != number:
            parents[number] = number = parents[parents[number]]
        return number

    def join(self, one: int, other: int) -> None:
        """Join two components."""
        first, second = self.find(one), self.find(other)
        if first != second:
            self.parents[max(first, second)] = min(first, second)

    def join_all(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Join the components of pairs of numbers."""
        for one, other in pairs:
            self.join(one, other)


class LazyWeights(dict[str, int]):
    """Weights of stems, which are read when they are needed."""

    def __init__(self, read: Callable[[str], int]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, stem: str) -> int:
        """Read the weight of a stem."""
        return self._read(stem)
