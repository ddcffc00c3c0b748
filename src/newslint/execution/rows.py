"""Rows of containers as the documents of a run."""

import functools
import io
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from newslint.diagnostics.rows import FindRow, RowCounter, RowPlace
from newslint.documents.files import find_unreadable
from newslint.documents.rows import (
    RowSource,
    container_of,
    is_container,
    name_row,
    read_lines,
    row_order,
)
from newslint.engine.close import FileReport
from newslint.execution.check_request import CheckRequest
from newslint.execution.files import FoundFiles


def expand_rows(found: FoundFiles, request: CheckRequest) -> FoundFiles:
    """Replace the containers among the files of a run by their rows."""
    if not any(map(is_container, found.corpus)):
        return found
    rows: dict[Path, RowSource] = {}
    scope: dict[str, Path] = {}
    corpus: dict[str, Path] = {}
    for name, path in found.corpus.items():
        named = _list_rows(name, path, request) if is_container(name) else {}
        paths = {suffix: path.with_name(path.name + suffix) for suffix in named or ("",)}
        rows |= {paths[suffix]: row for suffix, row in named.items()}
        corpus |= {name + suffix: each for suffix, each in paths.items()}
        if name in found.scope:
            scope |= {name + suffix: each for suffix, each in paths.items()}
    return found._replace(scope=scope, corpus=corpus, rows=rows)


def _list_rows(name: str, path: Path, request: CheckRequest) -> dict[str, RowSource]:
    """List the rows of a container, by the part of their names behind its name.

    A container that cannot be read is one row without such a part, with the reason.
    """
    given = request.contents.get(path)
    if given is None and (reason := find_unreadable(path, request.project.root)):
        return {"": RowSource(path, content=reason)}
    key = request.project.selection.rows(name).key
    found: dict[str, RowSource] = {}
    file: BinaryIO = path.open("rb") if given is None else io.BytesIO(given)
    with closing(file):
        for number, start, end, data in read_lines(file, request.reader.limits.file_size):
            row = RowSource(path, start, end, number, None if given is None else data)
            value = None if key is None or data is None else _find_value(data, key)
            suffix = name_row("", number, None if key is None else (key, value))
            found[suffix if suffix not in found else name_row("", number)] = row
    return found


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


def row_finder(found: FoundFiles) -> FindRow | None:
    """Create what finds the place of a row in its container; None if there are no rows."""
    return functools.partial(_find_place, found) if found.rows else None


def _find_place(found: FoundFiles, name: str) -> RowPlace | None:
    """Find the place of a row in its container; None if it is no line of it."""
    path = found.corpus.get(name)
    row = None if path is None or found.rows is None else found.rows.get(path)
    return RowPlace(container_of(name), row.line - 1) if row and row.line else None


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
