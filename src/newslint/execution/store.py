"""A file that keeps bytes from one run to the next, in SQLite.

Nothing in it is needed: whatever cannot be had is as if it had never been there. A damaged file is
deleted, one that another process writes is left alone, and where nothing can be written there is
something to tell, once.
"""

import sqlite3
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
"""What tells git and backups that a folder holds caches: its other files, by name."""

VERSION = 1
"""Of the tables. A file of another version is deleted."""

MOST_BYTES = 512 * 1024 * 1024
"""Where the file has more, only what the run uses is kept, which may be more."""

MOST_CONTEXTS = 8
"""How many are kept besides those that a run uses."""

MOST_ANSWERS = 8
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
_PRIMARY = 0xFF  # SQLite's codes hold a finer one in the bits above


class Row(NamedTuple):
    """What is kept of a file.

    Attributes:
        stat: What tells without reading that the file is the same; empty where nothing can.
        content: What names the content of the file.
        body: What the file yields.
    """

    stat: bytes
    content: bytes
    body: bytes


class Snapshot(NamedTuple):
    """What is kept in one context.

    Attributes:
        files: By what they are called.
        descriptions: By their digests.
        is_recent: It was used today.
    """

    files: dict[str, Row]
    descriptions: dict[bytes, bytes]
    is_recent: bool = False


class Delta(NamedTuple):
    """What a run has to add to a context, and to take from it.

    Attributes:
        files: New ones, or those that have changed.
        descriptions: New ones.
        gone: Names of the files to forget.
        idle: Digests of the descriptions to forget.
    """

    files: Mapping[str, Row]
    descriptions: Mapping[bytes, bytes]
    gone: Iterable[str] = ()
    idle: Iterable[bytes] = ()


