"""Reading of files and decoding of their text, with a reason if that is impossible."""

import errno
import os
import stat
from pathlib import Path

from newslint.syntax.problem import Problem
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.location import Position, Span
from newslint.text.source_text import SourceText

_SAMPLE = 32768
_MAX_CHARACTER = 4
_SURROGATE = lazy_pattern(
    rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]"
)
_LEAD_AT_END = lazy_pattern(rb"[\xc2-\xf4][\x80-\xbf]{0,2}\Z")
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_MEBIBYTE = 1024**2
_REASONS = {
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ELOOP: "its symbolic links form a loop",
    errno.ENOENT: "it does not exist (a dangling symbolic link, or removed while newslint ran)",
    errno.ENAMETOOLONG: "its path is too long for the operating system; shorten or move it",
}
_SPECIAL_FILES = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_BINARY_FORMATS = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "compressed by gzip"),
)
"""The start of files of formats that are no text."""


def read_bytes(path: Path, limit: int, root: Path | None = None) -> bytes | str:
    """Read the content of a file; return the reason if it cannot be read.

    Args:
        path: The file.
        limit: The greatest size in bytes.
        root: No symbolic link is followed out of this folder; None to follow all.
    """
    found = _read_start(path, limit, root)
    if isinstance(found, str):
        return found
    size, data = found
    if len(data) > limit:
        return too_large_message(max(size, len(data)), limit)
    return data


def find_unreadable(path: Path, root: Path | None = None) -> str:
    """Find the reason why a file of any size cannot be read; empty if it can be."""
    found = _read_start(path, 0, root)
    return found if isinstance(found, str) else ""


def _read_start(path: Path, limit: int, root: Path | None) -> tuple[int, bytes] | str:
    """Determine the size of a file, and read its start; return the reason if that fails."""
    if root is not None and _leads_out(path, root):
        return "cannot be read: a symbolic link leads out of the project"
    try:
        return _read_content(path, limit)
    except SpecialFileError as error:
        return f"cannot be read: it is {error}, no regular file"
    except IsADirectoryError:
        return f"cannot be read: {explain_folder(path)}"
    except OSError as error:
        return f"cannot be read: {_REASONS.get(error.errno or 0, error.strerror)}"


def explain_folder(folder: Path) -> str:
    """Explain why a folder is read like a file: a search yields those that cannot be listed."""
    try:
        os.scandir(folder).close()
    except PermissionError:
        return "no permission to open the folder"
    except OSError as error:
        return f"the folder cannot be listed: {error.strerror}"
    return "it is a folder"


class SpecialFileError(OSError):
    """An error for a named pipe, a socket or a device, whose kind is the message."""


def open_regular(path: str, flags: int = os.O_RDONLY) -> int:
    """Open a file for reading if it is a regular one, and return its descriptor.

    Other files are not opened, since that may wait for ever, or act upon a device. If one takes the
    file's place meanwhile, opening it does not wait.

    Raises:
        SpecialFileError: It is neither a regular file nor a folder.
        OSError: It cannot be opened.
    """
    _check_regular(os.stat(path))  # noqa: PTH116 # a third of the time of `Path.stat`
    descriptor = os.open(path, flags | _NO_WAITING)
    try:
        _check_regular(os.fstat(descriptor))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def open_listed(path: str, flags: int = os.O_RDONLY) -> int:
    """Open a file that the listing of its folder has called regular, and return its descriptor.

    If another file takes its place meanwhile, opening it does not wait.

    Raises:
        OSError: It cannot be opened.
    """
    return os.open(path, flags | _NO_WAITING | _NO_LINK)


def _check_regular(found: os.stat_result) -> None:
    """Check that a file is regular.

    Raises:
        SpecialFileError: It is neither a regular file nor a folder.
        IsADirectoryError: It is a folder.
    """
    kind = stat.S_IFMT(found.st_mode)
    if kind == stat.S_IFDIR:
        raise IsADirectoryError(errno.EISDIR, "")
    if kind != stat.S_IFREG:
        raise SpecialFileError(_SPECIAL_FILES.get(kind, "a special file"))


def _read_content(path: Path, limit: int) -> tuple[int, bytes]:
    """Determine the size of a file, and read at most `limit` bytes and one more.

    Raises:
        OSError: It cannot be read.
    """
    # This takes a third of the time of `Path.open`.
    with open(path, "rb", buffering=0, opener=open_regular) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(min(size, limit) + 1)
        while data and len(data) <= limit and (more := file.read(min(limit, _MEBIBYTE) + 1)):
            data += more
    return size, data


