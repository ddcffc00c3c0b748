"""Judgements of groups: one family for rules with equal keys.

A family judges only the groups that a change affects and that the scope of the run includes.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any, NamedTuple

from newslint.engine.findings import NO_FINDINGS, Judgement, attempt
from newslint.engine.judge import judge_group
from newslint.engine.survey import judge_aggregate, judge_surveyed
from newslint.execution.key_table import KeyTable
from newslint.records import Corpus, Group, KeyFunction, article_key
from newslint.rules.api import AggregateRule, GroupRule, Rule, SurveyRule


class Change(NamedTuple):
    """A group that was judged, and its judgements before and now."""

    key: str
    old: Judgement
    new: Judgement


class Family(ABC):
    """Rules with equal keys, and the judgements of their groups.

    Args:
        keys: The keys of all descriptions.

    Attributes:
        keys: The keys of all descriptions.
        judgements: The judgements that are not empty, by key.
        judged: Number of groups that were judged.
    """

    def __init__(self, keys: KeyTable) -> None:
        self.keys = keys
        self.judgements: dict[str, Judgement] = {}
        self.judged = 0
        self._unjudged: set[str] = set()

    def change(self, keys: AbstractSet[str]) -> None:
        """Note that groups have changed, given by key."""
        self._unjudged |= keys

    def judge(self, corpus: Corpus, among: Collection[bytes] | None) -> Iterator[Change]:
        """Judge the groups that have changed.

        Args:
            corpus: All records.
            among: Judge only groups with one of these descriptions, given by digest; None for all.
        """
        return self._judge_changed(partial(self.keys.group, corpus), among)

    def _judge_changed(
        self, create: Callable[[str], Group | None], among: Collection[bytes] | None
    ) -> Iterator[Change]:
        """Judge the groups that have changed; `create` creates the group of a key."""
        keys = self._unjudged
        if among is not None:
            keys = keys.intersection(key for each in among for key in self.keys.keys_of(each))
        self._unjudged = self._unjudged - keys
        for key in keys:
            group = create(key)
            new = None if group is None else self._judge_group(group)
            self.judged += new is not None
            old = self.judgements.pop(key, NO_FINDINGS)
            if new is None:
                new = NO_FINDINGS
            elif new != NO_FINDINGS:
                self.judgements[key] = new
            if old is not new:
                yield Change(key, old, new)

    @abstractmethod
    def _judge_group(self, group: Group) -> Judgement | None:
        """Judge one group; None if there is nothing to compare in it."""


class GroupFamily(Family):
    """Group rules with equal keys.

    Args:
        rules: The rules, by digest.
        keys: The keys of all descriptions.
    """

    def __init__(self, rules: Mapping[bytes, GroupRule], keys: KeyTable) -> None:
        super().__init__(keys)
        self._rules = rules
        self._single = {name: rule for name, rule in rules.items() if not rule.compares}

    def _judge_group(self, group: Group) -> Judgement | None:
        rules = self._single if group.is_single else self._rules
        return judge_group(rules, group) if rules else None


class AggregateFamily(Family):
    """One aggregate rule.

    Args:
        name: Digest of the rule and its options.
        rule: The rule.
        keys: The keys of all descriptions.
    """

    def __init__(self, name: bytes, rule: AggregateRule, keys: KeyTable) -> None:
        super().__init__(keys)
        self._name = name
        self._rule = rule

    def _judge_group(self, group: Group) -> Judgement | None:
        if self._rule.compares and group.is_single:
            return None
        return judge_aggregate(self._name, self._rule, group)


class SurveyFamily(Family):
    """One survey rule, and the statistics of each group in each round.

    Args:
        name: Digest of the rule and its options.
        rule: The rule.
        keys: The keys of all descriptions.
    """

    def __init__(self, name: bytes, rule: SurveyRule, keys: KeyTable) -> None:
        super().__init__(keys)
        self._name = name
        self._rule = rule
        self._unmeasured: set[str] = set()
        self._statistics: list[dict[str, Any]] = [{} for _ in range(rule.rounds)]
        self._failures: dict[str, tuple[int, Judgement]] = {}
        self._merged: list[Any] = []
        self._finished: tuple[Any, ...] = ()
        self._crashed: Judgement | None = None

    def change(self, keys: AbstractSet[str]) -> None:
        """Note that groups have changed, given by key."""
        super().change(keys)
        self._unmeasured |= keys

    def judge(self, corpus: Corpus, among: Collection[bytes] | None) -> Iterator[Change]:
        """Measure all groups that have changed, then judge as other families do.

        If a finished statistic of the archive changes, all groups are judged.
        """
        groups: dict[str, Group | None] = {}

        def create(key: str) -> Group | None:
            if key not in groups:
                groups[key] = self.keys.group(corpus, key)
            return groups[key]

        if self._unmeasured:
            self._measure(create)
        return self._judge_changed(create, among)

    def _measure(self, create: Callable[[str], Group | None]) -> None:
        """Measure the groups that have changed, in all rounds."""
        changed, self._unmeasured, self._crashed = self._unmeasured, set(), None
        keys = self.keys.all_keys()
        first = create(min(keys)) if keys else None
        if first is None:
            return
        for number in range(self._rule.rounds):
            for key in changed:
                self._measure_group(number, key, create(key))
            is_new = attempt(self._name, self._rule, first, partial(self._finish, number))
            if isinstance(is_new, Judgement):
                self._finished, self._merged, self._crashed = (), [], is_new
                self.change(keys)
                return
            if is_new:
                self._unjudged |= keys
                changed = changed | keys

    def _measure_group(self, number: int, key: str, group: Group | None) -> None:
        """Measure a group in a round, unless the rule crashed on it in an earlier one."""
        statistics, finished = self._statistics[number], self._finished[:number]
        statistics.pop(key, None)
        if self._failures.get(key, (number, None))[0] == number:
            self._failures.pop(key, None)
        if group is None or key in self._failures:
            return
        found = attempt(self._name, self._rule, group, lambda: self._rule.measure(group, finished))
        if isinstance(found, Judgement):
            self._failures[key] = number, found
        else:
            statistics[key] = found

    def _finish(self, number: int) -> bool:
        """Merge and finish the statistics of a round; return whether the result has changed."""
        before = self._finished[number:]
        finished = self._finished[:number]
        merged = self._rule.merge(self._statistics[number].values(), finished)
        if before and self._merged[number] == merged:
            return False
        result = self._rule.finish(merged, finished)
        self._merged[number:] = [merged, *self._merged[number + 1 :]]
        if before and _identity(before[0]) == _identity(result):
            return False
        self._finished = (*finished, result)
        del self._merged[number + 1 :]
        return True

    def _judge_group(self, group: Group) -> Judgement:
        """Judge one group by the statistics of all."""
        key = group.key
        if self._crashed is not None:
            is_first = key == min(self.keys.all_keys())
            failed = frozenset(each.digest for each in group.descriptions)
            return Judgement(self._crashed.findings if is_first else [], failed)
        if key in self._failures:
            return self._failures[key][1]
        statistic = self._statistics[-1][key]
        return judge_surveyed(self._name, self._rule, group, statistic, self._finished)


def create_families(
    rules: Mapping[bytes, Rule], articles: KeyTable
) -> dict[KeyTable, list[Family]]:
    """Create the families of rules that compare mentions, by the table of their keys.

    Args:
        rules: The rules, by digest.
        articles: The keys of articles, which are linked URLs.
    """
    tables: dict[KeyFunction, KeyTable] = {article_key: articles, GroupRule.keys: articles}
    families: dict[KeyTable, list[Family]] = {articles: []}
    groups: dict[KeyTable, dict[bytes, GroupRule]] = {}
    for name, rule in rules.items():
        if not isinstance(rule, (GroupRule, AggregateRule, SurveyRule)):
            continue
        table = tables.setdefault(rule.keys, KeyTable(rule.keys))
        table.rules[name] = rule
        own = families.setdefault(table, [])
        if isinstance(rule, GroupRule):
            groups.setdefault(table, {})[name] = rule
        elif isinstance(rule, AggregateRule):
            own.append(AggregateFamily(name, rule, table))
        else:
            own.append(SurveyFamily(name, rule, table))
    for table, keyed in groups.items():
        families[table].append(GroupFamily(keyed, table))
    return families


def _identity(finished: Any) -> Any:
    """Return what identifies a finished statistic."""
    return getattr(finished, "digest", finished)
