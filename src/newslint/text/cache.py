"""A cache for results of functions of short texts, which archives repeat many times."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class TextCache(dict[str, T]):
    """A cache of a function's results by its argument: `cache[text]` is `compute(text)`.

    A look-up that hits is a plain dictionary look-up.

    Args:
        compute: The function; exceptions are not cached.
        max_length: The greatest length of a text that is cached, in characters.
        max_entries: The greatest number of entries; the next one clears the cache.
    """

    def __init__(self, compute: Callable[[str], T], max_length: int, max_entries: int) -> None:
        super().__init__()
        self._compute = compute
        self._max_length = max_length
        self._max_entries = max_entries

    def __missing__(self, text: str) -> T:
        """Compute the result for `text` and store it."""
        result = self._compute(text)
        if len(text) <= self._max_length:
            if len(self) >= self._max_entries:
                self.clear()
            self[text] = result
        return result
