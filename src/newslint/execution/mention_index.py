"""An index of the mentions in an archive from which single files can be taken and put back."""

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence

from newslint.records import Description, Group, Record
from newslint.records.corpus import ENTRIES

_GAP = 2**12
"""Distance between the numbers of two records, for records that are added between them."""

Name = tuple[str, int]
"""Path of a record's file, and 0-based number of the record in it."""


class MentionIndex:
    """The records of an archive, and the places of each distinct description.

    It contains the same as a `Corpus`. Records have numbers that ascend with their paths, with gaps
    between them.

    Attributes:
        descriptions: Descriptions by digest.
        records: The records by their numbers.
        places: The occurrences of each description that is a mapping, as in `Corpus`.
    """

    def __init__(self) -> None:
        self.descriptions: dict[bytes, Description] = {}
        self.records: dict[int, Record] = {}
        self.places: dict[bytes, array[int]] = {}
        self._names: list[Name] = []
        self._numbers: dict[Name, int] = {}

    def fill(self, records: Iterable[Record]) -> None:
        """Replace all records; `descriptions` contains the descriptions in them."""
        self.records, self.places, self._numbers = {}, {}, {}
        ordered = sorted(records, key=lambda each: (each.path, each.number))
        self._names = [(each.path, each.number) for each in ordered]
        for position, record in enumerate(ordered, 1):
            self._put(record, position * _GAP)

    def replace(self, old: Sequence[Record], new: Sequence[Record]) -> None:
        """Replace the records of one file; `descriptions` contains the descriptions in the new."""
        for record in old:
            self._take(record, keep_number=any(each.number == record.number for each in new))
        added = [each for each in new if (each.path, each.number) not in self._numbers]
        for record in new:
            if record not in added:
                self._put(record, self._numbers[record.path, record.number])
        for record in added:
            self._add(record)

    def group(self, key: str, digests: Iterable[bytes]) -> Group:
        """Group all mentions that have the descriptions of `digests`."""
        places = {self.descriptions[digest]: self.places[digest] for digest in digests}
        return Group(key, places, self.records, self.descriptions)

    def paths(self, digest: bytes) -> set[str]:
        """Collect the paths of the files that contain a description."""
        return {self.records[place // ENTRIES].path for place in self.places.get(digest, ())}

    @property
    def own_descriptions(self) -> Iterator[Description]:
        """The records' descriptions of their own articles."""
        return (self.descriptions[record.digest] for record in self.records.values())

    def _put(self, record: Record, number: int) -> None:
        """Add the mentions of a record, which gets a number."""
        self.records[number] = record
        self._numbers[record.path, record.number] = number
        for place, digest in enumerate(record.digests, number * ENTRIES):
            if not self.descriptions[digest].is_mapping:
                continue
            known = self.places.get(digest)
            if known is None:
                self.places[digest] = array("Q", (place,))
            elif known[-1] < place:
                known.append(place)
            else:
                insort(known, place)

    def _take(self, record: Record, *, keep_number: bool) -> None:
        """Remove the mentions of a record."""
        name = record.path, record.number
        number = self._numbers[name]
        del self.records[number]
        for digest in {*record.digests} & self.places.keys():
            rest = [place for place in self.places[digest] if place // ENTRIES != number]
            if rest:
                self.places[digest] = array("Q", rest)
            else:
                del self.places[digest]
        if not keep_number:
            del self._numbers[name]
            del self._names[bisect_left(self._names, name)]

    def _add(self, record: Record) -> None:
        """Add a record under a number between those of its neighbours."""
        name = record.path, record.number
        at = bisect_left(self._names, name)
        self._names.insert(at, name)
        below = self._numbers[self._names[at - 1]] if at else 0
        if at + 1 < len(self._names):
            above = self._numbers[self._names[at + 1]]
        else:
            above = below + 2 * _GAP
        if above - below > 1:
            self._put(record, (below + above) // 2)
        else:
            self.fill([*self.records.values(), record])
