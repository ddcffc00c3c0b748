"""The reader of front matter in any syntax."""

from newslint.syntax.fragment import Fragment
from newslint.syntax.problem import Limits, Problem
from newslint.syntax.protocol import CACHE_SIZE, ReaderOptions, SyntaxReader
from newslint.syntax.registry import DEFAULT_SYNTAX, get_syntax


class Reader:
    """A reader of front matter, which parses text that repeats across files once if it can.

    Args:
        limits: The limits of one front matter.
        share_fragments: See `ReaderOptions`.
        min_entry_length: Likewise.
        cache_size: Likewise.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        share_fragments: bool = True,
        min_entry_length: int = 64,
        cache_size: int = CACHE_SIZE,
    ) -> None:
        self.limits = limits or Limits()
        self._options = ReaderOptions(share_fragments, min_entry_length, cache_size)
        self._readers: dict[str, SyntaxReader] = {}

    def read(
        self, text: str, chars_before: int = 0, syntax: str = DEFAULT_SYNTAX
    ) -> tuple[list[Fragment], list[Problem]]:
        """Parse front matter.

        Args:
            text: The front matter, without its fences.
            chars_before: The number of characters of the file before it on its first line.
            syntax: The name of its syntax.

        Returns:
            A fragment for each document in `text`, with `PlacedFragment` nodes at any depth, and
            the problems.
        """
        reader = self._readers.get(syntax)
        if reader is None:
            reader = get_syntax(syntax).create_reader(self.limits, self._options)
            self._readers[syntax] = reader
        return reader.read(text, chars_before)

    @property
    def cached_texts(self) -> frozenset[str]:
        """The texts that are in the cache."""
        return frozenset().union(*(each.cached_texts for each in self._readers.values()))

    def clear_cache(self) -> None:
        """Drop all cached fragments and lines, when no more files are to be read."""
        for reader in self._readers.values():
            reader.clear_cache()
