"""The database on disk that holds the results of a run, and sorts them by key."""

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from weakref import finalize

from newslint.execution.codec import CodecError, decode, encode
from newslint.execution.files import UsageError

T = TypeVar("T")

MIB = 1024 * 1024
MIN_MEMORY = 256 * MIB
"""The least memory that a run in partitions can do with."""

_FIXED = 270 * MIB
"""Memory of the program itself, and of what the largest rule samples from an archive."""

_SCHEMA = """
CREATE TABLE task(id INTEGER PRIMARY KEY, name BLOB UNIQUE, path BLOB, is_full INT, file BLOB,
    start INT, stop INT, line INT, reason BLOB);
CREATE TABLE file(id INTEGER PRIMARY KEY, tab INT, first INT, number INT, visible INT, body);
CREATE TABLE record(id INTEGER PRIMARY KEY, body);
CREATE TABLE description(id INTEGER PRIMARY KEY, digest BLOB UNIQUE, kind INT);
CREATE TABLE content(id INTEGER PRIMARY KEY, body);
CREATE TABLE result(tab INT, description INT, body, PRIMARY KEY(tab, description)) WITHOUT ROWID;
CREATE TABLE enriching(tab INT, description INT);
CREATE TABLE mention(description INT, place INT, kind INT);
CREATE TABLE place(description INT, place INT, kind INT, PRIMARY KEY(description, place))
    WITHOUT ROWID;
CREATE TABLE key(tab INT, name BLOB, description INT);
CREATE TABLE grouped(tab INT, name BLOB, description INT, PRIMARY KEY(tab, name, description))
    WITHOUT ROWID;
CREATE TABLE finding(target BLOB, body);
CREATE TABLE closed(container BLOB, number INT, row BLOB, body);
CREATE TABLE fingerprint(container BLOB, name BLOB);
CREATE TABLE reported(id INTEGER PRIMARY KEY, body);
CREATE TABLE suppressed(id INTEGER PRIMARY KEY, body);
"""


class Budget(NamedTuple):
    """The parts of the memory of a run.

    Attributes:
        pages: KiB of pages of the database in memory.
        descriptions: Number of descriptions in memory.
        records: Number of records in memory.
        numbers: Number of digests in memory.
        entries: Number of characters of parsed entries in memory.
    """

    pages: int
    descriptions: int
    records: int
    numbers: int
    entries: int

    @classmethod
    def divide(cls, memory: int) -> "Budget":
        """Divide the memory of a run, in bytes; less than `MIN_MEMORY` is for tests."""
        left = max(memory - _FIXED, memory // 4)
        return cls(
            pages=max(1024, left // 20 // 1024),
            descriptions=max(4, left // 5 // 12_000),
            records=max(4, left // 10 // 4000),
            numbers=max(4, left // 10 // 300),
            entries=left // 400,
        )


class Spill:
    """A database on disk that nobody else can open, and that is gone when it is closed.

    It lies in the folder for temporary files, which `TMPDIR` names; the operating system deletes it
    even if the process is killed. Values that MessagePack lacks, such as integers of more than 64
    bits and lone surrogates, stay in memory: there are few.

    Args:
        budget: The parts of the memory.

    Attributes:
        close: Deletes the database, as the end of this object does.

    Raises:
        UsageError: The folder cannot be written.
    """

    def __init__(self, budget: Budget) -> None:
        self.folder = find_folder()
        self.budget = budget
        self._odd: list[Any] = []
        with self.guard():
            database = sqlite3.connect("", isolation_level=None)  # a private file
            self.close = finalize(self, database.close)
            database.execute("PRAGMA journal_mode = OFF")
            database.execute(f"PRAGMA cache_size = -{budget.pages}")
            database.execute("PRAGMA temp_store = FILE")
            database.executescript(_SCHEMA)
            database.execute("BEGIN")
        self.execute = database.execute
        self.insert_all = database.executemany

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Turn an error of the disk into a message with a remedy.

        Raises:
            UsageError: The disk is full, or cannot be written or read.
        """
        try:
            yield
        except sqlite3.Error as error:
            raise UsageError(
                f"--memory needs more space in {self.folder} ({error}): free some, or set TMPDIR "
                "to a folder on a larger disk; the temporary files are gone"
            ) from error

    def insert(self, table: str, *values: Any) -> int:
        """Insert a row; return its number."""
        marks = ",".join("?" * len(values))
        return self.execute(f"INSERT INTO {table} VALUES({marks})", values).lastrowid or 0

    def rows(self, query: str, *values: Any) -> Iterator[Any]:
        """Yield the rows of a query."""
        return self.execute(query, values)

    def first(self, query: str, *values: Any) -> Any:
        """Return the first row of a query; None if there is none."""
        return self.execute(query, values).fetchone()

    def pack(self, value: Any) -> bytes | int:
        """Encode a value, or keep it and return its number."""
        try:
            return encode(value)
        except CodecError:
            self._odd.append(value)
            return len(self._odd) - 1

    def unpack(self, data: bytes | int, kind: type[T]) -> T:
        """Decode a value."""
        if isinstance(data, int):
            found: T = self._odd[data]
            return found
        return decode(data, kind)


def find_folder() -> Path:
    """Find the folder for temporary files.

    Raises:
        UsageError: `TMPDIR` names no folder that can be written.
    """
    given = os.environ.get("TMPDIR")
    folder = Path(given or tempfile.gettempdir())
    if not folder.is_dir():
        reason = "is no folder"
    elif not os.access(folder, os.W_OK | os.X_OK):
        reason = "cannot be written"
    else:
        return folder
    raise UsageError(
        f"--memory needs a folder for temporary files, but {folder} {reason}: set TMPDIR"
    )


def batches(rows: Iterable[T], size: int, overlap: int = 0) -> Iterator[list[T]]:
    """Yield series of `size` items at most, each of which begins with the last of that before."""
    found: list[T] = []
    is_new = False
    for row in rows:
        found.append(row)
        is_new = True
        if len(found) >= size + overlap:
            yield found
            found = found[len(found) - overlap :]
            is_new = False
    if is_new:
        yield found
