"""Rows of containers as the documents of a run."""

import functools
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec
from msgspec.structs import replace

from newslint.diagnostics.rows import FindRow, RowCounter, RowPlace
from newslint.documents.files import find_unreadable, too_large_message
from newslint.documents.row_lines import RowColumns
from newslint.documents.rows import (
    RowSource,
    container_of,
    has_columns,
    is_container,
    name_row,
    read_lines,
    row_order,
)
from newslint.engine.close import FileReport
from newslint.execution.check_request import CheckRequest
from newslint.execution.files import FoundFiles
from newslint.execution.mapping import FileReader

if TYPE_CHECKING:
    from newslint.execution.row_table import ListedRow, RowTable
    from newslint.execution.tables import TableRow


def expand_rows(found: FoundFiles, request: CheckRequest) -> FoundFiles:
    """Replace the containers among the files of a run by their rows.

    Raises:
        UsageError: A package that reads them is missing.
    """
    if not any(map(is_container, found.corpus)):
        return found
    from newslint.execution.row_table import RowTable

    rows = RowTable()
    scope: dict[str, Path] = {}
    corpus: dict[str, Path] = {}
    for name, path in found.corpus.items():
        named = dict(list_rows(name, path, request, rows, set())) if is_container(name) else {}
        paths = {suffix: path.with_name(path.name + suffix) for suffix in named or ("",)}
        rows |= {paths[suffix]: row for suffix, row in named.items()}
        corpus |= {name + suffix: each for suffix, each in paths.items()}
        if name in found.scope:
            scope |= {name + suffix: each for suffix, each in paths.items()}
    return replace(found, scope=scope, corpus=corpus, rows=rows)


def list_rows(
    name: str, path: Path, request: CheckRequest, table: "RowTable", taken: set[str]
) -> Iterator[tuple[str, RowSource]]:
    """Yield the rows of a container, with the part of their names behind its name.

    What cannot be read is one row without such a part, with the reason.

    Args:
        name: The name of the container.
        path: Its path.
        request: The request.
        table: Takes copies of rows that are no lines.
        taken: Takes the parts of names, if rows are identified by a key that may repeat.
    """
    from newslint.execution.tables import TableError, read_table

    given = request.contents.get(path)
    if given is None and (reason := find_unreadable(path, request.project.root)):
        yield "", RowSource(path, content=reason)
        return
    if given is not None and has_columns(path):
        yield "", RowSource(path, content="cannot be read: the rows of a table need a file")
        return
    settings = request.project.selection.rows(name)
    limit = request.reader.limits.file_size
    try:
        with _open(path, given) as file:
            if has_columns(path):
                listed = table.add_all(read_table(path, settings), settings.text)
            elif settings.text is not None:
                listed = table.add_all(_read_objects(file, limit, settings.key), settings.text)
            else:
                listed = _list_lines(path, file, limit, settings.key)
            for number, key, row in listed:
                suffix = name_row("", number, key)
                if key is not None:
                    suffix = suffix if suffix not in taken else name_row("", number)
                    taken.add(suffix)
                yield suffix, row
    except TableError as error:
        yield "", RowSource(path, content=f"cannot be read: {error}")


def _open(path: Path, given: bytes | None) -> BinaryIO:
    """Open a container, or the content that is used in its place."""
    return path.open("rb") if given is None else io.BytesIO(given)


def _list_lines(path: Path, file: BinaryIO, limit: int, key: str | None) -> "Iterator[ListedRow]":
    """Yield the lines of a container as rows."""
    is_given = isinstance(file, io.BytesIO)
    for number, start, end, data in read_lines(file, limit):
        row = RowSource(path, start, end, number, data if is_given else None)
        value = None if key is None or data is None else _find_value(data, key)
        yield number, None if key is None else (key, value), row


def _read_objects(file: BinaryIO, limit: int, key: str | None) -> "Iterator[TableRow]":
    """Yield the lines of a container as rows with columns."""
    from newslint.execution.tables import TableRow

    for number, start, end, data in read_lines(file, limit):
        if data is None:
            yield TableRow(number, too_large_message(end - start, limit))
            continue
        try:
            values = msgspec.json.decode(data, type=dict[str, Any])
        except msgspec.MsgspecError as error:
            yield TableRow(number, f"no object of JSON: {error}")
        else:
            yield TableRow(number, values, None if key is None else (key, values.get(key)))


def _find_value(data: bytes, key: str) -> Any:
    """Read the value of one field of a JSON object, if it is a text or a number."""
    try:
        value = msgspec.json.decode(data, type=_field_type(key)).value
    except msgspec.MsgspecError:
        return None
    return value if isinstance(value, str | int | float) else None


@functools.cache
def _field_type(key: str) -> Any:
    """Create a type with one field, so that no other field of an object is decoded."""
    return msgspec.defstruct("_Row", [("value", Any, None)], rename={"value": key})


def row_finder(found: FoundFiles, reader: FileReader) -> FindRow | None:
    """Create what finds the place of a row in its container; None if there are no rows."""
    if not found.rows:
        return None
    return functools.cache(functools.partial(_find_place, found, reader))


def _find_place(found: FoundFiles, reader: FileReader, name: str) -> RowPlace | None:
    """Find the place of a row in its container; None if it is no line of it."""
    path = found.corpus.get(name)
    row = None if path is None or found.rows is None else found.rows.get(path)
    if path is None or row is None or not row.line:
        return None
    content = reader.read(path)
    text = content.decode(errors="replace") if isinstance(content, bytes) else ""
    return RowPlace(container_of(name), row.line - 1, RowColumns(text).column)


def distinguish_rows(reports: Iterable[FileReport]) -> list[FileReport]:
    """Sort the parts of a report by row, and make the fingerprints in each container distinct."""
    count = RowCounter()
    found: list[FileReport] = []
    for each in sorted(reports, key=lambda each: row_order(each.path)):
        rename = functools.partial(count, container_of(each.path))
        found.append(
            msgspec.structs.replace(
                each,
                diagnostics=tuple(map(rename, each.diagnostics)),
                suppressed=tuple(
                    [one._replace(diagnostic=rename(one.diagnostic)) for one in each.suppressed]
                ),
            )
        )
    return found
