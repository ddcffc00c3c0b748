"""Reads files."""

import errno
import os
from pathlib import Path

from newslint.source.document import Document, read_document, unreadable
from newslint.source.fragments import Reader

_REASONS = {
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ELOOP: "its symbolic links form a loop",
    errno.ENOENT: "it does not exist (a dangling symbolic link, or removed while newslint ran)",
    errno.EISDIR: "it is a folder",
}


def load(path: Path, name: str, reader: Reader) -> Document:
    """Return the document in the file `path`. A file that cannot be read is a document too.

    Args:
        path: The file.
        name: What the document is called: its path relative to the project root, with `/`.
        reader: Reads the front matter; its limits hold for the file's size too.
    """
    limit = reader.limits.file_size
    try:
        size, data = _content(path, limit)
    except OSError as error:
        return unreadable(name, f"cannot be read: {_REASONS.get(error.errno or 0, error.strerror)}")
    if len(data) > limit:
        message = (
            f"{_mebibytes(max(size, len(data)))} is larger than the limit of {_mebibytes(limit)}"
        )
        return unreadable(name, message)
    return read_document(name, data, reader)


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


def _mebibytes(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    return f"{size / 1024**2:,.1f} MiB"
