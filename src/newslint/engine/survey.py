"""The survey stage: run rules that judge descriptions by statistics of a group or of the archive.

A statistic is computed in parts, which are merged. So findings are the same for any partition.
"""

from collections.abc import Sequence
from typing import Any

from newslint.engine.findings import (
    NO_FINDINGS,
    Judgement,
    attempt,
    crash_at,
    create_findings,
    merge_judgements,
)
from newslint.records import Description, Group
from newslint.rules.api import AggregateRule, SurveyRule


def judge_aggregate(name: bytes, rule: AggregateRule, group: Group) -> Judgement:
    """Run an aggregate rule on one group; the result depends on nothing else."""
    finished = attempt(name, rule, group, lambda: rule.finish(group.key, rule.measure(group)))
    if isinstance(finished, Judgement):
        return finished
    return judge_finished(name, rule, group, finished)


def judge_finished(name: bytes, rule: AggregateRule, group: Group, finished: Any) -> Judgement:
    """Run an aggregate rule on the descriptions of a group with a finished statistic."""
    return merge_judgements(
        check_description(name, rule, group.key, each, finished) for each in group.descriptions
    )


def check_description(
    name: bytes, rule: AggregateRule, key: str, description: Description, finished: Any
) -> Judgement:
    """Run an aggregate rule on one description of a group with a finished statistic.

    If it crashes, that is reported at the description: the others keep their findings.
    """
    if finished is None:
        return NO_FINDINGS
    try:
        return Judgement(create_findings(name, rule.check(key, description, finished)))
    except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
        return crash_at({name: rule}, description, error)


def measure_again(rule: SurveyRule, before: Any, finished: Sequence[Any]) -> Any:
    """Measure a group by its statistic in the round before; None if that takes the group."""
    try:
        return rule.measure_again(before, finished)
    except Exception:  # noqa: BLE001 # `measure` fails too, and that is reported
        return None


def is_concerned(rule: SurveyRule, key: str, statistic: Any, finished: Sequence[Any]) -> bool:
    """Check whether a survey rule may report something in a group with a statistic."""
    try:
        return rule.concerns(key, statistic, finished)
    except Exception:  # noqa: BLE001 # `judge_surveyed` reports it
        return True


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
    return attempt(
        name,
        rule,
        group,
        lambda: (
            Judgement(create_findings(name, rule.check(group, statistic, finished)))
            if rule.concerns(group.key, statistic, finished)
            else NO_FINDINGS
        ),
    )
