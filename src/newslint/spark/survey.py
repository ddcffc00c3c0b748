"""The survey stage: statistics of the archive, merged in each partition and then here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from newslint.engine.findings import Judgement, attempt
from newslint.engine.judge_members import (
    CrashedSurvey,
    MemberRules,
    Surveyed,
    combine_safely,
    measure_survey,
)
from newslint.engine.members import Member, build_group
from newslint.execution.codec import decode_text
from newslint.records import Group, ProjectFiles
from newslint.rules.api import SurveyRule
from newslint.spark.arrow import Row, decode, dump, load, map_rows

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_MERGED = 1000
"""Statistics that are merged at a time."""

Survey = tuple[int, bytes, SurveyRule]
"""The number of a table, and a rule of it with its digest."""


def measure_surveys(
    groups: "DataFrame", tables: Sequence[MemberRules], list_files: Callable[[], ProjectFiles]
) -> Surveyed:
    """Measure groups by all survey rules, a round at a time.

    Args:
        groups: The members of groups, gathered by table and key.
        tables: The rules.
        list_files: Lists the files of the project, if a rule reads them.
    """
    surveys = [
        (number, name, rule)
        for number, table in enumerate(tables)
        for name, rule in table.keyed.surveys.items()
    ]
    given = {name: (list_files(),) if rule.reads_files else () for _, name, rule in surveys}
    found: dict[bytes, Any] = dict(given)
    for number in range(max((rule.rounds for _, _, rule in surveys), default=0)):
        active = [
            survey
            for survey in surveys
            if survey[2].rounds > number and not isinstance(found[survey[1]], CrashedSurvey)
        ]
        parts = _measure(groups, active, found, {name: len(each) for name, each in given.items()})
        for survey in active:
            if survey[1] in parts:
                found[survey[1]] = _finish(groups, survey, parts[survey[1]], found[survey[1]])
    return found


def _measure(
    groups: "DataFrame",
    surveys: list[Survey],
    finished: Mapping[bytes, Any],
    given: dict[bytes, int],
) -> dict[bytes, list[Any]]:
    """Measure groups in one round; return the merged statistics of each partition."""
    if not surveys:
        return {}
    numbers = sorted({number for number, _, _ in surveys})

    selected = groups.where(groups["table"].isin(numbers))
    found: dict[bytes, list[Any]] = {}
    for name, body in map_rows(
        selected, partial(_measure_part, surveys, finished, given), "name binary, body binary"
    ).collect():
        found.setdefault(bytes(name), []).append(load(body))
    return found


def _measure_part(
    surveys: list[Survey],
    finished: Mapping[bytes, Any],
    given: dict[bytes, int],
    rows: Iterator[Row],
) -> Iterator[Row]:
    """Measure the groups of a partition; yield the merged statistic of each rule."""
    parts: dict[bytes, list[Any]] = {name: [] for _, name, _ in surveys}
    for group, number in read_groups(rows):
        for table, name, rule in surveys:
            if table == number:
                part = measure_survey(name, rule, group, finished[name], given[name])
                parts[name] += [] if isinstance(part, Judgement) else [part]
                if len(parts[name]) >= _MERGED:
                    parts[name] = _merge(rule, parts[name], finished[name])
    for _, name, rule in surveys:
        for part in _merge(rule, parts[name], finished[name]):
            yield name, dump(part)


def read_groups(rows: Iterator[Row]) -> Iterator[tuple[Group, int]]:
    """Yield the groups of a partition, with the numbers of their tables."""
    for (number, key), members in groupby(rows, itemgetter(0, 1)):
        yield (
            build_group(
                decode_text(key), [decode(Member, body) for _, _, body in members], is_placed=True
            ),
            number,
        )


def _merge(rule: SurveyRule, parts: list[Any], finished: Any) -> list[Any]:
    """Merge statistics of a round, if that does not fail."""
    return combine_safely(parts, lambda each: rule.merge(each, finished))


def _finish(groups: "DataFrame", survey: Survey, parts: list[Any], finished: Any) -> Any:
    """Finish a round; return all finished statistics, or the report that the rule crashed."""
    number, name, rule = survey

    def finish() -> Any:
        return rule.finish(rule.merge(parts, finished), finished)

    try:
        return (*finished, finish())
    except Exception:  # noqa: BLE001 # it is reported as in a run in memory
        rows = groups.where(groups["table"] == number)
        first = rows.orderBy("key").select("key").first()
        assert first is not None  # noqa: S101 # there is a statistic, and so a group
        members = rows.where(rows["key"] == first[0]).collect()
        group, _ = next(read_groups(iter(members)))
        judgement = attempt(name, rule, group, finish)
        findings = judgement.findings if isinstance(judgement, Judgement) else []
        return CrashedSurvey(group.key, findings)
