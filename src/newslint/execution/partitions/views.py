"""Values of the engine that are read from disk when they are needed."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TypeVar

from newslint.diagnostics import Diagnostic
from newslint.diagnostics.mapped_sequence import MappedSequence
from newslint.engine.findings import Judgement
from newslint.engine.results import DescriptionResult, Finding
from newslint.execution.codec import encode_text
from newslint.execution.partitions.spill import Spill
from newslint.records import Description, Group, Mention, Record
from newslint.records.record import ENTRIES, find_position

LARGE = 4096
"""Number of mentions, or descriptions, of a group that are in memory; of more, one at a time."""

_FILES = 16
"""Number of files whose records are in memory."""

K = TypeVar("K")
V = TypeVar("V")


class _View(Mapping[K, V]):
    """A mapping whose values are read one by one; it cannot be iterated."""

    def __iter__(self) -> Iterator[K]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


class _Descriptions(_View[bytes, Description]):
    def __init__(self, spill: Spill) -> None:
        def read(digest: bytes) -> Description:
            row = spill.first(
                "SELECT content.body FROM description JOIN content USING(id) WHERE digest = ?",
                digest,
            )
            if row is None:
                raise KeyError(digest)
            return spill.unpack(row[0], Description)

        self._read = lru_cache(spill.budget.descriptions)(read)

    def __getitem__(self, digest: bytes) -> Description:
        return self._read(digest)


class _Places(_View[bytes, "array[int]"]):
    def __init__(self, spill: Spill) -> None:
        self._spill = spill

    def __getitem__(self, digest: bytes) -> "array[int]":
        rows = self._spill.rows(
            "SELECT place FROM place WHERE description = "
            "(SELECT id FROM description WHERE digest = ?) ORDER BY place",
            digest,
        )
        return array("Q", (place for (place,) in rows))


class _Records(_View[int, Record]):
    def __init__(self, spill: Spill) -> None:
        def read(number: int) -> Record:
            row = spill.first("SELECT body FROM record WHERE id = ?", number)
            return spill.unpack(row[0], Record)

        def read_all(path: str) -> list[Record]:
            rows = spill.rows(
                "SELECT record.body FROM task JOIN file USING(id) JOIN record ON record.id >= "
                "first AND record.id < first + number WHERE task.name = ? ORDER BY record.id",
                encode_text(path),
            )
            return [spill.unpack(body, Record) for (body,) in rows]

        self._read = lru_cache(spill.budget.records)(read)
        self.of_file = lru_cache(_FILES)(read_all)

    def __getitem__(self, number: int) -> Record:
        return self._read(number)


class Archive:
    """The records of a run.

    Attributes:
        descriptions: Descriptions by digest.
        records_of: Finds the records of a file by its name.
    """

    def __init__(self, spill: Spill) -> None:
        self.descriptions: Mapping[bytes, Description] = _Descriptions(spill)
        self._spill = spill
        self._places = _Places(spill)
        self._records = _Records(spill)
        self.records_of = self._records.of_file

    def group(self, key: str, digests: Sequence[bytes]) -> Group:
        """Create a group of all mentions of some descriptions."""
        places = _Remembered(self._places)
        return _DiskGroup(key, digests, places, self._records, self.descriptions)

    def groups(self, table: int) -> Iterator[tuple[bytes, list[bytes], int]]:
        """Yield the keys of a table in order, with digests of descriptions and a kind of these."""
        name, found, last = b"", list[bytes](), 0
        rows = self._spill.rows(
            "SELECT name, digest, kind FROM grouped JOIN description ON description.id = "
            "grouped.description WHERE tab = ? ORDER BY name, grouped.description",
            table,
        )
        for each, digest, kind in rows:
            if each != name and found:
                yield name, found, last
                found = []
            name, last = each, kind
            found.append(digest)
        if found:
            yield name, found, last

    def find_article(self, url: str) -> Group | None:
        """Find the group of an article by its id."""
        rows = self._spill.rows(
            "SELECT digest FROM grouped JOIN description ON description.id = grouped.description "
            "WHERE tab = 0 AND name = ?",
            encode_text(url),
        )
        digests = [digest for (digest,) in rows]
        return self.group(url, digests) if digests else None


class _DiskGroup(Group):
    """A group whose descriptions and mentions are created when they are read, if there are many."""

    _records: _Records

    @cached_property
    def descriptions(self) -> Sequence[Description]:
        """The distinct descriptions, in the order of their first mentions."""
        if len(self._digests) <= LARGE:
            return super().descriptions
        return self._describe(sorted(self._digests, key=lambda each: self._places[each][0]))

    def _select(self, *, is_record: bool) -> Sequence[Description]:
        if len(self._digests) <= LARGE:
            return super()._select(is_record=is_record)
        found = (each.digest for each in self.descriptions if each.is_record == is_record)
        return self._describe([*found])

    def _describe(self, digests: list[bytes]) -> Sequence[Description]:
        """Create the sequence of descriptions."""
        known = self._known
        return MappedSequence(lambda start: (known[each] for each in digests[start:]), len(digests))

    @cached_property
    def _members(self) -> frozenset[bytes]:
        """The digests of its descriptions."""
        return frozenset(self._digests)

    def find_mention(self, path: str, prefix: str) -> Mention | None:
        """Find the mention at a place, without a table of all if there are many."""
        if len(self.mentions) <= LARGE:
            return super().find_mention(path, prefix)
        records = self._records.of_file(path)
        if not records:
            return None
        record, position = find_position(records, prefix)
        if record.digest_at(position) not in self._members or record.prefix(position) != prefix:
            return None
        return record.mention(position, self._known)

    def _mentions(self, places: Iterable[int]) -> Sequence[Mention]:
        found = array("Q", sorted(places))
        if len(found) <= LARGE:
            return super()._mentions(found)

        def read(start: int) -> Iterator[Mention]:
            for at in range(start, len(found)):
                number, position = divmod(found[at], ENTRIES)
                yield self._records[number].mention(position, self._known)

        return MappedSequence(read, len(found))


class _Remembered(dict[bytes, "array[int]"]):
    """Places of descriptions of one group, which are read once if there are not too many."""

    def __init__(self, places: Mapping[bytes, "array[int]"]) -> None:
        super().__init__()
        self._places = places

    def __missing__(self, digest: bytes) -> "array[int]":
        if len(self) >= 4 * LARGE:
            self.clear()
        found = self[digest] = self._places[digest]
        return found


class Results(_View[bytes, DescriptionResult]):
    """Results of the descriptions in files to which the same rules apply.

    Args:
        spill: The database.
        archive: The records.
        table: Number of the rules.
    """

    def __init__(self, spill: Spill, archive: Archive, table: int) -> None:
        def read(digest: bytes) -> DescriptionResult:
            row = spill.first(
                "SELECT body FROM result WHERE tab = ? AND description = "
                "(SELECT id FROM description WHERE digest = ?)",
                table,
                digest,
            )
            description = archive.descriptions[digest]
            if row is None or row[0] is None:
                return DescriptionResult(description)
            return DescriptionResult(description, spill.unpack(row[0], tuple[Diagnostic, ...]))

        self._read = lru_cache(spill.budget.descriptions)(read)

    def __getitem__(self, digest: bytes) -> DescriptionResult:
        """Read the result of a description."""
        return self._read(digest)


class _FindingsOf(_View[K, list[Finding]]):
    def __init__(self, spill: Spill) -> None:
        self._spill = spill

    def __getitem__(self, target: K) -> list[Finding]:
        name = target if isinstance(target, bytes) else b"/" + encode_text(str(target))
        rows = self._spill.rows("SELECT body FROM finding WHERE target = ?", name)
        return [self._spill.unpack(body, Finding) for (body,) in rows]


class Findings:
    """The findings of a run, as a `FileCloser` needs them.

    Attributes:
        by_digest: Findings about every occurrence of a description, by its digest.
        by_path: Findings about one occurrence, by file.
        failed: Digests of descriptions in groups that a rule crashed on.
    """

    def __init__(self, spill: Spill) -> None:
        self.by_digest: Mapping[bytes, list[Finding]] = _FindingsOf(spill)
        self.by_path: Mapping[str, list[Finding]] = _FindingsOf(spill)
        self.failed: frozenset[bytes] = frozenset()
        self._spill = spill

    def add(self, judgement: Judgement) -> None:
        """Write the findings of a group."""
        for each in judgement.findings:
            is_placed = each.path or not each.digest
            target = b"/" + encode_text(each.path) if is_placed else each.digest
            self._spill.insert("finding", target, self._spill.pack(each))
        if judgement.failed:
            self.failed |= judgement.failed

    def close(self) -> None:
        """Sort the findings by what they are about."""
        self._spill.execute("CREATE INDEX finding_target ON finding(target)")
