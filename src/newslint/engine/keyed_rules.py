"""Rules by the keys of their groups, for runs that hold one group at a time.

A workspace keeps the groups of all keys (`execution.key_table`). Runs in partitions, on disk or on
a cluster, list the keys of each description here, sort by key, and judge one group after another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from newslint.engine.findings import (
    NO_FINDINGS,
    Judgement,
    Rules,
    crash_at,
    run_in_parts,
)
from newslint.engine.judge import judge_verdict
from newslint.engine.survey import judge_aggregate, judge_finished
from newslint.records import Description, Group, KeyFunction, Mention, article_key
from newslint.records.verdicts import Verdicts
from newslint.rules.api import AggregateRule, GroupRule, SurveyRule
from newslint.rules.verdict_rule import VerdictRule

LARGE = 4096
"""Number of descriptions from which an aggregate rule measures a group in parts."""


@dataclass(frozen=True)
class KeyedRules:
    """Rules that group mentions by the same keys.

    Attributes:
        keys: Lists the keys of a mention.
        rules: The rules, by digest; none if only the keys of articles are needed.
    """

    keys: KeyFunction
    rules: Rules

    @cached_property
    def surveys(self) -> dict[bytes, SurveyRule]:
        """The rules that judge a group by statistics of all groups."""
        return {name: each for name, each in self.rules.items() if isinstance(each, SurveyRule)}

    @cached_property
    def judges_single(self) -> bool:
        """True if a rule also judges groups with one description only."""
        return not all(getattr(rule, "compares", False) for rule in self.rules.values())

    def read_keys(self, description: Description) -> tuple[tuple[str, ...], Judgement]:
        """Compute the keys of a description; a failure is a judgement, and no keys."""
        try:
            return tuple(dict.fromkeys(self.keys(Mention(description)))), NO_FINDINGS
        except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
            return (), crash_at(self.rules, description, error)

    def judge(self, group: Group, verdicts: Verdicts = Verdicts()) -> Iterator[Judgement]:  # noqa: B008 # immutable
        """Run all rules but surveys on a group."""
        rules: dict[bytes, GroupRule] = {}
        for name, rule in self.rules.items():
            if getattr(rule, "compares", False) and group.is_single:
                continue
            if isinstance(rule, GroupRule):
                rules[name] = rule
            elif isinstance(rule, AggregateRule):
                yield from judge_in_parts(name, rule, group)
            elif isinstance(rule, VerdictRule):
                verdict = verdicts.find(group.key)
                if verdict is not None and rule.concerns(verdict):
                    yield judge_verdict({name: rule}, group, verdict)
        if rules:
            yield from run_in_parts(rules, group, [group])


def group_rules_by_keys(rules: Rules) -> list[KeyedRules]:
    """Group the rules that compare mentions by their keys; the keys of articles come first."""
    tables: dict[KeyFunction, dict[bytes, Any]] = {article_key: {}}
    aliases = {GroupRule.keys: article_key}
    for name, rule in rules.items():
        if isinstance(rule, (GroupRule, AggregateRule, SurveyRule, VerdictRule)):
            tables.setdefault(aliases.get(rule.keys, rule.keys), {})[name] = rule
    return [KeyedRules(keys, found) for keys, found in tables.items()]


def judge_in_parts(
    name: bytes, rule: AggregateRule, group: Group, size: int = LARGE
) -> Iterator[Judgement]:
    """Run an aggregate rule on a group; judge a large one in parts, which changes no finding."""
    parts = group.split(size)
    if parts is None:
        yield judge_aggregate(name, rule, group)
        return
    try:
        finished = rule.finish(group.key, rule.merge([rule.measure(part) for part in parts]))
    except Exception:  # noqa: BLE001 # a crash is reported as for other groups
        yield judge_aggregate(name, rule, group)
        return
    for part in group.split(size) or ():
        yield judge_finished(name, rule, part, finished)
