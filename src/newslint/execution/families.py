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
from newslint.execution.judge_memo import JudgeMemo
from newslint.execution.key_table import DescriptionKeys, KeyTable
from newslint.records import Corpus, Group, KeyFunction, article_key
from newslint.rules.api import AggregateRule, GroupRule, Rule, SurveyRule
from newslint.settings.digests import digest_of

Create = Callable[[str], Group | None]
"""Creates the group of a key; None if it is empty."""


class Change(NamedTuple):
    """A group that was judged, and its judgements before and now."""

    key: str
    old: Judgement
    new: Judgement


class Family(ABC):
    """Rules with equal keys, and the judgements of their groups.

    Args:
        name: Digest of the rules and their options.
        keys: The keys of all descriptions.

    Attributes:
        keys: The keys of all descriptions.
        judgements: The judgements that are not empty, by key.
        judged: Number of groups that were judged.
        recalled: Number of groups whose judgement was known from an earlier run.
        measured: How often a survey was measured.
    """

    def __init__(self, name: bytes, keys: KeyTable) -> None:
        self.keys = keys
        self.judgements: dict[str, Judgement] = {}
        self.judged = 0
        self.recalled = 0
        self.measured = 0
        self._name = name
        self._unjudged: set[str] = set()

    def change(self, keys: AbstractSet[str]) -> None:
        """Note that groups have changed, given by key."""
        self._unjudged |= keys

    def judge(
        self, corpus: Corpus, among: Collection[bytes] | None, memo: JudgeMemo | None
    ) -> Iterator[Change]:
        """Judge the groups that have changed.

        Args:
            corpus: All records.
            among: Judge only groups with one of these descriptions, given by digest; None for all.
            memo: Judgements of earlier runs, if there are any.
        """
        keys = self._select(among)
        return self._judge_groups(keys, partial(self.keys.group, corpus), memo)

    def _select(self, among: Collection[bytes] | None) -> AbstractSet[str]:
        """Select the groups to judge, by key."""
        return self._unjudged if among is None else self._unjudged & {*self.keys.keys_of(among)}

    def _judge_groups(
        self, keys: AbstractSet[str], create: Create, memo: JudgeMemo | None
    ) -> Iterator[Change]:
        """Judge groups, or find their judgements; `create` creates the group of a key."""
        self._unjudged = self._unjudged - keys
        for key in keys:
            new = self._judge_known(key, create, memo) if self.keys.digests(key) else None
            old = self.judgements.pop(key, NO_FINDINGS)
            if new is None:
                new = NO_FINDINGS
            elif new != NO_FINDINGS:
                self.judgements[key] = new
            if old is not new:
                yield Change(key, old, new)

    def _judge_known(self, key: str, create: Create, memo: JudgeMemo | None) -> Judgement | None:
        """Find the judgement of a group in the memo, or judge it and store that."""
        digest = b"" if memo is None else self._digest(memo, key)
        found = None if memo is None else memo.find_judgement(digest)
        if found is not None:
            self.recalled += 1
            return found
        group = create(key)
        found = None if group is None else self._judge_group(group)
        if found is not None:
            self.judged += 1
            if memo is not None:
                memo.add_judgement(digest, found)
        return found

    def _digest(self, memo: JudgeMemo, key: str) -> bytes:
        """Compute the digest of all that the judgement of a group depends on."""
        return memo.digest_group(self._name, key, self.keys.digests(key))

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
        super().__init__(b"".join(rules), keys)
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
        super().__init__(name, keys)
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
        super().__init__(name, keys)
        self._rule = rule
        self._unmeasured: set[str] = set()
        self._has_changed = False
        self._finished_names: list[bytes] = []
        self._statistics: list[dict[str, Any]] = [{} for _ in range(rule.rounds)]
        self._failures: dict[str, tuple[int, Judgement]] = {}
        self._merged: list[Any] = []
        self._finished: tuple[Any, ...] = ()
        self._crashed: Judgement | None = None

    def change(self, keys: AbstractSet[str]) -> None:
        """Note that groups have changed, given by key."""
        super().change(keys)
        self._unmeasured |= keys
        self._has_changed = self._has_changed or bool(keys)

    def judge(
        self, corpus: Corpus, among: Collection[bytes] | None, memo: JudgeMemo | None
    ) -> Iterator[Change]:
        """Measure all groups that have changed, then judge as other families do.

        If a finished statistic of the archive changes, all groups are judged. If an earlier run
        measured the same groups, and judged those to judge, nothing is measured.
        """
        groups: dict[str, Group | None] = {}

        def create(key: str) -> Group | None:
            if key not in groups:
                groups[key] = self.keys.group(corpus, key)
            return groups[key]

        is_needed = self._has_changed or self._select(among)
        if self._unmeasured and is_needed and not self._restore(memo, among):
            self._measure(create)
            self.measured += 1
            if memo is not None and self._crashed is None:
                self._finished_names = [_identity(each) for each in self._finished]
                memo.add_finished(memo.digest_survey(self._name), self._finished_names)
        self._has_changed = False
        return self._judge_groups(self._select(among), create, memo)

    def _restore(self, memo: JudgeMemo | None, among: Collection[bytes] | None) -> bool:
        """Find out whether an earlier run has judged the groups by statistics of equal groups."""
        found = None if memo is None else memo.find_finished(memo.digest_survey(self._name))
        if memo is None or found is None:
            return False
        self._finished_names = found
        digests = (self._digest(memo, key) for key in self._select(among))
        return all(memo.find_judgement(each) is not None for each in digests)

    def _digest(self, memo: JudgeMemo, key: str) -> bytes:
        name = b"".join((self._name, *self._finished_names))
        return memo.digest_group(name, key, self.keys.digests(key))

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
        if before and _is_equal(before[0], result):
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
    rules: Mapping[bytes, Rule], articles: KeyTable, known: Mapping[bytes, DescriptionKeys]
) -> dict[KeyTable, list[Family]]:
    """Create the families of rules that compare mentions, by the table of their keys.

    Args:
        rules: The rules, by digest.
        articles: The keys of articles, which are linked URLs.
        known: The keys of all descriptions, by digest.
    """
    tables: dict[KeyFunction, KeyTable] = {article_key: articles, GroupRule.keys: articles}
    families: dict[KeyTable, list[Family]] = {articles: []}
    groups: dict[KeyTable, dict[bytes, GroupRule]] = {}
    for name, rule in rules.items():
        if not isinstance(rule, (GroupRule, AggregateRule, SurveyRule)):
            continue
        table = tables.get(rule.keys)
        if table is None:
            table = tables[rule.keys] = KeyTable(rule.keys, len(families), known)
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


def _identity(finished: Any) -> bytes:
    """Return what identifies a finished statistic."""
    digest = getattr(finished, "digest", None)
    return digest if isinstance(digest, bytes) else digest_of(finished)


def _is_equal(one: Any, other: Any) -> bool:
    """Check if two finished statistics are equal."""
    return bool(getattr(one, "digest", one) == getattr(other, "digest", other))
