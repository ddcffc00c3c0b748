"""The results of earlier runs about descriptions and groups: keys, links and judgements.

A result is looked up by a digest of all that it depends on, so it is the one that this run would
compute. Results of rules that crashed are not stored.
"""

from array import array
from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

import msgspec

from newslint.engine.findings import Judgement
from newslint.engine.link import StoredLinks
from newslint.engine.members import IdentifyHost
from newslint.engine.results import Finding
from newslint.execution.key_table import DescriptionKeys
from newslint.records import Corpus
from newslint.records.record import ENTRIES

if TYPE_CHECKING:
    from newslint.execution.cache import Cache, ContextCache

T = TypeVar("T")

_SIZE = 16
_encoder = msgspec.msgpack.Encoder()
_keys = msgspec.msgpack.Decoder(DescriptionKeys)
_links = msgspec.msgpack.Decoder(StoredLinks)
_findings = msgspec.msgpack.Decoder(list[Finding])
_names = msgspec.msgpack.Decoder(list[bytes])


class JudgeMemo:
    """Results of earlier runs with the same rules.

    Args:
        cache: The cache that contains them.
        key: Cache key of the rules.
        corpus: All records.
        identify_host: Identifies the record around an entry (see `identify_hosts`).
    """

    def __init__(
        self, cache: "Cache", key: bytes, corpus: Corpus, identify_host: IdentifyHost
    ) -> None:
        self._cache = cache
        self._context: ContextCache = cache.context(key)
        self._corpus = corpus
        self._identify_host = identify_host
        self._occurrences: dict[bytes, bytes] = {}

    def find_keys(self, digest: bytes) -> DescriptionKeys | None:
        """Find the keys of a description; None if they are not stored."""
        return self._find(digest, _keys)

    def add_keys(self, digest: bytes, keys: DescriptionKeys) -> None:
        """Store the keys of a description."""
        self._add(digest, keys)

    def find_links(self, linked: Iterable[bytes]) -> StoredLinks | None:
        """Find the links of records, given digests of the values on which they depend."""
        return self._find(_digest(b"links", *sorted(linked)), _links)

    def add_links(self, linked: Iterable[bytes], links: StoredLinks) -> None:
        """Store the links of records."""
        self._add(_digest(b"links", *sorted(linked)), links)

    def find_judgement(self, group: bytes) -> Judgement | None:
        """Find the judgement of a group, given the digest that `digest_group` computes."""
        findings = self._find(group, _findings)
        return None if findings is None else Judgement(findings)

    def add_judgement(self, group: bytes, judgement: Judgement) -> None:
        """Store the judgement of a group."""
        if not judgement.failed:
            self._add(group, judgement.findings)

    def find_finished(self, survey: bytes) -> list[bytes] | None:
        """Find the identities of the finished statistics of a survey."""
        return self._find(survey, _names)

    def add_finished(self, survey: bytes, names: list[bytes]) -> None:
        """Store the identities of the finished statistics of a survey."""
        self._add(survey, names)

    def digest_group(self, rules: bytes, key: str, digests: Iterable[bytes]) -> bytes:
        """Compute the digest of all that the judgement of a group depends on.

        Args:
            rules: Name of the rules, and of the finished statistics that they use.
            key: The key of the group.
            digests: Digests of the descriptions in it.
        """
        occurrences = b"".join(sorted(map(self._digest_occurrences, digests)))
        return _digest(rules, key.encode("utf-8", "surrogatepass"), occurrences)

    def digest_survey(self, rule: bytes) -> bytes:
        """Compute the digest of all that the finished statistics of a survey may depend on."""
        return _digest(b"survey", rule, self._corpus_digest)

    def close(self, *, is_whole: bool) -> None:
        """Write new results.

        Args:
            is_whole: All groups were judged, so results that were not used are no longer needed.
        """
        self._cache.close(() if is_whole else None)

    def _digest_occurrences(self, digest: bytes) -> bytes:
        """Compute the digest of a description and all its occurrences."""
        found = self._occurrences.get(digest)
        if found is None:
            records, places, mask = self._records, self._corpus.places[digest], ENTRIES - 1
            hosts = b"".join([records[place // ENTRIES] for place in places])
            positions = array("I", [place & mask for place in places]).tobytes()
            found = self._occurrences[digest] = _digest(digest, hosts, positions)
        return found

    @cached_property
    def _records(self) -> dict[int, bytes]:
        """Digests of all that mentions of each record depend on but their descriptions."""
        found = {}
        for number, each in sorted(self._corpus.records.items()):
            place = repr((each.path, each.number, each.listed, sorted(each.removals.items())))
            host = self._identify_host(self._corpus.descriptions[each.digest])
            found[number] = _digest(host, place.encode("utf-8", "surrogatepass"))
        return found

    @cached_property
    def _corpus_digest(self) -> bytes:
        """Digest of all records and their mentions."""
        records = self._corpus.records
        return _digest(
            *(
                found + records[number].digest + records[number].entries
                for number, found in self._records.items()
            )
        )

    def _find(self, key: bytes, decoder: "msgspec.msgpack.Decoder[T]") -> T | None:
        """Find and decode a result; None if it is not stored."""
        body = self._context.find_value(key)
        if body is None:
            return None
        try:
            return decoder.decode(body)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None

    def _add(self, key: bytes, value: object) -> None:
        """Store a result, unless it cannot be encoded."""
        try:
            self._context.add_values({key: _encoder.encode(value)})
        except (TypeError, ValueError, OverflowError):
            return


def _digest(*parts: bytes) -> bytes:
    """Compute the digest of parts."""
    sizes = [len(part).to_bytes(8, "big") for part in parts]
    return blake2b(b"".join([*sizes, *parts]), digest_size=_SIZE).digest()
