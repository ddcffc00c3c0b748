"""Check a data frame: settings in, a data frame of diagnostics out."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.documents.rows import name_row
from newslint.engine.survey_parts import Surveyed, SurveyRound, run_surveys
from newslint.execution import CheckRequest
from newslint.execution.codec import decode_text
from newslint.execution.link_rows import Row
from newslint.execution.project_files import list_project_files
from newslint.execution.request import find_project_of
from newslint.execution.row_reader import MAX_REPEATED, RowReader
from newslint.execution.row_stages import BLOCK, COUNT, FAILED, NAME, RowStages, add_counts, load
from newslint.execution.rulesets import RulesetResolver
from newslint.records import Group, ProjectFiles
from newslint.reporters.fast_json import fast_line
from newslint.reporters.frame import FrameRow
from newslint.spark.frames import gather, map_rows
from newslint.spark.links import link_keys

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_KINDS = {int: "bigint", bool: "boolean"}
_TYPES = [(name, _KINDS.get(kind, "string")) for name, kind in FrameRow.__annotations__.items()]
_COLUMNS = ", ".join(map(" ".join, [*_TYPES, ("json", "string"), ("reason", "string")]))
_PLACE = "monotonically_increasing_id()"
"""The place of a row, from which `RowReader` finds its number."""

_MERGED = 64
"""Parts whose statistics are merged before the driver gets them; one may have ten megabytes."""


class SparkReport(NamedTuple):
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
    config = None if settings is None else Path(settings)
    project = find_project_of(Path.cwd(), config, plugins=True)
    request = CheckRequest((project.root,), project, project.selection)
    stages, reader = _plan(request, dataframe, name)
    rows = dataframe.selectExpr(_PLACE, "*")
    mapped = map_rows(rows, lambda found: stages.map(reader.read(found))).persist()
    members = mapped.where(f"tab >= {FAILED}")
    if any(each.has_links for each in stages.tables):
        members = members.join(link_keys(mapped, stages.tables), ["tab", "key"], "left")
        members = members.selectExpr("tab", "coalesce(id, key) as key", "part", "body")
    groups = gather(members).persist()
    surveyed = _survey(groups, stages, partial(list_project_files, request))
    judged = map_rows(groups, partial(stages.judge, surveyed)).select("key", "body")
    found = judged.join(mapped.where(f"tab = {NAME}").select("key", "part"), "key")
    found = found.selectExpr(f"{BLOCK} as tab", "part as key", "key as part", "body")
    blocks = gather(mapped.where(f"tab = {BLOCK}").unionAll(found))
    closed = gather(map_rows(blocks, stages.close)).persist()
    numbered = map_rows(closed, partial(_write, stages), _COLUMNS)
    counts = add_counts(row.body for row in mapped.where(f"tab = {COUNT}").collect())
    return SparkReport(
        numbered.where("reason is null").drop("reason"),
        numbered.where("reason is not null"),
        *counts,
    )


def _plan(request: CheckRequest, dataframe: "DataFrame", name: str) -> tuple[RowStages, RowReader]:
    """Find the rules of all rows, and send those of plugins, which other machines lack.

    Raises:
        UsageError: A column is missing, or a rule cannot be used.
    """
    from pyspark import cloudpickle

    for rule in request.project.registry:
        if not rule.__module__.startswith("newslint."):
            cloudpickle.register_pickle_by_value(sys.modules[rule.__module__])
    reader = RowReader.create(request, name, dataframe.columns)
    stages = RowStages.create(request, f"{name}#1", cloudpickle.dumps)
    reader, paths = _number_rows(dataframe, reader, stages.resolver)
    return (stages.with_tables_of(paths) if paths else stages), reader


def _number_rows(
    frame: "DataFrame", reader: RowReader, resolver: RulesetResolver
) -> tuple[RowReader, list[str]]:
    """Number the rows of a data frame; find a path for each set of rules.

    Raises:
        UsageError: The key identifies few rows.
    """
    name, key = reader.name, reader.settings.key
    found = frame.selectExpr("spark_partition_id() as part").groupBy("part").count().collect()
    reader = reader.number_parts(dict(map(tuple, found)))
    named = map_rows(
        frame.selectExpr(_PLACE, "null" if key is None else f"`{key}`"),
        lambda rows: reader.name_rows(rows, resolver),
        "name binary, number bigint, rules binary",
    )
    paths = [decode_text(row[1]) for row in named.groupBy("rules").agg({"name": "min"}).collect()]
    if key is None:
        return reader, paths
    first = "min(number) over (partition by name) as first"
    later = named.selectExpr("number", first).where("number > first").select("number")
    reader = reader.number_repeated(number for (number,) in later.limit(MAX_REPEATED + 1).collect())
    return reader, [*paths, *(name_row(name, number) for number in reader.repeated)]


def _survey(
    groups: "DataFrame", stages: RowStages, list_files: Callable[[], ProjectFiles]
) -> Surveyed:
    """Measure groups by all survey rules."""

    def measure(part: SurveyRound) -> Iterator[tuple[bytes, list[Any]]]:
        selected = groups.where(groups["tab"].isin([*part.surveys]))
        measured = map_rows(selected, partial(stages.measure, part))
        number = f"spark_partition_id() div {_MERGED} as tab"
        parts = measured.selectExpr(number, "key", "part", "body")
        found = map_rows(gather(parts), partial(stages.merge, part)).collect()
        return ((bytes(row.key), load(row.body)) for row in found)

    def find_first(number: int) -> Group:
        rows = groups.where(f"tab = {number}")
        ((least,),) = rows.agg({"key": "min"}).collect()
        return stages.build_group(rows.where(rows["key"] == least).collect())

    surveys = [each.keyed.surveys for each in stages.tables]
    return run_surveys(surveys, list_files, measure, find_first)


def _write(stages: RowStages, rows: Iterator[Row]) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of diagnostics."""
    for found, reason in stages.number(rows):
        yield (*FrameRow.create(found), fast_line(found), reason)
