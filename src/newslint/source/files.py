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
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(limit + 1)
    except OSError as error:
        return unreadable(name, f"cannot be read: {_REASONS.get(error.errno or 0, error.strerror)}")
    if len(data) > limit:
        message = (
            f"{_mebibytes(max(size, len(data)))} is larger than the limit of {_mebibytes(limit)}"
        )
        return unreadable(name, message)
    return read_document(name, data, reader)


def _mebibytes(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    return f"{size / 1024**2:,.1f} MiB"
