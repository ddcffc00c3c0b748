"""Reading of files and decoding of their text, with a reason if that is impossible."""

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
    """Read the content of a file; return the reason if it cannot be read.

    Args:
        path: The file.
        limit: The greatest size in bytes.
        root: No symbolic link is followed out of this folder; None to follow all.
    """
    if root is not None and _leads_out(path, root):
        return "cannot be read: a symbolic link leads out of the project"
    try:
        size, data = _read_content(path, limit)
    except OSError as error:
        return f"cannot be read: {_REASONS.get(error.errno or 0, error.strerror)}"
    if len(data) > limit:
        return too_large_message(max(size, len(data)), limit)
    return data


def _read_content(path: Path, limit: int) -> tuple[int, bytes]:
    """Determine the size of a file, and read at most `limit` bytes and one more.

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
    """Check if `path` is a symbolic link to a file outside of `root`.

    Whoever contributes to an archive must not see other files of the machine in its report.
    """
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(
        os.path.realpath(root)
    )


def decode(data: bytes) -> tuple[str, Problem | None]:
    """Decode the bytes of a file; if that is not possible, return an empty text and the problem.

    A byte-order mark stays part of the text: it is a code point like any other.
    """
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return "", _explain_not_utf8(data, error.start)


def _explain_not_utf8(data: bytes, offset: int) -> Problem:
    """Explain that bytes are not UTF-8 from the 0-based `offset` on."""
    before = SourceText(data[:offset].decode("utf-8"))
    start = before.position(len(before.text))
    message = f"not UTF-8: byte 0x{data[offset]:02x} at offset {offset:,}; {_advice(data, offset)}"
    return Problem("unreadable-file", message, Span(start, Position(start.line, start.column + 1)))


def _advice(data: bytes, offset: int) -> str:
    """Advise on a file that is not UTF-8 at `offset`."""
    sample = data[max(0, offset - _SAMPLE) : offset + _SAMPLE]
    if _is_mostly_utf8(sample):
        return "the text around it is UTF-8, so write this character anew"
    encoding = "utf-16" if data.startswith(_UTF_16) else _guess_encoding(sample)
    likely = f"it is probably {encoding}, or one like it; " if encoding else ""
    return f"{likely}convert the file to UTF-8"


def _is_mostly_utf8(sample: bytes) -> bool:
    """Check if more characters of `sample` are well-formed than broken, without ASCII."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(not char.isascii() for char in text) > 2 * broken


def _guess_encoding(sample: bytes) -> str:
    """Guess the encoding of `sample`; empty if none fits.

    Single-byte encodings can hardly be distinguished. If most accented letters are single ones
    between ASCII letters, the text counts as Western, which is right for nearly all archives.
    """
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is not None and best.multi_byte_usage > 0:
        return best.encoding.replace("_", "-")
    if _is_western(sample):
        return "windows-1252" if re.search(rb"[\x80-\x9f]", sample) else "iso-8859-1"
    return best.encoding.replace("_", "-") if best is not None else ""


def _is_western(sample: bytes) -> bool:
    """Check if most characters beyond ASCII are single ones between ASCII characters."""
    runs = _HIGH.findall(sample)
    return 2 * sum(len(run) == 1 for run in runs) > len(runs)


def too_large_message(size: int, limit: int) -> str:
    """Explain that a file is larger than the limit."""
    if size < _MEBIBYTE:
        return f"{size:,} bytes are more than the limit of {limit:,} bytes"
    return f"{_format_mebibytes(size)} is larger than the limit of {_format_mebibytes(limit)}"


def _format_mebibytes(size: int) -> str:
    """Format a number of bytes for a person."""
    return f"{size / _MEBIBYTE:,.1f} MiB"
