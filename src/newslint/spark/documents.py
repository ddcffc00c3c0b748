"""Rows of a data frame as documents: their names and contents, as those of a Parquet file."""

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from newslint.execution import UsageError
from newslint.execution.row_reader import RowReader
from newslint.settings.tables import RowsTable
from newslint.spark.arrow import map_rows

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_MAX_REPEATED = 100_000
"""Rows with the key of an earlier row whose numbers are known to each process."""


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
    starts = dict(zip(numbers, accumulate((counts[each] for each in numbers), initial=0)))  # noqa: B905 # one more
    reader = RowReader(name, tuple(frame.columns), settings, limit, starts)
    if settings.key is None:
        return reader
    return reader._replace(repeated=_find_repeated(frame, reader, settings.key))


def _find_repeated(frame: "DataFrame", reader: RowReader, key: str) -> frozenset[int]:
    """Find the numbers of rows with the key of an earlier row.

    Raises:
        UsageError: There are many.
    """
    named = map_rows(
        frame.select(f"`{key}`"),
        lambda rows: reader.name_keys(find_partition(), rows),
        "name string, number bigint",
    )
    rank = "row_number() over (partition by name order by number) as rank"
    later = named.selectExpr("number", rank).where("rank > 1").select("number")
    found = frozenset(each[0] for each in later.limit(_MAX_REPEATED + 1).collect())
    if len(found) > _MAX_REPEATED:
        raise UsageError(
            f"the column '{key}' identifies no rows: more than {_MAX_REPEATED:,} repeat it"
        )
    return found
