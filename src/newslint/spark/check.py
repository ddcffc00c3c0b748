"""Check a data frame: settings in, a data frame of diagnostics out."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.diagnostics import Diagnostic
from newslint.documents.rows import is_container
from newslint.engine.judge_members import MemberRules, list_member_rules
from newslint.execution import CheckRequest, UsageError
from newslint.execution.blocks import Block
from newslint.execution.project_files import list_project_files
from newslint.execution.request import find_project_of
from newslint.execution.rulesets import RulesetResolver
from newslint.reporters.fast_json import fast_line
from newslint.reporters.frame import FrameRow
from newslint.rules.api import CorpusRule
from newslint.settings import Registry
from newslint.spark import stages
from newslint.spark.aggregates import judge_aggregates
from newslint.spark.arrow import Row, decode, map_blocks, map_rows
from newslint.spark.documents import create_reader

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_KINDS = {int: "bigint", bool: "boolean"}
_COLUMNS = ", ".join(
    f"{name} {_KINDS.get(kind, 'string')}" for name, kind in FrameRow.__annotations__.items()
)
DIAGNOSTICS = f"{_COLUMNS}, json string"


@dataclass(frozen=True)
class SparkReport:
    """The outcome of a check.

    Attributes:
        diagnostics: A row for each diagnostic, with the columns of the format `parquet`, and the
            diagnostic of the JSON report, with its edits and related locations, in `json`.
        suppressed: The same for suppressed diagnostics, and the `reason` of the comment.
        documents: Number of documents.
        records: Number of records in them.
        mentions: Number of descriptions of articles in these.
    """

    diagnostics: "DataFrame"
    suppressed: "DataFrame"
    documents: int
    records: int
    mentions: int


def check(
    dataframe: "DataFrame", settings: str | Path | None = None, *, name: str = "rows.parquet"
) -> "DataFrame":
    """Check the rows of a data frame; return a data frame with a row for each diagnostic.

    The arguments are those of `check_rows`, and the result is its `diagnostics`.
    """
    return check_rows(dataframe, settings, name=name).diagnostics


def check_rows(
    dataframe: "DataFrame", settings: str | Path | None = None, *, name: str = "rows.parquet"
) -> SparkReport:
    """Check the rows of a data frame as `newslint check` checks those of a Parquet file.

    Args:
        dataframe: The rows. Each evaluation must give the same rows in the same partitions.
        settings: The settings file; None for that of the current folder, if there is one.
        name: The name of the data frame in paths, by which settings find its collection.

    Raises:
        UsageError: A column or a collection is missing, or a rule needs the whole archive at once.
        SettingsError: The settings cannot be used.
    """
    request = _create_request(settings, name)
    verdicts = request.verdicts.read(request)
    resolver = RulesetResolver(request.rules, has_verdicts=len(verdicts) > 0)
    limits = request.reader.limits
    _find_rules(resolver, [f"{name}#1"])
    plan = stages.Plan(resolver, request.project.registry, limits, verdicts)
    _send_plugins(plan.registry)
    rows = request.project.selection.rows(name)
    reader = create_reader(dataframe, name, rows, limits.file_size)
    blocks = stages.create_blocks(dataframe, reader, plan)
    paths, counts = _count(blocks)
    tables, aggregates = _find_rules(resolver, paths)
    groups = stages.group_members(blocks, tables)
    surveyed = stages.survey_groups(groups, tables, partial(list_project_files, request))
    judged = stages.judge_groups(groups, tables, surveyed, verdicts)
    if aggregates:
        judged = judged.unionAll(judge_aggregates(blocks, aggregates))
    closed = stages.close_blocks(blocks, judged, plan).persist()
    number = "row_number() over (partition by fingerprint order by row, path, position) as number"
    numbered = closed.selectExpr("*", number)
    reported = numbered.where("not is_suppressed").select("number", "body")
    suppressed = numbered.where("is_suppressed").select("number", "body", "reason")
    return SparkReport(
        map_rows(reported, _write_rows, DIAGNOSTICS),
        map_rows(suppressed, _write_rows, f"{DIAGNOSTICS}, reason string"),
        **counts,
    )


def _create_request(settings: str | Path | None, name: str) -> CheckRequest:
    """Create the request of a check with the rules for a data frame."""
    if not is_container(name):
        raise UsageError(f"'{name}' names no file with rows; a name is 'archive.parquet'")
    config = None if settings is None else Path.cwd() / settings
    path = Path.cwd() / "x" if config is None else config.parent / name
    project = find_project_of(path, config, plugins=True)
    return CheckRequest((project.root,), project, project.selection)


def _send_plugins(registry: Registry) -> None:
    """Send the modules of rules that other machines lack with each function."""
    from pyspark import cloudpickle

    for rule in registry:
        if not rule.__module__.startswith("newslint."):
            cloudpickle.register_pickle_by_value(sys.modules[rule.__module__])


def _find_rules(
    resolver: RulesetResolver, paths: Sequence[str]
) -> tuple[list[MemberRules], list[MemberRules]]:
    """Find the rules that compare the documents at paths: those of groups, and aggregates.

    Raises:
        UsageError: There are no rules, or one needs the whole archive at once.
    """
    every = [resolver.file_rules(path) for path in paths]
    found = [rules for rules in every if rules is not None]
    if paths and not found:
        raise UsageError(f"{paths[0]} is in no collection of the settings")
    for rule in (rule for each in found for rule in each.ruleset.rules):
        if isinstance(rule, CorpusRule):
            raise UsageError(
                f"the rule '{rule.id}' needs all records at once (CorpusRule), which Spark cannot "
                "give it; ignore it, or derive it from SurveyRule"
            )
    return list_member_rules(found)


def _count(blocks: "DataFrame") -> tuple[list[str], dict[str, int]]:
    """Map all rows; return a path for each set of rules, and the numbers of the report."""
    from pyspark.sql import functions

    def count(_name: str, block: Block) -> Iterator[Row]:
        numbers = block.count()
        yield None, None, len(block.files), numbers["records"], numbers["mentions"]
        paths = {name: file.path for name, file in block.files}
        yield from ((name, path, 0, 0, 0) for name, path in paths.items())

    names = "documents", "records", "mentions"
    schema = "rules binary, path string, documents bigint, records bigint, mentions bigint"
    counted = map_blocks(blocks, count, schema).groupBy("rules")
    found = counted.agg(functions.min("path"), *map(functions.sum, names)).collect()
    (total,) = [numbers for rules, _, *numbers in found if rules is None] or [(0, 0, 0)]
    paths = sorted(path for rules, path, *_ in found if rules is not None)
    return paths, dict(zip(names, total, strict=True))


def _write_rows(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the columns of diagnostics, whose fingerprints get a counter if they repeat."""
    for number, body, *others in rows:
        found = decode(Diagnostic, body)
        if number > 1:
            found = found.replace(fingerprint=f"{found.fingerprint}-{number}")
        yield (*FrameRow.create(found), fast_line(found), *others)
