"""Records, the corpus of all records that a run knows, and groups of mentions that share a key.

A key function names the groups that a description belongs to; a rule then sees one group at a time.
Groups are independent of each other, and their mentions have an order that does not depend on how
they were collected.

Archives repeat a description of an article in hundreds of files. So the distinct descriptions are
compared, and a mention is stored as a number, from which the `Mention` is created when it is read.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from itertools import chain

import msgspec

from newslint._deprecation import deprecated_attribute
from newslint.records.description import DIGEST_SIZE, Description
from newslint.records.mention import Mention
from newslint.syntax.removal import Removal

ENTRIES = 2**32
"""More than the entries of any record."""

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""The date of records without a date, where the newest is wanted."""

Descriptions = Mapping[bytes, Description]
"""Descriptions by digest."""

KeyFunction = Callable[[Mention], Iterable[str]]


class Record(msgspec.Struct, frozen=True, array_like=True):
    """A record: the description of its own article, and those that it embeds, by digest.

    Positions count from 0 for its own description; those of entries are 1-based.

    Attributes:
        path: The file.
        digest: Digest of the description of its own article.
        line: Number of lines in the file before its front matter.
        listed: Pointer to the list of its entries.
        entries: Digests of the descriptions of the entries, one after the other.
        lines: Numbers of lines in the file before each entry's fragment, as unsigned integers of
            four bytes.
        removals: Edits that remove an entry, by its 0-based index, if removing its lines would not
            do it; empty for one that cannot be removed.
        number: 0-based number of the record in its file.
    """

    path: str
    digest: bytes
    line: int = 0
    listed: str = ""
    entries: bytes = b""
    lines: bytes = b""
    removals: dict[int, Removal] = {}
    number: int = 0

    @property
    def digests(self) -> list[bytes]:
        """Digests of all descriptions, its own first."""
        entries, size = self.entries, DIGEST_SIZE
        return [self.digest, *(entries[at : at + size] for at in range(0, len(entries), size))]

    @property
    def all_lines(self) -> list[int]:
        """Numbers of lines before each description, its own first."""
        return [self.line, *memoryview(self.lines).cast("I")]

    def digest_at(self, position: int) -> bytes:
        """Digest of the description at a position."""
        end = position * DIGEST_SIZE
        return self.entries[end - DIGEST_SIZE : end] if position else self.digest

    def line_at(self, position: int) -> int:
        """Number of lines before the fragment that contains the description at a position."""
        return memoryview(self.lines).cast("I")[position - 1] if position else self.line

    def prefix(self, position: int) -> str:
        """Pointer to the description at a position, unique in the file.

        In a file with several records, those of all but the first start with NUL and the number of
        the record; `strip_record_number` takes them off.
        """
        pointer = item_pointer(self.listed, position - 1) if position else ""
        return f"\0{self.number}{pointer}" if self.number else pointer

    def mention(self, position: int, descriptions: Descriptions) -> Mention:
        """Create the mention at a position, with lines that count from its fragment."""
        return Mention(
            descriptions[self.digest_at(position)],
            self.path,
            self.prefix(position),
            host=descriptions[self.digest],
            removal=self.removals.get(position - 1),
            place=(self, position),
        )


@lru_cache(maxsize=1024)
def item_pointer(listed: str, index: int) -> str:
    """Build the pointer to an item of a list; one object for all files."""
    return f"{listed}/{index}"


def strip_record_number(pointer: str) -> str:
    """Convert a pointer that starts with `Record.prefix` to one relative to the front matter."""
    return pointer.lstrip("\0").lstrip("0123456789") if pointer.startswith("\0") else pointer


def pack_lines(lines: Iterable[int]) -> bytes:
    """Pack numbers of lines for `Record.lines`."""
    return array("I", lines).tobytes()


