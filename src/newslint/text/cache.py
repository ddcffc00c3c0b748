"""Remembers what was read from short texts, since archives say the same things over and over."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class TextCache(dict[str, T]):
    """What a function returns, by the text that it is given: `memo[text]`.

    Args:
        read: The function; what it raises is not remembered.
        longest: How many characters a text may have to be remembered.
        most: How many texts are remembered; with the next one, all are forgotten.
    """

    def __init__(self, read: Callable[[str], T], longest: int, most: int) -> None:
        super().__init__()
        self._read = read
        self._longest = longest
        self._most = most

    def __missing__(self, text: str) -> T:
        """Read `text`."""
        found = self._read(text)
        if len(text) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[text] = found
        return found
