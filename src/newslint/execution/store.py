"""The SQLite file of the cache, which stores encoded results between runs.

A run never fails because of the cache: a read that fails finds nothing, a damaged file or one of
another version is deleted, and a file that another process is writing is left alone. If nothing can
be written, `ResultStore.trouble` contains the reason.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

T = TypeVar("T")

MARKS = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# What is here may be deleted.\n",
}
"""Files, by name, that mark a folder as a cache, so that git and backups leave it out."""

VERSION = 3
"""Version of the tables. A file of another version is deleted."""

MOST_BYTES = 512 * 1024 * 1024
"""If the file is larger, all contexts that the run does not use are deleted."""

MOST_CONTEXTS = 8
"""Number of contexts to keep besides those that the run uses."""

MOST_ANSWERS = 8
_PAGE_SIZE = 8192
_ROWS_OF = "rowid BETWEEN :id << 40 AND (:id + 1 << 40) - 1"
"""Selects the rows of a context in the order in which they are stored: to look them up in an index
takes twice the time."""

_SELECT_FILES = f"SELECT name, stat, content, body FROM file WHERE {_ROWS_OF}"  # noqa: S608 # ours
_SELECT_DESCRIPTIONS = f"SELECT key, body FROM description WHERE {_ROWS_OF}"  # noqa: S608 # ours

_PRIVATE = 0o600
_WAIT = 2.0  # seconds for another process to finish its writing
_DAY = 24 * 60 * 60
_OLD = 30 * _DAY

_TABLES = """
CREATE TABLE IF NOT EXISTS context (id INTEGER PRIMARY KEY, key BLOB UNIQUE, day INTEGER);
CREATE TABLE IF NOT EXISTS file (
    context INTEGER, name TEXT, stat BLOB, content BLOB, body BLOB, PRIMARY KEY (context, name)
);
CREATE TABLE IF NOT EXISTS description (
    context INTEGER, key BLOB, body BLOB, PRIMARY KEY (context, key)
);
CREATE TABLE IF NOT EXISTS answer (key BLOB PRIMARY KEY, second INTEGER, body BLOB);
"""
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_FOREIGN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
_PRIMARY = 0xFF  # mask of an error code: the bits above it make the error more specific


class Row(NamedTuple):
    """The stored result of a file.

    Attributes:
        stat: Fingerprint of the file's size and times; empty if it was racy.
        content: Digest of the content.
        body: The encoded result.
    """

    stat: bytes
    content: bytes
    body: bytes


class Snapshot(NamedTuple):
    """The stored results of one context.

    Attributes:
        files: Results of files, by name.
        descriptions: Encoded results of descriptions, by digest.
        is_recent: Whether the context was used today.
    """

    files: dict[str, Row]
    descriptions: dict[bytes, bytes]
    is_recent: bool = False


class Delta(NamedTuple):
    """The changes that a run makes to a context.

    Attributes:
        files: Results of new and changed files, by name.
        descriptions: Encoded results of new descriptions, by digest.
        gone: Names of files whose results are deleted.
        idle: Digests of descriptions whose results are deleted.
    """

    files: Mapping[str, Row]
    descriptions: Mapping[bytes, bytes]
    gone: Iterable[str] = ()
    idle: Iterable[bytes] = ()


class ResultStore:
    """The SQLite file with the results of one project.

    Results with the same cache key (see `cache_keys.file_key`) form a context.

    Args:
        path: The file, absolute. Its folder is created when something is written.

    Attributes:
        trouble: The reason why nothing can be stored; empty if there is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trouble = ""
        self._is_off = False

    def load(self, context: bytes) -> Snapshot:
        """Load the results of a context; none if it does not exist."""

        def read(base: sqlite3.Connection) -> Snapshot:
            found = base.execute("SELECT id, day FROM context WHERE key = ?", (context,)).fetchone()
            if found is None:
                return Snapshot({}, {})
            number, day = found
            rows = base.execute(_SELECT_FILES, {"id": number})
            files = {name: Row(*row) for name, *row in rows}
            rows = base.execute(_SELECT_DESCRIPTIONS, {"id": number})
            return Snapshot(files, dict(rows), is_recent=day == _today())

        return self._read(read, Snapshot({}, {}))

    def find_output(self, key: bytes) -> bytes | None:
        """Load the output of a run by its key; None if it is not stored."""

        def read(base: sqlite3.Connection) -> bytes | None:
            found = base.execute("SELECT body FROM answer WHERE key = ?", (key,)).fetchone()
            return None if found is None else found[0]

        return self._read(read, None)

    def update(self, updates: Mapping[bytes, Delta], used: Collection[bytes] = ()) -> None:
        """Write the changes of a run, and delete contexts that were not used for long.

        Args:
            updates: The changes, by context.
            used: Further contexts that the run uses, which are kept.
        """

        def write(base: sqlite3.Connection) -> None:
            is_large = self.path.stat().st_size > MOST_BYTES
            _forget_contexts(base, {*updates, *used}, 0 if is_large else MOST_CONTEXTS)
            for context, update in updates.items():
                _update(base, context, update)

        self._write(write)

    def add_output(self, key: bytes, body: bytes) -> None:
        """Store the output of a run by its key, and delete the oldest if there are many."""

        def write(base: sqlite3.Connection) -> None:
            now = int(time.time())
            base.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (key, now, body))
            newest = "SELECT key FROM answer ORDER BY second DESC, rowid DESC LIMIT ?"
            base.execute(f"DELETE FROM answer WHERE key NOT IN ({newest})", (MOST_ANSWERS,))  # noqa: S608 # no input

        self._write(write)

    def _read(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Return the result of reading with `action`, or `otherwise` if the file is unusable."""
        if self._is_off or not os.path.lexists(self.path):
            return otherwise
        return self._tried(lambda base: action(base) if _is_ours(base) else otherwise, otherwise)

    def _write(self, action: Callable[[sqlite3.Connection], None]) -> None:
        """Run `action` in a transaction; do nothing if the file cannot be written."""

        def write(base: sqlite3.Connection) -> None:
            with base:
                base.execute(f"PRAGMA page_size = {_PAGE_SIZE}")  # of a new file
                base.execute("BEGIN IMMEDIATE")
                for statement in _TABLES.split(";"):
                    base.execute(statement)
                base.execute(f"PRAGMA user_version = {VERSION}")
                action(base)

        if self._is_off:
            return
        try:
            make_folder(self.path.parent)
            _create_private(self.path)
        except OSError as error:
            self._give_up(error.strerror or str(error))
            return
        self._tried(write, None)

    def _tried(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Run `action` with a connection; delete a damaged or foreign file and try once more.

        Returns:
            The result of `action`, or `otherwise` if it fails again or the file is busy.
        """
        for _ in range(2):
            if problem := self._find_foreign():
                self._give_up(problem)
                return otherwise
            try:
                base = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
                try:
                    base.execute("PRAGMA synchronous = OFF")  # damage is found by checksums
                    return action(base)
                finally:
                    base.close()
            except sqlite3.Error as error:
                code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
                if code in _BUSY:
                    self._is_off = True
                    return otherwise
                if code not in _FOREIGN or not self._delete():
                    self._give_up(str(error))
                    return otherwise
        self._is_off = True
        return otherwise

    def _find_foreign(self) -> str:
        """Find the reason why the file, or its journal, must not be opened; empty if there is none.

        Somebody else may have put it, or a link to a file of the user, into a shared folder.
        """
        for path in (self.path, Path(f"{self.path}-journal")):
            try:
                status = path.lstat()
            except OSError:
                continue
            if not stat.S_ISREG(status.st_mode):
                return f"{path.name} is no regular file"
            if status.st_uid != os.geteuid():
                return f"{path.name} belongs to another user"
            if stat.S_IMODE(status.st_mode) & ~_PRIVATE:
                with suppress(OSError):
                    path.chmod(_PRIVATE)
        return ""

    def _delete(self) -> bool:
        """Delete the file; return False if that is impossible."""
        try:
            self.path.unlink(missing_ok=True)
            Path(f"{self.path}-journal").unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _give_up(self, reason: str) -> None:
        """Stop using the file, and set `trouble`."""
        self._is_off = True
        self.trouble = f"{self.path}: {reason}"


def make_folder(folder: Path) -> None:
    """Create a folder for caches that only the user can access, unless it exists.

    Raises:
        OSError: It cannot be created.
    """
    if folder.is_dir():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, text in MARKS.items():
        (folder / name).write_text(text)


def _create_private(path: Path) -> None:
    """Create a file that only the user can access, unless it exists.

    Raises:
        OSError: It cannot be created.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))


def forget_old(folder: Path, pattern: str) -> None:
    """Delete the files that match `pattern` in `folder` and were not written for 30 days."""
    with suppress(OSError):
        for path in folder.glob(pattern):
            if path.stat().st_mtime < time.time() - _OLD:
                path.unlink()


def _today() -> int:
    """Return the number of days since 1970."""
    return int(time.time()) // _DAY


def _is_ours(base: sqlite3.Connection) -> bool:
    """Check if the tables exist: another process may have only begun to create the file.

    Raises:
        sqlite3.DatabaseError: The file has another version.
    """
    (version,) = base.execute("PRAGMA user_version").fetchone()
    if version not in (0, VERSION):  # 0: no tables yet
        raise sqlite3.DatabaseError("of another version")
    return bool(version)


def _update(base: sqlite3.Connection, context: bytes, update: Delta) -> None:
    """Write the changes of one context."""
    base.execute("INSERT OR IGNORE INTO context (key) VALUES (?)", (context,))
    base.execute("UPDATE context SET day = ? WHERE key = ?", (_today(), context))
    (number,) = base.execute("SELECT id FROM context WHERE key = ?", (context,)).fetchone()
    base.executemany(
        "INSERT OR REPLACE INTO file (rowid, context, name, stat, content, body) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            (at, number, name, *row)
            for at, (name, row) in enumerate(update.files.items(), _free_row(base, "file", number))
        ),
    )
    base.executemany(
        "INSERT OR REPLACE INTO description (rowid, context, key, body) VALUES (?, ?, ?, ?)",
        (
            (at, number, *item)
            for at, item in enumerate(
                update.descriptions.items(), _free_row(base, "description", number)
            )
        ),
    )
    gone = ((number, name) for name in update.gone)
    base.executemany("DELETE FROM file WHERE context = ? AND name = ?", gone)
    idle = ((number, key) for key in update.idle)
    base.executemany("DELETE FROM description WHERE context = ? AND key = ?", idle)


def _free_row(base: sqlite3.Connection, table: str, context: int) -> int:
    """Find the first row id after those of a context."""
    last = f"SELECT rowid FROM {table} WHERE {_ROWS_OF} ORDER BY rowid DESC LIMIT 1"  # noqa: S608 # ours
    select = f"SELECT coalesce(({last}) + 1, :id << 40)"
    (row,) = base.execute(select, {"id": context}).fetchone()
    return int(row)


def _forget_contexts(base: sqlite3.Connection, used: Collection[bytes], most: int) -> None:
    """Delete all contexts but those in `used` and the `most` others that were used last."""
    found = base.execute("SELECT id, key FROM context ORDER BY day DESC, id DESC").fetchall()
    for number in [number for number, key in found if key not in used][most:]:
        for table in ("file", "description"):
            base.execute(f"DELETE FROM {table} WHERE context = ?", (number,))  # noqa: S608 # ours
        base.execute("DELETE FROM context WHERE id = ?", (number,))
