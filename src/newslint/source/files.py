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
    return document_of(name, read_bytes(path, reader.limits.file_size), reader)


def document_of(name: str, held: bytes | str, reader: Reader) -> Document:
    """Return the document of a file.

    Args:
        name: What the document is called.
        held: What the file holds, or why it cannot be read.
        reader: Reads the front matter.
    """
    if isinstance(held, str):
        return unreadable(name, held)
    return read_document(name, held, reader)


def read_bytes(path: Path, limit: int) -> bytes | str:
    """Return what a file holds, or why it cannot be read.

    Args:
        path: The file.
        limit: How many bytes it may hold.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(limit + 1)
    except OSError as error:
        return f"cannot be read: {_REASONS.get(error.errno or 0, error.strerror)}"
    if len(data) > limit:
        return f"{_mebibytes(max(size, len(data)))} is larger than the limit of {_mebibytes(limit)}"
    return data


def _mebibytes(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    return f"{size / 1024**2:,.1f} MiB"
