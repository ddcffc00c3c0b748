"""The corpus: all records that a run knows.

Archives repeat a description of an article in hundreds of files. So the distinct descriptions are
compared, and a mention is stored as a number, from which the `Mention` is created when it is read.
"""

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newslint.records.description import Description
from newslint.records.group import Group, KeyFunction
from newslint.records.mention import Mention
from newslint.records.record import ENTRIES, Descriptions, Record

_GAP = 2**12
"""Distance between the numbers of two records, for records that are added between them."""

_MAX_NUMBER = 2**31
"""More than the number of any record."""


class Corpus:
    """All records that a run knows. Those of one file can be replaced.

    Records have numbers that ascend with their paths, with gaps between them.

    Args:
        records: The records.
        descriptions: Descriptions of their digests.

    Attributes:
        records: The records by their numbers.
        descriptions: Descriptions by digest.
        places: The occurrences of each distinct description, by digest, in order; without those
            that are no mappings and so describe nothing. There may be millions, so each is one
            number: that of the record times `ENTRIES`, plus the position in it.
    """

    def __init__(self, records: Iterable[Record], descriptions: Descriptions) -> None:
        self.descriptions = descriptions
        self._fill(records)

    def replace(self, old: Sequence[Record], new: Sequence[Record]) -> None:
        """Replace the records of one file; `descriptions` contains the descriptions in the new."""
        names = {_name(each) for each in new}
        for record in old:
            self._take(record)
            if _name(record) not in names:
                del self._numbers[_name(record)]
                del self._names[bisect_left(self._names, _name(record))]
        for record in new:
            number = self._numbers.get(_name(record)) or self._number(_name(record))
            if number:
                self._put(record, number)
            else:
                self._fill([*self.records.values(), record])

    @property
    def own_descriptions(self) -> Iterator[Description]:
        """The records' descriptions of their own articles."""
        return (self.descriptions[record.digest] for record in self.records.values())

    def paths(self, digest: bytes) -> set[str]:
        """Collect the paths of the files that contain a description."""
        return {self.records[place // ENTRIES].path for place in self.places.get(digest, ())}

    def group(self, key: str, digests: Iterable[bytes]) -> Group:
        """Group all mentions that have the descriptions of `digests`."""
        return Group(key, tuple(digests), self.places, self.records, self.descriptions)

    def groups(self, keys: KeyFunction, canonical: Mapping[str, str]) -> Iterator[Group]:
        """Yield the groups of mentions that share a key, sorted by key.

        Args:
            keys: Lists the keys of a mention, of which it may only use the description.
            canonical: Keys to use instead of others (see `link_articles`).
        """
        found: dict[str, dict[bytes, None]] = {}
        for digest in self.places:
            for key in keys(Mention(self.descriptions[digest])):
                found.setdefault(canonical.get(key, key), {})[digest] = None
        return (self.group(key, found[key]) for key in sorted(found))

    def _fill(self, records: Iterable[Record]) -> None:
        """Replace all records."""
        ordered = sorted(records, key=_name)
        gap = max(1, min(_GAP, _MAX_NUMBER // (len(ordered) + 1)))
        self._names = [_name(each) for each in ordered]
        self._numbers = {name: at * gap for at, name in enumerate(self._names, 1)}
        self.records: dict[int, Record] = {}
        self.places: dict[bytes, array[int]] = {}
        descriptions, places, skipped = self.descriptions, self.places, set[bytes]()
        for at, record in enumerate(ordered, 1):
            self.records[at * gap] = record
            for place, digest in enumerate(record.digests, at * gap * ENTRIES):
                known = places.get(digest)
                if known is not None:
                    known.append(place)
                elif digest not in skipped:
                    if descriptions[digest].is_mapping:
                        places[digest] = array("Q", (place,))
                    else:
                        skipped.add(digest)

    def _put(self, record: Record, number: int) -> None:
        """Add the mentions of a record, which gets a number."""
        self.records[number] = record
        for place, digest in enumerate(record.digests, number * ENTRIES):
            if self.descriptions[digest].is_mapping:
                insort(self.places.setdefault(digest, array("Q")), place)

    def _take(self, record: Record) -> None:
        """Remove the mentions of a record."""
        number = self._numbers[_name(record)]
        del self.records[number]
        for digest in {*record.digests} & self.places.keys():
            rest = [place for place in self.places[digest] if place // ENTRIES != number]
            if rest:
                self.places[digest] = array("Q", rest)
            else:
                del self.places[digest]

    def _number(self, name: tuple[str, int]) -> int:
        """Find a number between those of the neighbours of a new record; 0 if there is none."""
        at = bisect_left(self._names, name)
        below = self._numbers[self._names[at - 1]] if at else 0
        is_last = at == len(self._names)
        above = below + 2 * _GAP if is_last else self._numbers[self._names[at]]
        number = (below + above) // 2
        if number in (below, above) or number >= _MAX_NUMBER:
            return 0
        self._names.insert(at, name)
        self._numbers[name] = number
        return number


def _name(record: Record) -> tuple[str, int]:
    """Return the identity of a record: its path, and its number in the file."""
    return record.path, record.number
