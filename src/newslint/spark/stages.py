"""The stages of a check as transformations of data frames: which rows meet.

Blocks of documents, groups and parts of groups are processed by `newslint.execution.blocks` and
`newslint.engine`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.documents.rows import row_order
from newslint.engine.close import FileReport
from newslint.engine.findings import Judgement
from newslint.engine.judge_members import Judged, MemberRules, Surveyed, split_results
from newslint.engine.members import Member, build_group
from newslint.engine.survey_parts import SurveyRound, run_surveys
from newslint.execution.blocks import Block, BlockMapper, close_block
from newslint.execution.codec import decode_text, encode_text
from newslint.execution.row_reader import RowReader
from newslint.execution.rulesets import RulesetResolver
from newslint.records import Group, ProjectFiles
from newslint.records.verdicts import Verdicts
from newslint.settings import Registry
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
from newslint.spark.documents import find_partition
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
_BLOCKS = "block string, body binary"
_CLOSED = (
    "fingerprint string, row bigint, path string, position int, is_suppressed boolean, "
    "reason string, body binary"
)


class Plan(NamedTuple):
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


def create_blocks(frame: "DataFrame", reader: RowReader, plan: Plan) -> "DataFrame":
    """Map the rows of a data frame to blocks, each with a name."""

    def run(rows: Iterator[Row]) -> Iterator[Row]:
        partition = find_partition()
        mapper, documents = BlockMapper(plan.resolver, plan.limits), reader.read(partition, rows)
        for number in count():
            part = list(islice(documents, _DOCUMENTS))
            if not part:
                return
            yield f"{partition}:{number}", encode(mapper.map(part))

    return map_rows(frame, run, _BLOCKS).persist()


def group_members(blocks: "DataFrame", tables: Sequence[MemberRules]) -> "DataFrame":
    """Group the members of all blocks by table and key."""

    def run(_name: str, block: Block) -> Iterator[Row]:
        for number, key, member, failure in block.collect_members(tables):
            yield from report_failure(failure)
            if key is not None:
                yield number, encode_text(key), encode(member)

    members = map_blocks(blocks, run, GROUPS)
    if any(each.has_links for each in tables):
        links = link_keys(blocks, tables)
        members = members.join(links, ["table", "key"], "left")
        members = members.selectExpr("table", "coalesce(id, key) as key", "body")
    return gather(members, "table", "key").persist()


def survey_groups(
    groups: "DataFrame", tables: Sequence[MemberRules], list_files: Callable[[], ProjectFiles]
) -> Surveyed:
    """Measure groups by all survey rules."""

    def measure(part: SurveyRound) -> Iterator[tuple[bytes, Any]]:
        def run(rows: Iterator[Row]) -> Iterator[Row]:
            return ((name, dump(found)) for name, found in part.measure(_read_groups(rows)))

        selected = groups.where(groups["table"].isin(part.tables))
        found = map_rows(selected, run, JUDGED).collect()
        return ((bytes(name), load(body)) for name, body in found)

    def find_first(number: int) -> Group:
        rows = groups.where(groups["table"] == number)
        ((least,),) = rows.agg({"key": "min"}).collect()
        ((_, group),) = _read_groups(rows.where(rows["key"] == least).collect())
        return group

    return run_surveys(tables, list_files, measure, find_first)


def _read_groups(rows: Iterable[Row]) -> Iterator[tuple[int, Group]]:
    """Yield the groups of a partition, with the numbers of their tables."""
    for (number, key), found in groupby(rows, itemgetter(0, 1)):
        members = [decode(Member, body) for _, _, body in found]
        yield number, build_group(decode_text(key), members, is_placed=True)


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

    def close(rows: Iterator[Row]) -> Iterator[Row]:
        for _, body, found in rows:
            results = [decode(Judged, each) for each in found or ()]
            for report in close_block(decode(Block, body), results, plan.resolver, plan.registry):
                yield from _list_diagnostics(report)

    names = map_blocks(
        blocks,
        lambda name, block: ((each, name) for each in block.names),
        "name binary, block string",
    )
    found = judged.join(names, "name").groupBy("block").agg({"body": "collect_list"})
    shrunk = map_blocks(blocks, lambda name, block: [(name, encode(block.shrink()))], _BLOCKS)
    return map_rows(shrunk.join(found.toDF("block", "found"), "block", "left"), close, _CLOSED)


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
