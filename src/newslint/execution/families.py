"""Judgements of groups: one family for rules with equal keys.

A family judges only the groups that a change affects and that the scope of the run includes.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from typing import NamedTuple

from newslint.engine.findings import NO_FINDINGS, Judgement
from newslint.engine.judge import judge_group, judge_verdict
from newslint.execution.judge_memo import JudgeMemo
from newslint.execution.key_table import KeyTable
from newslint.records import Corpus, Group
from newslint.records.verdicts import Verdict, Verdicts
from newslint.rules.api import GroupRule
from newslint.rules.verdict_rule import VerdictRule

Create = Callable[[str], Group | None]
"""Creates the group of a key; None if it is empty."""


class Change(NamedTuple):
    """A group, or a part of one, that was judged, and its judgements before and now."""

    key: Hashable
    old: Judgement
    new: Judgement


class Family(ABC):
    """Rules with equal keys, and the judgements of their groups.

    Args:
        name: Digest of the rules and their options.
        keys: The keys of all descriptions.

    Attributes:
        keys: The keys of all descriptions.
        judgements: The judgements that are not empty, by the key of the group or the name of a
            part of it.
        judged: Number of groups that were judged.
        recalled: Number of groups whose judgement was known from an earlier run.
        measured: How often a survey was measured.
    """

    def __init__(self, name: bytes, keys: KeyTable) -> None:
        self.keys = keys
        self.judgements: dict[Hashable, Judgement] = {}
        self.judged = 0
        self.recalled = 0
        self.measured = 0
        self._name = name
        self._unjudged: set[str] = set()

    def change(self, keys: AbstractSet[str], stale: AbstractSet[bytes] | None = None) -> None:
        """Note that groups have changed.

        Args:
            keys: Their keys.
            stale: Digests of all descriptions that have changed; None if any may have.
        """
        del stale
        self._unjudged |= keys

    def prepare(self, corpus: Corpus) -> None:  # noqa: B027 # most have nothing to prepare
        """Measure groups whose judgement was known, of which only changed parts count then."""

    def judge(
        self, corpus: Corpus, among: AbstractSet[bytes] | None, memo: JudgeMemo | None
    ) -> Iterator[Change]:
        """Judge the groups that have changed.

        Args:
            corpus: All records.
            among: Judge only groups with one of these descriptions, given by digest; None for all.
            memo: Judgements of earlier runs, if there are any.
        """
        keys = self._select(among)
        return self._judge_groups(keys, partial(self.keys.group, corpus), memo)

    def _select(self, among: AbstractSet[bytes] | None) -> AbstractSet[str]:
        """Select the groups to judge, by key."""
        return self._unjudged if among is None else self._unjudged & self.keys.collect_keys(among)

    def _judge_groups(
        self, keys: AbstractSet[str], create: Create, memo: JudgeMemo | None
    ) -> Iterator[Change]:
        """Judge groups, or find their judgements; `create` creates the group of a key."""
        self._unjudged = self._unjudged - keys
        for key in keys:
            new = self._judge_known(key, create, memo) if self.keys.digests(key) else None
            yield from self._replace(key, NO_FINDINGS if new is None else new)

    def _replace(self, key: Hashable, new: Judgement) -> Iterator[Change]:
        """Replace the judgement of a group, or of a part; yield the change if there is one."""
        old = self.judgements.pop(key, NO_FINDINGS)
        if new != NO_FINDINGS:
            self.judgements[key] = new
        if old != new:
            yield Change(key, old, new)

    def _judge_known(self, key: str, create: Create, memo: JudgeMemo | None) -> Judgement | None:
        """Find the judgement of a group in the memo, or judge it and store that."""
        digest = b"" if memo is None else self._digest(memo, key)
        found = None if memo is None else memo.find_judgement(digest)
        if found is not None:
            self.recalled += 1
            return found
        found = self._judge(key, create)
        if found is not None:
            self.judged += 1
            if memo is not None:
                memo.add_judgement(digest, found)
        return found

    def _digest(self, memo: JudgeMemo, key: str) -> bytes:
        """Compute the digest of all that the judgement of a group depends on."""
        return memo.digest_group(self._name, key, self.keys.digests(key))

    def accept(self, changes: Iterable[Change], judged: int, measured: int) -> Iterator[Change]:
        """Use judgements of groups that another process has judged; yield them.

        The groups count as not judged for the next change, since only that process has measured
        them.
        """
        self.judged, self.measured = judged, measured
        for each in changes:
            yield from self._replace(each.key, each.new)

    def _judge(self, key: str, create: Create) -> Judgement | None:
        """Judge the group of a key; None if there is nothing to compare in it."""
        group = create(key)
        return None if group is None else self._judge_group(group)

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

    def _judge_known(self, key: str, create: Create, memo: JudgeMemo | None) -> Judgement | None:
        if not self._single and len(self.keys.digests(key)) == 1:
            group = create(key)
            if group is None or group.is_single:
                return None  # computing its digest would take longer
        return super()._judge_known(key, create, memo)

    def _judge_group(self, group: Group) -> Judgement | None:
        rules = self._single if group.is_single else self._rules
        return judge_group(rules, group) if rules else None


class VerdictFamily(Family):
    """Rules that judge verdicts; addresses without one that concerns any of them are skipped.

    Args:
        rules: The rules, by digest.
        keys: The addresses in all descriptions.
        verdicts: The verdicts.
    """

    def __init__(
        self, rules: Mapping[bytes, VerdictRule], keys: KeyTable, verdicts: Verdicts
    ) -> None:
        super().__init__(b"".join(rules), keys)
        self._rules = rules
        self._verdicts = verdicts

    def _judge_known(self, key: str, create: Create, memo: JudgeMemo | None) -> Judgement | None:
        verdict = self._verdicts.find(key)
        if verdict is None or not self._concerned(verdict):
            return None
        return super()._judge_known(key, create, memo)

    def _digest(self, memo: JudgeMemo, key: str) -> bytes:
        name = self._name + self._verdicts.by_address[key].digest
        return memo.digest_group(name, key, self.keys.digests(key))

    def _judge_group(self, group: Group) -> Judgement | None:
        verdict = self._verdicts.by_address[group.key]
        return judge_verdict(self._concerned(verdict), group, verdict)

    def _concerned(self, verdict: Verdict) -> dict[bytes, VerdictRule]:
        """Select the rules that may report an address with a verdict."""
        return {name: rule for name, rule in self._rules.items() if rule.concerns(verdict)}
