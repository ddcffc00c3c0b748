"""Rows: the records of a container, a file with many records, each of which is a document.

The name of a row is that of its container with the row behind a `#`: its number, such as
`archive.jsonl#12`, or the field that identifies it and its value, such as `archive.jsonl#id=7`.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from newslint.documents.files import too_large_message
from newslint.documents.row_lines import split_entries

LINES = frozenset({".jsonl", ".ndjson"})
"""The file name endings of containers with a JSON value on each line."""

TABLES = frozenset({".parquet", ".csv", ".tsv", ".sqlite", ".sqlite3", ".db"})
"""The file name endings of containers with columns."""

CONTAINERS = LINES | TABLES
"""The file name endings of all containers."""

_PIECE = 1024 * 1024
_MAX_KEY = 200


class RowSource(NamedTuple):
    """The place of the text of a row.

    Attributes:
        file: The file that contains its text: the container, or a copy.
        start: The offset of its first byte in the file.
        end: The offset after its last byte.
        line: The 1-based number of its line in the container; 0 if it is no line of it.
        content: The text itself, or the reason why it cannot be read; None to read it from `file`.
    """

    file: Path
    start: int = 0
    end: int = 0
    line: int = 0
    content: bytes | str | None = None

    def read(self, limit: int) -> bytes | str:
        """Read the text of the row; return the reason if it cannot be read.

        Args:
            limit: The greatest size in bytes.
        """
        size = self.end - self.start if self.content is None else len(self.content)
        if isinstance(self.content, str):
            return self.content
        if size > limit:
            return too_large_message(size, limit)
        if self.content is not None:
            return split_entries(self.content)
        try:
            with self.file.open("rb", buffering=0) as file:
                data = os.pread(file.fileno(), size, self.start)
        except OSError as error:
            return f"cannot be read: {error.strerror}"
        if len(data) != size:
            return "cannot be read: the file has changed meanwhile"
        return split_entries(data) if self.line else data


class Line(NamedTuple):
    """A line of a container.

    Attributes:
        number: Its 1-based number.
        start: The offset of its first byte.
        end: The offset after its last byte, without the line end.
        data: Its content; None if it is longer than the limit.
    """

    number: int
    start: int
    end: int
    data: bytes | None


def has_columns(path: Path) -> bool:
    """Check if a file is a table, by the ending of its name."""
    return path.suffix.lower() in TABLES


def is_container(path: Path | str) -> bool:
    """Check if a file contains many records, by the ending of its name."""
    return os.path.splitext(path)[1].lower() in CONTAINERS  # noqa: PTH122 # paths may be texts


def name_row(container: str, number: int, key: tuple[str, object] | None = None) -> str:
    """Create the name of a row.

    Args:
        container: The name of its container.
        number: Its 1-based number.
        key: The field that identifies it, and the value of that field; None to use the number.
    """
    if key is None or key[1] is None or not str(key[1]):
        return f"{container}#{number}"
    value = quote(str(key[1])[:_MAX_KEY], safe=" :@!$&'()*+,;=")
    return f"{container}#{quote(key[0])}={value}"


def split_row(name: str) -> tuple[str, str] | None:
    """Split the name of a row into that of its container and the row; None for other names."""
    container, mark, row = name.rpartition("#")
    if not mark or not row or "/" in row or not is_container(container):
        return None
    return container, row


def container_of(name: str) -> str:
    """Find the container of a row; other names stay as they are."""
    row = split_row(name)
    return name if row is None else row[0]


def row_order(name: str) -> tuple[str, int, str]:
    """Compute the sort key of a file or row: rows with numbers are in the order of these."""
    row = split_row(name)
    if row is None:
        return name, 0, ""
    return row[0], int(row[1]) if row[1].isdecimal() else 0, row[1]


def read_lines(file: BinaryIO, limit: int) -> Iterator[Line]:
    """Yield the lines of a file, without blank ones. A line beyond the limit is not kept.

    Args:
        file: The file, open for reading.
        limit: The greatest size of a line in bytes.
    """
    number = start = 0
    while piece := file.readline(_PIECE):
        number += 1
        pieces, size, is_blank = [piece], len(piece), not piece.strip()
        while not piece.endswith(b"\n") and (piece := file.readline(_PIECE)):
            size += len(piece)
            is_blank = is_blank and not piece.strip()
            pieces = [*pieces, piece] if size <= limit + 2 else []
        data = b"".join(pieces)
        ending = len(data) - len(data.rstrip(b"\r\n")) if pieces else 1
        mark = 3 if number == 1 and data.startswith(b"\xef\xbb\xbf") else 0
        if not is_blank:
            content = data[mark : len(data) - ending] if pieces else None
            yield Line(number, start + mark, start + size - ending, content)
        start += size


def split_content(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the rows of a container with lines by name, with their texts; other files as a whole.

    Args:
        name: The name of the file.
        content: Its content.
    """
    if not is_container(name):
        yield name, content
        return
    for line in read_lines(io.BytesIO(content), len(content)):
        yield name_row(name, line.number), line.data or b""
