"""Judgements of groups that are kept from change to change: one family for rules with equal keys.

A family knows which descriptions have which keys. After a change it judges the groups of the keys
that the change affects, and no other.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from newslint.engine.findings import GuardedKeys, Judgement, crash_judgement
from newslint.engine.judge import judge_group
from newslint.engine.link import Links
from newslint.engine.survey import judge_aggregate, judge_surveyed
from newslint.execution.mention_index import MentionIndex
from newslint.records import Group, KeyFunction, Mention
from newslint.rules.api import AggregateRule, GroupRule, Rule, SurveyRule

_NOTHING = Judgement([])


class Family(Protocol):
    """Rules with equal keys, and their judgements."""

    keys: "KeyTable"
    judgements: dict[str, Judgement]

    def judge(self, index: MentionIndex, changed: set[str]) -> set[str]:
        """Judge the groups of changed keys; return all keys whose groups were judged."""


class KeyTable:
    """The descriptions with each key of a key function.

    Args:
        keys: The key function.
        rules: The rules that have it, by digest.

    Attributes:
        failures: Judgements of descriptions for which the function raised an exception, by digest.
    """

    def __init__(self, keys: KeyFunction, rules: Mapping[bytes, Rule]) -> None:
        self.failures: dict[bytes, Judgement] = {}
        self._function = keys
        self._rules = rules
        self._keys: dict[bytes, tuple[str, ...]] = {}
        self._digests: dict[str, dict[bytes, None]] = {}
        self._links: Mapping[str, str] = {}
        self._linked: dict[str, set[str]] = {}

    def link(self, all_links: Links) -> set[str]:
        """Use other links between URLs; return the keys of the groups that this changes."""
        links = all_links.select(self._function)
        if links is self._links:
            return set()
        before, self._links = self._links, links
        urls = {url for url in before.keys() | links.keys() if before.get(url) != links.get(url)}
        changed = {found for url in urls for found in (before.get(url, url), links.get(url, url))}
        self._linked = {}
        for url, name in links.items():
            self._linked.setdefault(name, set()).add(url)
        return changed

    def add(self, index: MentionIndex, digest: bytes) -> None:
        """Add a description, unless it is known."""
        if digest in self._keys:
            return
        guarded = GuardedKeys(self._function)
        self._keys[digest] = tuple(dict.fromkeys(guarded(Mention(index.descriptions[digest]))))
        failure = guarded.failures(self._rules)
        if failure.findings:
            self.failures[digest] = failure
        for key in self._keys[digest]:
            self._digests.setdefault(key, {})[digest] = None

    def remove(self, digest: bytes) -> None:
        """Remove a description."""
        self.failures.pop(digest, None)
        for key in self._keys.pop(digest, ()):
            del self._digests[key][digest]
            if not self._digests[key]:
                del self._digests[key]

    def keys_of(self, digest: bytes) -> Iterator[str]:
        """Yield the keys of the groups with a description."""
        return (self._links.get(key, key) for key in self._keys.get(digest, ()))

    def all_keys(self) -> set[str]:
        """Collect the keys of all groups."""
        return {self._links.get(key, key) for key in self._digests}

    def group(self, index: MentionIndex, key: str) -> Group | None:
        """Create the group of a key; None if it is empty."""
        found: dict[bytes, None] = {}
        for each in (key, *self._linked.get(key, ())):
            if self._links.get(each, each) == key:
                found |= self._digests.get(each, {})
        return index.group(key, found) if found else None


class GroupFamily:
    """Group rules with equal keys."""

    def __init__(self, keys: KeyFunction, rules: Mapping[bytes, GroupRule]) -> None:
        self.keys = KeyTable(keys, rules)
        self.judgements: dict[str, Judgement] = {}
        self._rules = rules
        self._single = {name: rule for name, rule in rules.items() if not rule.compares}

    def judge(self, index: MentionIndex, changed: set[str]) -> set[str]:
        """Judge the groups of changed keys; return all keys whose groups were judged."""
        for key in changed:
            group = self.keys.group(index, key)
            rules = self._rules if group is None or not group.is_single else self._single
            judgement = _NOTHING if group is None else judge_group(rules, group)
            _put(self.judgements, key, judgement)
        return changed


class AggregateFamily:
    """One aggregate rule."""

    def __init__(self, name: bytes, rule: AggregateRule) -> None:
        self.keys = KeyTable(rule.keys, {name: rule})
        self.judgements: dict[str, Judgement] = {}
        self._name = name
        self._rule = rule

    def judge(self, index: MentionIndex, changed: set[str]) -> set[str]:
        """Judge the groups of changed keys; return all keys whose groups were judged."""
        for key in changed:
            group = self.keys.group(index, key)
            if group is None or (self._rule.compares and group.is_single):
                _put(self.judgements, key, _NOTHING)
            else:
                _put(self.judgements, key, judge_aggregate(self._name, self._rule, group))
        return changed


class SurveyFamily:
    """One survey rule, and the statistics of each group in each round."""

    def __init__(self, name: bytes, rule: SurveyRule) -> None:
        self.keys = KeyTable(rule.keys, {name: rule})
        self.judgements: dict[str, Judgement] = {}
        self._name = name
        self._rule = rule
        self._statistics: list[dict[str, Any]] = [{} for _ in range(rule.rounds)]
        self._failures: dict[str, tuple[int, Judgement]] = {}
        self._merged: list[Any] = []
        self._finished: tuple[Any, ...] = ()

    def judge(self, index: MentionIndex, changed: set[str]) -> set[str]:
        """Judge the groups of changed keys; return all keys whose groups were judged.

        If a finished statistic of the archive changes, all groups are judged.
        """
        if self._finished and not changed:
            return changed
        for number in range(self._rule.rounds):
            self._measure(index, number, changed)
            try:
                if self._finish(number):
                    changed = changed | self.keys.all_keys()
            except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
                return self._crash(index, changed, error)
        for key in changed:
            self._judge(index, key)
        return changed

    def _measure(self, index: MentionIndex, number: int, changed: Iterable[str]) -> None:
        """Measure the groups of changed keys in a round."""
        statistics, finished = self._statistics[number], self._finished[:number]
        for key in sorted(changed):
            statistics.pop(key, None)
            at, _ = self._failures.get(key, (number, None))
            if at == number:
                self._failures.pop(key, None)
            group = self.keys.group(index, key)
            if group is None or key in self._failures:
                continue
            try:
                statistics[key] = self._rule.measure(group, finished)
            except Exception as error:  # noqa: BLE001 # as above
                failure = crash_judgement(self._name, self._rule, group, error)
                self._failures[key] = number, failure

    def _finish(self, number: int) -> bool:
        """Merge and finish the statistics of a round; return whether the result has changed."""
        finished = self._finished[:number]
        merged = self._rule.merge(self._statistics[number].values(), finished)
        if len(self._finished) > number and self._merged[number] == merged:
            return False
        result = self._rule.finish(merged, finished)
        is_same = len(self._finished) > number and _identity(self._finished[number]) == _identity(
            result
        )
        self._merged[number:] = [merged, *self._merged[number + 1 :]]
        if is_same:
            return False
        self._finished = (*finished, result)
        del self._merged[number + 1 :]
        return True

    def _judge(self, index: MentionIndex, key: str) -> None:
        """Judge one group."""
        group = self.keys.group(index, key)
        if group is None:
            _put(self.judgements, key, _NOTHING)
        elif key in self._failures:
            self.judgements[key] = self._failures[key][1]
        else:
            statistic = self._statistics[-1][key]
            found = judge_surveyed(self._name, self._rule, group, statistic, self._finished)
            _put(self.judgements, key, found)

    def _crash(self, index: MentionIndex, changed: set[str], error: Exception) -> set[str]:
        """Note that the rule crashed on the archive: at its first group."""
        self._finished, self._merged = (), []
        keys = self.keys.all_keys()
        for position, key in enumerate(sorted(keys)):
            group = self.keys.group(index, key)
            assert group is not None  # noqa: S101 # it has a key
            found = crash_judgement(self._name, self._rule, group, error)
            self.judgements[key] = found._replace(findings=[]) if position else found
        for key in changed - keys:
            self.judgements.pop(key, None)
        return changed | keys


def create_families(rules: Mapping[bytes, Rule]) -> list[Family]:
    """Create the families of rules that compare mentions."""
    by_keys: dict[KeyFunction, dict[bytes, GroupRule]] = {}
    families: list[Family] = []
    for name, rule in rules.items():
        if isinstance(rule, GroupRule):
            by_keys.setdefault(rule.keys, {})[name] = rule
        elif isinstance(rule, AggregateRule):
            families.append(AggregateFamily(name, rule))
        elif isinstance(rule, SurveyRule):
            families.append(SurveyFamily(name, rule))
    return [*(GroupFamily(keys, keyed) for keys, keyed in by_keys.items()), *families]


def _put(judgements: dict[str, Judgement], key: str, judgement: Judgement) -> None:
    """Store a judgement if it is not empty."""
    if judgement.findings or judgement.failed:
        judgements[key] = judgement
    else:
        judgements.pop(key, None)


def _identity(finished: Any) -> Any:
    """Return what identifies a finished statistic."""
    return getattr(finished, "digest", finished)
