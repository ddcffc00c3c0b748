"""The descriptions that have each key of a key function."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain

import msgspec

from newslint.engine.findings import Judgement, crash_at
from newslint.engine.link import LinkedUrls, is_linked_by
from newslint.records import Corpus, Group, KeyFunction, Mention, story_key
from newslint.rules.api import Rule


class DescriptionKeys(msgspec.Struct, frozen=True, array_like=True):
    """The keys by which a description is grouped and linked.

    Attributes:
        keys: Its keys in each table; empty if it has none, or if they have not been read.
        linked: Digest of the values on which links depend; empty if it links nothing.
    """

    keys: list[tuple[str, ...]]
    linked: bytes = b""


class KeyTable:
    """The descriptions with each key of a key function.

    Args:
        keys: The key function.
        number: Number of the table, which is its position in `DescriptionKeys.keys`.
        known: The keys of all descriptions, by digest.

    Attributes:
        number: Its position in `DescriptionKeys.keys`.
        rules: The rules that have the key function, by digest.
        failures: Judgements of descriptions for which the function raised an exception, by digest.
    """

    def __init__(
        self, keys: KeyFunction, number: int, known: Mapping[bytes, DescriptionKeys]
    ) -> None:
        self.rules: dict[bytes, Rule] = {}
        self.failures: dict[bytes, Judgement] = {}
        self._function = keys
        self.number = number
        self._known = known
        self._digests: dict[str, list[bytes]] = {}
        self._links: Mapping[str, str] = {}
        self._linked: dict[str, list[str]] = {}

    @property
    def is_linked(self) -> bool:
        """True if its keys are URLs, which links join."""
        return self._function is story_key or is_linked_by(self._function)

    def read_keys(self, mention: Mention) -> tuple[str, ...]:
        """Compute the keys of a description; a failure is added to `failures`."""
        try:
            return tuple(dict.fromkeys(self._function(mention)))
        except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
            self.failures[mention.description.digest] = crash_at(
                self.rules, mention.description, error
            )
            return ()

    def forget(self) -> None:
        """Forget all descriptions."""
        self._digests, self.failures = {}, {}

    def link(self, links: LinkedUrls) -> set[str]:
        """Use other links between URLs; return the keys of the groups that this changes."""
        before, self._links = self._links, links.select(self._function)
        changes = links.changes(self._function)
        if self._links is not before:
            urls = {url for url, _ in before.items() ^ self._links.items()}
            changes = {url: before.get(url, url) for url in urls}
        for url, old in changes.items():
            if url != old:
                self._linked[old].remove(url)
                if not self._linked[old]:
                    del self._linked[old]
            new = self._links.get(url, url)
            if url != new:
                self._linked.setdefault(new, []).append(url)
        return {name for url, old in changes.items() for name in (old, self._links.get(url, url))}

    def add(self, digests: Iterable[bytes]) -> None:
        """Add descriptions to the groups of their keys."""
        known, number, found = self._known, self.number, self._digests
        for digest in digests:
            for key in known[digest].keys[number]:
                found.setdefault(key, []).append(digest)

    def remove(self, digest: bytes) -> None:
        """Remove a description from the groups of its keys."""
        self.failures.pop(digest, None)
        for key in self._known[digest].keys[self.number]:
            self._digests[key].remove(digest)
            if not self._digests[key]:
                del self._digests[key]

    def collect_keys(self, digests: AbstractSet[bytes]) -> set[str]:
        """Collect the keys of the groups with descriptions."""
        if digests >= self._known.keys():
            return self.all_keys()
        known = (self._known[each] for each in digests if each in self._known)
        keys = {key for each in known for key in each.keys[self.number]}
        return {self._links.get(key, key) for key in keys} if self._links else keys

    def all_keys(self) -> set[str]:
        """Collect the keys of all groups."""
        return (
            {self._links.get(key, key) for key in self._digests}
            if self._links
            else {*self._digests}
        )

    def digests(self, key: str) -> list[bytes]:
        """List the digests of the descriptions in the group of a key."""
        if self._links.get(key, key) != key:
            return []
        own, others = self._digests.get(key, []), self._linked.get(key)
        if others is None:
            return own
        urls = (self._digests.get(url, ()) for url in others)
        return [*dict.fromkeys(chain(own, *urls))]

    def group(self, corpus: Corpus, key: str) -> Group | None:
        """Create the group of a key; None if it is empty."""
        found = self.digests(key)
        return corpus.group(key, found) if found else None
