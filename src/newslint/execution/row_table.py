"""The rows of a run, and a file for the texts of those that are no lines of a container."""

import os
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from newslint.documents.rows import RowSource
from newslint.execution.tables import TableError, TableRow

ListedRow = tuple[int, tuple[str, Any] | None, RowSource]
"""A row: its 1-based number, the column that identifies it with its value, and its text."""


class RowTable(dict[Path, RowSource]):
    """The rows of a run by their paths.

    Texts of rows that are no lines of a container are written to a temporary file, which only the
    user can read. It is deleted with the table.
    """

    def __init__(self, rows: Iterable[tuple[Path, RowSource]] = ()) -> None:
        super().__init__(rows)
        self._path: Path | None = None

    def __reduce__(self) -> tuple[type[dict[Path, RowSource]], tuple[dict[Path, RowSource]]]:
        """Convert the table to a dictionary for other processes, which read the same file."""
        return dict, (dict(self),)

    def add_all(self, rows: Iterable[TableRow], text: str | None) -> Iterator[ListedRow]:
        """Write the texts of rows to the file, and yield the rows.

        Args:
            rows: The rows of a container.
            text: The column that contains a whole document; None if all columns are the record.
        """
        with self._open() as file:
            path = Path(file.name)
            for row in rows:
                content = row.encode(text)
                if isinstance(content, str):
                    yield row.number, row.key, RowSource(path, content=content)
                    continue
                start = file.tell()
                try:
                    file.write(content)
                    file.flush()
                except OSError as error:
                    reason = f"no copy of row {row.number:,} in {path.parent}: {error.strerror}"
                    raise TableError(reason) from error
                yield row.number, row.key, RowSource(path, start, start + len(content))

    def _open(self) -> BinaryIO:
        """Open the temporary file for appending."""
        if self._path is None:
            descriptor, name = tempfile.mkstemp(prefix="newslint-rows-")
            os.close(descriptor)
            self._path = Path(name)
            weakref.finalize(self, self._path.unlink, missing_ok=True)
        return self._path.open("ab")
