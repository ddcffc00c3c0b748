"""The map stage of a run in partitions: results of documents, written to disk."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from newslint.documents.rows import RowSource
from newslint.engine.checks import FileRules, find_enriching
from newslint.engine.results import DescriptionResult, FileResult
from newslint.execution.map_run import FileMapper
from newslint.execution.mapping import FileReader, MapTask
from newslint.execution.partitions.listing import ListedTask
from newslint.execution.partitions.spill import Spill
from newslint.execution.progress import Observe, Phase, Progress
from newslint.records import Description, Record
from newslint.records.record import ENTRIES

VISIBLE = 1
"""Bit of the kind of a description, and of a mention: readers can see the record."""

RECORD = 2
"""Bit of the kind of a description: it is a record's own."""

MAPPING = 4
"""Bit of the kind of a description: it is a mapping, as every description must be."""

_Known = tuple[int, int]
"""The number and the kind of a description."""


class Table(NamedTuple):
    """Rules that apply to files.

    Attributes:
        rules: The rules.
        is_full: Whether they run; if not, only descriptions are read.
    """

    rules: FileRules
    is_full: bool


@dataclass
class Counts:
    """Numbers of the documents that are reported on, of others, and of what the former contain."""

    documents: int = 0
    others: int = 0
    records: int = 0
    mentions: int = 0


class Mapper:
    """Maps documents in the order of their names, and writes the results.

    Args:
        spill: The database.
        reader: Reads the documents.

    Attributes:
        tables: The rules of files, by their numbers.
        counts: Numbers of documents, records and mentions.
    """

    def __init__(self, spill: Spill, reader: FileReader) -> None:
        self.tables: list[Table] = []
        self.counts = Counts()
        self._spill = spill
        self._row: dict[Path, RowSource] = {}
        self._mapper = FileMapper(
            msgspec.structs.replace(reader, rows=self._row, cache_size=spill.budget.entries)
        )
        self._numbers: dict[tuple[bytes, bool], int] = {}
        self._known: OrderedDict[tuple[int, bytes], _Known] = OrderedDict()
        self._records = 1

    def map_all(self, listed: Iterable[ListedTask], observe: Observe) -> None:
        """Map documents."""
        (total,) = self._spill.first("SELECT COUNT(*) FROM task")
        for done, (number, task, row) in enumerate(listed, 1):
            self._row.clear()
            if row is not None:
                self._row[task.path] = row
            table = self._number(task)
            _, file, descriptions = self._mapper.map_file(task, _KnownDigests(self, table))
            for each in descriptions:
                self._add_description(table, each)
            self._add_file(number, table, file, is_full=task.is_full)
            observe(Progress(Phase.READING, done, total))
        self._spill.execute(
            "INSERT INTO place SELECT description, place, kind FROM mention "
            "ORDER BY description, place"
        )
        self._spill.execute("DROP TABLE mention")

    def find_known(self, table: int, digest: bytes) -> _Known | None:
        """Find the number and the kind of a description with a result for a table."""
        key = table, digest
        found = self._known.get(key)
        if found is None:
            found = self._spill.first(
                "SELECT id, kind FROM description JOIN result ON result.description = id "
                "WHERE digest = ? AND tab = ?",
                digest,
                table,
            )
            if found is None:
                return None
            self._remember(key, found)
        return found

    def _number(self, task: MapTask) -> int:
        """Number the rules of a document."""
        number = self._numbers.get(task.table)
        if number is None:
            number = self._numbers[task.table] = len(self.tables)
            self.tables.append(Table(task.rules, task.is_full))
        return number

    def _remember(self, key: tuple[int, bytes], known: _Known) -> None:
        """Remember a description, instead of the one that was remembered first."""
        self._known[key] = known
        if len(self._known) > self._spill.budget.numbers:
            self._known.popitem(last=False)

    def _add_description(self, table: int, result: DescriptionResult) -> None:
        """Write the result of a description."""
        spill, description = self._spill, result.description
        row = spill.first("SELECT id, kind FROM description WHERE digest = ?", description.digest)
        if row is None:
            kind = _kind_of(description)
            number = spill.insert("description", None, description.digest, kind)
            spill.insert("content", number, spill.pack(description))
            row = number, kind
        number, kind = row
        found = spill.pack(result.diagnostics) if result.diagnostics else None
        spill.insert("result", table, number, found)
        if found is not None and self._is_enriched(table, result):
            spill.insert("enriching", table, number)
        self._remember((table, description.digest), (number, kind))

    def _is_enriched(self, table: int, result: DescriptionResult) -> bool:
        """Check if other mentions may add information to the diagnostics of a description."""
        rules = find_enriching(self.tables[table].rules.between_records.values())
        return any(each.rule in rules and each.location.pointer for each in result.diagnostics)

    def _add_file(self, number: int, table: int, file: FileResult, *, is_full: bool) -> None:
        """Write the result of a document, and its mentions."""
        spill, first = self._spill, self._records
        is_visible = not file.records
        for record in file.records:
            is_visible |= self._add_record(table, record, is_full=is_full)
        body = msgspec.structs.replace(file, records=())
        spill.insert("file", number, table, first, len(file.records), is_visible, spill.pack(body))
        if is_full:
            self.counts.documents += 1
        else:
            self.counts.others += 1

    def _add_record(self, table: int, record: Record, *, is_full: bool) -> bool:
        """Write a record and its mentions; return whether readers can see it."""
        spill, number = self._spill, self._records
        self._records += 1
        spill.insert("record", number, spill.pack(record))
        known = [self.find_known(table, digest) for digest in record.digests]
        found = [each for each in known if each is not None]
        is_visible = bool(found[0][1] & VISIBLE)
        kind = table * 2 + is_visible
        spill.insert_all(
            "INSERT INTO mention VALUES(?, ?, ?)",
            [(each, number * ENTRIES + at, kind) for at, (each, _) in enumerate(found)],
        )
        if is_full:
            self.counts.records += bool(found[0][1] & MAPPING)
            self.counts.mentions += sum(bool(kind & MAPPING) for _, kind in found)
        return is_visible


class _KnownDigests:
    """The digests of descriptions whose results for a table are on disk."""

    def __init__(self, mapper: Mapper, table: int) -> None:
        self._mapper = mapper
        self._table = table

    def __contains__(self, digest: object) -> bool:
        return (
            isinstance(digest, bytes) and self._mapper.find_known(self._table, digest) is not None
        )


def _kind_of(description: Description) -> int:
    """Compute the kind of a description."""
    return (
        VISIBLE * description.is_visible
        | RECORD * description.is_record
        | MAPPING * description.is_mapping
    )
