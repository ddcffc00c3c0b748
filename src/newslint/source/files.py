"""Reads files."""

import errno
import os
from pathlib import Path

from newslint.source.document import Document, read_document, too_large, unreadable
from newslint.source.fragments import Reader

_REASONS = {
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ELOOP: "its symbolic links form a loop",
    errno.ENOENT: "it does not exist (a dangling symbolic link, or removed while newslint ran)",
    errno.EISDIR: "it is a folder",
}


def load(path: Path, name: str, reader: Reader, root: Path | None = None) -> Document:
    """Return the document in the file `path`. A file that cannot be read is a document too.

    Args:
        path: The file.
        name: What the document is called: its path relative to the project root, with `/`.
        reader: Reads the front matter; its limits hold for the file's size too.
        root: No symbolic link is followed out of this folder; None where any may be.
    """
    return document_of(name, read_bytes(path, reader.limits.file_size, root), reader)


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
        return too_large(max(size, len(data)), limit)
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
