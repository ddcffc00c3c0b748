"""The map stage for one file: its task, reading it, and mapping it in any process."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from newslint.documents import create_document, read_bytes
from newslint.engine.checks import FileRules
from newslint.engine.map import DocumentChecker
from newslint.engine.results import DescriptionResult, FileResult
from newslint.execution.profiler import Stage, StageTimer, no_profiler
from newslint.execution.stat_fingerprint import stat_fingerprint
from newslint.records import Description, Record
from newslint.syntax import Limits, Reader

DescriptionResults = dict[bytes, DescriptionResult]
"""Results of descriptions by digest."""


class MapTask(NamedTuple):
    """A file to map.

    Attributes:
        name: Its name in reports.
        path: Its path.
        rules: The rules that apply to it.
        is_full: Run these rules. If False, only read the descriptions in the file, with which
            files of the scope are compared.
    """

    name: str
    path: Path
    rules: FileRules
    is_full: bool

    @property
    def table(self) -> tuple[bytes, bool]:
        """The key of the results of its descriptions in `MapResult.tables`."""
        return self.rules.digest, self.is_full


class MapResult(NamedTuple):
    """The results of files and of the descriptions in them.

    Attributes:
        files: Results of files, by name.
        tables: Results of descriptions, one table for all files with equal `MapTask.table`.
    """

    files: dict[str, FileResult]
    tables: dict[tuple[bytes, bool], DescriptionResults]

    @property
    def records(self) -> Iterator[Record]:
        """The records in all files."""
        return (record for file in self.files.values() for record in file.records)

    @property
    def descriptions(self) -> dict[bytes, Description]:
        """The descriptions in all files by digest."""
        tables = self.tables.values()
        return {key: each.description for table in tables for key, each in table.items()}


def content_digest(content: bytes | str) -> bytes:
    """Compute the digest of the content of a file, or of the reason why it cannot be read."""
    return sha256(content if isinstance(content, bytes) else content.encode()).digest()


@dataclass(frozen=True)
class FileReader:
    """Reads files as documents.

    Attributes:
        root: The project's folder.
        limits: Limits of one file.
        share: Parse repeated fragments once. If False, parse every front matter as a whole.
        contents: Contents to use instead of those on the disk.
    """

    root: Path
    limits: Limits = field(default_factory=Limits)
    share: bool = True
    contents: Mapping[Path, bytes] = field(default_factory=dict)

    def read(self, path: Path) -> bytes | str:
        """Return the content of a file, or the reason why it cannot be read."""
        content = self.contents.get(path)
        if content is not None:
            return content
        return read_bytes(path, self.limits.file_size, self.root)

    def parser(self) -> Reader:
        """Create a parser of front matter, which remembers fragments."""
        return Reader(self.limits, share_fragments=self.share)


class _Mapped(NamedTuple):
    """The results of mapping one file.

    Attributes:
        is_read: Whether the file could be read.
        file: The result of the file.
        descriptions: Results of its descriptions, without those that were known already.
    """

    is_read: bool
    file: FileResult
    descriptions: list[DescriptionResult]


class FileMapper:
    """Reads files and maps them one by one, in one process.

    Args:
        reader: Reads the files.
        clock: Measures the time of stages.
    """

    def __init__(self, reader: FileReader, clock: StageTimer = no_profiler) -> None:
        self._reader = reader
        self._clock = clock
        self._parser = reader.parser()
        self._checkers: dict[tuple[bytes, bool], DocumentChecker] = {}

    def map_file(self, task: MapTask, known: Container[bytes]) -> _Mapped:
        """Read and map a file, given the digests of descriptions whose results are known."""
        with self._clock(Stage.READ):
            content = self._reader.read(task.path)
            digest = content_digest(content)
            document = create_document(task.name, content, self._parser)
        with self._clock(Stage.CHECK):
            checker = self._checkers.get(task.table)
            if checker is None:
                checker = DocumentChecker(task.rules, is_full=task.is_full)
                self._checkers[task.table] = checker
            return _Mapped(isinstance(content, bytes), *checker.check(document, digest, known))


class MapWorker:
    """Maps files in a worker process: the `Worker` of `run_parallel`.

    Args:
        tasks: All files of the run.
        reader: Reads them.
    """

    def __init__(self, tasks: Sequence[MapTask], reader: FileReader) -> None:
        self._tasks = tasks
        self._reader = reader
        self._mapper: FileMapper | None = None
        self._known: dict[tuple[bytes, bool], set[bytes]] = {}

    def __call__(self, index: int) -> bytes | None:
        """Map a file and encode the result; None if it cannot be encoded."""
        from newslint.execution.codec import CodecError, WorkerResult, encode

        if self._mapper is None:
            self._mapper = FileMapper(self._reader)
        task = self._tasks[index]
        stat = stat_fingerprint(task.path)
        known = self._known.setdefault(task.table, set())
        is_read, file, descriptions = self._mapper.map_file(task, known)
        known.update(each.description.digest for each in descriptions)
        try:
            encoded = {each.description.digest: encode(each) for each in descriptions}
            return encode(WorkerResult(stat, file.content, encode(file), encoded, is_read))
        except CodecError:
            return None