class Corpus:
    """All records that a run knows, sorted by path.

    Args:
        records: The records.
        descriptions: Descriptions of their digests.

    Attributes:
        records: The records, sorted.
        descriptions: Descriptions by digest.
        places: The occurrences of each distinct description, by digest, in order; without those
            that are no mappings and so describe nothing. There may be millions, so each is one
            number: the 0-based index of the record times `ENTRIES`, plus the position in it.
    """

    def __init__(self, records: Iterable[Record], descriptions: Descriptions) -> None:
        self.records = sorted(records, key=lambda each: (each.path, each.number))
        self.descriptions = descriptions
        self.places: dict[bytes, array[int]] = {}
        places, skipped = self.places, set[bytes]()
        for index, record in enumerate(self.records):
            for place, digest in enumerate(record.digests, index * ENTRIES):
                known = places.get(digest)
                if known is not None:
                    known.append(place)
                elif digest not in skipped:
                    if descriptions[digest].is_mapping:
                        places[digest] = array("Q", (place,))
                    else:
                        skipped.add(digest)

    @property
    def own_descriptions(self) -> Iterator[Description]:
        """The records' descriptions of their own articles, in order."""
        return (self.descriptions[record.digest] for record in self.records)

    def group(self, key: str, digests: Iterable[bytes]) -> "Group":
        """Group all mentions that have the descriptions of `digests`."""
        places = {self.descriptions[digest]: self.places[digest] for digest in digests}
        return Group(key, places, self.records, self.descriptions)

    def keyed(
        self,
        keys: KeyFunction,
        canonical: Mapping[str, str],
        among: Iterable[bytes] | None = None,
    ) -> Iterator[tuple[str, list[bytes]]]:
        """Yield keys, sorted, each with the digests of the descriptions that have it.

        Args:
            keys: Lists the keys of a mention, of which it may only use the description.
            canonical: Keys to use instead of others (see `link_articles`).
            among: Yield only the keys of these descriptions, given by digest; None for all keys.
        """
        wanted: set[str] | None = None
        if among is not None:
            found_in = (digest for digest in among if digest in self.places)
            wanted = {
                canonical.get(key, key)
                for digest in found_in
                for key in keys(Mention(self.descriptions[digest]))
            }
        found: dict[str, dict[bytes, None]] = {}
        for digest in self.places:
            mention = Mention(self.descriptions[digest])
            for each in keys(mention):
                key = canonical.get(each, each)
                if wanted is None or key in wanted:
                    found.setdefault(key, {})[digest] = None
        for key in sorted(found):
            yield key, list(found[key])

    def groups(
        self,
        keys: KeyFunction,
        canonical: Mapping[str, str],
        among: Iterable[bytes] | None = None,
    ) -> "Iterator[Group]":
        """Yield the groups of mentions that share a key, sorted by key.

        The arguments are those of `keyed`.
        """
        return (self.group(key, digests) for key, digests in self.keyed(keys, canonical, among))


