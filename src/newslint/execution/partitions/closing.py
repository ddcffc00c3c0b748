"""The close stage of a run in partitions, and the report, whose diagnostics stay on disk."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec.structs import replace

from newslint.diagnostics import (
    Diagnostic,
    DiagnosticCounts,
    Report,
    RuleLimit,
    SuppressedDiagnostic,
)
from newslint.diagnostics.mapped_sequence import MappedSequence
from newslint.diagnostics.patterns import MIN_PLACES
from newslint.diagnostics.report import DiagnosticTally
from newslint.diagnostics.rows import FindRow, RowCounter, place_row
from newslint.documents.rows import container_of, split_row
from newslint.engine.asked import AskedTally, merge_asked
from newslint.engine.close import FileCloser, FileReport, line_finder
from newslint.engine.results import FileResult
from newslint.execution.codec import decode_text, encode_text
from newslint.execution.partitions.listing import sort_columns
from newslint.execution.partitions.mapping import Counts, Table
from newslint.execution.partitions.spill import Spill, batches
from newslint.execution.partitions.views import Archive, Findings, Results
from newslint.records import Record
from newslint.settings import Registry

if TYPE_CHECKING:
    from newslint.engine.finding_index import FindingIndex

_BATCH = 200
"""Number of descriptions that are dealt with at a time."""


class Closer:
    """Closes all files that are reported on.

    Args:
        spill: The database.
        archive: The records.
        findings: The findings.
        tables: The rules of files.
        registry: All rules that suppression comments may name.

    Attributes:
        is_complete: No rule failed on any file.
    """

    def __init__(
        self,
        spill: Spill,
        archive: Archive,
        findings: Findings,
        tables: list[Table],
        registry: Registry,
    ) -> None:
        self.is_complete = not findings.failed
        self._spill = spill
        self._archive = archive
        self._findings = cast("FindingIndex", findings)
        self._tables = tables
        self._registry = registry

    def close_all(self) -> None:
        """Write the parts of the report that files add, and their fingerprints."""
        for number, table in enumerate(self._tables):
            if table.is_full:
                rows = self._spill.rows(
                    "SELECT first, number, body FROM file WHERE tab = ? ORDER BY first", number
                )
                results = Results(self._spill, self._archive, number)
                closer = self._create(table, results)
                for first, count, body in rows:
                    if closer.remembered > self._spill.budget.descriptions:
                        closer = self._create(table, results)
                    self._write(closer.close(self._read(first, count, body)))

    def _create(self, table: Table, results: Results) -> FileCloser:
        """Create the closer of some files, which remembers what it has computed."""
        return FileCloser(
            table.rules,
            self._registry,
            results,
            self._findings,
            line_finder(self._archive.records_of),
        )

    def _read(self, first: int, count: int, body: bytes) -> FileResult:
        """Read the result of a file and its records."""
        rows = self._spill.rows(
            "SELECT body FROM record WHERE id >= ? AND id < ? ORDER BY id", first, first + count
        )
        records = tuple([self._spill.unpack(each, Record) for (each,) in rows])
        file = self._spill.unpack(body, FileResult)
        return msgspec.structs.replace(file, records=records)

    def _write(self, report: FileReport) -> None:
        """Write the part of a file."""
        self.is_complete = self.is_complete and not report.is_incomplete
        if not (report.diagnostics or report.suppressed):
            return
        spill = self._spill
        spill.insert("closed", *sort_columns(report.path), spill.pack(report))
        if split_row(report.path):
            container = encode_text(container_of(report.path))
            found = (*report.diagnostics, *(each.diagnostic for each in report.suppressed))
            spill.insert_all(
                "INSERT INTO fingerprint VALUES(?, ?)",
                [(container, each.fingerprint.encode()) for each in found],
            )


def write_report(
    spill: Spill, counts: Counts, max_per_rule: int | None, find: FindRow | None
) -> Report:
    """Write the diagnostics in the order of the report.

    Args:
        spill: The database, in which files are closed.
        counts: Numbers of documents, records and mentions.
        max_per_rule: Number of diagnostics of each rule to list; None for all.
        find: Finds the place of a row in its container; None if there are no rows.

    Returns:
        The report, whose diagnostics are read when it is iterated.
    """
    limit = RuleLimit(max_per_rule)
    reported, suppressed = _Reported(spill, Diagnostic), _Reported(spill, SuppressedDiagnostic)
    distinguish = _RepeatedFingerprints(spill)
    everything, visible = DiagnosticTally(), DiagnosticTally()

    def place(diagnostic: Diagnostic) -> Diagnostic:
        return place_row(diagnostic, find) if find else diagnostic

    spill.execute("CREATE INDEX closed_order ON closed(container, number, row)")
    for (body,) in spill.rows("SELECT body FROM closed ORDER BY container, number, row"):
        part = spill.unpack(body, FileReport)
        container = container_of(part.path)
        found = [distinguish(container, each) for each in part.diagnostics]
        others = [distinguish(container, each.diagnostic) for each in part.suppressed]
        placed = [place(each) for each in limit.apply(found)]
        for each in placed:
            everything.add(each)
            if each.occurrence.is_visible:
                visible.add(each)
        reported.add(placed)
        suppressed.add(
            [
                SuppressedDiagnostic(place(each), one.reason)
                for each, one in zip(others, part.suppressed, strict=True)
            ]
        )
    for table in ("closed", "fingerprint"):
        spill.execute(f"DELETE FROM {table}")  # noqa: S608 # as named above
    known: dict[object, DiagnosticCounts] = {
        DiagnosticCounts.tally: everything.counts,
        DiagnosticCounts.tally_visible: visible.counts,
    }
    return Report(
        counts.documents,
        counts.records,
        counts.mentions,
        reported.read(known),
        suppressed.read({}),
        omitted=limit.omitted,
    )


class _Reported:
    """Writes a part of the report, file by file.

    Args:
        spill: The database.
        kind: The type of the items.
    """

    def __init__(self, spill: Spill, kind: Any) -> None:
        self._spill = spill
        self._table = "reported" if kind is Diagnostic else "suppressed"
        self._type = tuple[kind, ...]
        self._size = 0

    def add(self, items: Sequence[Any]) -> None:
        """Write the items of a file, under the number of the first one."""
        if items:
            self._spill.insert(self._table, self._size, self._spill.pack(items))
            self._size += len(items)

    def read(self, computed: Mapping[object, Any]) -> Sequence[Any]:
        """Create the sequence of all items, which are read when it is iterated."""
        spill, table, kind = self._spill, self._table, self._type

        def read(start: int) -> Iterator[Any]:
            query = f"SELECT id, body FROM {table} WHERE id >= ? ORDER BY id"  # noqa: S608 # as named above
            (first,) = spill.first(f"SELECT MAX(id) FROM {table} WHERE id <= ?", start)  # noqa: S608
            for number, body in spill.rows(query, first or 0):
                items: tuple[Any, ...] = spill.unpack(body, kind)
                yield from items[max(0, start - number) :]

        return MappedSequence(read, self._size, computed)


class _RepeatedFingerprints:
    """Makes the fingerprints in each container distinct; only repeated ones are in memory."""

    def __init__(self, spill: Spill) -> None:
        rows = spill.rows(
            "SELECT container, name FROM fingerprint GROUP BY container, name HAVING COUNT(*) > 1"
        )
        self._repeated = {(decode_text(container), name.decode()) for container, name in rows}
        self._count = RowCounter()

    def __call__(self, container: str, diagnostic: Diagnostic) -> Diagnostic:
        """Add a counter to a fingerprint that has occurred before in the container."""
        if (container, diagnostic.fingerprint) not in self._repeated:
            return diagnostic
        return self._count(container, diagnostic)


def add_asked(report: Report, spill: Spill, archive: Archive, tables: list[Table]) -> Report:
    """Add the places that rules examined to a report, as `attach_asked` does."""
    rules = {rule for rule, number in report.by_rule.items() if number >= MIN_PLACES}
    if not rules:
        return report
    parts = (
        tally.count(archive.descriptions, rules)
        for number, table in enumerate(tables)
        if table.is_full
        for tally in _tally(spill, number, table)
    )
    return replace(report, asked=merge_asked(parts))


def _tally(spill: Spill, number: int, table: Table) -> Iterator[AskedTally]:
    """Yield the numbers of files and of occurrences to which the same rules apply, in parts."""
    files = spill.rows("SELECT name, visible FROM file JOIN task USING(id) WHERE tab = ?", number)
    tally = AskedTally(table.rules)
    for name, is_visible in files:
        tally.add_file(decode_text(name), is_visible=bool(is_visible))
    yield tally
    rows = spill.rows(
        "SELECT digest, SUM(place.kind & 1), COUNT(*) FROM place JOIN description "
        "ON description.id = place.description WHERE place.kind >> 1 = ? "
        "GROUP BY place.description ORDER BY place.description",
        number,
    )
    for batch in batches(rows, _BATCH):
        tally = AskedTally(table.rules)
        for digest, visible, total in batch:
            tally.add_description(digest, total - visible, visible)
        yield tally
