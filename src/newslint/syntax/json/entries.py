"""The cache of entries of lists that are whole lines, which occur in many texts."""

from newslint.syntax.fragment import Fragment


class EntryCache:
    """Entries of lists by their texts.

    Args:
        size: The number of characters of entries that are cached; of those beyond, the first ones
            are dropped.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._room = size
        self._found: dict[str, Fragment] = {}

    @property
    def texts(self) -> frozenset[str]:
        """The texts of the entries."""
        return frozenset(self._found)

    def find(self, text: str) -> Fragment | None:
        """Look up an entry."""
        return self._found.get(text)

    def add(self, text: str, fragment: Fragment) -> None:
        """Add an entry."""
        if len(text) > self._room:
            self.clear()
        if len(text) <= self._room:
            self._found[text] = fragment
            self._room -= len(text)

    def clear(self) -> None:
        """Drop all entries."""
        self._found, self._room = {}, self._size
