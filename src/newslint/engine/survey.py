"""The survey stage: run rules that judge descriptions by statistics of a group or of the archive.

A statistic is computed in parts, which are merged. So findings are the same for any partition.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from newslint.engine.findings import Judgement, attempt, create_findings
from newslint.engine.results import Finding
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
    if finished is None:
        return Judgement([])
    checks = (
        check_description(name, rule, group.key, each, finished) for each in group.descriptions
    )
    return attempt(name, rule, group, lambda: Judgement([*chain.from_iterable(checks)]))


def check_description(
    name: bytes, rule: AggregateRule, key: str, description: Description, finished: Any
) -> list[Finding]:
    """Run an aggregate rule on one description of a group with a finished statistic."""
    return [] if finished is None else create_findings(name, rule.check(key, description, finished))


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
        lambda: Judgement(create_findings(name, rule.check(group, statistic, finished))),
    )
