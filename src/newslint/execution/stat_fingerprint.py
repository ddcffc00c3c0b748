"""Fingerprints of files by their size, times and inode, which are compared without reading them."""

import os
import struct
from pathlib import Path

_RACY = 2 * 10**9  # nanoseconds; the coarsest clock of a file system ticks every two seconds
_FORMAT = struct.Struct("<qqqQ")


def stat_fingerprint(path: Path) -> bytes:
    """Compute the fingerprint of a file; empty if the file cannot be found.

    Whoever changes a file changes its size or one of its times, unless that happens within the same
    tick of the clock (see `unless_racy`).
    """
    try:
        found = os.stat(path)  # noqa: PTH116 # a third of the time of `Path.stat`
    except OSError:
        return b""
    return _FORMAT.pack(
        found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino & 0xFFFF_FFFF_FFFF_FFFF
    )


def unless_racy(fingerprint: bytes, now: int) -> bytes:
    """Return a fingerprint, or nothing if the file was changed too recently to rely on it.

    Such a file could be changed again before the clock that its times are taken from has moved on.

    Args:
        fingerprint: That of the file.
        now: A time before it was taken, in nanoseconds since 1970.
    """
    if not fingerprint:
        return b""
    _, changed, moved, _ = _FORMAT.unpack(fingerprint)
    return fingerprint if max(changed, moved) < now - _RACY else b""
