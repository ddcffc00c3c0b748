"""Counts that the page shows: the health of the archive, and tables by rule and by provider."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newslint.diagnostics import Report, Safety, Severity
from newslint.reporters.html.cause_groups import CauseGroups
from newslint.reporters.summary import StatisticsRow, count_by_provider, count_by_rule
from newslint.rules.api import Rule
from newslint.rules.explain import explain

CLEAN = "clean"

MAX_PROVIDERS = 100
"""The table lists at most this number of providers."""

_LEADING = 10
_BAR_WIDTH = 1000
_MIN_BAND_WIDTH = 6


class HealthBand(NamedTuple):
    """The files of one kind, and their part of a bar that is 1000 wide.

    Attributes:
        name: `CLEAN`, or the worst severity in the files.
        documents: Number of files.
        start: The offset of the part.
        width: The width of the part; if there are files, large enough to be visible.
    """

    name: str
    documents: int
    start: float
    width: float


class Health(NamedTuple):
    """The health of an archive.

    Attributes:
        clean: Number of files without diagnostics.
        bands: The files by their worst severity: clean ones first, those with errors last.
        safe: Number of diagnostics that have a safe fix.
        leading: Number of the first causes that `leading_share` is about.
        leading_share: The share of all diagnostics that these causes have, from 0 to 1.
    """

    clean: int
    bands: tuple[HealthBand, ...]
    safe: int
    leading: int
    leading_share: float


def measure_health(report: Report, causes: CauseGroups) -> Health:
    """Measure the health of the archive that a report is about."""
    clean = max(report.documents - len(causes.paths), 0)
    documents = {CLEAN: clean}
    for severity in reversed(Severity):
        documents[severity.value] = causes.worst.count(severity.rank)
    fixes = (diagnostic.fix for diagnostic in report.diagnostics)
    leading = causes.groups[:_LEADING]
    total = sum(group.total for group in causes.groups)
    return Health(
        clean,
        tuple(_bands(documents)),
        sum(fix is not None and fix.safety is Safety.SAFE for fix in fixes),
        len(leading),
        sum(group.total for group in leading) / max(total, 1),
    )


def _bands(documents: Mapping[str, int]) -> Iterator[HealthBand]:
    """Divide the bar in proportion to the number of files of each kind."""
    total = max(sum(documents.values()), 1)
    widths = {
        name: max(_MIN_BAND_WIDTH, _BAR_WIDTH * number / total) if number else 0
        for name, number in documents.items()
    }
    scale = _BAR_WIDTH / max(sum(widths.values()), 1)
    start = 0.0
    for name, width in widths.items():
        yield HealthBand(name, documents[name], round(start, 1), round(width * scale, 1))
        start += width * scale


class RuleRow(NamedTuple):
    """The diagnostics of one rule.

    Attributes:
        row: The counts.
        severity: The worst severity of its diagnostics.
        summary: The summary of the rule; empty if the rule did not run.
    """

    row: StatisticsRow
    severity: Severity
    summary: str


class PageTables(NamedTuple):
    """The tables by rule and by provider.

    Attributes:
        rules: The rules, the one with most diagnostics first.
        providers: The providers, likewise, `MAX_PROVIDERS` at most.
        omitted_providers: Number of further providers.
    """

    rules: tuple[RuleRow, ...]
    providers: tuple[StatisticsRow, ...]
    omitted_providers: int


def build_tables(report: Report, rules: Sequence[type[Rule]]) -> PageTables:
    """Count the diagnostics of a report by rule and by provider, given the rules that ran."""
    worst: dict[str, Severity] = {}
    for rule, severity in sorted(report.counts.kinds, key=lambda kind: kind[1].rank):
        worst.setdefault(rule, severity)
    summaries = {rule.id: explain(rule).summary for rule in rules}
    providers = count_by_provider(report)
    return PageTables(
        tuple(
            RuleRow(row, worst[row.name], summaries.get(row.name, ""))
            for row in count_by_rule(report)
        ),
        tuple(providers[:MAX_PROVIDERS]),
        max(0, len(providers) - MAX_PROVIDERS),
    )