def _leads_out(path: Path, root: Path) -> bool:
    """Check if `path` is a symbolic link to a file outside of `root`.

    Whoever contributes to an archive must not see other files of the machine in its report.
    """
    is_link = os.path.islink(path)  # noqa: PTH114 # `Path.is_symlink` raises for long names
    return is_link and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def decode(data: bytes) -> tuple[str, Problem | None]:
    """Decode the bytes of a file; if that is not possible, return an empty text and the problem.

    A byte-order mark stays part of the text: it is a code point like any other. So does a NUL here
    and there, which `control-character` reports; many of them are no text.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", _explain_not_utf8(data, error.start)
    if "\0" in text and 8 * text.count("\0") > len(data):
        return "", _explain_not_utf8(data, data.index(0))
    return text, None


def _explain_not_utf8(data: bytes, offset: int) -> Problem:
    """Explain that bytes are not UTF-8 text from the 0-based `offset` on."""
    from newslint.documents.encoding import detect_wide_encoding

    wide = detect_wide_encoding(data[:_SAMPLE])
    if wide and 0 in data[:offset]:
        offset = data.index(0)
    before = SourceText(data[:offset].decode("utf-8"))
    start = before.position(len(before.text))
    advice = _advise_on_wide(wide) if wide else _advice(data, offset)
    message = f"not UTF-8: byte 0x{data[offset]:02x} at offset {offset:,}; {advice}"
    return Problem("unreadable-file", message, Span(start, Position(start.line, start.column + 1)))


def _advise_on_wide(encoding: str) -> str:
    """Advise on a file in UTF-16 or UTF-32, of which the byte order is named if it has no mark."""
    evidence = "its NUL bytes" if encoding.endswith("e") else "its byte-order mark"
    return f"by {evidence} it is {encoding}; convert the file to UTF-8"


def _advice(data: bytes, offset: int) -> str:
    """Advise on a file that is not UTF-8 at `offset`."""
    from newslint.documents.encoding import detect_encoding

    surrogate = _SURROGATE.match(data, offset)
    if surrogate:
        return _advise_on_surrogate(surrogate[0])
    kind = next((kind for start, kind in _BINARY_FORMATS if data.startswith(start)), "")
    nuls = data.count(0)
    if kind or 8 * nuls > len(data):
        content = kind or f"binary (NUL bytes: {nuls:,} of {len(data):,})"
        return f"the file is {content}, no text; restore its text, or rename it"
    sample = _lines_around(data, offset)
    if _is_mostly_utf8(sample):
        return "the text around it is UTF-8, so write this character anew"
    if len(data) - offset < _MAX_CHARACTER and _LEAD_AT_END.match(data, offset):
        return "the file ends inside a character; write its end anew"
    encoding = "" if nuls else detect_encoding(sample)
    likely = f"it is probably {encoding}, or one like it; " if encoding else ""
    return f"{likely}convert the file to UTF-8"


def _advise_on_surrogate(found: bytes) -> str:
    """Advise on half a pair of surrogates, or a pair, that was encoded like characters."""
    codes = found.decode("utf-8", "surrogatepass")
    character = codes.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    wanted = "write the character itself" if len(codes) == 1 else f"write {character!r} in UTF-8"
    shown = " ".join(f"U+{ord(code):04X}" for code in codes)
    return f"it starts an encoded surrogate, {shown} (CESU-8 or WTF-8); {wanted}"


def _lines_around(data: bytes, offset: int) -> bytes:
    """Extract the whole lines around an offset, as far as they are near."""
    start, end = max(0, offset - _SAMPLE), min(len(data), offset + _SAMPLE)
    first = data.find(b"\n", start, offset) + 1 if start else 0
    last = data.rfind(b"\n", offset, end) + 1 if end < len(data) else end
    return data[first or start : last or end]


def _is_mostly_utf8(sample: bytes) -> bool:
    """Check if more characters of `sample` are well-formed than broken, without ASCII."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(not char.isascii() for char in text) > 2 * broken


def too_large_message(size: int, limit: int) -> str:
    """Explain that a file is larger than the limit."""
    if size < _MEBIBYTE:
        return f"{size:,} bytes are more than the limit of {limit:,} bytes"
    return f"{_format_mebibytes(size)} is larger than the limit of {_format_mebibytes(limit)}"


def _format_mebibytes(size: int) -> str:
    """Format a number of bytes for a person."""
    return f"{size / _MEBIBYTE:,.1f} MiB"
