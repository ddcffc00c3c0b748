"""Rows of a data frame as documents: their numbers, names and rules."""

from itertools import accumulate
from typing import TYPE_CHECKING

from newslint.documents.rows import name_row
from newslint.execution import UsageError
from newslint.execution.codec import decode_text
from newslint.execution.row_reader import RowReader
from newslint.execution.rulesets import RulesetResolver
from newslint.settings.tables import RowsTable
from newslint.spark.frames import find_partition, map_rows

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_MAX_REPEATED = 100_000
"""Rows with the key of an earlier row whose numbers are known to each process."""


def create_reader(frame: "DataFrame", name: str, settings: RowsTable, limit: int) -> RowReader:
    """Number the rows of a data frame.

    Raises:
        UsageError: A column is missing.
    """
    for column in filter(None, (settings.key, settings.text)):
        if column not in frame.columns:
            known = ", ".join(frame.columns)
            raise UsageError(f"no column '{column}' in {name}; its columns are: {known}")
    found = frame.selectExpr("spark_partition_id() as number").groupBy("number").count()
    counts = dict(map(tuple, found.collect()))
    numbers = range(max(counts, default=-1) + 1)
    starts = accumulate((counts.get(each, 0) for each in numbers), initial=0)
    return RowReader(name, tuple(frame.columns), settings, limit, dict(enumerate(starts)))


def read_names(
    frame: "DataFrame", reader: RowReader, resolver: RulesetResolver
) -> tuple[RowReader, list[str]]:
    """Find the rows with the key of an earlier one, and a path for each set of rules.

    Raises:
        UsageError: The key identifies few rows.
    """
    key = reader.settings.key
    named = map_rows(
        frame.selectExpr("1 as number" if key is None else f"`{key}`"),
        lambda keys: reader.name_rows(find_partition(), keys, resolver),
        "name binary, number bigint, rules binary",
    )
    paths = [decode_text(row[1]) for row in named.groupBy("rules").agg({"name": "min"}).collect()]
    if key is None:
        return reader, paths
    rank = "row_number() over (partition by name order by number) as rank"
    later = named.selectExpr("number", rank).where("rank > 1").select("number")
    found = frozenset(number for (number,) in later.limit(_MAX_REPEATED + 1).collect())
    if len(found) > _MAX_REPEATED:
        raise UsageError(
            f"the column '{key}' identifies no rows: more than {_MAX_REPEATED:,} repeat it"
        )
    paths += (name_row(reader.name, number) for number in found)
    return reader._replace(repeated=found), paths
