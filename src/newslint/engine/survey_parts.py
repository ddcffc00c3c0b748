"""Surveys in a distributed run: statistics of each part of the archive are merged, and then all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from newslint.engine.findings import Judgement, attempt
from newslint.engine.judge_members import (
    CrashedSurvey,
    MemberRules,
    Surveyed,
    combine_safely,
    measure_survey,
)
from newslint.records import Group, ProjectFiles
from newslint.rules.api import SurveyRule

_MERGED = 1000
"""Statistics that are merged at a time."""


class Survey(NamedTuple):
    """A survey rule.

    Attributes:
        table: The number of its table of rules.
        name: Digest of the rule and its options.
        rule: The rule.
        given: The files of the project, if the rule reads them.
    """

    table: int
    name: bytes
    rule: SurveyRule
    given: tuple[ProjectFiles, ...]


class SurveyRound(NamedTuple):
    """One round of surveys.

    Attributes:
        surveys: The surveys.
        finished: What is given, and the finished statistics of the rounds before, by name.
    """

    surveys: Sequence[Survey]
    finished: Mapping[bytes, Any]

    @property
    def tables(self) -> list[int]:
        """The numbers of the tables whose groups are measured."""
        return sorted({each.table for each in self.surveys})

    def measure(self, groups: Iterable[tuple[int, Group]]) -> Iterator[tuple[bytes, Any]]:
        """Measure groups of tables in a part of the archive; yield names and merged statistics."""
        parts: dict[bytes, list[Any]] = {each.name: [] for each in self.surveys}
        for number, group in groups:
            for table, name, rule, given in self.surveys:
                if table == number:
                    found = measure_survey(name, rule, group, self.finished[name], len(given))
                    parts[name] += [] if isinstance(found, Judgement) else [found]
                    if len(parts[name]) >= _MERGED:
                        parts[name] = self._merge(rule, parts[name], self.finished[name])
        for _, name, rule, _ in self.surveys:
            merged = self._merge(rule, parts[name], self.finished[name])
            yield from ((name, part) for part in merged)

    @staticmethod
    def _merge(rule: SurveyRule, parts: list[Any], finished: Any) -> list[Any]:
        """Merge statistics, if that does not fail."""
        return combine_safely(parts, lambda each: rule.merge(each, finished))


def run_surveys(
    tables: Sequence[MemberRules],
    list_files: Callable[[], ProjectFiles],
    measure: Callable[[SurveyRound], Iterable[tuple[bytes, Any]]],
    find_first: Callable[[int], Group],
) -> Surveyed:
    """Run all surveys, a round at a time.

    Args:
        tables: The rules.
        list_files: Lists the files of the project, if a rule reads them.
        measure: Measures all parts of the archive.
        find_first: Finds the group of a table with the smallest key.
    """
    surveys = [
        Survey(number, name, rule, (list_files(),) if rule.reads_files else ())
        for number, table in enumerate(tables)
        for name, rule in table.keyed.surveys.items()
    ]
    found: dict[bytes, Any] = {each.name: each.given for each in surveys}
    for number in range(max((each.rule.rounds for each in surveys), default=0)):
        active = [
            each
            for each in surveys
            if each.rule.rounds > number and not isinstance(found[each.name], CrashedSurvey)
        ]
        parts: dict[bytes, list[Any]] = {}
        for name, part in measure(SurveyRound(active, found)) if active else ():
            parts.setdefault(name, []).append(part)
        for each in active:
            if each.name in parts:
                found[each.name] = _finish(each, parts[each.name], found[each.name], find_first)
    return found


def _finish(
    survey: Survey, parts: list[Any], finished: Any, find_first: Callable[[int], Group]
) -> Any:
    """Finish a round; return all finished statistics, or the report that the rule crashed."""
    table, name, rule, _ = survey

    def finish() -> Any:
        return (*finished, rule.finish(rule.merge(parts, finished), finished))

    try:
        return finish()
    except Exception:  # noqa: BLE001 # it is reported as in a run in memory
        group = find_first(table)
        judgement = attempt(name, rule, group, finish)
        findings = judgement.findings if isinstance(judgement, Judgement) else []
        return CrashedSurvey(group.key, findings)
