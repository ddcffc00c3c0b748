"""Rules by the keys of their groups, for runs that hold one group at a time.

A workspace keeps the groups of all keys (`execution.key_table`). Runs in partitions, on disk or on
a cluster, list the keys of each description here, sort by key, and judge one group after another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from newslint.engine.findings import (
    NO_FINDINGS,
    Judgement,
    Rules,
    attempt,
    crash_at,
    run_in_parts,
)
from newslint.engine.judge import judge_verdict
from newslint.engine.survey import judge_aggregate, judge_finished, judge_surveyed
from newslint.records import Description, Group, KeyFunction, Mention, article_key
from newslint.records.verdicts import Verdicts
from newslint.rules.api import AggregateRule, GroupRule, SurveyRule
from newslint.rules.verdict_rule import VerdictRule

LARGE = 4096
"""Number of descriptions from which an aggregate rule measures a group in parts."""

_MERGED = 2048
"""Number of statistics of a survey that are merged at a time."""


@dataclass(frozen=True)
class KeyedRules:
    """Rules that group mentions by the same keys.

    Attributes:
        keys: Lists the keys of a mention.
        rules: The rules, by digest; none if only the keys of articles are needed.
    """

    keys: KeyFunction
    rules: Rules

    @cached_property
    def surveys(self) -> dict[bytes, SurveyRule]:
        """The rules that judge a group by statistics of all groups."""
        return {name: each for name, each in self.rules.items() if isinstance(each, SurveyRule)}

    @cached_property
    def judges_single(self) -> bool:
        """True if a rule also judges groups with one description only."""
        return not all(getattr(rule, "compares", False) for rule in self.rules.values())

    def read_keys(self, description: Description) -> tuple[tuple[str, ...], Judgement]:
        """Compute the keys of a description; a failure is a judgement, and no keys."""
        try:
            return tuple(dict.fromkeys(self.keys(Mention(description)))), NO_FINDINGS
        except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
            return (), crash_at(self.rules, description, error)

    def judge(self, group: Group, verdicts: Verdicts = Verdicts()) -> Iterator[Judgement]:  # noqa: B008 # immutable
        """Run all rules but surveys on a group."""
        rules: dict[bytes, GroupRule] = {}
        for name, rule in self.rules.items():
            if getattr(rule, "compares", False) and group.is_single:
                continue
            if isinstance(rule, GroupRule):
                rules[name] = rule
            elif isinstance(rule, AggregateRule):
                yield from judge_in_parts(name, rule, group)
            elif isinstance(rule, VerdictRule):
                verdict = verdicts.find(group.key)
                if verdict is not None and rule.concerns(verdict):
                    yield judge_verdict({name: rule}, group, verdict)
        if rules:
            yield from run_in_parts(rules, group, [group])


def group_rules_by_keys(rules: Rules) -> list[KeyedRules]:
    """Group the rules that compare mentions by their keys; the keys of articles come first."""
    tables: dict[KeyFunction, dict[bytes, Any]] = {article_key: {}}
    aliases = {GroupRule.keys: article_key}
    for name, rule in rules.items():
        if isinstance(rule, (GroupRule, AggregateRule, SurveyRule, VerdictRule)):
            tables.setdefault(aliases.get(rule.keys, rule.keys), {})[name] = rule
    return [KeyedRules(keys, found) for keys, found in tables.items()]


def judge_in_parts(
    name: bytes, rule: AggregateRule, group: Group, size: int = LARGE
) -> Iterator[Judgement]:
    """Run an aggregate rule on a group; judge a large one in parts, which changes no finding."""
    parts = group.split(size)
    if parts is None:
        yield judge_aggregate(name, rule, group)
        return
    try:
        finished = rule.finish(group.key, rule.merge([rule.measure(part) for part in parts]))
    except Exception:  # noqa: BLE001 # a crash is reported as for other groups
        yield judge_aggregate(name, rule, group)
        return
    for part in group.split(size) or ():
        yield judge_finished(name, rule, part, finished)


class SurveyRounds:
    """The rounds of a survey, to which groups are given one at a time.

    Args:
        name: Digest of the rule and its options.
        rule: The rule.
        given: The files of the project, if the rule reads them.

    Attributes:
        finished: The finished statistics so far, after `given`.
    """

    def __init__(self, name: bytes, rule: SurveyRule, given: tuple[Any, ...] = ()) -> None:
        self.finished = given
        self._name = name
        self._rule = rule
        self._rounds = len(given) + rule.rounds
        self._first: Group | None = None
        self._measured: list[Any] = []
        self._error: Exception | None = None
        self._crashed: Judgement | None = None
        self._failures: dict[str, Judgement] = {}

    @property
    def is_finished(self) -> bool:
        """True if all rounds have ended, so that groups can be judged."""
        return len(self.finished) == self._rounds or self._crashed is not None

    def measure(self, group: Group) -> None:
        """Measure a group in this round, unless the rule crashed on it in an earlier one."""
        if self._first is None or group.key < self._first.key:
            self._first = group
        if group.key in self._failures:
            return
        found = attempt(
            self._name, self._rule, group, lambda: self._rule.measure(group, self.finished)
        )
        if isinstance(found, Judgement):
            self._failures[group.key] = found
            return
        self._measured.append(found)
        if len(self._measured) >= _MERGED and self._error is None:
            try:
                self._measured = [self._rule.merge(self._measured, self.finished)]
            except Exception as error:  # noqa: BLE001 # reported at the end of the round
                self._error = error

    def finish_round(self) -> None:
        """Merge and finish the statistics of this round."""
        measured, self._measured = self._measured, []
        if self._first is None:
            self.finished = (*self.finished, None)
            return
        found = attempt(self._name, self._rule, self._first, lambda: self._finish(measured))
        if isinstance(found, Judgement):
            self._crashed = found
        else:
            self.finished = (*self.finished, found[0])

    def judge(self, group: Group) -> Judgement:
        """Judge a group by the statistics of all."""
        if self._crashed is not None:
            is_first = self._first is not None and group.key == self._first.key
            failed = frozenset(each.digest for each in group.descriptions)
            return Judgement(self._crashed.findings if is_first else [], failed)
        if group.key in self._failures:
            return self._failures[group.key]
        rule, finished = self._rule, self.finished
        statistic = attempt(self._name, rule, group, lambda: (rule.measure(group, finished[:-1]),))
        if isinstance(statistic, Judgement):
            return statistic
        return judge_surveyed(self._name, rule, group, statistic[0], finished)

    def _finish(self, measured: list[Any]) -> tuple[Any]:
        """Merge and finish statistics."""
        if self._error is not None:
            raise self._error
        return (self._rule.finish(self._rule.merge(measured, self.finished), self.finished),)


def create_surveys(keyed: KeyedRules, given: Mapping[bool, tuple[Any, ...]]) -> list[SurveyRounds]:
    """Create the rounds of all surveys; `given` is the input of those that read files or do not."""
    return [
        SurveyRounds(name, rule, given[rule.reads_files]) for name, rule in keyed.surveys.items()
    ]
