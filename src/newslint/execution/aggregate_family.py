"""Judgements of groups by one aggregate rule.

The statistic of a large group is merged from parts, and kept with the findings about each
description. So a change measures few descriptions again, and the rule checks the others again only
if the finished statistic has changed.
"""

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from functools import partial
from typing import Any

from newslint.engine.findings import NO_FINDINGS, Judgement, merge_judgements
from newslint.engine.results import Finding
from newslint.engine.survey import check_description, judge_aggregate
from newslint.execution.families import Change, Family
from newslint.execution.judge_memo import JudgeMemo
from newslint.execution.key_table import KeyTable
from newslint.execution.statistic_tree import StatisticTree
from newslint.records import Corpus, Group
from newslint.rules.api import AggregateRule

LARGE = 64
"""Number of descriptions from which a group is measured in parts."""

_GROWTH = 8
"""A group that has grown or shrunk by this factor is divided into parts anew."""

_UNKNOWN = object()


class _LargeGroup:
    """A group that is measured in parts.

    Args:
        digests: Digests of its descriptions.

    Attributes:
        changed: Those that have to be measured and checked again.
        statistic: The statistic.
        finished: The finished statistic.
        reported: Those with findings.
        size: Their number when the group was divided into parts.
    """

    def __init__(self, digests: Collection[bytes]) -> None:
        self.changed = {*digests}
        self.statistic: Any = _UNKNOWN
        self.finished: Any = _UNKNOWN
        self.reported: set[bytes] = set()
        self.size = len(digests)
        self.tree = StatisticTree(self.size)
        self._members: dict[int, set[bytes]] = {}

    @property
    def members(self) -> Iterator[bytes]:
        """All descriptions."""
        return (digest for part in self._members.values() for digest in part)

    def contains(self, digest: bytes) -> bool:
        """Check if a description is in the group."""
        return digest in self._members.get(self._leaf(digest), ())

    def part(self, leaf: int) -> set[bytes]:
        """Return the descriptions in a leaf of the tree."""
        return self._members.setdefault(leaf, set())

    def place(self, digests: Iterable[bytes], *, are_members: bool) -> set[int]:
        """Add or remove descriptions; return the leaves that this changes."""
        leaves: set[int] = set()
        for digest in digests:
            leaves.add(leaf := self._leaf(digest))
            if are_members:
                self.part(leaf).add(digest)
            else:
                self.part(leaf).discard(digest)
        return leaves

    def _leaf(self, digest: bytes) -> int:
        """Return the leaf that contains a description."""
        return int.from_bytes(digest[:6]) % self.tree.leaves


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
        self._large: dict[str, _LargeGroup] = {}

    def change(self, keys: AbstractSet[str], stale: AbstractSet[bytes] | None = None) -> None:
        """Note that groups, and some or all descriptions in them, have changed."""
        super().change(keys, stale)
        for key in keys & self._large.keys():
            large = self._large[key]
            large.changed.update(self.keys.digests(key) if stale is None else stale)
            if stale is None:
                large.changed.update(large.members)

    def judge(
        self, corpus: Corpus, among: AbstractSet[bytes] | None, memo: JudgeMemo | None
    ) -> Iterator[Change]:
        """Judge the groups that have changed, large ones in parts."""
        keys = self._select(among)
        large = {each for each in keys if len(self.keys.digests(each)) > LARGE}
        for key in (keys - large) & self._large.keys():
            yield from self._dissolve(key)
        yield from self._judge_groups(keys - large, partial(self.keys.group, corpus), memo)
        self._unjudged = self._unjudged - large
        for key in large:
            yield from self._judge_large(corpus, key, memo)

    def prepare(self, corpus: Corpus) -> None:
        """Measure large groups whose judgement was known, which a change would measure whole."""
        for key, large in self._large.items():
            if large.statistic is _UNKNOWN:
                with suppress(Exception):  # a crash is reported when a change judges the group
                    self._renew(corpus, key, large)

    def _judge_large(self, corpus: Corpus, key: str, memo: JudgeMemo | None) -> Iterator[Change]:
        """Judge the changed descriptions of a large group, or find its judgement."""
        digests = self.keys.digests(key)
        large = self._large.get(key)
        if large is not None and not large.size // _GROWTH < len(digests) < large.size * _GROWTH:
            yield from self._dissolve(key)
            large = None
        if large is None:
            large = self._large[key] = _LargeGroup(digests)
            yield from self._replace(key, NO_FINDINGS)
        name = b"" if memo is None else self._digest(memo, key)
        known = None if memo is None else memo.find_judgement(name)
        if known is not None:
            self.recalled += 1
            yield from self._report(key, large, _by_digest(known))
            return
        self.judged += 1
        try:
            found = self._renew(corpus, key, large)
        except Exception:  # noqa: BLE001 # a crash is reported as for other groups
            yield from self._dissolve(key)
            yield from self._replace(key, self._judge_group(corpus.group(key, digests)))
            return
        yield from self._report(key, large, found)
        if memo is not None:
            every = (self.judgements[key, one] for one in large.reported)
            memo.add_judgement(name, merge_judgements(every))

    def _renew(self, corpus: Corpus, key: str, large: _LargeGroup) -> dict[bytes, Judgement]:
        """Measure changed parts; return the judgements of descriptions that this affects."""
        rule = self._rule

        def measure(leaf: int) -> Any:
            part = large.part(leaf)
            return rule.measure(corpus.group(key, part)) if part else None

        new = large.changed.intersection(self.keys.digests(key))
        gone = {each for each in large.changed - new if large.contains(each)}
        added = {each for each in new if not large.contains(each)}
        leaves = large.place(gone, are_members=False) | large.place(new, are_members=True)
        before = large.statistic, large.finished
        large.statistic = large.tree.renew(leaves, measure, rule.merge)
        if large.statistic is not before[0]:
            large.finished = rule.finish(key, large.statistic)
        finished = large.finished
        is_equal = before[1] is not _UNKNOWN and bool(finished == before[1])
        found = dict.fromkeys(gone, NO_FINDINGS)
        for each in added if is_equal else large.members:
            description = corpus.descriptions[each]
            found[each] = check_description(self._name, rule, key, description, finished)
        large.changed = set()
        return found

    def _report(
        self, key: str, large: _LargeGroup, found: dict[bytes, Judgement]
    ) -> Iterator[Change]:
        """Replace the judgements of descriptions."""
        for digest, judgement in found.items():
            (large.reported.add if judgement.findings else large.reported.discard)(digest)
            yield from self._replace((key, digest), judgement)

    def _dissolve(self, key: str) -> Iterator[Change]:
        """Forget the parts of a group, and the findings in them."""
        large = self._large.pop(key)
        yield from self._report(key, large, dict.fromkeys([*large.reported], NO_FINDINGS))

    def _judge_group(self, group: Group) -> Judgement:
        if self._rule.compares and group.is_single:
            return NO_FINDINGS
        return judge_aggregate(self._name, self._rule, group)


def _by_digest(judgement: Judgement) -> dict[bytes, Judgement]:
    """Group findings by the description that they are about."""
    found: dict[bytes, list[Finding]] = {}
    for each in judgement.findings:
        found.setdefault(each.digest, []).append(each)
    return {digest: Judgement(findings) for digest, findings in found.items()}
