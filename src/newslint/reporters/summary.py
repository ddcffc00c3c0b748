"""Summaries of a report: its counts in words and in tables.

Commands import `pluralize` before they parse their options, so this module loads the modules that
take long to import when a function needs them.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from newslint.reporters.escape import escape

if TYPE_CHECKING:
    from newslint.diagnostics import GateCondition, GateResult, Report
    from newslint.diagnostics.index import DiagnosticKind, DiagnosticSelection
    from newslint.diagnostics.report import DiagnosticCounts

NO_PROVIDER = "(no provider)"
"""Name of the row of diagnostics whose provider is unknown."""

_MAX_PROVIDERS = 20
_NAME_WIDTH = 32


def pluralize(number: int, noun: str) -> str:
    """Format a number with its noun: `1 file`, `1,200 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def summary_lines(report: "Report") -> list[str]:
    """Summarise the counts of a report in one line if it is clean, else in two."""
    documents = pluralize(report.documents, "document")
    if not report.diagnostics:
        return [f"No diagnostics in {documents}{_unlisted_counts(report)}"]
    causes = pluralize(report.causes, "cause")
    return [
        _count_by_severity(report.counts),
        f"{causes}, {report.fixable:,} fixable, {documents}{_unlisted_counts(report)}",
        *_visible_counts(report),
    ]


def _visible_counts(report: "Report") -> "Iterator[str]":
    """Yield the counts of diagnostics in visible records, if there are others."""
    counts = report.visible
    if counts != report.counts:
        shown = "no diagnostics"
        if counts.kinds:
            shown = f"{_count_by_severity(counts)}, {pluralize(counts.causes, 'cause')}"
        yield f"Visible to readers: {shown}"


def _count_by_severity(counts: "DiagnosticCounts") -> str:
    """Describe the numbers of a report: `3 diagnostics (1 error, 2 warnings)`."""
    numbers = counts.by_severity.items()
    severities = (pluralize(number, name) for name, number in numbers if number)
    return f"{pluralize(counts.kinds.total(), 'diagnostic')} ({', '.join(severities)})"


def gate_line(gate: "GateResult") -> str:
    """Describe whether a quality gate passed, and by which numbers."""
    passed = gate.has_passed
    numbers = map(_describe_condition, gate.conditions if passed else gate.failed)
    return f"Quality gate {'passed' if passed else 'failed'}: {', '.join(numbers)}"


def gate_lines(report: "Report") -> "Iterator[str]":
    """Yield the line about the quality gate, unless there is nothing that it had to judge."""
    gate = report.gate
    if gate is not None and gate.conditions and (report.diagnostics or not gate.has_passed):
        yield gate_line(gate)


def _describe_condition(condition: "GateCondition") -> str:
    """Describe a condition of a gate: `3 errors (limit 0)`, `7 of mojibake (limit 5)`."""
    number = condition.actual
    described = {
        "errors": pluralize(number, "error"),
        "warnings": pluralize(number, "warning"),
        "infos": pluralize(number, "info"),
        "rule": f"{number:,} of {condition.rule}",
        "baselined": f"{number:,} baselined",
        "stale-baseline": f"{number:,} stale in the baseline",
    }
    project = f"{condition.project}: " if condition.project else ""
    return f"{project}{described[condition.metric]} (limit {condition.limit:,})"


def omission_lines(report: "Report") -> list[str]:
    """Report, a line for each rule, how many diagnostics exceed the limit of the settings."""
    return [
        f"and {number:,} more of {rule}: 'diagnostics' in [limits] of the settings says how many "
        "are listed"
        for rule, number in report.omitted.items()
    ]


def _unlisted_counts(report: "Report") -> str:
    """Format the numbers of suppressed and baselined diagnostics; empty if there are none."""
    counts = {"suppressed": len(report.suppressed), "baselined": report.baselined}
    return "".join(f", {number:,} {name}" for name, number in counts.items() if number)


class StatisticsRow(NamedTuple):
    """The diagnostics of one rule or one provider, in numbers.

    Attributes:
        name: The rule, or the provider's domain.
        diagnostics: Number of diagnostics.
        visible: Number of those in records that readers can see.
        causes: Number of distinct causes.
        fixable: Number of diagnostics that have a fix.
        records: Number of files that have at least one of the diagnostics.
    """

    name: str
    diagnostics: int
    visible: int
    causes: int
    fixable: int
    records: int


def count_by_rule(report: "Report") -> list[StatisticsRow]:
    """Count the diagnostics of each rule; the rule with most visible ones comes first."""
    from newslint.diagnostics.index import DiagnosticSelection

    return count_rules(DiagnosticSelection.of(report.diagnostics))


def count_rules(found: "DiagnosticSelection") -> list[StatisticsRow]:
    """Count some diagnostics of a report, as `count_by_rule` does."""
    return _count_by(found, lambda kind: kind.rule)


def count_by_provider(report: "Report") -> list[StatisticsRow]:
    """Count the diagnostics of each provider's domain, most visible ones first."""
    from newslint.diagnostics.index import DiagnosticSelection

    every = DiagnosticSelection.of(report.diagnostics)
    return _count_by(every, lambda kind: kind.pages.provider or NO_PROVIDER)


def _count_by(
    found: "DiagnosticSelection", key: "Callable[[DiagnosticKind], str]"
) -> list[StatisticsRow]:
    """Count the diagnostics of each key."""
    rows = [
        StatisticsRow(
            name,
            len(group),
            group.visible,
            len({kind.cause for kind in group.kinds}),
            group.fixable,
            group.documents,
        )
        for name, group in found.group(key).items()
    ]
    return sorted(rows, key=lambda row: (-row.visible, -row.diagnostics, row.name))


def render_statistics(report: "Report") -> Iterator[str]:
    """Yield the lines of the tables by rule and by provider; none if there are no diagnostics.

    The table by provider is left out if no provider is known.
    The last column is the share of documents that have a diagnostic.
    """
    if not report.diagnostics:
        return
    yield from _table("rule", count_by_rule(report), report.documents)
    providers = count_by_provider(report)
    if all(row.name == NO_PROVIDER for row in providers):
        return
    yield ""
    yield from _table("provider", providers[:_MAX_PROVIDERS], report.documents)
    if len(providers) > _MAX_PROVIDERS:
        yield f"and {len(providers) - _MAX_PROVIDERS:,} more providers"


def _table(heading: str, rows: list[StatisticsRow], documents: int) -> Iterator[str]:
    """Yield the lines of one table, 80 columns wide."""
    from rich.cells import cell_len

    titles = f"{'visible':>9} {'diagnostics':>11} {'causes':>8} {'fixable':>8} {'share':>7}"
    yield f"{heading:{_NAME_WIDTH}} {titles}"
    for row in rows:
        share = f"{row.records / max(documents, 1):.1%}"
        name = escape(row.name)
        name += " " * (_NAME_WIDTH - cell_len(name))
        numbers = f"{row.visible:9,} {row.diagnostics:11,} {row.causes:8,} {row.fixable:8,}"
        yield f"{name} {numbers} {share:>7}"
