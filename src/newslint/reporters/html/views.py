"""The views of the page: the health of the archive, and tables by rule, provider and document."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newslint.diagnostics import Report, Severity
from newslint.diagnostics.patterns import Pattern
from newslint.reporters.escape import escape
from newslint.reporters.html.cause_groups import CauseGroups, DocumentCounts
from newslint.reporters.patterns import accepting_settings, describe_counts, describe_pages
from newslint.reporters.summary import (
    NO_PROVIDER,
    StatisticsRow,
    count_by_provider,
    count_by_rule,
)
from newslint.rules.api import Rule
from newslint.rules.explain import explain

CLEAN = "clean"

MAX_PROVIDERS = 100
"""The table lists at most this number of providers."""

MAX_DOCUMENTS = 20
"""So many documents are part of the page itself, for browsers that run no scripts."""

MAX_PATTERNS = 20
"""The page lists at most this number of patterns of one rule."""

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
    """

    clean: int
    bands: tuple[HealthBand, ...]


def measure_health(report: Report, causes: CauseGroups) -> Health:
    """Measure the health of the archive that a report is about."""
    clean = max(report.documents - len(causes.paths), 0)
    worst = [_worst_rank(each) for each in causes.documents]
    documents = {CLEAN: clean}
    for severity in reversed(Severity):
        documents[severity.value] = worst.count(severity.rank)
    return Health(clean, tuple(_bands(documents)))


def _worst_rank(document: DocumentCounts) -> int:
    """Find the rank of the worst severity in a file."""
    return next(rank for rank, count in enumerate(document.counts) if count)


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


class DocumentRow(NamedTuple):
    """One file in the table of files."""

    path: str
    counts: DocumentCounts


class PageTables(NamedTuple):
    """The tables by rule, by provider and by document.

    Attributes:
        rules: The rules, the one with most diagnostics first.
        providers: The providers, likewise, `MAX_PROVIDERS` at most; none if none is known.
        omitted_providers: Number of further providers.
        documents: The documents, the worst first, `MAX_DOCUMENTS` at most.
    """

    rules: tuple[RuleRow, ...]
    providers: tuple[StatisticsRow, ...]
    omitted_providers: int
    documents: tuple[DocumentRow, ...]


def build_tables(report: Report, causes: CauseGroups, rules: Sequence[type[Rule]]) -> PageTables:
    """Count diagnostics by rule, provider and document, given the rules that ran."""
    worst: dict[str, Severity] = {}
    for rule, severity in sorted(report.counts.kinds, key=lambda kind: kind[1].rank):
        worst.setdefault(rule, severity)
    summaries = {rule.id: explain(rule).summary for rule in rules}
    providers = count_by_provider(report)
    if all(row.name == NO_PROVIDER for row in providers):
        providers = []
    documents = sorted(causes.documents, key=lambda each: each.order)[:MAX_DOCUMENTS]
    return PageTables(
        tuple(
            RuleRow(row, worst[row.name], summaries.get(row.name, ""))
            for row in count_by_rule(report)
        ),
        tuple(providers[:MAX_PROVIDERS]),
        max(0, len(providers) - MAX_PROVIDERS),
        tuple(DocumentRow(causes.paths[each.path], each) for each in documents),
    )


class PatternRow(NamedTuple):
    """A pattern in words: its pages, and how many of their places are reported."""

    pages: str
    counts: str
    causes: int


class RulePatterns(NamedTuple):
    """The patterns of one rule.

    Attributes:
        rule: The rule.
        severity: The worst severity.
        rows: The patterns, `MAX_PATTERNS` at most, the most important first.
        omitted: Number of further patterns.
        causes: Number of causes of all of them.
        examples: Places of the first pattern, with messages.
        settings: The lines of settings that accept all of them.
    """

    rule: str
    severity: str
    rows: tuple[PatternRow, ...]
    omitted: int
    causes: int
    examples: tuple[tuple[str, int, str], ...]
    settings: tuple[str, ...]


def group_patterns(patterns: Sequence[Pattern]) -> list[RulePatterns]:
    """Group patterns by rule."""
    groups: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        groups.setdefault(pattern.rule, []).append(pattern)
    return [_describe_patterns(*item) for item in groups.items()]


def _describe_patterns(rule: str, patterns: Sequence[Pattern]) -> RulePatterns:
    """Describe the patterns of one rule."""
    first = patterns[0]
    places = ((each.location, each.message) for each in first.examples)
    return RulePatterns(
        rule,
        max(each.severity for each in patterns).value,
        tuple(
            PatternRow(describe_pages(each), describe_counts(each), each.causes)
            for each in patterns[:MAX_PATTERNS]
        ),
        max(0, len(patterns) - MAX_PATTERNS),
        sum(each.causes for each in patterns),
        tuple((at.path, at.span.start.line, escape(message)) for at, message in places),
        tuple(accepting_settings(*patterns)),
    )
