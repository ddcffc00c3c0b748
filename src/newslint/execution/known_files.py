"""The results of the map stage for all files that a workspace knows, and what has changed."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from newslint.engine.checks import FileRules
from newslint.engine.members import IdentifyHost
from newslint.engine.results import DescriptionResult, FileResult
from newslint.execution.mapping import MapResult, MapTask, Table
from newslint.records import Corpus, Description, Record
from newslint.records.record import Descriptions

T = TypeVar("T")

_MAX_FORGOTTEN = 1000
"""Number of descriptions that are kept although no file contains them any more."""


class KnownFiles:
    """The results of the map stage, of which those of one file can be replaced.

    Attributes:
        tasks: The files.
        others: Those of them that are not reported on.
        results: Their results.
        rules: The rules of files by `MapTask.table`.
        records: Their records. Those of a file that is broken may be the last that it had.
        tables: Results of descriptions.
        descriptions: Descriptions by digest.
        corpus: All records.
        pending: Files that have changed, removed files included.
        moved: Those of them in which lines may have moved, up to a description or between two.
        stale: Digests of descriptions of which an occurrence was added to these files or removed,
            or has changed in a value that rules may read.
    """

    def __init__(self) -> None:
        self.tasks: dict[str, MapTask] = {}
        self.others: set[str] = set()
        self.results: dict[str, FileResult] = {}
        self.records: dict[str, tuple[Record, ...]] = {}
        self.tables: dict[Table, dict[bytes, DescriptionResult]] = {}
        self.descriptions: dict[bytes, Description] = {}
        self.pending: set[str] = set()
        self.moved: set[str] = set()
        self.rules: dict[Table, FileRules] = {}
        self.stale: set[bytes] = set()

    @property
    def full(self) -> list[FileResult]:
        """The results of the files that are reported on."""
        return [self.results[name] for name, task in self.tasks.items() if task.is_full]

    def select_new(self, tasks: Iterable[MapTask]) -> list[MapTask]:
        """Select the files without a result, or with one of other rules."""
        known = {name: task.table for name, task in self.tasks.items()}
        return [task for task in tasks if known.get(task.name) != task.table]

    def fill(self, tasks: Sequence[MapTask], mapped: MapResult) -> None:
        """Replace all files.

        Args:
            tasks: The files.
            mapped: Results of those that `select_new` selects.
        """
        self.pending |= self.tasks.keys()
        files = self.results | mapped.files
        self.tasks = {task.name: task for task in tasks}
        self.others = {task.name for task in tasks if not task.is_full}
        self.results = {task.name: files[task.name] for task in tasks}
        self.records = {name: file.records for name, file in self.results.items()}
        self.rules = {task.table: task.rules for task in tasks}
        self.tables = {
            table: self.tables.get(table, {}) | mapped.tables.get(table, {}) for table in self.rules
        }
        self.descriptions = {
            digest: each.description
            for table in self.tables.values()
            for digest, each in table.items()
        }
        self.rebuild()

    def rebuild(self) -> None:
        """Create the corpus anew, and note that everything has changed."""
        records = (each for records in self.records.values() for each in records)
        self.corpus = Corpus(records, self.descriptions)
        self.stale.update(self.corpus.places)
        self.pending.update(self.results)
        self.moved.update(self.results)

    def put(
        self,
        task: MapTask,
        file: FileResult,
        descriptions: Iterable[DescriptionResult],
        identify_host: IdentifyHost,
        *,
        keep_broken: bool,
    ) -> None:
        """Replace or add a file.

        Args:
            task: The file.
            file: Its result.
            descriptions: Results of descriptions in it that `tables` lacks.
            identify_host: Identifies the record around an entry (see `identify_hosts`).
            keep_broken: If the file has no record now, keep those that it had.
        """
        table = self.tables.setdefault(task.table, {})
        table.update((each.description.digest, each) for each in descriptions)
        records = file.records
        if keep_broken and not records:
            records = self.records.get(task.name, ())
        before = self.records.get(task.name, ())
        has_moved = task.name in self.moved or _lines(before) != _lines(records)
        old = _occurrences(before, self.descriptions, identify_host)
        self.corpus.replace(before, ())
        for digest in {each for record in file.records for each in record.digests}:
            self.descriptions[digest] = table[digest].description
        self.tasks[task.name] = task
        (self.others.discard if task.is_full else self.others.add)(task.name)
        self.rules[task.table] = task.rules
        self.results[task.name] = file
        self.records[task.name] = records
        self.corpus.replace((), records)
        self.pending.add(task.name)
        if has_moved:
            self.moved.add(task.name)
        new = _occurrences(records, self.descriptions, identify_host)
        self.stale.update(digest for digest, _ in old ^ new)

    def take(self, name: str) -> None:
        """Remove a file, if it is known."""
        if self.results.pop(name, None) is None:
            return
        del self.tasks[name]
        self.others.discard(name)
        records = self.records.pop(name)
        self.corpus.replace(records, ())
        self.pending.add(name)
        self.moved.add(name)
        self.stale.update(digest for record in records for digest in record.digests)

    def settle(self) -> None:
        """Note that all changes have been dealt with."""
        self.pending, self.moved, self.stale = set(), set(), set()
        if len(self.descriptions) > 2 * len(self.corpus.places) + _MAX_FORGOTTEN:
            records = (each for records in self.records.values() for each in records)
            known = {digest for record in records for digest in record.digests}
            self.descriptions = _restrict(self.descriptions, known)
            self.corpus.descriptions = self.descriptions
            self.tables = {key: _restrict(each, known) for key, each in self.tables.items()}


def _lines(records: Iterable[Record]) -> list[tuple[object, ...]]:
    """List the values that decide in which lines of a file descriptions are."""
    return [(each.number, each.line, each.listed, each.lines) for each in records]


def _occurrences(
    records: Iterable[Record], descriptions: Descriptions, identify_host: IdentifyHost
) -> set[tuple[bytes, tuple[object, ...]]]:
    """Collect the descriptions in a file, with values of each occurrence that rules may read."""
    return {
        (digest, (host, each.number, at, each.listed, each.removals.get(at - 1)))
        for each in records
        for host in (identify_host(descriptions[each.digest]),)
        for at, digest in enumerate(each.digests)
    }


def _restrict(table: Mapping[bytes, T], known: AbstractSet[bytes]) -> dict[bytes, T]:
    """Copy the entries of a table whose keys are known."""
    return {digest: each for digest, each in table.items() if digest in known}
