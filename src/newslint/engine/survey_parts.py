"""Surveys of runs without a workspace: statistics of groups are merged in each part of the archive.

The statistics of all parts are merged then, and finished, a round at a time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from newslint.engine.findings import Judgement, attempt
from newslint.engine.survey import judge_surveyed
from newslint.records import Group, ProjectFiles
from newslint.rules.api import SurveyRule

_MERGED = 2048
"""Number of statistics that are merged at a time."""

Surveys = Mapping[bytes, SurveyRule]
"""Survey rules with the same key function, by digest of the rule and its options."""


class Finished(NamedTuple):
    """The results of the rounds of a survey that have ended.

    Attributes:
        statistics: The arguments of the rule: project files, if it reads them, and the finished
            statistics of the rounds.
        has_failed: Whether the rule crashed on a group in one of them.
    """

    statistics: tuple[Any, ...]
    has_failed: bool = False


class CrashedSurvey(NamedTuple):
    """A survey rule that crashed on the statistic of the archive.

    Attributes:
        key: The key of the group at which that is reported, the smallest.
        findings: The report.
    """

    key: str
    findings: Sequence[Any]


Surveyed = Mapping[bytes, Finished | CrashedSurvey]
"""The results of survey rules, by digest of the rule."""


class SurveyRound(NamedTuple):
    """One round of surveys.

    Attributes:
        surveys: The surveys, by the number of their key function.
        finished: The results of the rounds before.
    """

    surveys: Mapping[int, Surveys]
    finished: Mapping[bytes, Any]

    def measure(self, groups: Iterable[tuple[int, Group]]) -> Iterator[tuple[bytes, list[Any]]]:
        """Measure groups in a part of the archive.

        Args:
            groups: The groups, with the numbers of their key functions.

        Yields:
            The digest of a rule with a merged statistic; with none if it crashed on a group.
        """
        parts: dict[bytes, list[Any]] = {}
        for number, group in groups:
            for name, rule in self.surveys.get(number, {}).items():
                done = self.finished[name]
                found = _measure(name, rule, group, done, len(done.statistics))
                if isinstance(found, Judgement):
                    yield name, []
                    continue
                waiting = parts.setdefault(name, [])
                waiting.append(found)
                if len(waiting) >= _MERGED:
                    parts[name] = _merge(rule, waiting, done)
        for name, rule in (each for surveys in self.surveys.values() for each in surveys.items()):
            if name in parts:
                yield name, _merge(rule, parts[name], self.finished[name])

    def merge(self, name: bytes, parts: Iterable[list[Any]]) -> Iterator[tuple[bytes, list[Any]]]:
        """Merge what `measure` has yielded for a rule, one after the other."""
        rule = next(each[name] for each in self.surveys.values() if name in each)
        merged: list[Any] = []
        for part in parts:
            if not part:
                yield name, []
            else:
                merged = _merge(rule, [*merged, *part], self.finished[name])
        if merged:
            yield name, merged


def run_surveys(
    surveys: Sequence[Surveys],
    list_files: Callable[[], ProjectFiles],
    measure: Callable[[SurveyRound], Iterable[tuple[bytes, list[Any]]]],
    find_first: Callable[[int], Group],
) -> Surveyed:
    """Run all surveys, a round at a time.

    Args:
        surveys: The rules of each key function.
        list_files: Lists the files of the project, if a rule reads them.
        measure: Measures all parts of the archive.
        find_first: Finds the group of a key function with the smallest key.
    """
    rules = {name: rule for each in surveys for name, rule in each.items()}
    found: dict[bytes, Any] = {
        name: Finished((list_files(),) if rule.reads_files else ()) for name, rule in rules.items()
    }
    for number in range(max((rule.rounds for rule in rules.values()), default=0)):
        active = {
            table: {
                name: rule
                for name, rule in each.items()
                if rule.rounds > number and isinstance(found[name], Finished)
            }
            for table, each in enumerate(surveys)
        }
        active = {table: each for table, each in active.items() if each}
        parts: dict[bytes, list[Any]] = {}
        failed = set[bytes]()
        for name, part in measure(SurveyRound(active, found)) if active else ():
            parts.setdefault(name, []).extend(part)
            failed.update(() if part else [name])
        for table, each in active.items():
            for name in each.keys() & parts.keys():
                done = found[name]
                done = done._replace(has_failed=done.has_failed or name in failed)
                first = partial(find_first, table)
                found[name] = _finish(name, each[name], parts[name], done, first)
    return found


def judge_surveys(surveys: Surveys, group: Group, surveyed: Surveyed) -> Iterator[Judgement]:
    """Judge a group by survey rules, given the results of all groups."""
    for name, rule in surveys.items():
        done = surveyed[name]
        if isinstance(done, CrashedSurvey):
            failed = frozenset(each.digest for each in group.descriptions)
            yield Judgement([*done.findings] if group.key == done.key else [], failed)
            continue
        statistic = _measure(name, rule, group, done, len(done.statistics) - 1)
        if isinstance(statistic, Judgement):
            yield statistic
        else:
            yield judge_surveyed(name, rule, group, statistic, done.statistics)


def _measure(name: bytes, rule: SurveyRule, group: Group, done: Finished, number: int) -> Any:
    """Measure a group, given the first arguments; return a judgement if the rule crashes.

    If it has crashed on any group before, the earlier rounds are repeated, since it reports the
    first crash on a group only.
    """
    statistic: Any = None
    for each in range(int(rule.reads_files) if done.has_failed else number, number + 1):
        arguments = done.statistics[:each]
        statistic = attempt(name, rule, group, partial(rule.measure, group, arguments))
        if isinstance(statistic, Judgement):
            break
    return statistic


def _merge(rule: SurveyRule, statistics: list[Any], done: Finished) -> list[Any]:
    """Merge statistics of a part of the archive; leave that to others if it fails."""
    try:
        return [rule.merge(statistics, done.statistics)]
    except Exception:  # noqa: BLE001 # it is reported when all parts are merged
        return statistics


def _finish(
    name: bytes, rule: SurveyRule, parts: list[Any], done: Finished, first: Callable[[], Group]
) -> Finished | CrashedSurvey:
    """Finish a round; return all finished statistics, or the report that the rule crashed."""
    statistics = done.statistics

    def finish() -> Finished:
        found = rule.finish(rule.merge(parts, statistics), statistics)
        return done._replace(statistics=(*statistics, found))

    try:
        return finish()
    except Exception:  # noqa: BLE001 # it is reported as in a run in memory
        group = first()
        judgement = attempt(name, rule, group, finish)
        findings = judgement.findings if isinstance(judgement, Judgement) else []
        return CrashedSurvey(group.key, findings)
