"""The judge stage: run rules that compare mentions on a group of mentions with equal key.

This is the reduce step of a map-reduce: a rule sees the mentions of one group only.
"""

from collections.abc import Mapping

from newslint.engine.findings import Judgement, attempt, create_findings, run_rules
from newslint.records import Group
from newslint.records.verdicts import Verdict
from newslint.rules.api import GroupRule
from newslint.rules.verdict_rule import VerdictRule


def judge_group(rules: Mapping[bytes, GroupRule], group: Group) -> Judgement:
    """Run group rules on one group; the result depends on nothing else."""
    return run_rules(rules, group, [group])


def judge_verdict(rules: Mapping[bytes, VerdictRule], group: Group, verdict: Verdict) -> Judgement:
    """Run rules on the places of one address, given the verdict on it."""
    parts = [_judge_verdict(name, rule, group, verdict) for name, rule in rules.items()]
    findings = [each for part in parts for each in part.findings]
    return Judgement(findings, frozenset().union(*(part.failed for part in parts)))


def _judge_verdict(name: bytes, rule: VerdictRule, group: Group, verdict: Verdict) -> Judgement:
    """Run one rule on the places of an address."""
    return attempt(
        name, rule, group, lambda: Judgement(create_findings(name, rule.check(group, verdict)))
    )
