"""The descriptions that have each key of a key function."""

from collections.abc import Iterable, Iterator, Mapping

from newslint.engine.checks import crash
from newslint.engine.findings import NO_FINDINGS, Judgement
from newslint.engine.link import Links
from newslint.engine.results import Finding
from newslint.records import Corpus, Description, Group, KeyFunction, Mention
from newslint.rules.api import Rule


class KeyTable:
    """The descriptions with each key of a key function.

    Args:
        keys: The key function.

    Attributes:
        rules: The rules that have the key function, by digest.
        failures: Judgements of descriptions for which the function raised an exception, by digest.
    """

    def __init__(self, keys: KeyFunction) -> None:
        self.rules: dict[bytes, Rule] = {}
        self.failures: dict[bytes, Judgement] = {}
        self._function = keys
        self._keys: dict[bytes, tuple[str, ...]] = {}
        self._digests: dict[str, list[bytes]] = {}
        self._links: Mapping[str, str] = {}
        self._linked: dict[str, list[str]] = {}

    def update(
        self, stale: Iterable[bytes], mentions: Mapping[bytes, Mention], links: Links
    ) -> set[str]:
        """Update the keys of descriptions; return the keys of groups that this changes.

        Args:
            stale: Digests of descriptions whose occurrences have changed.
            mentions: A mention of each of these that still occurs.
            links: Links from URLs to articles and stories.
        """
        changed = {key for digest in stale for key in self.keys_of(digest)}
        changed |= self._link(links.select(self._function))
        for digest in stale:
            if digest not in mentions:
                self._remove(digest)
            elif digest not in self._keys:
                self._add(digest, mentions[digest])
        return changed.union(*map(self.keys_of, stale))

    def keys_of(self, digest: bytes) -> Iterator[str]:
        """Yield the keys of the groups with a description."""
        return (self._links.get(key, key) for key in self._keys.get(digest, ()))

    def all_keys(self) -> set[str]:
        """Collect the keys of all groups."""
        return {self._links.get(key, key) for key in self._digests}

    def group(self, corpus: Corpus, key: str) -> Group | None:
        """Create the group of a key; None if it is empty."""
        is_linked = self._links.get(key, key) != key
        urls = () if is_linked else (key, *self._linked.get(key, ()))
        found = dict.fromkeys(digest for url in urls for digest in self._digests.get(url, ()))
        return corpus.group(key, found) if found else None

    def _link(self, links: Mapping[str, str]) -> set[str]:
        """Use other links between URLs; return the keys of the groups that this changes."""
        before = self._links
        if links is before or not (links or before):
            return set()
        self._links, self._linked = links, {}
        for url, name in links.items():
            self._linked.setdefault(name, []).append(url)
        urls = {url for url in before.keys() | links.keys() if before.get(url) != links.get(url)}
        return {name for url in urls for name in (before.get(url, url), links.get(url, url))}

    def _add(self, digest: bytes, mention: Mention) -> None:
        """Add a description."""
        found: tuple[str, ...] = ()
        try:
            found = tuple(dict.fromkeys(self._function(mention)))
        except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
            self.failures[digest] = self._crash(mention.description, error)
        self._keys[digest] = found
        for key in found:
            self._digests.setdefault(key, []).append(digest)

    def _remove(self, digest: bytes) -> None:
        """Remove a description."""
        self.failures.pop(digest, None)
        for key in self._keys.pop(digest, ()):
            self._digests[key].remove(digest)
            if not self._digests[key]:
                del self._digests[key]

    def _crash(self, description: Description, error: Exception) -> Judgement:
        """Create the judgement of a description that the key function failed for."""
        if not self.rules:
            return NO_FINDINGS
        digest = description.digest
        return Judgement(
            [
                Finding(name, crash(rule, description.target(), error), digest)
                for name, rule in self.rules.items()
            ],
            frozenset({digest}),
        )
