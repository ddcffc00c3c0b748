"""Blocks of candidates that share a key, within which pairs are found.

A change of some candidates finds only the pairs in their blocks again.
"""

from bisect import insort
from collections.abc import Callable, Hashable, Iterable

from newslint.engine.link_candidate import Candidate
from newslint.engine.link_components import Pair, PairGraph


class Blocks:
    """Candidates by key, and the pairs found in each block.

    Args:
        find_pairs: Finds the pairs in a block, which is sorted and has several candidates.
        pairs: The pairs in all blocks, and others.

    Attributes:
        changed: Keys of blocks that have changed since the last `renew`.
    """

    def __init__(
        self, find_pairs: Callable[[list[Candidate]], Iterable[Pair]], pairs: PairGraph
    ) -> None:
        self.changed: set[Hashable] = set()
        self._find_pairs = find_pairs
        self._graph = pairs
        self._members: dict[Hashable, list[Candidate]] = {}
        self._pairs: dict[Hashable, frozenset[Pair]] = {}

    def add(self, candidate: Candidate, keys: Iterable[Hashable]) -> None:
        """Add a candidate to the blocks of its keys."""
        for key in keys:
            insort(self._members.setdefault(key, []), candidate)
            self.changed.add(key)

    def remove(self, candidate: Candidate, keys: Iterable[Hashable]) -> None:
        """Remove a candidate from the blocks of its keys."""
        for key in keys:
            self._members[key].remove(candidate)
            if not self._members[key]:
                del self._members[key]
            self.changed.add(key)

    def several(self, key: Hashable) -> list[Candidate]:
        """Return the candidates in a block, sorted; none if there is only one."""
        members = self._members.get(key, ())
        return list(members) if len(members) > 1 else []

    def renew(self) -> None:
        """Find the pairs in the blocks that have changed."""
        for key in self.changed:
            members = self._members.get(key, ())
            before = self._pairs.pop(key, frozenset())
            if before or len(members) > 1:
                pairs = frozenset(self._find_pairs(list(members)) if len(members) > 1 else ())
                self._graph.replace(before, pairs)
                if pairs:
                    self._pairs[key] = pairs
        self.changed = set()

    def renew_all(self) -> None:
        """Find the pairs in all blocks."""
        self.changed = {*self._members, *self.changed}
        self.renew()