class ResultStore:
    """A file that keeps bytes.

    Args:
        path: The file, absolute. Its folder is made when something is written.

    Attributes:
        trouble: Why nothing can be kept; empty while there is no reason.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trouble = ""
        self._is_off = False

    def load(self, context: bytes) -> Snapshot:
        """Return what is kept in a context."""

        def read(base: sqlite3.Connection) -> Snapshot:
            found = base.execute("SELECT id, day FROM context WHERE key = ?", (context,)).fetchone()
            if found is None:
                return Snapshot({}, {})
            number, day = found
            rows = base.execute(
                "SELECT name, stat, content, body FROM file WHERE context = ?", (number,)
            )
            files = {name: Row(*row) for name, *row in rows}
            rows = base.execute("SELECT key, body FROM description WHERE context = ?", (number,))
            return Snapshot(files, dict(rows), is_recent=day == _today())

        return self._read(read, Snapshot({}, {}))

    def find_output(self, key: bytes) -> bytes | None:
        """Return the answer of a key; None where none is kept."""

        def read(base: sqlite3.Connection) -> bytes | None:
            found = base.execute("SELECT body FROM answer WHERE key = ?", (key,)).fetchone()
            return None if found is None else found[0]

        return self._read(read, None)

    def update(self, updates: Mapping[bytes, Delta], used: Collection[bytes] = ()) -> None:
        """Keep and forget what `updates` say, and forget contexts that have not been used of late.

        Args:
            updates: What to add and what to take, by context.
            used: Further contexts that the run uses.
        """

        def write(base: sqlite3.Connection) -> None:
            is_large = self.path.stat().st_size > MOST_BYTES
            _forget_contexts(base, {*updates, *used}, 0 if is_large else MOST_CONTEXTS)
            for context, update in updates.items():
                _update(base, context, update)

        self._write(write)

    def add_output(self, key: bytes, body: bytes) -> None:
        """Keep the answer of a key, and forget those that are oldest."""

        def write(base: sqlite3.Connection) -> None:
            now = int(time.time())
            base.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (key, now, body))
            newest = "SELECT key FROM answer ORDER BY second DESC, rowid DESC LIMIT ?"
            base.execute(f"DELETE FROM answer WHERE key NOT IN ({newest})", (MOST_ANSWERS,))  # noqa: S608 # no input

        self._write(write)

    def _read(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Return what `action` finds; `otherwise` where nothing can be had."""
        if self._is_off or not self.path.exists():
            return otherwise
        return self._tried(lambda base: action(base) if _is_ours(base) else otherwise, otherwise)

    def _write(self, action: Callable[[sqlite3.Connection], None]) -> None:
        """Do `action` as a whole or not at all."""

        def write(base: sqlite3.Connection) -> None:
            with base:
                base.execute("BEGIN IMMEDIATE")
                for statement in _TABLES.split(";"):
                    base.execute(statement)
                base.execute(f"PRAGMA user_version = {VERSION}")
                action(base)

        if self._is_off:
            return
        try:
            make_folder(self.path.parent)
        except OSError as error:
            self._give_up(error.strerror or str(error))
            return
        self._tried(write, None)

    def _tried(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Return what `action` returns, tried anew where the file is not ours."""
        for _ in range(2):
            try:
                base = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
                try:
                    base.execute("PRAGMA synchronous = OFF")  # what is kept proves itself
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

    def _delete(self) -> bool:
        """Delete the file; tell whether that could be done."""
        try:
            self.path.unlink(missing_ok=True)
            Path(f"{self.path}-journal").unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _give_up(self, reason: str) -> None:
        """Keep nothing any more, and have something to tell."""
        self._is_off = True
        self.trouble = f"{self.path}: {reason}"


def make_folder(folder: Path) -> None:
    """Make a folder for caches, of the user's alone, unless it is there already.

    Raises:
        OSError: It cannot be made.
    """
    if folder.is_dir():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, text in MARKS.items():
        (folder / name).write_text(text)


def forget_old(folder: Path, pattern: str) -> None:
    """Delete the files that match `pattern` in `folder` and that nobody has used for a month."""
    with suppress(OSError):
        for path in folder.glob(pattern):
            if path.stat().st_mtime < time.time() - _OLD:
                path.unlink()


def _today() -> int:
    """Return the number of the day."""
    return int(time.time()) // _DAY


def _is_ours(base: sqlite3.Connection) -> bool:
    """Tell whether there is anything that can be read.

    Raises:
        sqlite3.DatabaseError: The file is of another version.
    """
    (version,) = base.execute("PRAGMA user_version").fetchone()
    if version not in (0, VERSION):  # 0: another process makes it just now
        raise sqlite3.DatabaseError("of another version")
    return bool(version)


def _update(base: sqlite3.Connection, context: bytes, update: Delta) -> None:
    """Keep and forget what `update` says."""
    base.execute("INSERT OR IGNORE INTO context (key) VALUES (?)", (context,))
    base.execute("UPDATE context SET day = ? WHERE key = ?", (_today(), context))
    (number,) = base.execute("SELECT id FROM context WHERE key = ?", (context,)).fetchone()
    base.executemany(
        "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)",
        ((number, name, *row) for name, row in update.files.items()),
    )
    base.executemany(
        "INSERT OR REPLACE INTO description VALUES (?, ?, ?)",
        ((number, key, body) for key, body in update.descriptions.items()),
    )
    gone = ((number, name) for name in update.gone)
    base.executemany("DELETE FROM file WHERE context = ? AND name = ?", gone)
    idle = ((number, key) for key in update.idle)
    base.executemany("DELETE FROM description WHERE context = ? AND key = ?", idle)


def _forget_contexts(base: sqlite3.Connection, used: Collection[bytes], most: int) -> None:
    """Forget all contexts but those in `used` and `most` others, the ones that were used last."""
    found = base.execute("SELECT id, key FROM context ORDER BY day DESC, id DESC").fetchall()
    for number in [number for number, key in found if key not in used][most:]:
        for table in ("file", "description"):
            base.execute(f"DELETE FROM {table} WHERE context = ?", (number,))  # noqa: S608 # ours
        base.execute("DELETE FROM context WHERE id = ?", (number,))
