"""Rows of a data frame as documents: their names and contents, as those of a Parquet file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from newslint.documents.files import too_large_message
from newslint.documents.rows import name_row
from newslint.execution import UsageError
from newslint.execution.tables import create_row
from newslint.settings.tables import RowsTable
from newslint.spark.arrow import Row, map_rows

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_MAX_REPEATED = 100_000
"""Rows with the key of an earlier row whose numbers are known to each process."""


class RowReader(NamedTuple):
    """Reads rows as documents.

    Attributes:
        name: The name of the data frame in paths.
        columns: The columns.
        settings: How rows are read.
        limit: The greatest size of a document in bytes.
        starts: Numbers of rows before each partition.
        repeated: Numbers of rows with the key of an earlier row.
    """

    name: str
    columns: tuple[str, ...]
    settings: RowsTable
    limit: int
    starts: dict[int, int]
    repeated: frozenset[int] = frozenset()

    def read(self, rows: Iterable[Row]) -> Iterator[tuple[str, bytes | str]]:
        """Yield the path and the content of each row of a partition, or why there is none."""
        key = self.settings.key
        for number, row in self.number(rows):
            found = create_row(number, dict(zip(self.columns, row, strict=True)), key)
            content = found.encode(self.settings.text)
            if isinstance(content, bytes) and len(content) > self.limit:
                content = too_large_message(len(content), self.limit)
            yield (
                name_row(self.name, number, None if number in self.repeated else found.key),
                content,
            )

    def number(self, rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
        """Number the rows of a partition."""
        return enumerate(rows, self.starts[find_partition()] + 1)

    def name_keys(self, rows: Iterable[Row]) -> Iterator[tuple[str, int]]:
        """Yield the names of rows whose only column is the key, with their numbers."""
        for number, (value,) in self.number(rows):
            yield name_row(self.name, number, (str(self.settings.key), value)), number


def find_partition() -> int:
    """Find the number of the partition that this process works on."""
    from pyspark import TaskContext

    context = TaskContext.get()
    assert context is not None  # noqa: S101 # Spark calls it
    return int(context.partitionId())


def create_reader(frame: "DataFrame", name: str, settings: RowsTable, limit: int) -> RowReader:
    """Number the rows of a data frame, and find those with the key of an earlier one.

    Raises:
        UsageError: A column is missing, or the key identifies few rows.
    """
    for column in filter(None, (settings.key, settings.text)):
        if column not in frame.columns:
            known = ", ".join(frame.columns)
            raise UsageError(f"no column '{column}' in {name}; its columns are: {known}")
    found = frame.selectExpr("spark_partition_id() as number").groupBy("number").count()
    counts = Counter({each[0]: each[1] for each in found.collect()})
    numbers = range(max(counts, default=-1) + 1)
    before = accumulate((counts[each] for each in numbers), initial=0)
    reader = RowReader(
        name, tuple(frame.columns), settings, limit, dict(zip(numbers, before, strict=False))
    )
    if settings.key is None:
        return reader
    return reader._replace(repeated=_find_repeated(frame, reader, settings.key))


def _find_repeated(frame: "DataFrame", reader: RowReader, key: str) -> frozenset[int]:
    """Find the numbers of rows with the key of an earlier row.

    Raises:
        UsageError: There are many.
    """
    named = map_rows(frame.select(f"`{key}`"), reader.name_keys, "name string, number bigint")
    rank = "row_number() over (partition by name order by number) as rank"
    later = named.selectExpr("number", rank).where("rank > 1").select("number")
    found = frozenset(each[0] for each in later.limit(_MAX_REPEATED + 1).collect())
    if len(found) > _MAX_REPEATED:
        raise UsageError(
            f"the column '{key}' identifies no rows: more than {_MAX_REPEATED:,} repeat it"
        )
    return found
