"""Summaries of a report: its counts in words and tables, its diagnostics ranked and grouped.

Commands import `pluralize` before they parse their options, so this module loads the modules that
take long to import when a function needs them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslint.reporters.escape import escape

if TYPE_CHECKING:
    from newslint.diagnostics import Diagnostic, Report

NO_PROVIDER = "(no provider)"
"""Name of the row of diagnostics whose provider is unknown."""

_MAX_PROVIDERS = 20
_NAME_WIDTH = 33


def pluralize(number: int, noun: str) -> str:
    """Format a number with its noun: `1 file`, `1,200 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def summary_lines(report: "Report") -> list[str]:
    """Summarise the counts of a report in one line if it is clean, else in two."""
    documents = pluralize(report.documents, "document")
    if not report.diagnostics:
        return [f"No diagnostics in {documents}{_unlisted_counts(report)}"]
    diagnostics = pluralize(len(report.diagnostics), "diagnostic")
    severities = [pluralize(number, name) for name, number in report.by_severity.items() if number]
    causes = pluralize(report.causes, "cause")
    return [
        f"{diagnostics} ({', '.join(severities)})",
        f"{causes}, {report.fixable:,} fixable, {documents}{_unlisted_counts(report)}",
    ]


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
        causes: Number of distinct causes.
        fixable: Number of diagnostics that have a fix.
        records: Number of files that have at least one of the diagnostics.
    """

    name: str
    diagnostics: int
    causes: int
    fixable: int
    records: int


def count_by_rule(report: "Report") -> list[StatisticsRow]:
    """Count the diagnostics of each rule; the rule with most comes first."""
    return _count_by(report, lambda diagnostic: diagnostic.rule)


def count_by_provider(report: "Report") -> list[StatisticsRow]:
    """Count the diagnostics of each provider's domain; the provider with most comes first."""
    return _count_by(report, lambda diagnostic: diagnostic.provider or NO_PROVIDER)


def _count_by(report: "Report", key: "Callable[[Diagnostic], str]") -> list[StatisticsRow]:
    """Count the diagnostics of each key."""
    groups: dict[str, list[Diagnostic]] = {}
    for diagnostic in report.diagnostics:
        groups.setdefault(key(diagnostic), []).append(diagnostic)
    rows = [
        StatisticsRow(
            name,
            len(diagnostics),
            len({diagnostic.cause for diagnostic in diagnostics}),
            sum(diagnostic.is_fixable for diagnostic in diagnostics),
            len({diagnostic.path for diagnostic in diagnostics}),
        )
        for name, diagnostics in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row.diagnostics, row.name))


def render_statistics(report: "Report") -> Iterator[str]:
    """Yield the lines of the tables by rule and by provider."""
    yield from _table("rule", count_by_rule(report), report.documents)
    providers = count_by_provider(report)
    yield ""
    yield from _table("provider", providers[:_MAX_PROVIDERS], report.documents)
    if len(providers) > _MAX_PROVIDERS:
        yield f"and {len(providers) - _MAX_PROVIDERS:,} more providers"


def _table(heading: str, rows: list[StatisticsRow], documents: int) -> Iterator[str]:
    """Yield the lines of one table, 80 columns wide."""
    from rich.cells import cell_len

    titles = f"{'diagnostics':>11} {'causes':>8} {'fixable':>8} {'share of records':>16}"
    yield f"{heading:{_NAME_WIDTH}} {titles}"
    for row in rows:
        share = f"{row.records / max(documents, 1):.1%}"
        name = escape(row.name)
        name += " " * (_NAME_WIDTH - cell_len(name))
        yield f"{name} {row.diagnostics:11,} {row.causes:8,} {row.fixable:8,} {share:>16}"


def rank_diagnostics(diagnostics: "Sequence[Diagnostic]") -> "list[Diagnostic]":
    """Sort diagnostics by importance, for formats that cannot hold all of them.

    The order is by severity, worst first. Within a severity, the first diagnostic of each cause
    comes before the second of any, and causes with more diagnostics come before those with fewer.
    """
    compact = diagnostics
    totals = Counter(diagnostic.cause for diagnostic in compact)
    seen: Counter[str] = Counter()
    keys = []
    for index, diagnostic in enumerate(compact):
        cause = diagnostic.cause
        keys.append((diagnostic.severity.rank, seen[cause], -totals[cause], index))
        seen[cause] += 1
    return [compact[index] for *_, index in sorted(keys)]


def group_by_cause(diagnostics: "Iterable[Diagnostic]") -> "list[list[Diagnostic]]":
    """Group diagnostics by cause, in the order in which the causes first appear."""
    groups: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        groups.setdefault(diagnostic.cause, []).append(diagnostic)
    return list(groups.values())
