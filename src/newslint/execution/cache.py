"""The cache: results of earlier runs of the files of a project.

The result of a file is looked up by its path. It is used if the file has the same size, times and
inode as before, or else the same content. Values, such as results of descriptions and judgements of
groups (`judge_memo`), are looked up by a digest of all that they depend on.
"""

import os
import re
import time
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from zlib import crc32

from newslint.execution.stat_fingerprint import stat_fingerprint, unless_racy
from newslint.execution.store import MARKS, Delta, ResultStore, Row, Snapshot, forget_old
from newslint.rules.meta.rule_crashed import RuleCrashed

MAX_PENDING = 16 * 1024 * 1024
"""New bytes that a run collects in one context before they are written."""

_PROOF = 4  # bytes of the checksum in front of a body
_CRASHED = RuleCrashed.id.encode()
_NAME = "newslint-{}.sqlite"
_NAMES = re.compile(r"newslint-[0-9a-f]{16}\.sqlite(?:-journal)?")


class ContextCache:
    """Stored results of files to which the same rules, collection and limits apply.

    Args:
        snapshot: The results of earlier runs.
        now: When the run began, in nanoseconds since 1970.

    Attributes:
        size: Number of new bytes.
    """

    def __init__(self, snapshot: Snapshot, now: int) -> None:
        self.size = 0
        self._now = now
        self._files = snapshot.files
        self._values = snapshot.descriptions
        self._new_files: dict[str, Row] = {}
        self._new_values: dict[bytes, bytes] = {}
        self._is_recent = snapshot.is_recent
        self._used: set[bytes] = set()

    def find_file(self, name: str) -> Row | None:
        """Find the result of the file `name`; None if there is none or it is damaged."""
        row = self._files.get(name)
        body = None if row is None else _without_proof(row.body)
        return None if row is None or body is None else row._replace(body=body)

    def find_value(self, digest: bytes) -> bytes | None:
        """Find the encoded result of a description; None if there is none or it is damaged."""
        self._used.add(digest)
        found = self._values.get(digest)
        return None if found is None else _without_proof(found, digest)

    def add_values(self, descriptions: Mapping[bytes, bytes]) -> None:
        """Add encoded results of descriptions, by digest, without those of crashed rules."""
        for digest, body in descriptions.items():
            self._used.add(digest)
            if _CRASHED not in body:
                proven = _with_proof(body, digest)
                self.size += len(proven)
                self._values[digest] = self._new_values[digest] = proven

    def add_file(self, name: str, stat: bytes, content: bytes, body: bytes) -> None:
        """Add the encoded result of a file, unless a rule crashed: the next run tries it again.

        Args:
            name: Path of the file in reports.
            stat: Its `stat_fingerprint`.
            content: Digest of its content.
            body: The result.
        """
        if _CRASHED not in body:
            row = Row(unless_racy(stat, self._now), content, _with_proof(body))
            self._new_files[name] = row
            self.size += len(row.body)

    def take_delta(self, known: Collection[str] | None = None, root: Path = Path()) -> Delta | None:
        """Collect the changes since the last call; None if there are none.

        Args:
            known: Names of the files of the run; results of other files are deleted if these no
                longer exist. None before the end of the run: nothing is deleted.
            root: The project's folder.
        """
        gone: list[str] = []
        idle: list[bytes] = []
        if known is not None:
            others = self._files.keys() - known
            gone = [name for name in others if not os.path.lexists(root / name)]
            if not others - {*gone} and len(self._values) > 2 * len(self._used):
                idle = [key for key in self._values if key not in self._used]
        files, descriptions = self._new_files, self._new_values
        self._new_files, self._new_values, self.size = {}, {}, 0
        if files or descriptions or gone or idle or (known is not None and not self._is_recent):
            self._is_recent = True
            return Delta(files, descriptions, gone, idle)
        return None


class Cache:
    """Results of earlier runs of the files of a project.

    Args:
        folder: The folder of caches, absolute.
        root: The project's folder, absolute.

    Attributes:
        store: The file that contains them.
        now: When the cache was opened, in nanoseconds since 1970.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        name = blake2b(os.fsencode(root), digest_size=8).hexdigest()
        self.store = ResultStore(folder / _NAME.format(name))
        self.now = time.time_ns()
        self._folder = folder
        self._root = root
        self._contexts: dict[bytes, ContextCache] = {}
        self._used: set[bytes] = set()
        self._stats: dict[str, bytes] = {}

    def take_trouble(self) -> str:
        """Return the reason why nothing can be stored, once; empty if there is none."""
        trouble, self.store.trouble = self.store.trouble, ""
        return trouble

    def stat(self, path: Path) -> bytes:
        """Compute the `stat_fingerprint` of a file, once before results are written.

        It may be older than the content that is read later: the next run compares that, then.
        """
        name = str(path)
        found = self._stats.get(name)
        if found is None:
            found = self._stats[name] = stat_fingerprint(path)
        return found

    def context(self, key: bytes) -> ContextCache:
        """Load the results in a context, once: later calls return the same object."""
        context = self._contexts.get(key)
        if context is None:
            context = self._contexts[key] = ContextCache(self.store.load(key), self.now)
            self._used.add(key)
        return context

    def find_output(self, key: bytes) -> bytes | None:
        """Find the output of a run; None if it is not stored."""
        found = self.store.find_output(key)
        return None if found is None else _without_proof(found)

    def add_output(self, key: bytes, body: bytes) -> None:
        """Store the output of a run."""
        self.store.add_output(key, _with_proof(body))

    def flush_if_large(self, context: ContextCache) -> None:
        """Write all new results if those of a context have become large."""
        if context.size > MAX_PENDING:
            self._write(each.take_delta() for each in self._contexts.values())

    def close(self, known: Collection[str] | None) -> None:
        """Write all new results at the end of a stage.

        Args:
            known: Names of the files of the run, see `ContextCache.take_delta`.
        """
        self._write(each.take_delta(known, self._root) for each in self._contexts.values())
        self._contexts, self._stats = {}, {}

    def _write(self, deltas: Iterable[Delta | None]) -> None:
        """Write the changes of all contexts, which are in the order of `_contexts`."""
        found = zip(self._contexts, deltas, strict=True)
        some = {key: delta for key, delta in found if delta is not None}
        if some:
            self.store.update(some, self._used)
            forget_old(self._folder, _NAME.format("*"))


def _checksum(data: bytes, key: bytes) -> bytes:
    """Compute the checksum of data that are stored under a key, which detects damage."""
    return crc32(data, crc32(key)).to_bytes(_PROOF, "big")


def _with_proof(body: bytes, key: bytes = b"") -> bytes:
    """Put the checksum of a body in front of it."""
    return _checksum(body, key) + body


def _without_proof(stored: bytes, key: bytes = b"") -> bytes | None:
    """Verify and remove the checksum; None if the body is damaged, or that of another key."""
    body = stored[_PROOF:]
    return body if _checksum(body, key) == stored[:_PROOF] else None


def clean(folder: Path) -> int:
    """Delete the caches in a folder, and the folder itself if nothing else is in it.

    Returns:
        The number of bytes deleted.

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
