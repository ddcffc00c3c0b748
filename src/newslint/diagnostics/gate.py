"""The quality gate: the limits that a report must keep for a run to succeed."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from newslint.diagnostics.diagnostic import Severity

if TYPE_CHECKING:
    from newslint.diagnostics.report import Report


class Metric(StrEnum):
    """A number of a report that a gate limits."""

    ERRORS = "errors"
    WARNINGS = "warnings"
    INFOS = "infos"
    RULE = "rule"
    BASELINED = "baselined"
    STALE_BASELINE = "stale-baseline"


SEVERITY_METRICS = dict(zip(Severity, (Metric.ERRORS, Metric.WARNINGS, Metric.INFOS), strict=True))
"""The number that each severity counts towards."""


class Gate(msgspec.Struct, frozen=True):
    """Limits of the numbers of diagnostics; None, or no entry, means no limit.

    A diagnostic counts towards one limit: that of its rule, or else that of its severity.

    Attributes:
        severities: The limit of each severity.
        rules: The limit of each rule, by rule id.
        baselined: The limit of diagnostics that the baseline lets pass.
        stale_baseline: The limit of baseline entries whose diagnostics no longer occur.
        uncounted: Ids of rules whose diagnostics count towards no limit of severities.
    """

    severities: Mapping[Severity, int] = msgspec.field(
        default_factory=lambda: fail_limits(Severity.ERROR)
    )
    rules: Mapping[str, int] = msgspec.field(default_factory=dict)
    baselined: int | None = None
    stale_baseline: int | None = None
    uncounted: frozenset[str] = frozenset()


class GateCondition(NamedTuple):
    """One limit of a gate, and what a report has of it.

    Attributes:
        metric: The number that is limited.
        limit: The highest number that passes.
        actual: The number in the report.
        rule: The id of the rule whose diagnostics are limited; empty for other metrics.
        project: The folder of the project, if the run has several; else empty.
    """

    metric: Metric
    limit: int
    actual: int
    rule: str = ""
    project: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the number is within its limit."""
        return self.actual <= self.limit


class GateResult(NamedTuple):
    """A gate applied to a report.

    Attributes:
        conditions: All limits, those of severities first, then those of rules and the baseline.
        uncounted: Rules that count towards no limit of severities, each with its project.
    """

    conditions: tuple[GateCondition, ...] = ()
    uncounted: frozenset[tuple[str, str]] = frozenset()

    @property
    def has_passed(self) -> bool:
        """Whether all numbers are within their limits."""
        return all(each.is_met for each in self.conditions)

    @property
    def failed(self) -> tuple[GateCondition, ...]:
        """The conditions that are not met."""
        return tuple(each for each in self.conditions if not each.is_met)

    def needs_explanation(self, shown: Collection[Metric]) -> bool:
        """Check if a report leaves open why the gate passed or failed.

        Args:
            shown: The numbers of which the report shows that there are any. They explain a failure
                if all limits are 0.
        """
        own = (Metric.RULE, Metric.BASELINED)
        has_limits = any(each.limit or each.metric in own for each in self.conditions)
        return has_limits or any(each.metric not in shown for each in self.failed)

    def passed_over(self, report: "Report") -> list[str]:
        """List the rules whose diagnostics would count towards a limit if they were counted."""
        limited = {each.metric for each in self.conditions}
        apart = {rule for rule, _ in self.uncounted}
        kinds = report.counts.kinds
        return sorted({rule for rule, level in kinds if SEVERITY_METRICS[level] in limited} & apart)

    def is_exceeded_by(self, rule: str, severity: Severity, project: str = "") -> bool:
        """Check if a diagnostic counts towards a limit that is exceeded.

        Args:
            rule: The rule of the diagnostic.
            severity: The severity of the diagnostic.
            project: The folder of the project, if the run has several; else empty.
        """
        limits = [each for each in self.conditions if each.project == project]
        counted = [each for each in limits if each.rule == rule]
        if not counted and (rule, project) not in self.uncounted:
            counted = [each for each in limits if each.metric == SEVERITY_METRICS[severity]]
        return not all(each.is_met for each in counted)


def fail_limits(level: Severity) -> dict[Severity, int]:
    """Create the limits that allow no diagnostic of a severity or above it."""
    return {severity: 0 for severity in Severity if severity.reaches(level)}


def judge_gate(report: "Report", gate: Gate) -> GateResult:
    """Apply a gate to a report from which the baseline has been removed."""
    uncounted = frozenset((rule, "") for rule in gate.uncounted)
    return GateResult(tuple(_conditions(report, gate)), uncounted)


def merge_gates(results: Mapping[str, GateResult]) -> GateResult:
    """Merge the results of the gates of several projects, by their folders."""
    return GateResult(
        tuple(
            condition._replace(project=folder)
            for folder, result in results.items()
            for condition in result.conditions
        ),
        frozenset(
            (rule, folder) for folder, result in results.items() for rule, _ in result.uncounted
        ),
    )


def _conditions(report: "Report", gate: Gate) -> Iterator[GateCondition]:
    """Yield the conditions of a gate."""
    by_rule, by_severity = _count(report, gate)
    for severity in Severity:
        if severity in gate.severities:
            limit = gate.severities[severity]
            yield GateCondition(SEVERITY_METRICS[severity], limit, by_severity[severity])
    for rule, limit in sorted(gate.rules.items()):
        yield GateCondition(Metric.RULE, limit, by_rule[rule], rule)
    if gate.baselined is not None:
        yield GateCondition(Metric.BASELINED, gate.baselined, report.baselined)
    if gate.stale_baseline is not None:
        yield GateCondition(Metric.STALE_BASELINE, gate.stale_baseline, report.stale_baseline)


def _count(report: "Report", gate: Gate) -> tuple[Counter[str], Counter[Severity]]:
    """Count the diagnostics of each rule, and of each severity without rules that count apart.

    Diagnostics that the report does not list have the worst severity of their rule's.
    """
    apart = gate.rules.keys() | gate.uncounted
    by_rule, by_severity = Counter[str](), Counter[Severity]()
    worst: dict[str, Severity] = {}
    for (rule, severity), number in report.counts.kinds.items():
        by_rule[rule] += number
        worst[rule] = max(severity, worst.get(rule, severity))
        if rule not in apart:
            by_severity[severity] += number
    for rule, number in report.omitted.items():
        by_rule[rule] += number
        if rule in worst and rule not in apart:
            by_severity[worst[rule]] += number
    return by_rule, by_severity