class Group:
    """The mentions that share one key.

    Args:
        key: The shared key.
        places: Numbers of the places of each description, as those of `Corpus`.
        records: The records that these numbers refer to, sorted.
        known: Descriptions by digest: those of the group and of the records that contain them.

    Attributes:
        key: The shared key.
        descriptions: The distinct descriptions, in the order of their first mentions.
    """

    def __init__(
        self,
        key: str,
        places: Mapping[Description, "array[int]"],
        records: Sequence[Record] | Mapping[int, Record],
        known: Descriptions,
    ) -> None:
        self.key = key
        distinct = tuple(places)
        if len(distinct) > 1:
            distinct = tuple(sorted(distinct, key=lambda each: places[each][0]))
        self.descriptions = distinct
        self._places = places
        self._records = records
        self._known = known

    facts = deprecated_attribute("facts", "descriptions")
    count = deprecated_attribute("count", "count_mentions")
    entry_facts = deprecated_attribute("entry_facts", "entry_descriptions")
    newest = deprecated_attribute("newest", "newest_mention")
    record_facts = deprecated_attribute("record_facts", "record_descriptions")
    shared_records = deprecated_attribute("shared_records", "paths_with_duplicates")
    stands_in = deprecated_attribute("stands_in", "occurs_in")

    @classmethod
    def from_mentions(cls, key: str, mentions: Iterable[Mention]) -> "Group":
        """Group mentions of records, in any order."""
        found = [(each, *each.place) for each in mentions if each.place is not None]
        by_name = {(record.path, record.number): record for _, record, _ in found}
        numbers = {name: number for number, name in enumerate(sorted(by_name))}
        numbered: dict[Description, list[int]] = {}
        known: dict[bytes, Description] = {}
        for mention, record, position in found:
            place = numbers[record.path, record.number] * ENTRIES + position
            numbered.setdefault(mention.description, []).append(place)
            known |= {each.digest: each for each in (mention.description, mention.host)}
        places = {each: array("Q", sorted(numbered[each])) for each in numbered}
        return cls(key, places, [by_name[name] for name in sorted(by_name)], known)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, sorted by file and place."""
        return self.mentions_of(self.descriptions)

    @cached_property
    def records(self) -> tuple[Mention, ...]:
        """The mentions that are records' own descriptions."""
        return self.mentions_of(self.record_descriptions)

    @cached_property
    def entries(self) -> tuple[Mention, ...]:
        """The mentions that are entries of `related`."""
        return self.mentions_of(self.entry_descriptions)

    @cached_property
    def record_descriptions(self) -> tuple[Description, ...]:
        """The distinct descriptions of records' own articles."""
        return tuple(each for each in self.descriptions if each.is_record)

    @cached_property
    def entry_descriptions(self) -> tuple[Description, ...]:
        """The distinct descriptions among the entries."""
        return tuple(each for each in self.descriptions if not each.is_record)

    @property
    def is_single(self) -> bool:
        """Whether there is nothing to compare: one description, and at most one record."""
        return len(self.descriptions) == 1 and (
            not self.descriptions[0].is_record or self.count_mentions(self.descriptions[0]) == 1
        )

    def mentions_of(self, descriptions: Iterable[Description]) -> tuple[Mention, ...]:
        """List the mentions with these descriptions, sorted by file and place."""
        return self._mentions(self._places_of(descriptions))

    def newest_mention(self, descriptions: Iterable[Description]) -> Mention:
        """Find the mention with one of `descriptions` whose record is the newest.

        Of records with one date, or without, the last path counts; in one file the first mention.
        """
        places = self._places_of(descriptions)
        newest = max(places, key=lambda place: (*self._age(place), -place))
        return self._mentions([newest])[0]

    def first_mention(self, descriptions: Iterable[Description]) -> Mention:
        """Find the first mention with one of `descriptions`."""
        return self._mentions([min(self._places[each][0] for each in descriptions)])[0]

    def count_mentions(self, description: Description) -> int:
        """Count the mentions with a description."""
        return len(self._places[description])

    @property
    def paths_with_duplicates(self) -> frozenset[str]:
        """Paths of records that contain several entries of the group."""
        numbers = Counter(place // ENTRIES for place in self._places_of(self.entry_descriptions))
        return frozenset(self._records[index].path for index, count in numbers.items() if count > 1)

    def occurs_in(self, paths: Container[str]) -> bool:
        """Whether any mention is in one of the files `paths`."""
        places = self._places_of(self.descriptions)
        return any(self._records[place // ENTRIES].path in paths for place in places)

    def entries_in(self, paths: frozenset[str]) -> tuple[Mention, ...]:
        """List the entries of `related` in the files `paths`, in order."""
        if not paths:
            return ()
        places = self._places_of(self.entry_descriptions)
        return self._mentions(
            place for place in places if self._records[place // ENTRIES].path in paths
        )

    def _places_of(self, descriptions: Iterable[Description]) -> Iterator[int]:
        """Yield the numbers of the places of descriptions."""
        return chain.from_iterable(self._places[each] for each in descriptions)

    def _mentions(self, places: Iterable[int]) -> tuple[Mention, ...]:
        """Create the mentions at places, in order."""
        numbers = (divmod(place, ENTRIES) for place in sorted(places))
        return tuple(
            self._records[index].mention(position, self._known) for index, position in numbers
        )

    def _age(self, place: int) -> tuple[datetime, str]:
        """Return the sort key of the record at a place: its date, then its path."""
        record = self._records[place // ENTRIES]
        return self._known[record.digest].published_at or LONG_AGO, record.path
