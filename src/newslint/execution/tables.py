"""Readers of tables: Parquet, CSV and SQLite, a row at a time."""

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from newslint.documents.row_lines import split_entries
from newslint.execution.files import UsageError
from newslint.settings.tables import RowsTable

_MAX_CELL = 256 * 1024 * 1024
_BATCH = 256
_MAX_KINDS = 3
"""More kinds of cells than a column of numbers or booleans has."""

_DELIMITERS = {".csv": ",", ".tsv": "\t"}

_ENCODER = msgspec.json.Encoder(decimal_format="number", enc_hook=str)


class TableError(Exception):
    """A table that cannot be read, or not to its end; the message is the reason."""


class TableRow(NamedTuple):
    """A row of a table.

    Attributes:
        number: Its 1-based number.
        values: The values of its columns; the reason if it cannot be read.
        key: The column that identifies it, and its value; None if it has only a number.
    """

    number: int
    values: dict[str, Any] | str
    key: tuple[str, Any] | None = None

    def encode(self, text: str | None) -> bytes | str:
        """Convert the row to a document; return the reason if that is impossible.

        Args:
            text: The column that contains a whole document. None to write all columns as one line
                of JSON: without empty cells, and with texts that are JSON as lists and mappings.
        """
        if isinstance(self.values, str):
            return self.values
        if text is None:
            return split_entries(_ENCODER.encode(_nested(self.values)))
        document = self.values.get(text)
        if not isinstance(document, str):
            kind = "is empty" if document is None else f"contains no text: {document!r:.80}"
            return f"the column '{text}' {kind}" if text in self.values else f"no column '{text}'"
        return document.removesuffix("\n").encode("utf-8", "surrogatepass") + b"\n"


def read_table(path: Path, settings: RowsTable) -> Iterator[TableRow]:
    """Yield the rows of a table.

    Args:
        path: The file; the ending of its name determines the reader.
        settings: How its rows are read.

    Raises:
        TableError: The file cannot be read, or not to its end.
        UsageError: A package is missing.
    """
    try:
        yield from _READERS[path.suffix.lower()](path, settings)
    except (OSError, csv.Error, sqlite3.Error, UnicodeDecodeError) as error:
        raise TableError(str(error)) from error


def _read_csv(path: Path, settings: RowsTable) -> Iterator[TableRow]:
    """Yield the rows of a CSV file below its header."""
    convert = _find_converters(path)
    lines = _list_cells(path)
    header = next(lines)
    for number, cells in enumerate(lines, 1):
        if len(cells) != len(header):
            reason = f"{len(cells):,} cells in a table of {len(header):,} columns"
            yield TableRow(number, reason)
            continue
        named = zip(header, cells, strict=True)
        values = {name: convert.get(name, str)(cell) for name, cell in named if cell}
        yield create_row(number, values, settings.key)


def _list_cells(path: Path) -> Iterator[list[str]]:
    """Yield the cells of each line of a CSV file that is not blank."""
    csv.field_size_limit(_MAX_CELL)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        lines = csv.reader(file, delimiter=_DELIMITERS[path.suffix.lower()], strict=True)
        yield from filter(None, lines)


def _find_converters(path: Path) -> dict[str, Callable[[str], Any]]:
    """Find the columns of a CSV file that contain nothing but numbers, or booleans."""
    lines = _list_cells(path)
    header = next(lines, None)
    if header is None:
        raise TableError("there is no header")
    kinds: list[set[str]] = [set() for _ in header]
    with suppress(csv.Error):  # it is reported behind the rows before it
        for cells in lines:
            for kind, cell in zip(kinds, cells, strict=False):
                if cell and len(kind) < _MAX_KINDS:
                    kind.add(_kind_of(cell))
    found = dict(zip(header, kinds, strict=True))
    return {
        name: msgspec.json.decode
        for name, kind in found.items()
        if kind in ({"int"}, {"int", "float"}, {"float"}, {"bool"})
    }


