"""The survey stage: run rules that judge descriptions by statistics of a group or of the archive.

A statistic is computed in parts, which are merged. So findings are the same for any partition.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from newslint.engine.findings import GuardedKeys, Judgement, crash_judgement
from newslint.engine.results import Finding
from newslint.records import Corpus, Group
from newslint.rules.api import AggregateRule, DescriptionDiagnostic, SurveyRule


def judge_aggregates(
    name: bytes, rule: AggregateRule, corpus: Corpus, among: Collection[bytes] | None = None
) -> Iterator[Judgement]:
    """Run an aggregate rule on each group of a corpus.

    Args:
        name: Digest of the rule and its options.
        rule: The rule.
        corpus: All records.
        among: Judge only groups with one of these descriptions, given by digest; None for all.
    """
    guarded = GuardedKeys(rule.keys)
    for group in corpus.groups(guarded, {}, among):
        if not (rule.compares and group.is_single):
            yield judge_aggregate(name, rule, group)
    yield guarded.failures({name: rule})


def judge_aggregate(name: bytes, rule: AggregateRule, group: Group) -> Judgement:
    """Run an aggregate rule on one group; the result depends on nothing else."""
    try:
        finished = rule.finish(group.key, rule.measure(group))
    except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
        return crash_judgement(name, rule, group, error)
    return judge_finished(name, rule, group, finished)


def judge_finished(name: bytes, rule: AggregateRule, group: Group, finished: Any) -> Judgement:
    """Run an aggregate rule on the descriptions of a group with a finished statistic."""
    if finished is None:
        return Judgement([])
    checks = (rule.check(group.key, each, finished) for each in group.descriptions)
    try:
        return Judgement(_findings(name, chain.from_iterable(checks)))
    except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
        return crash_judgement(name, rule, group, error)


def survey(
    name: bytes, rule: SurveyRule, corpus: Corpus, among: Collection[bytes] | None = None
) -> Iterator[Judgement]:
    """Measure a corpus in the rounds of a survey rule, then run the rule on each group.

    The arguments are those of `judge_aggregates`.
    """
    guarded = GuardedKeys(rule.keys)
    groups = list(corpus.groups(guarded, {}))
    yield guarded.failures({name: rule})
    failures, measured, finished = measure(name, rule, groups)
    yield from failures
    digests = None if among is None else frozenset(among)
    for group in groups:
        is_wanted = digests is None or any(each.digest in digests for each in group.descriptions)
        if is_wanted and group.key in measured:
            yield judge_surveyed(name, rule, group, measured[group.key], finished)


def measure(
    name: bytes, rule: SurveyRule, groups: Sequence[Group]
) -> tuple[list[Judgement], dict[str, Any], tuple[Any, ...]]:
    """Measure groups in all rounds of a survey rule.

    Returns:
        The judgements of groups on which the rule crashed, the statistics of the other groups in
        the last round by key, and the finished statistics of all rounds.
    """
    failures: dict[str, Judgement] = {}
    measured: dict[str, Any] = {}
    finished: tuple[Any, ...] = ()
    for _ in range(rule.rounds):
        measured = {}
        for group in groups:
            if group.key in failures:
                continue
            try:
                measured[group.key] = rule.measure(group, finished)
            except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
                failures[group.key] = crash_judgement(name, rule, group, error)
        try:
            finished += (rule.finish(rule.merge(measured.values(), finished), finished),)
        except Exception as error:  # noqa: BLE001 # as above
            crashed = [crash_judgement(name, rule, group, error) for group in groups]
            return crashed[:1] + [each._replace(findings=[]) for each in crashed[1:]], {}, ()
    return [*failures.values()], measured, finished


def judge_surveyed(
    name: bytes, rule: SurveyRule, group: Group, statistic: Any, finished: Sequence[Any]
) -> Judgement:
    """Run a survey rule on one group.

    Args:
        name: Digest of the rule and its options.
        rule: The rule.
        group: The group.
        statistic: The statistic of the group in the last round.
        finished: The finished statistics of all rounds.
    """
    try:
        return Judgement(_findings(name, rule.check(group, statistic, finished)))
    except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
        return crash_judgement(name, rule, group, error)


def _findings(name: bytes, found: Iterable[DescriptionDiagnostic]) -> list[Finding]:
    """Create the findings of diagnostics about descriptions."""
    return [
        Finding(name, diagnostic, description.digest, except_in=except_in)
        for description, diagnostic, except_in in found
    ]
