"""Sequences that remember values computed from all items, which may be read when iterated."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")
R = TypeVar("R")


class ComputingTuple(tuple[T, ...]):  # noqa: SLOT001 # it needs its dictionary
    """A tuple that remembers values computed from its items."""

    def compute(self, function: Callable[[Sequence[T]], R]) -> R:
        """Compute a value from all items, the first time."""
        return _remember(self.__dict__, self, function)


class MappedSequence(Sequence[T]):
    """A sequence that is not in memory.

    Args:
        read: Yields the items from a position on.
        size: Their number.
        computed: Values that are known already, by the functions that would compute them.
    """

    def __init__(
        self,
        read: Callable[[int], Iterator[T]],
        size: int,
        computed: Mapping[object, Any] = {},  # it stays empty
    ) -> None:
        self._read = read
        self._size = size
        self._computed = {**computed}

    def __len__(self) -> int:
        """Return the number of items."""
        return self._size

    def __iter__(self) -> Iterator[T]:
        """Read all items."""
        return self._read(0)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """Read an item, or some items."""
        found = range(self._size)[index]
        if isinstance(found, range):
            return [self[each] for each in found]
        return next(self._read(found))

    def compute(self, function: Callable[[Sequence[T]], R]) -> R:
        """Compute a value from all items, the first time."""
        return _remember(self._computed, self, function)

    def find_computed(self, function: object) -> Any:
        """Find a value by the function that would compute it; None if it is not known."""
        return self._computed.get(function)

    def map(self, change: Callable[[T], T]) -> "MappedSequence[T]":
        """Create the sequence of changed items."""
        return MappedSequence(lambda start: map(change, self._read(start)), self._size)


def compute_once(items: Sequence[T], function: Callable[[Sequence[T]], R]) -> R:
    """Compute a value from all items, once if these can remember it."""
    if isinstance(items, MappedSequence | ComputingTuple):
        return items.compute(function)
    return function(items)


def find_computed(items: Sequence[Any], function: object) -> Any:
    """Find a value by the function that would compute it from items; None if it is not known."""
    return items.find_computed(function) if isinstance(items, MappedSequence) else None


def _remember(
    computed: dict[Any, Any], items: Sequence[T], function: Callable[[Sequence[T]], R]
) -> R:
    """Compute a value from items, unless it was computed before."""
    if function not in computed:
        computed[function] = function(items)
    value: R = computed[function]
    return value


def map_items(items: Sequence[T], change: Callable[[T], T]) -> Sequence[T]:
    """Change the items of a sequence: now, or when they are iterated if they are not in memory."""
    return (
        items.map(change)
        if isinstance(items, MappedSequence)
        else ComputingTuple(map(change, items))
    )
