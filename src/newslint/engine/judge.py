"""The judge stage: run rules that compare mentions on a group of mentions with equal key.

This is the reduce step of a map-reduce: a rule sees the mentions of one group only.
"""

from collections.abc import Mapping

from newslint.engine.findings import Judgement, run_rules
from newslint.records import Group
from newslint.rules.api import GroupRule


def judge_group(rules: Mapping[bytes, GroupRule], group: Group) -> Judgement:
    """Run group rules on one group; the result depends on nothing else."""
    return run_rules(rules, group, [group])
