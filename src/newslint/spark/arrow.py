"""Functions that Spark calls with Arrow batches, from functions of rows and of sorted groups."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from newslint.execution import codec
from newslint.execution.blocks import Block

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

T = TypeVar("T")

Row = tuple[Any, ...]
Batches = Iterator["pyarrow.RecordBatch"]

_ROWS = 512
"""Rows of a batch that a function yields; each may contain a block."""


def map_rows(
    frame: "DataFrame", function: Callable[[Iterator[Row]], Iterable[Row]], schema: str
) -> "DataFrame":
    """Apply a function to the rows of each partition."""
    from pyspark.sql.pandas.types import to_arrow_schema
    from pyspark.sql.types import StructType

    types = to_arrow_schema(StructType.fromDDL(schema))

    def run(batches: Batches) -> Batches:
        return write_batches(function(read_rows(batches)), types)

    return frame.mapInArrow(run, schema)


def map_groups(
    frame: "DataFrame",
    function: Callable[[Row, Iterator[Row]], Iterable[Row]],
    schema: str,
    keys: int = 2,
) -> "DataFrame":
    """Apply a function to each group of rows that `gather` has put together.

    The function gets the values of the first columns, which are equal, and the rows. Batches
    contain many groups: `applyInArrow` sends each alone, which takes longer than to judge it.
    """

    def run(rows: Iterator[Row]) -> Iterator[Row]:
        for key, group in groupby(rows, itemgetter(slice(keys))):
            yield from function(key, group)

    return map_rows(frame, run, schema)


def map_blocks(
    blocks: "DataFrame", function: Callable[[str, Block], Iterable[Row]], schema: str
) -> "DataFrame":
    """Apply a function to each block and its name."""

    def run(rows: Iterator[Row]) -> Iterator[Row]:
        for name, body in rows:
            yield from function(name, decode(Block, body))

    return map_rows(blocks, run, schema)


def gather(frame: "DataFrame", *keys: str, order: Sequence[str] = ()) -> "DataFrame":
    """Put rows with equal keys into one partition, one after the other, sorted by more columns."""
    return frame.repartition(*keys).sortWithinPartitions(*keys, *order)


def read_rows(batches: Batches) -> Iterator[Row]:
    """Yield the rows of batches."""
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def write_batches(rows: Iterable[Row], schema: "pyarrow.Schema") -> Batches:
    """Yield rows as batches."""
    import pyarrow

    waiting = iter(rows)
    while part := list(islice(waiting, _ROWS)):
        columns = zip(*part, strict=True)
        arrays = [
            pyarrow.array(list(column), field.type)
            for column, field in zip(columns, schema, strict=True)
        ]
        yield pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


def encode(value: msgspec.Struct) -> bytes:
    """Encode a value, as a pickle if MessagePack lacks a part of it, such as a large integer."""
    try:
        return b"m" + codec.encode(value)
    except codec.CodecError:
        return b"p" + dump(value)


def decode(kind: type[T], data: bytes) -> T:
    """Decode a value of a type that `encode` has encoded."""
    if data[:1] == b"p":
        found: T = load(data[1:])
        return found
    return codec.decode(memoryview(data)[1:], kind)


def dump(value: object) -> bytes:
    """Pickle a value, which may be of a class of a plugin."""
    from pyspark import cloudpickle

    return bytes(cloudpickle.dumps(value))


def load(data: bytes) -> Any:
    """Read a value that `dump` has pickled; Spark itself sends functions like that."""
    from pyspark import cloudpickle

    return cloudpickle.loads(data)
