"""Fingerprints of files by their size, times and inode, which are compared without reading them."""

import os
import struct
from pathlib import Path

_RACY = 2 * 10**9  # nanoseconds; the coarsest clock of a file system ticks every two seconds
_FORMAT = struct.Struct("<qqqQ")


def stat_fingerprint(path: Path) -> bytes:
    """Compute the fingerprint of a file; empty if the file cannot be found.

    Every change of a file changes its size or one of its times, except for a second change within
    the same tick of the file system's clock (see `unless_racy`).
    """
    try:
        found = os.stat(path)  # noqa: PTH116 # a third of the time of `Path.stat`
    except OSError:
        return b""
    return _FORMAT.pack(
        found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino & 0xFFFF_FFFF_FFFF_FFFF
    )


def unless_racy(fingerprint: bytes, now: int) -> bytes:
    """Discard a fingerprint whose file was changed within the last two seconds.

    Such a file could be changed again within the same tick of the file system's clock, with equal
    times (a "racy timestamp").

    Args:
        fingerprint: A `stat_fingerprint`.
        now: A time before the fingerprint was taken, in nanoseconds since 1970.

    Returns:
        The fingerprint, or empty bytes.
    """
    if not fingerprint:
        return b""
    _, changed, moved, _ = _FORMAT.unpack(fingerprint)
    return fingerprint if max(changed, moved) < now - _RACY else b""
