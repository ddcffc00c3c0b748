"""The tables by rule and by provider, as the page shows them."""

from collections.abc import Sequence
from typing import NamedTuple

from newslint.diagnostics import Report, Severity
from newslint.reporters.statistics import Row, by_provider, by_rule
from newslint.rules.api import Rule
from newslint.rules.explain import explain

MOST_PROVIDERS = 100
"""How many providers are listed."""


class RuleRow(NamedTuple):
    """What was found by a rule.

    Attributes:
        row: The counts.
        severity: The worst of its diagnostics.
        summary: What it reports; empty where it is not known.
    """

    row: Row
    severity: Severity
    summary: str


class Tables(NamedTuple):
    """What was found, by rule and by provider.

    Attributes:
        rules: Most diagnostics first.
        providers: Most diagnostics first: those with most.
        more_providers: How many more there are.
    """

    rules: tuple[RuleRow, ...]
    providers: tuple[Row, ...]
    more_providers: int


def tables(report: Report, rules: Sequence[type[Rule]]) -> Tables:
    """Return what `report` holds, given the rules that ran."""
    worst: dict[str, Severity] = {}
    for rule, severity in sorted(report.counts.kinds, key=lambda kind: kind[1].rank):
        worst.setdefault(rule, severity)
    known = {rule.id: explain(rule).summary for rule in rules}
    rows = (RuleRow(row, worst[row.name], known.get(row.name, "")) for row in by_rule(report))
    providers = by_provider(report)
    more = max(0, len(providers) - MOST_PROVIDERS)
    return Tables(tuple(rows), tuple(providers[:MOST_PROVIDERS]), more)
