"""Data frames of rows (see `execution.row_stages`), and functions that map them."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

ROW = "tab int, key binary, part binary, body binary"
"""The columns of a table, a key, the order among rows with that key, and a value."""

_BATCH = 512
"""Rows of a batch that a function yields; each may contain the results of many documents."""


def map_rows(
    frame: "DataFrame",
    function: Callable[[Iterator[Any]], Iterable[tuple[Any, ...]]],
    schema: str = ROW,
) -> "DataFrame":
    """Apply a function to the rows of each partition."""
    from pyspark.sql.pandas.types import to_arrow_schema
    from pyspark.sql.types import StructType

    types = to_arrow_schema(StructType.fromDDL(schema))

    def run(batches: "Iterator[pyarrow.RecordBatch]") -> "Iterator[pyarrow.RecordBatch]":
        rows = (
            row
            for batch in batches
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)
        )
        return _write_batches(function(rows), types)

    return frame.mapInArrow(run, schema)


def map_groups(
    frame: "DataFrame",
    function: Callable[[Iterator[Any]], Iterable[tuple[Any, ...]]],
    schema: str = ROW,
) -> "DataFrame":
    """Apply a function to the rows of each partition, which has all rows of its keys, sorted.

    Batches contain many groups: `applyInArrow` sends each alone, which takes longer than judging.
    """
    return map_rows(gather(frame), function, schema)


def gather(frame: "DataFrame") -> "DataFrame":
    """Put rows with equal table and key into one partition, one after the other, in order."""
    return frame.repartition("tab", "key").sortWithinPartitions("tab", "key", "part")


def find_partition() -> int:
    """Find the number of the partition that this process works on."""
    from pyspark import TaskContext

    context = TaskContext.get()
    assert context is not None  # noqa: S101 # Spark calls it
    return int(context.partitionId())


def _write_batches(
    rows: Iterable[tuple[Any, ...]], schema: "pyarrow.Schema"
) -> "Iterator[pyarrow.RecordBatch]":
    """Yield rows as batches."""
    import pyarrow

    waiting = iter(rows)
    while part := [*islice(waiting, _BATCH)]:
        columns = zip(*part, strict=True)
        arrays = [
            pyarrow.array(each, kind) for each, kind in zip(columns, schema.types, strict=True)
        ]
        yield pyarrow.RecordBatch.from_arrays(arrays, schema=schema)
