"""The store of verdicts: a SQLite file for each project, in the user's data folder.

Unlike the cache, it cannot be computed again: it records when an address was gone first.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from newslint.records.verdicts import Verdict, Verdicts

if TYPE_CHECKING:
    import sqlite3

VERSION = 1
"""Version of the table."""

_PRIVATE = 0o600
_WAIT = 5.0  # seconds for another process to finish its writing
_TABLE = "CREATE TABLE IF NOT EXISTS verdict (address TEXT PRIMARY KEY, body BLOB NOT NULL)"
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Verdict)


class StoreError(Exception):
    """A store that cannot be used; the message is the reason."""


class VerdictStore:
    """The verdicts of one project, each of which is stored as soon as it is known.

    Args:
        path: The file, absolute.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Verdicts:
        """Load all verdicts; none if there is no file yet.

        Raises:
            StoreError: The file cannot be read.
        """
        if not os.path.lexists(self.path):
            return Verdicts()
        with self._convert_errors(), closing(self._connect()) as base:
            rows = base.execute("SELECT body FROM verdict").fetchall()
        return Verdicts().merge(_decode(body for (body,) in rows))

    def add(self, verdicts: Iterable[Verdict]) -> None:
        """Add or replace verdicts; they are on the disk afterwards.

        Raises:
            StoreError: The file cannot be written.
        """
        rows = [(each.address, _encoder.encode(each)) for each in verdicts]
        with self._convert_errors():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(self._connect()) as base, base:
                base.executemany("INSERT OR REPLACE INTO verdict VALUES (?, ?)", rows)

    def _connect(self) -> "sqlite3.Connection":
        """Open the file, which is created if necessary.

        Raises:
            OSError: It cannot be opened.
            sqlite3.Error: It is damaged, or of another version.
        """
        import sqlite3

        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, _PRIVATE))
        base = sqlite3.connect(self.path, timeout=_WAIT)
        try:
            (version,) = base.execute("PRAGMA user_version").fetchone()
            if version not in (0, VERSION):
                raise sqlite3.DatabaseError("another version of newslint has written it")
            if not version:
                base.execute(_TABLE)
                base.execute(f"PRAGMA user_version = {VERSION}")
                base.commit()
        except sqlite3.Error:
            base.close()
            raise
        return base

    @contextmanager
    def _convert_errors(self) -> Iterator[None]:
        """Convert errors of the file.

        Raises:
            StoreError: The file cannot be used.
        """
        import sqlite3

        try:
            yield
        except (OSError, sqlite3.Error) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise StoreError(f"the verdicts in {self.path} cannot be used: {reason}") from error


def _decode(bodies: Iterable[bytes]) -> Iterator[Verdict]:
    """Decode verdicts, without those that another version has written in another form."""
    for body in bodies:
        try:
            yield _decoder.decode(body)
        except (msgspec.MsgspecError, ValueError):
            continue


def find_store(root: Path) -> VerdictStore:
    """Find the store of the project in a folder.

    Its folder is that in the environment variable `NEWSLINT_DATA_DIR`, or else the platform's.
    """
    digest = blake2b(os.fsencode(root), digest_size=8).hexdigest()
    return VerdictStore(_data_folder() / f"verdicts-{digest}.sqlite")


def _data_folder() -> Path:
    """Find the absolute path of the folder for data of newslint."""
    folder = os.environ.get("NEWSLINT_DATA_DIR")
    if folder:
        return Path.cwd() / folder
    from platformdirs import user_data_path

    return user_data_path("newslint", appauthor=False)
