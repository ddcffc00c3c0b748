"""The keys of all descriptions, of which a change replaces few."""

from collections import Counter
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from newslint.engine.link_candidate import linked_values
from newslint.execution.judge_memo import JudgeMemo
from newslint.execution.key_table import DescriptionKeys, KeyTable
from newslint.records import Corpus, Mention
from newslint.settings.digests import digest_of


class Replaced(NamedTuple):
    """Descriptions that a change replaces.

    Attributes:
        gone: Digests of those that no longer occur.
        new: Digests of those that did not occur before.
        unread: Those of them whose keys have to be read.
        is_linked: Records have to be linked again.
    """

    gone: Sequence[bytes]
    new: Sequence[bytes]
    unread: Sequence[bytes]
    is_linked: bool = False


class KeyIndex:
    """The keys of all descriptions.

    Args:
        corpus: All records.

    Attributes:
        known: The keys by digest of the description.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.known: dict[bytes, DescriptionKeys] = {}
        self._corpus = corpus

    @property
    def linked(self) -> list[bytes]:
        """The digests of the values on which links depend."""
        return [each.linked for each in self.known.values() if each.linked]

    def replace(
        self, stale: AbstractSet[bytes], tables: Collection[KeyTable], memo: JudgeMemo | None
    ) -> Replaced:
        """Find the descriptions that are new or gone; keys that the memo lacks are not read yet.

        Args:
            stale: Digests of descriptions in changed files, before and after the change.
            tables: All tables.
            memo: Keys of earlier runs, if there are any.
        """
        known, occurring = self.known, self._corpus.places.keys()
        gone = [digest for digest in stale if digest in known and digest not in occurring]
        new = [digest for digest in stale if digest in occurring and digest not in known]
        unread = []
        for digest in new:
            found = None if memo is None else memo.find_keys(digest)
            if found is None:
                unread.append(digest)
                found = DescriptionKeys([()] * len(tables), self._digest_linked(digest))
            known[digest] = found
        lost, added = (Counter(known[digest].linked for digest in every) for every in (gone, new))
        return Replaced(gone, new, unread, is_linked=lost != added)

    def change(
        self, tables: Collection[KeyTable], stale: AbstractSet[bytes], replaced: Replaced
    ) -> dict[KeyTable, set[str]]:
        """Read keys, and replace them in some tables; return the keys of the changed groups."""
        changed = {table: table.collect_keys(stale) for table in tables}
        for digest in replaced.unread:
            mention = Mention(self._corpus.descriptions[digest])
            keys = self.known[digest].keys
            for table in tables:
                keys[table.number] = table.read_keys(mention)
        for table in tables:
            for digest in replaced.gone:
                table.remove(digest)
            table.add(replaced.new)
        return {table: keys | table.collect_keys(stale) for table, keys in changed.items()}

    def read_again(self, tables: Collection[KeyTable]) -> dict[KeyTable, set[str]]:
        """Read the keys of some tables, of which another process has read them before."""
        for table in tables:
            table.forget()
        every = [*self.known]
        return self.change(tables, self.known.keys(), Replaced([], every, every))

    def close(
        self, replaced: Replaced, tables: Collection[KeyTable], memo: JudgeMemo | None
    ) -> None:
        """Forget the keys of descriptions that are gone, and store those of new ones."""
        for digest in replaced.gone:
            del self.known[digest]
        if memo is not None:
            for digest in replaced.unread:
                if not any(digest in each.failures for each in tables):
                    memo.add_keys(digest, self.known[digest])

    def _digest_linked(self, digest: bytes) -> bytes:
        """Compute the digest of the values of a description on which links depend."""
        description = self._corpus.descriptions[digest]
        if not (description.is_record and description.urls):
            return b""
        return digest_of(*linked_values(description))
