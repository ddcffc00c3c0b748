"""Tasks and results of the map stage, and the reader of files."""

import os
from collections.abc import Iterator, Mapping, MutableMapping
from hashlib import sha256
from pathlib import Path

import msgspec

from newslint.documents import read_bytes
from newslint.documents.rows import RowSource
from newslint.engine.checks import FileRules
from newslint.engine.results import DescriptionResult, FileResult
from newslint.records import Description, Record
from newslint.syntax import Limits, Reader
from newslint.syntax.protocol import CACHE_SIZE

Table = tuple[bytes, bool]
"""Identifies the files to which the same rules apply in the same depth (`MapTask.table`)."""

DescriptionResults = dict[bytes, DescriptionResult]
"""Results of descriptions by digest."""


class MapTask(msgspec.Struct, frozen=True):
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
    def table(self) -> Table:
        """The key of the results of its descriptions in `MapResult.tables`."""
        return self.rules.digest, self.is_full


class MapResult(msgspec.Struct, frozen=True):
    """The results of files and of the descriptions in them.

    Attributes:
        files: Results of files, by name.
        tables: Results of descriptions, one table for all files with equal `MapTask.table`.
    """

    files: dict[str, FileResult]
    tables: dict[Table, DescriptionResults]

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


class FileReader(msgspec.Struct, frozen=True):
    """Reads files as documents.

    Attributes:
        root: The project's folder.
        limits: Limits of one file.
        share: Parse repeated fragments once. If False, parse every front matter as a whole.
        contents: Contents to use instead of those on the disk.
        rows: The rows of containers, by their paths.
        cache_size: The number of characters of parsed fragments to remember.
    """

    root: Path
    limits: Limits = msgspec.field(default_factory=Limits)
    share: bool = True
    contents: Mapping[Path, bytes] = msgspec.field(default_factory=dict)
    rows: MutableMapping[Path, RowSource] = msgspec.field(default_factory=dict)
    cache_size: int = CACHE_SIZE

    def read(self, path: Path) -> bytes | str:
        """Return the content of a file, or the reason why it cannot be read."""
        content = self.contents.get(path) if self.contents else None
        if content is not None:
            return content
        row = self.rows.get(path)
        if row is not None:
            return row.read(self.limits.file_size)
        return read_bytes(path, self.limits.file_size, self.root)

    def size(self, path: Path) -> int:
        """Return the work of mapping a file: its size in bytes, and 1 for opening it."""
        row = self.rows.get(path)
        if row is not None:
            return row.end - row.start + 1
        try:
            return os.stat(path).st_size + 1  # noqa: PTH116 # a third of the time of `Path.stat`
        except OSError:
            return 1

    def parser(self) -> Reader:
        """Create a parser of front matter, which remembers fragments."""
        return Reader(self.limits, share_fragments=self.share, cache_size=self.cache_size)
