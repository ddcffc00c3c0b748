"""The link stage: ids of articles and stories for the URLs by which descriptions are grouped."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newslint.engine.judge_members import MemberRules
from newslint.engine.link import Links
from newslint.engine.members import project_description
from newslint.execution.blocks import Block
from newslint.records import Description
from newslint.spark.arrow import Row, decode, encode, map_rows, to_bytes

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_FIELDS = frozenset({"title", "excerpt"})


def link_keys(blocks: "DataFrame", tables: Sequence[MemberRules]) -> "DataFrame":
    """Find the id for each key that is a URL of a linked article or story."""

    def describe(rows: Iterator[Row]) -> Iterator[Row]:
        for _, body in rows:
            for each in decode(Block, body).descriptions.values():
                if each.is_record and each.urls:
                    yield each.digest, encode(project_description(each, _FIELDS))

    rows = map_rows(blocks, describe, "digest binary, body binary").dropDuplicates(["digest"])
    links = Links(decode(Description, body) for _, body in rows.collect())
    found = [
        (number, to_bytes(url), to_bytes(name))
        for number, table in enumerate(tables)
        for url, name in links.select(table.keyed.keys).items()
    ]
    return blocks.sparkSession.createDataFrame(found, "table int, key binary, id binary")
