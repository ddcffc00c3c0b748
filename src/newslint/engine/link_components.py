"""Connected components of a graph whose nodes are URLs, of which a change finds few again."""

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Iterator

Pair = tuple[str, str]
"""The URLs of two records."""


class PairGraph:
    """Pairs of URLs, of which each may be given several times."""

    def __init__(self) -> None:
        self._neighbours: dict[str, Counter[str]] = {}
        self._touched: set[str] = set()

    def replace(self, old: Iterable[Pair], new: Iterable[Pair]) -> None:
        """Remove and add pairs."""
        changes = Counter(new)
        changes.subtract(old)
        for (one, other), change in changes.items():
            if change:
                self._touched.update((one, other))
                self._add(one, other, change)
                self._add(other, one, change)

    def neighbours(self, url: str) -> Iterable[str]:
        """List the URLs that form a pair with a URL."""
        return self._neighbours.get(url, ())

    def take_touched(self) -> set[str]:
        """Return the URLs in pairs that were added or removed since the last call."""
        touched, self._touched = self._touched, set()
        return touched

    def _add(self, one: str, other: str, change: int) -> None:
        """Change how often a pair was given."""
        counts = self._neighbours.setdefault(one, Counter())
        counts[other] += change
        if not counts[other]:
            del counts[other]
        if not counts:
            del self._neighbours[one]


class Components:
    """Components of URLs, named by their smallest.

    A node that is no string connects others, but belongs to no component.

    Args:
        neighbours: Lists the nodes next to a node.
        is_linked: Checks if a component of several URLs gets a name.

    Attributes:
        names: Names by URL, of the URLs that are not the name of their component.
    """

    def __init__(
        self,
        neighbours: Callable[[Hashable], Iterable[Hashable]],
        is_linked: Callable[[Iterable[str]], bool] = lambda _: True,
    ) -> None:
        self.names: dict[str, str] = {}
        self._neighbours = neighbours
        self._is_linked = is_linked
        self._members: dict[str, tuple[str, ...]] = {}

    def members(self, url: str) -> tuple[str, ...]:
        """List the URLs in the component of a URL."""
        name = self.names.get(url, url)
        return self._members.get(name, (name,))

    def renew(self, urls: Iterable[str], known: Container[str]) -> dict[str, str]:
        """Find components again.

        Args:
            urls: One URL or more of each component, old or new, that has changed.
            known: All URLs that are left.

        Returns:
            The names before, by URL, of those that have another name now.
        """
        before: dict[str, str] = {}
        for url in urls:
            self._forget(url, before)
        left = {url for url in before if url in known}
        while left:
            component = {*self._explore(left.pop())}
            left -= component
            for url in component:
                self._forget(url, before)
            if len(component) > 1 and self._is_linked(component):
                name = min(component)
                self._members[name] = tuple(component)
                self.names.update((each, name) for each in component if each != name)
        return {url: name for url, name in before.items() if self.names.get(url, url) != name}

    def _forget(self, url: str, before: dict[str, str]) -> None:
        """Dissolve the component of a URL, unless that has been done; note the names in it."""
        if url not in before:
            name = self.names.get(url, url)
            for each in self._members.pop(name, (url,)):
                before[each] = name
                self.names.pop(each, None)

    def _explore(self, url: str) -> Iterator[str]:
        """Yield the URLs that are connected with a URL, itself included."""
        seen: set[Hashable] = {url}
        waiting: list[Hashable] = [url]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                yield node
            new = {*self._neighbours(node)} - seen
            seen |= new
            waiting += new
