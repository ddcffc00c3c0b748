"""What tells without reading whether a file is still the same."""

import os
import struct
from pathlib import Path

_RACY = 2 * 10**9  # nanoseconds; the coarsest clock of a file system ticks every two seconds
_SIGN = struct.Struct("<qqqQ")


def sign_of(path: Path) -> bytes:
    """Return what tells without reading whether a file is still the same; empty where nothing can.

    Whoever changes a file changes its size or one of its times, unless that happens within the same
    tick of the clock (see `lasting`).
    """
    try:
        found = os.stat(path)  # noqa: PTH116 # a third of the time of `Path.stat`
    except OSError:
        return b""
    return _SIGN.pack(
        found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino & 0xFFFF_FFFF_FFFF_FFFF
    )


def lasting(sign: bytes, now: int) -> bytes:
    """Return a sign that will tell later; empty where the file was changed just now.

    It could be changed again before the clock that its times are taken from has moved on.

    Args:
        sign: What `sign_of` has returned.
        now: A time before that, in nanoseconds since 1970.
    """
    if not sign:
        return b""
    _, changed, moved, _ = _SIGN.unpack(sign)
    return sign if max(changed, moved) < now - _RACY else b""