def _kind_of(cell: str) -> str:
    """Determine the type of a cell, as JSON reads it."""
    try:
        value = msgspec.json.decode(cell)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return "str"
    return type(value).__name__


def _read_sqlite(path: Path, settings: RowsTable) -> Iterator[TableRow]:
    """Yield the rows of a table of a database, which is opened for reading only."""
    place = f"file:{quote(str(path))}?mode=ro"
    with closing(sqlite3.connect(place, uri=True)) as database:
        database.text_factory = bytes
        table = _find_table(database, settings.table)
        name = '"{}"'.format(table.replace('"', '""'))
        columns = database.execute(f"PRAGMA table_info({name})").fetchall()
        names = [_text(column[1]) for column in columns]
        keys = [_text(column[1]) for column in columns if column[5]]
        key = settings.key or (keys[0] if len(keys) == 1 else None)
        is_boolean = {_text(each[1]) for each in columns if each[2].upper().startswith(b"BOOL")}
        order = ", ".join(['"{}"'.format(each.replace('"', '""')) for each in keys]) or "rowid"
        rows = database.execute(f"SELECT * FROM {name} ORDER BY {order}")  # noqa: S608 # quoted
        for number, cells in enumerate(rows, 1):
            values = {
                column: bool(cell) if column in is_boolean and cell in (0, 1) else _text(cell)
                for column, cell in zip(names, cells, strict=True)
            }
            yield create_row(number, values, key)


def _find_table(database: sqlite3.Connection, wanted: str | None) -> str:
    """Find the table of a database that contains the records.

    Raises:
        TableError: There is none of that name, or there are several.
    """
    query = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
    names = [_text(each) for (each,) in database.execute(query)]
    names = [each for each in names if not each.startswith("sqlite_")]
    if wanted in names:
        return str(wanted)
    if wanted is None and len(names) == 1:
        return str(names[0])
    listed = ", ".join(names) or "none"
    reason = "name one in rows.table of a collection" if wanted is None else f"none is '{wanted}'"
    raise TableError(f"the tables of the database are: {listed}; {reason}")


def _text(cell: Any) -> Any:
    """Decode a cell if it contains text."""
    return cell.decode("utf-8", "surrogateescape") if isinstance(cell, bytes) else cell


def _read_parquet(path: Path, settings: RowsTable) -> Iterator[TableRow]:
    """Yield the rows of a Parquet file."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        command = "pip install pyarrow"
        raise UsageError(f"{path.name}: reading Parquet needs pyarrow: {command}") from error
    number = 0
    try:
        with parquet.ParquetFile(path, pre_buffer=False) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                for values in batch.to_pylist():
                    number += 1
                    yield create_row(number, values, settings.key)
    except ArrowException as error:
        after = f"after row {number:,}: " if number else ""
        raise TableError(f"{after}{str(error).splitlines()[0]}") from error


def create_row(number: int, values: dict[str, Any], key: str | None) -> TableRow:
    """Create a row, or one with a reason if a column is not UTF-8."""
    for name, value in values.items():
        if isinstance(value, str) and not value.isascii() and _has_surrogate(value):
            return TableRow(number, f"the column '{name}' is not UTF-8")
    return TableRow(number, values, None if key is None else (key, values.get(key)))


def _has_surrogate(text: str) -> bool:
    """Check if a text cannot be encoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _nested(value: Any) -> Any:
    """Convert a value for JSON: mappings without nulls, and texts that are lists or mappings."""
    if isinstance(value, dict):
        return {str(name): _nested(each) for name, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_nested(each) for each in value]
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    if isinstance(value, str) and value[:1] in ("[", "{") and value[:1]:
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError:
            return value
    return value


_READERS: dict[str, Callable[[Path, RowsTable], Iterable[TableRow]]] = {
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".parquet": _read_parquet,
    ".sqlite": _read_sqlite,
    ".sqlite3": _read_sqlite,
    ".db": _read_sqlite,
}
