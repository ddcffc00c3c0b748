"""Rows of a data frame as documents: their numbers, names and rules."""

from itertools import accumulate
from typing import TYPE_CHECKING

from newslint.documents.rows import name_row
from newslint.execution import UsageError
from newslint.execution.codec import decode_text
from newslint.execution.row_reader import RowReader
from newslint.execution.rulesets import RulesetResolver
from newslint.spark.frames import map_rows

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_MAX_REPEATED = 100_000
"""Rows with the key of an earlier row whose numbers are known to each process."""

PLACE = "monotonically_increasing_id()"
"""The place of a row, from which `RowReader` finds its number."""


def number_rows(
    frame: "DataFrame", reader: RowReader, resolver: RulesetResolver
) -> tuple[RowReader, list[str]]:
    """Number the rows of a data frame; find a path for each set of rules.

    Raises:
        UsageError: A column is missing, or the key identifies few rows.
    """
    name, key = reader.name, reader.settings.key
    for column in filter(None, (key, reader.settings.text)):
        if column not in frame.columns:
            known = ", ".join(frame.columns)
            raise UsageError(f"no column '{column}' in {name}; its columns are: {known}")
    found = frame.selectExpr("spark_partition_id() as part").groupBy("part").count().collect()
    counts = dict(map(tuple, found))
    starts = accumulate((counts.get(part, 0) for part in range(max(counts, default=0))), initial=0)
    reader = reader._replace(starts=[*starts])
    named = map_rows(
        frame.selectExpr(PLACE, "null" if key is None else f"`{key}`"),
        lambda rows: reader.name_rows(rows, resolver),
        "name binary, number bigint, rules binary",
    )
    paths = [decode_text(row[1]) for row in named.groupBy("rules").agg({"name": "min"}).collect()]
    if key is None:
        return reader, paths
    rank = "row_number() over (partition by name order by number) as rank"
    later = named.selectExpr("number", rank).where("rank > 1").select("number")
    repeated = frozenset(number for (number,) in later.limit(_MAX_REPEATED + 1).collect())
    if len(repeated) > _MAX_REPEATED:
        raise UsageError(
            f"the column '{key}' identifies no rows: more than {_MAX_REPEATED:,} repeat it"
        )
    paths += (name_row(name, number) for number in repeated)
    return reader._replace(repeated=repeated), paths
