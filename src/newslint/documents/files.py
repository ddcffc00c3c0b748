"""Reads files."""

import errno
import os
import re
from pathlib import Path

from newslint.syntax.problem import Problem
from newslint.text.location import Position, Span
from newslint.text.source_text import SourceText

_SAMPLE = 32768
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HIGH = re.compile(rb"[\x80-\xff]+")
_MEBIBYTE = 1024**2
_REASONS = {
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ELOOP: "its symbolic links form a loop",
    errno.ENOENT: "it does not exist (a dangling symbolic link, or removed while newslint ran)",
    errno.EISDIR: "it is a folder",
}


def read_bytes(path: Path, limit: int, root: Path | None = None) -> bytes | str:
    """Return what a file holds, or why it cannot be read.

    Args:
        path: The file.
        limit: How many bytes it may hold.
        root: No symbolic link is followed out of this folder; None where any may be.
    """
    if root is not None and _leads_out(path, root):
        return "cannot be read: a symbolic link leads out of the project"
    try:
        size, data = _content(path, limit)
    except OSError as error:
        return f"cannot be read: {_REASONS.get(error.errno or 0, error.strerror)}"
    if len(data) > limit:
        return too_large_message(max(size, len(data)), limit)
    return data


def _content(path: Path, limit: int) -> tuple[int, bytes]:
    """Return the size of a file, and what it holds up to one byte more than `limit`.

    Raises:
        OSError: It cannot be read.
    """
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 # a third of the time of path.open
        size = os.fstat(file.fileno()).st_size
        data = file.read(min(size, limit) + 1)
        while data and len(data) <= limit and (more := file.read(limit + 1 - len(data))):
            data += more
    return size, data


def _leads_out(path: Path, root: Path) -> bool:
    """Tell whether `path` is a symbolic link to what is not in `root`.

    Who sends in an archive must not see, in a report on it, what else there is on the machine.
    """
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(
        os.path.realpath(root)
    )


def decode(data: bytes) -> tuple[str, Problem | None]:
    """Return the text of a file, or an empty text and the reason why there is none.

    A byte-order mark stays part of the text: it is a code point like any other.
    """
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return "", _not_utf8(data, error.start)


def _not_utf8(data: bytes, offset: int) -> Problem:
    """Return what to say of bytes that are no UTF-8 from `offset` on (0-based)."""
    before = SourceText(data[:offset].decode("utf-8"))
    at = before.position(len(before.text))
    message = f"not UTF-8: byte 0x{data[offset]:02x} at offset {offset:,}; {_advice(data, offset)}"
    return Problem("unreadable-file", message, Span(at, Position(at.line, at.column + 1)))


def _advice(data: bytes, offset: int) -> str:
    """Return what to do about a file that is no UTF-8 at `offset`."""
    sample = data[max(0, offset - _SAMPLE) : offset + _SAMPLE]
    if _is_mostly_utf8(sample):
        return "the text around it is UTF-8, so write this character anew"
    encoding = "utf-16" if data.startswith(_UTF_16) else _guess(sample)
    likely = f"it is probably {encoding}, or one like it; " if encoding else ""
    return f"{likely}convert the file to UTF-8"


def _is_mostly_utf8(sample: bytes) -> bool:
    """Tell whether more characters of `sample` are well-formed than broken, ASCII apart."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(not char.isascii() for char in text) > 2 * broken


def _guess(sample: bytes) -> str:
    """Return the name of the encoding that `sample` probably has; empty where nothing fits.

    Among encodings of one byte a character there is little to tell them apart: letters with accents
    that stand alone, between ASCII letters, are taken for the Western ones that nearly all are.
    """
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is not None and best.multi_byte_usage > 0:
        return best.encoding.replace("_", "-")
    if _is_western(sample):
        return "windows-1252" if re.search(rb"[\x80-\x9f]", sample) else "iso-8859-1"
    return best.encoding.replace("_", "-") if best is not None else ""


def _is_western(sample: bytes) -> bool:
    """Tell whether characters beyond ASCII mostly stand alone."""
    runs = _HIGH.findall(sample)
    return 2 * sum(len(run) == 1 for run in runs) > len(runs)


def too_large_message(size: int, limit: int) -> str:
    """Return what to say of a file of more bytes than are read."""
    if size < _MEBIBYTE:
        return f"{size:,} bytes are more than the limit of {limit:,} bytes"
    return f"{_mebibytes(size)} is larger than the limit of {_mebibytes(limit)}"


def _mebibytes(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    return f"{size / _MEBIBYTE:,.1f} MiB"
