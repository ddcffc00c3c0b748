"""Data frames of rows (see `execution.row_stages`), and a function that maps them."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newslint.execution.partitions.spill import batches

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

    def run(found: "Iterator[pyarrow.RecordBatch]") -> "Iterator[pyarrow.RecordBatch]":
        import pyarrow

        columns = ([each.to_pylist() for each in batch.columns] for batch in found)
        rows = (row for batch in columns for row in zip(*batch, strict=True))
        for part in batches(function(rows), _BATCH):
            yield pyarrow.RecordBatch.from_arrays([*zip(*part, strict=True)], schema=types)

    return frame.mapInArrow(run, schema)


def gather(frame: "DataFrame") -> "DataFrame":
    """Put rows with equal table and key into one partition, one after the other, in order.

    A function gets many groups at once: `applyInArrow` sends each alone, which takes longer than
    judging.
    """
    return frame.repartition("tab", "key").sortWithinPartitions("tab", "key", "part")
