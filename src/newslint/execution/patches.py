"""Patch tables: the fixes of rows that are not written in place."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from newslint.documents import Document, read_document
from newslint.documents.rows import split_row
from newslint.execution.fixed_file import FixedFile
from newslint.execution.run import ProjectResult, RunResult
from newslint.syntax import Reader
from newslint.text.pointer import join_pointer


class CellChange(NamedTuple):
    """A changed value of a row.

    Attributes:
        path: The path of the table.
        key: The row: its number, or the column that identifies it and its value, as `id=7`.
        pointer: The JSON Pointer of the value, which starts with the column.
        old: The value before.
        new: The value after.
    """

    path: str
    key: str
    pointer: str
    old: Any
    new: Any


def list_changes(result: RunResult) -> Iterator[CellChange]:
    """Yield the changed values of all rows that are not written in place."""
    for part in result.parts:
        for name, file in _unwritten(part).items():
            row = split_row(name)
            if row is not None:
                path, key = part.place.join(row[0]), unquote(row[1])
                text = part.project.selection.rows(row[0]).text
                for pointer, old, new in _compare_files(name, file, text):
                    yield CellChange(path, key, pointer, old, new)


def _unwritten(part: ProjectResult) -> Mapping[str, FixedFile]:
    """Select the changed rows that are no lines of a container."""
    return {name: file for name, file in part.files.items() if file.row is None}


def _compare_files(name: str, file: FixedFile, text: str | None) -> Iterator[tuple[str, Any, Any]]:
    """Yield pointer, old and new value for each difference of two versions of a row."""
    if text is not None:
        old, new = (each.decode().removesuffix("\n") for each in (file.before, file.after))
        yield join_pointer("", text), old, new
        return
    before, after = (_value(read_document(name, content, Reader())) for content in file[1:3])
    yield from _compare(before, after, "")


def _value(document: Document) -> Any:
    """Convert the record of a document to values of Python."""
    return document.roots[0].python


def _compare(old: Any, new: Any, pointer: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield pointer, old and new value for each difference of two values.

    A list with another number of entries is one difference.
    """
    if isinstance(old, Mapping) and isinstance(new, Mapping) and old.keys() == new.keys():
        for name, value in old.items():
            yield from _compare(value, new[name], join_pointer(pointer, name))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _compare(one, other, join_pointer(pointer, index))
    elif old != new:
        yield pointer, old, new
