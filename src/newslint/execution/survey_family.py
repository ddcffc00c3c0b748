"""Judgements of groups by one survey rule, whose statistics are kept for the next change."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any

from newslint.engine.findings import NO_FINDINGS, Judgement, attempt
from newslint.engine.survey import is_concerned, judge_surveyed, measure_again
from newslint.execution.families import Change, Create, Family
from newslint.execution.judge_memo import JudgeMemo
from newslint.execution.key_table import KeyTable
from newslint.execution.statistic_tree import KeyedStatistics
from newslint.records import Corpus, Group, ProjectFiles
from newslint.rules.api import SurveyRule
from newslint.settings.digests import digest_of

ListFiles = Callable[[], ProjectFiles]
"""Lists the files of a project, which takes time."""


class SurveyFamily(Family):
    """One survey rule, and the statistics of each group in each round.

    Args:
        name: Digest of the rule and its options.
        rule: The rule.
        keys: The keys of all descriptions.
        list_files: Lists the files of the project, if the rule reads them.
    """

    def __init__(
        self, name: bytes, rule: SurveyRule, keys: KeyTable, list_files: ListFiles
    ) -> None:
        super().__init__(name, keys)
        self._list_files = list_files
        self._given: tuple[ProjectFiles, ...] = ()
        self._rule = rule
        self._unmeasured: set[str] = set()
        self._has_changed = False
        self._finished_names: list[bytes] = []
        self._restored: dict[str, Judgement] = {}
        self._statistics = [KeyedStatistics() for _ in range(rule.rounds)]
        self._failures: dict[str, tuple[int, Judgement]] = {}
        self._merged: list[Any] = []
        self._finished: tuple[Any, ...] = ()
        self._crashed: Judgement | None = None

    def change(self, keys: AbstractSet[str], stale: AbstractSet[bytes] | None = None) -> None:
        """Note that groups have changed, which are to be measured and judged again."""
        super().change(keys, stale)
        self._unmeasured |= keys
        self._has_changed = self._has_changed or bool(keys)

    def judge(
        self, corpus: Corpus, among: AbstractSet[bytes] | None, memo: JudgeMemo | None
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

        is_needed = bool(self._unmeasured) and (self._has_changed or bool(self._select(among)))
        if is_needed:
            self._read_files()
        if is_needed and not self._restore(memo, among):
            self._restored = {}
            self._measure(create)
            self.measured += 1
            if memo is not None and self._crashed is None:
                self._finished_names = [_identity(each) for each in self._finished]
                memo.add_finished(memo.digest_survey(self._survey_name()), self._finished_names)
        self._has_changed = False
        yield from self._judge_groups(self._select(among), create, memo)
        self._restored = {}

    def postpone(self) -> Iterator[Change]:
        """Keep the judgements of changed groups for now, but for those that name places.

        Such a place may no longer exist.
        """
        for key in self._unjudged & self.judgements.keys():
            old = self.judgements[key]
            if any(each.path or each.diagnostic.local_related for each in old.findings):
                del self.judgements[key]
                yield Change(key, old, NO_FINDINGS)

    def _restore(self, memo: JudgeMemo | None, among: AbstractSet[bytes] | None) -> bool:
        """Find out whether an earlier run has judged the groups by statistics of equal groups."""
        found = (
            None if memo is None else memo.find_finished(memo.digest_survey(self._survey_name()))
        )
        if memo is None or found is None:
            return False
        self._finished_names = found
        for key in self._select(among):
            judgement = memo.find_judgement(self._digest(memo, key))
            if judgement is None:
                return False
            self._restored[key] = judgement
        return True

    def _judge_known(self, key: str, create: Create, memo: JudgeMemo | None) -> Judgement | None:
        found = self._restored.get(key)
        if found is None:
            return super()._judge_known(key, create, memo)
        self.recalled += 1
        return found

    def _digest(self, memo: JudgeMemo, key: str) -> bytes:
        name = b"".join((self._survey_name(), *self._finished_names))
        return memo.digest_group(name, key, self.keys.digests(key))

    def _survey_name(self) -> bytes:
        """Name the survey: by the rule, and the files that it reads."""
        return b"".join((self._name, *(each.digest for each in self._given)))

    def change_files(self) -> None:
        """Compare all groups with the files of the project again, if the rule reads them."""
        if self._rule.reads_files:
            self._given = ()
            self.change(self.keys.all_keys())

    def _read_files(self) -> None:
        """List the files of the project, if the rule reads them and there is a group."""
        if self._rule.reads_files and not self._given and self.keys.all_keys():
            self._given = (self._list_files(),)
            self._forget_finished()

    def _forget_finished(self) -> None:
        """Forget the statistics of the archive."""
        self._finished, self._merged = (), []
        for each in self._statistics:
            each.divide(len(each.by_key))

    def _measure(self, create: Create) -> None:
        """Measure the groups that have changed, in all rounds."""
        changed, self._unmeasured, self._crashed = self._unmeasured, set(), None
        keys = self.keys.all_keys()
        first = create(min(keys)) if keys else None
        if first is None:
            self._failures = {}
            self._statistics = [KeyedStatistics() for _ in self._statistics]
            self._forget_finished()
            return
        for number in range(self._rule.rounds):
            for key in changed:
                self._measure_group(number, key, create)
            is_new = attempt(self._name, self._rule, first, partial(self._finish, number, changed))
            if isinstance(is_new, Judgement):
                self._crashed = is_new
                self._forget_finished()
                self.change(keys)
                return
            if is_new:
                self._unjudged |= keys
                changed = changed | keys

    def _measure_group(self, number: int, key: str, create: Create) -> None:
        """Measure a group in a round, unless the rule crashed on it in an earlier one."""
        statistics = self._statistics[number].by_key
        finished = (*self._given, *self._finished[:number])
        statistics.pop(key, None)
        if self._failures.get(key, (number, None))[0] == number:
            self._failures.pop(key, None)
        if key in self._failures:
            return
        before = self._statistics[number - 1].by_key.get(key) if number else None
        found = None if before is None else measure_again(self._rule, before, finished)
        if found is None:
            group = create(key)
            if group is None:
                return
            found = attempt(
                self._name, self._rule, group, lambda: self._rule.measure(group, finished)
            )
        if isinstance(found, Judgement):
            self._failures[key] = number, found
        else:
            statistics[key] = found

    def _finish(self, number: int, changed: AbstractSet[str]) -> bool:
        """Merge and finish the statistics of a round.

        Args:
            number: The round.
            changed: Keys of the groups that were measured again.

        Returns:
            Whether the result has changed.
        """
        before = self._finished[number:]
        finished = (*self._given, *self._finished[:number])
        merged = self._statistics[number].renew(
            changed, lambda each: self._rule.merge(each, finished)
        )
        if before and (self._merged[number] is merged or self._merged[number] == merged):
            return False
        result = (
            self._rule.finish_again(before[0], merged, finished)
            if before
            else self._rule.finish(merged, finished)
        )
        self._merged[number:] = [merged, *self._merged[number + 1 :]]
        if before and _is_equal(before[0], result):
            return False
        self._finished = (*self._finished[:number], result)
        del self._merged[number + 1 :]
        for each in self._statistics[number + 1 :]:
            each.divide(len(each.by_key))
        return True

    def _judge(self, key: str, create: Create) -> Judgement | None:
        if self._crashed is None and key not in self._failures:
            statistic = self._statistics[-1].by_key[key]
            if not is_concerned(self._rule, key, statistic, (*self._given, *self._finished)):
                return NO_FINDINGS
        return super()._judge(key, create)

    def _judge_group(self, group: Group) -> Judgement:
        """Judge one group by the statistics of all."""
        key = group.key
        if self._crashed is not None:
            is_first = key == min(self.keys.all_keys())
            failed = frozenset(each.digest for each in group.descriptions)
            return Judgement(self._crashed.findings if is_first else [], failed)
        if key in self._failures:
            return self._failures[key][1]
        statistic = self._statistics[-1].by_key[key]
        finished = (*self._given, *self._finished)
        return judge_surveyed(self._name, self._rule, group, statistic, finished)


def _identity(finished: Any) -> bytes:
    """Compute the digest of a finished statistic."""
    digest = getattr(finished, "digest", None)
    return digest if isinstance(digest, bytes) else digest_of(finished)


def _is_equal(one: Any, other: Any) -> bool:
    """Check if two finished statistics are equal."""
    return bool(getattr(one, "digest", one) == getattr(other, "digest", other))
