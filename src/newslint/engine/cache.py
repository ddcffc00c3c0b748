"""What is known from earlier runs of the files of a project.

A file is known by its path, and what it yields is taken from there where the file is the same: its
size, times and inode tell, or else its content. What lies between files is never kept, so it is
always judged on the archive as it is now.
"""

import os
import re
import time
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

from newslint.engine.pack import digest
from newslint.engine.store import MARKS, Kept, Row, Store, Update, forget_old
from newslint.rules.meta.rule_crashed import RuleCrashed

MOST_PENDING = 16 * 1024 * 1024
"""How many bytes of a shelf a run holds before they are written."""

_PROOF = 16  # bytes of the digest in front of a body
_CRASHED = RuleCrashed.id.encode()
_NAME = "newslint-{}.sqlite"
_NAMES = re.compile(r"newslint-[0-9a-f]{16}\.sqlite(?:-journal)?")


class Shelf:
    """What is known of the files that are treated alike.

    Args:
        kept: What earlier runs have kept.

    Attributes:
        size: How many bytes are new.
    """

    def __init__(self, kept: Kept | None = None) -> None:
        kept = kept or Kept({}, {})
        self.size = 0
        self._files = kept.files
        self._descriptions = kept.descriptions
        self._new_files: dict[str, Row] = {}
        self._new_descriptions: dict[bytes, bytes] = {}
        self._is_recent = kept.is_recent
        self._used: set[bytes] = set()

    def recall(self, name: str) -> Row | None:
        """Return what is known of the file `name`; None where nothing is, or it was damaged."""
        row = self._files.get(name)
        body = None if row is None else _proven(row.body)
        return None if row is None or body is None else row._replace(body=body)

    def description(self, key: bytes) -> bytes | None:
        """Return the packed description of a digest; None where it is not known."""
        self._used.add(key)
        return self._descriptions.get(key)

    def learn(self, descriptions: Mapping[bytes, bytes]) -> None:
        """Take note of packed descriptions, by their digests."""
        for key, body in descriptions.items():
            self._used.add(key)
            if key not in self._descriptions and _CRASHED not in body:
                self._new_descriptions[key] = body
                self.size += len(body)
        self._descriptions |= descriptions

    def keep(self, name: str, row: Row) -> None:
        """Keep what is known of the file `name`.

        A rule that failed may do better next time, so what names that failure is not kept.
        """
        if _CRASHED not in row.body:
            self._new_files[name] = row._replace(body=_with_proof(row.body))
            self.size += len(row.body)

    def update(self, known: Collection[str] | None = None, root: Path = Path()) -> Update | None:
        """Return what there is to keep and to forget; None where there is nothing.

        Args:
            known: The files of the project; None while not all have been looked at.
            root: Where they are.
        """
        gone: list[str] = []
        idle: list[bytes] = []
        if known is not None:
            others = self._files.keys() - known
            gone = [name for name in others if not os.path.lexists(root / name)]
            if not others - {*gone} and len(self._descriptions) > 2 * len(self._used):
                idle = [key for key in self._descriptions if key not in self._used]
        files, descriptions = self._new_files, self._new_descriptions
        self._new_files, self._new_descriptions, self.size = {}, {}, 0
        if files or descriptions or gone or idle or (known is not None and not self._is_recent):
            self._is_recent = True
            return Update(files, descriptions, gone, idle)
        return None


class Cache:
    """What is known from earlier runs of the files of a project.

    Args:
        folder: Where caches are kept, absolute.
        root: The top folder of the project, absolute.

    Attributes:
        store: Keeps it.
        now: When it was opened, in nanoseconds since 1970.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        named = blake2b(os.fsencode(root), digest_size=8).hexdigest()
        self.store = Store(folder / _NAME.format(named))
        self.now = time.time_ns()
        self._folder = folder
        self._root = root
        self._shelves: dict[bytes, Shelf] = {}

    def told(self) -> str:
        """Return why nothing can be kept; empty where there is no reason, or it was told before."""
        trouble, self.store.trouble = self.store.trouble, ""
        return trouble

    def shelf(self, context: bytes) -> Shelf:
        """Return what is known in a context, always the same object."""
        shelf = self._shelves.get(context)
        if shelf is None:
            shelf = self._shelves[context] = Shelf(self.store.kept(context))
        return shelf

    def answer(self, key: bytes) -> bytes | None:
        """Return what was printed in a run of a name; None where that is not known."""
        kept = self.store.answer(key)
        return None if kept is None else _proven(kept)

    def keep_answer(self, key: bytes, body: bytes) -> None:
        """Keep what was printed in a run of a name."""
        self.store.keep_answer(key, _with_proof(body))

    def flush(self) -> None:
        """Write what has come together."""
        self._write(shelf.update() for shelf in self._shelves.values())

    def close(self, known: Collection[str]) -> None:
        """Write what a run has learnt, given the files of the project."""
        self._write(shelf.update(known, self._root) for shelf in self._shelves.values())
        self._shelves = {}

    def _write(self, updates: Iterable[Update | None]) -> None:
        """Write updates of all shelves, in their order."""
        found = zip(self._shelves, updates, strict=True)
        some = {context: update for context, update in found if update is not None}
        if some:
            self.store.update(some, self._shelves)
            forget_old(self._folder, _NAME.format("*"))


def _with_proof(body: bytes) -> bytes:
    """Return what is kept, by which damage can be told."""
    return digest(body) + body


def _proven(kept: bytes) -> bytes | None:
    """Return what `_with_proof` was given; None where it was damaged."""
    body = kept[_PROOF:]
    return body if digest(body) == kept[:_PROOF] else None


def clean(folder: Path) -> int:
    """Delete the caches in a folder, and the folder where nothing else is in it.

    Returns:
        How many bytes they had.

    Raises:
        OSError: One cannot be deleted.
    """
    if not folder.is_dir():
        return 0
    size = 0
    for path in folder.iterdir():
        if _NAMES.fullmatch(path.name) and path.is_file():
            size += path.stat().st_size
            path.unlink()
    if {path.name for path in folder.iterdir()} == MARKS.keys():
        for name in MARKS:
            (folder / name).unlink()
        folder.rmdir()
    return size
