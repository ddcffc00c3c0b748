"""Groups of mentions that share a key.

A key function names the groups that a description belongs to; a rule then sees one group at a time.
Groups are independent of each other, and their mentions have an order that does not depend on how
they were collected.
"""

from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain, groupby

from newslint._deprecation import deprecated_attribute
from newslint.records.description import Description
from newslint.records.mention import Mention
from newslint.records.record import ENTRIES, Descriptions, Record

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""The date of records without a date, where the newest is wanted."""

KeyFunction = Callable[[Mention], Iterable[str]]


class Group:
    """The mentions that share one key.

    Args:
        key: The shared key.
        digests: Digests of its distinct descriptions.
        places: Numbers of the places of descriptions, by digest, as those of `Corpus`.
        records: The records that these numbers refer to, sorted.
        known: Descriptions by digest: those of the group and of the records that contain them.

    Attributes:
        key: The shared key.
    """

    def __init__(
        self,
        key: str,
        digests: Sequence[bytes],
        places: Mapping[bytes, "array[int]"],
        records: Sequence[Record] | Mapping[int, Record],
        known: Descriptions,
    ) -> None:
        self.key = key
        self._digests = digests
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
        numbered: dict[bytes, list[int]] = {}
        known: dict[bytes, Description] = {}
        for mention, record, position in found:
            place = numbers[record.path, record.number] * ENTRIES + position
            numbered.setdefault(mention.description.digest, []).append(place)
            known |= {each.digest: each for each in (mention.description, mention.host)}
        places = {each: array("Q", sorted(numbered[each])) for each in numbered}
        return cls(key, tuple(places), places, [by_name[name] for name in sorted(by_name)], known)

    @cached_property
    def descriptions(self) -> Sequence[Description]:
        """The distinct descriptions, in the order of their first mentions."""
        digests, places = self._digests, self._places
        if len(digests) > 1:
            digests = sorted(digests, key=lambda each: places[each][0])
        return tuple(self._known[each] for each in digests)

    @cached_property
    def mentions(self) -> Sequence[Mention]:
        """All mentions, sorted by file and place."""
        return self.mentions_of(self.descriptions)

    @cached_property
    def records(self) -> Sequence[Mention]:
        """The mentions that are records' own descriptions."""
        return self.mentions_of(self.record_descriptions)

    @cached_property
    def entries(self) -> Sequence[Mention]:
        """The mentions that are entries of `related`."""
        return self.mentions_of(self.entry_descriptions)

    @cached_property
    def record_descriptions(self) -> Sequence[Description]:
        """The distinct descriptions of records' own articles."""
        return self._select(is_record=True)

    @cached_property
    def entry_descriptions(self) -> Sequence[Description]:
        """The distinct descriptions among the entries."""
        return self._select(is_record=False)

    @property
    def is_single(self) -> bool:
        """Whether there is nothing to compare: one description, and at most one record."""
        if len(self._digests) != 1:
            return False
        (digest,) = self._digests
        return len(self._places[digest]) == 1 or not self._known[digest].is_record

    def split(self, size: int) -> "Iterator[Group] | None":
        """Split the group by descriptions into parts of `size`; None if it is not larger."""
        digests = self._digests
        if len(digests) <= size:
            return None
        return (
            type(self)(self.key, digests[at : at + size], self._places, self._records, self._known)
            for at in range(0, len(digests), size)
        )

    def mentions_of(self, descriptions: Iterable[Description]) -> Sequence[Mention]:
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
        return self._mentions([min(self._places[each.digest][0] for each in descriptions)])[0]

    def count_mentions(self, description: Description) -> int:
        """Count the mentions with a description."""
        return len(self._places[description.digest])

    @property
    def paths_with_duplicates(self) -> frozenset[str]:
        """Paths of records that contain several entries of the group."""
        places = sorted(self._places_of(self.entry_descriptions))
        by_record = groupby(places, lambda place: place // ENTRIES)
        return frozenset(self._records[index].path for index, same in by_record if len([*same]) > 1)

    def occurs_in(self, paths: Container[str]) -> bool:
        """Whether any mention is in one of the files `paths`."""
        places = self._places_of(self.descriptions)
        return any(self._records[place // ENTRIES].path in paths for place in places)

    def entries_in(self, paths: frozenset[str]) -> Sequence[Mention]:
        """List the entries of `related` in the files `paths`, in order."""
        if not paths:
            return ()
        places = sorted(self._places_of(self.entry_descriptions))
        return self._mentions(
            place for place in places if self._records[place // ENTRIES].path in paths
        )

    def find_mention(self, path: str, prefix: str) -> Mention | None:
        """Find the mention at a place (see `Record.prefix`); None if there is none."""
        return self._by_place.get((path, prefix))

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], Mention]:
        """The mentions by their places."""
        return {(each.path, each.prefix): each for each in self.mentions}

    def _select(self, *, is_record: bool) -> Sequence[Description]:
        """Select the descriptions of records' own articles, or the others."""
        return tuple(each for each in self.descriptions if each.is_record == is_record)

    def _places_of(self, descriptions: Iterable[Description]) -> Iterator[int]:
        """Yield the numbers of the places of descriptions."""
        return chain.from_iterable(self._places[each.digest] for each in descriptions)

    def _mentions(self, places: Iterable[int]) -> Sequence[Mention]:
        """Create the mentions at places, in order."""
        numbers = (divmod(place, ENTRIES) for place in sorted(places))
        return tuple(
            self._records[index].mention(position, self._known) for index, position in numbers
        )

    def _age(self, place: int) -> tuple[datetime, str]:
        """Return the sort key of the record at a place: its date, then its path."""
        record = self._records[place // ENTRIES]
        return self._known[record.digest].published_at or LONG_AGO, record.path
