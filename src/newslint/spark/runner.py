"""The stages of a check as transformations of data frames: which rows meet.

Blocks of documents, groups and parts of groups are processed by `newslint.execution.blocks` and
`newslint.engine`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import TYPE_CHECKING

from newslint.documents.rows import row_order
from newslint.engine.close import FileReport
from newslint.engine.findings import Judgement
from newslint.engine.judge_members import Judged, MemberRules, Surveyed, split_results
from newslint.engine.members import Member
from newslint.execution.blocks import Block, BlockMapper, close_block
from newslint.execution.codec import decode_text, encode_text
from newslint.execution.rulesets import RulesetResolver
from newslint.records.verdicts import Verdicts
from newslint.settings import Registry
from newslint.spark.arrow import (
    Row,
    decode,
    encode,
    gather,
    map_groups,
    map_rows,
)
from newslint.spark.documents import RowReader, find_partition
from newslint.spark.link import link_keys
from newslint.syntax import Limits

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_DOCUMENTS = 64
"""Documents of a block."""

FAILED = -1
"""The table of reports on key functions that failed."""

GROUPS = "table int, key binary, body binary"
JUDGED = "name binary, body binary"
CLOSED = (
    "fingerprint string, row bigint, path string, position int, is_suppressed boolean, "
    "reason string, body binary"
)


@dataclass(frozen=True)
class Plan:
    """Rules and options for the processes of a run.

    Attributes:
        resolver: The rules of each document.
        registry: All rules that suppression comments may name.
        limits: Limits of a document.
        verdicts: Verdicts on addresses.
    """

    resolver: RulesetResolver
    registry: Registry
    limits: Limits
    verdicts: Verdicts


def map_blocks(frame: "DataFrame", reader: RowReader, plan: Plan) -> "DataFrame":
    """Map the rows of a data frame to blocks, each with a name."""

    def run(rows: Iterator[Row]) -> Iterator[Row]:
        mapper = BlockMapper(plan.resolver, plan.limits)
        documents, partition = reader.read(rows), find_partition()
        for number in count():
            part = list(islice(documents, _DOCUMENTS))
            if not part:
                return
            yield f"{partition}:{number}", encode(mapper.map(part))

    return map_rows(frame, run, "block string, body binary").persist()


def group_members(blocks: "DataFrame", tables: Sequence[MemberRules]) -> "DataFrame":
    """Group the members of all blocks by table and key."""

    def run(rows: Iterator[Row]) -> Iterator[Row]:
        for _, body in rows:
            for number, key, member, failure in decode(Block, body).collect_members(tables):
                yield from report_failure(failure)
                if key is not None:
                    yield number, encode_text(key), encode(member)

    members = map_rows(blocks, run, GROUPS)
    if any(each.has_links for each in tables):
        links = link_keys(blocks, tables)
        members = members.join(links, ["table", "key"], "left")
        members = members.selectExpr("table", "coalesce(id, key) as key", "body")
    return gather(members, "table", "key").persist()


def judge_groups(
    groups: "DataFrame", tables: Sequence[MemberRules], surveyed: Surveyed, verdicts: Verdicts
) -> "DataFrame":
    """Judge groups by all rules but aggregates."""

    def run(key: Row, rows: Iterator[Row]) -> Iterator[Row]:
        number, name = key
        if number == FAILED:
            yield name, next(rows)[2]
            return
        members = [decode(Member, body) for _, _, body in rows]
        judged = tables[number].judge(decode_text(name), members, surveyed, verdicts)
        yield from encode_judged(judged)

    return map_groups(groups, run, JUDGED)


def close_blocks(blocks: "DataFrame", judged: "DataFrame", plan: Plan) -> "DataFrame":
    """Close the documents of blocks; a row for each diagnostic."""

    def name(rows: Iterator[Row]) -> Iterator[Row]:
        for block, body in rows:
            yield from ((each, block) for each in decode(Block, body).names)

    def shrink(rows: Iterator[Row]) -> Iterator[Row]:
        for block, body in rows:
            yield block, encode(decode(Block, body).shrink())

    def close(rows: Iterator[Row]) -> Iterator[Row]:
        for _, body, found in rows:
            results = [decode(Judged, each) for each in found or ()]
            for report in close_block(decode(Block, body), results, plan.resolver, plan.registry):
                yield from _list_diagnostics(report)

    names = map_rows(blocks, name, "name binary, block string")
    found = judged.join(names, "name").groupBy("block").agg({"body": "collect_list"})
    shrunk = map_rows(blocks, shrink, "block string, body binary")
    return map_rows(shrunk.join(found.toDF("block", "found"), "block", "left"), close, CLOSED)


def _list_diagnostics(report: FileReport) -> Iterator[Row]:
    """Yield a row for each diagnostic of a document, and then for each suppressed one."""
    _, row, _ = row_order(report.path)
    every = [
        *((each, False, None) for each in report.diagnostics),
        *((each.diagnostic, True, each.reason) for each in report.suppressed),
    ]
    for position, (found, is_suppressed, reason) in enumerate(every):
        yield found.fingerprint, row, report.path, position, is_suppressed, reason, encode(found)


def report_failure(failure: Judgement) -> Iterator[Row]:
    """Yield rows, in the table of failures, for a report that a description has no keys."""
    for name, judged in split_results([failure]).items():
        yield FAILED, name, encode(judged)


def encode_judged(judged: Mapping[bytes, Judged]) -> Iterator[Row]:
    """Yield a row for each result of the judge stage."""
    return ((name, encode(each)) for name, each in judged.items())
