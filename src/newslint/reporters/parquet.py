"""Parquet: a row for each diagnostic, for programs that query large reports."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from newslint.diagnostics import Report
from newslint.reporters.frame import FrameRow

_ROWS = 65_536
"""Rows that are written at a time."""


def write_parquet(report: Report, file: BinaryIO) -> None:
    """Write the diagnostics of a report, with the columns of a data frame (`FrameRow`)."""
    import pyarrow
    from pyarrow import parquet

    kinds = {int: pyarrow.int64(), bool: pyarrow.bool_()}
    names = FrameRow.__annotations__
    schema = pyarrow.schema(
        [
            pyarrow.field(name, kinds.get(kind, pyarrow.string()), nullable=kind == str | None)
            for name, kind in names.items()
        ]
    )
    with parquet.ParquetWriter(file, schema) as writer:
        for rows in _batches(report):
            columns: list[list[Any]] = [list(column) for column in zip(*rows, strict=True)]
            writer.write_table(pyarrow.table(columns, schema=schema))


def _batches(report: Report) -> Iterator[list[FrameRow]]:
    """Yield the rows of the diagnostics of a report, several at a time."""
    rows = map(FrameRow.create, report.diagnostics)
    while batch := list(islice(rows, _ROWS)):
        yield batch
