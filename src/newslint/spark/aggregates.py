"""Aggregate rules: a group is never in one place, so one key may have any number of mentions.

Its statistics meet, and then the finished statistic meets the descriptions.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from newslint.engine.aggregate_parts import finish_parts, judge_member, measure_part
from newslint.engine.judge_members import MemberRules, split_results
from newslint.engine.members import Member
from newslint.execution.blocks import Block
from newslint.execution.codec import decode_text, encode_text
from newslint.spark.arrow import (
    Row,
    decode,
    dump,
    encode,
    gather,
    load,
    map_blocks,
    map_groups,
    map_rows,
)
from newslint.spark.stages import FAILED, GROUPS, JUDGED, encode_judged, report_failure

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


Tables = Sequence[MemberRules]
"""One aggregate rule each."""


def judge_aggregates(blocks: "DataFrame", tables: Tables) -> "DataFrame":
    """Judge descriptions by aggregate rules."""
    parts = gather(map_blocks(blocks, partial(_measure, tables), GROUPS), "table", "key")
    finished = map_groups(parts, partial(_finish, tables), GROUPS)
    members = map_blocks(blocks, partial(_describe, tables), f"{GROUPS}, digest binary")
    members = members.dropDuplicates(["table", "key", "digest"]).drop("digest")
    pairs = members.join(finished.withColumnRenamed("body", "finished"), ["table", "key"])
    judged = map_rows(pairs, partial(_judge, tables), JUDGED)
    return judged.unionAll(map_rows(finished, _report, JUDGED))


def _measure(tables: Tables, _name: str, block: Block) -> Iterator[Row]:
    """Measure the part of each group that is in a block."""
    members: dict[tuple[int, str], list[Member]] = {}
    for number, key, member, failure in block.collect_members(tables):
        yield from report_failure(failure)
        if key is not None:
            members.setdefault((number, key), []).append(member)
    for (number, key), found in members.items():
        part = measure_part(*tables[number].aggregate, key, found)
        yield number, encode_text(key), dump(part)


def _finish(tables: Tables, key: Row, rows: Iterator[Row]) -> Iterator[Row]:
    """Merge and finish the statistics of a group."""
    number, name = key
    if number == FAILED:
        yield next(rows)
        return
    parts = [load(body) for _, _, body in rows]
    finished = finish_parts(*tables[number].aggregate, decode_text(name), parts)
    if finished is not None:
        yield number, name, dump(finished)


def _describe(tables: Tables, _name: str, block: Block) -> Iterator[Row]:
    """Yield the descriptions in each group."""
    for number, key, member, _ in block.collect_members(tables):
        if key is not None:
            alone = encode(msgspec.structs.replace(member, places=[]))
            yield number, encode_text(key), alone, member.description.digest


def _judge(tables: Tables, rows: Iterator[Row]) -> Iterator[Row]:
    """Judge descriptions by the finished statistic of their group."""
    for number, name, body, finished in rows:
        description, key = decode(Member, body).description, decode_text(name)
        found = judge_member(*tables[number].aggregate, key, description, load(finished))
        yield from encode_judged(split_results([found]))


def _report(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the reports of rules that crashed, and of keys that failed."""
    for number, name, body in rows:
        if number == FAILED:
            yield name, body
        else:
            yield from encode_judged(split_results([load(body).crash]))
