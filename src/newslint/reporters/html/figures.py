"""The figures of the page: each is a chart with a caption, a legend and its numbers in a table."""

from collections.abc import Sequence
from typing import NamedTuple

from newslint.diagnostics import Report, Severity
from newslint.records import ArchiveStatistics
from newslint.reporters.history import HistoryEntry
from newslint.reporters.html.chart_data import (
    Timeline,
    Trend,
    TrendPoint,
    bin_scores,
    build_timeline,
    build_trend,
    format_day,
)
from newslint.reporters.html.charts import Chart, Series, draw_bars, draw_lines
from newslint.reporters.summary import pluralize

_MIN_RUNS = 2
_SEVERITIES = tuple(severity.value for severity in Severity)
_LEGEND = tuple((name, name) for name in _SEVERITIES)


class NumberTable(NamedTuple):
    """The numbers of a chart.

    Attributes:
        head: The names of the columns.
        rows: The rows: a label, then numbers.
    """

    head: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()


class Figure(NamedTuple):
    """A chart with its caption.

    Attributes:
        name: The anchor in the page.
        title: The heading.
        text: The caption, which is also the chart's description for screen readers.
        chart: The chart; None if there is nothing to draw.
        legend: The CSS class and the label of each series.
        numbers: The numbers of the chart.
    """

    name: str
    title: str
    text: str
    chart: Chart | None = None
    legend: tuple[tuple[str, str], ...] = ()
    numbers: NumberTable = NumberTable()


def build_figures(
    report: Report, overview: ArchiveStatistics, history: Sequence[HistoryEntry]
) -> list[Figure]:
    """Build the figures of a report.

    Args:
        report: The outcome of the run.
        overview: The statistics of the records.
        history: The earlier runs, the oldest first; if it is empty, there is no trend.
    """
    figures = [_score_figure(overview)]
    if report.diagnostics:
        figures.insert(0, _timeline_figure(build_timeline(report, overview.days)))
    return [*figures, _trend_figure(build_trend(history))] if history else figures


def _timeline_figure(timeline: Timeline) -> Figure:
    """Build the figure of diagnostics by date of publication."""
    title = "Diagnostics by date of publication"
    undated = f" {timeline.undated:,} are in files without a date." if timeline.undated else ""
    peak = max(timeline.periods, key=lambda period: sum(period.counts), default=None)
    if peak is None or not sum(peak.counts):
        return Figure("published", title, undated.strip())
    text = (
        f"Records published from {timeline.periods[0].name} to {timeline.periods[-1].name}, by "
        f"{timeline.unit}. Most diagnostics are in {peak.name}: {sum(peak.counts):,} in "
        f"{pluralize(peak.documents, 'document')}.{undated}"
    )
    names = [period.name for period in timeline.periods]
    chart = draw_bars(names, _severity_series([period.counts for period in timeline.periods]))
    rows = tuple((period.name, period.documents, *period.counts) for period in timeline.periods)
    numbers = NumberTable((timeline.unit, "documents", *_SEVERITIES), rows)
    return Figure("published", title, text, chart, _LEGEND, numbers)


def _score_figure(overview: ArchiveStatistics) -> Figure:
    """Build the figure of articles by quality score."""
    title = "Quality scores"
    bins = bin_scores(overview.scores)
    if not bins:
        return Figure("quality", title, "No article has a quality score.")
    articles = sum(score.articles for score in overview.scores)
    inconsistent = sum(score.inconsistent for score in overview.scores)
    text = (
        f"{pluralize(articles, 'article')} by score; "
        f"{f'{inconsistent:,}' if inconsistent else 'none'} of them with another score in some "
        "mention."
    )
    series = [
        Series("consistent", [each.consistent for each in bins]),
        Series("inconsistent", [each.inconsistent for each in bins]),
    ]
    chart = draw_bars([each.name for each in bins], series)
    legend = (("consistent", "the same in all mentions"), ("inconsistent", "inconsistent"))
    numbers = NumberTable(("score", "consistent articles", "inconsistent articles"), bins)
    return Figure("quality", title, text, chart, legend, numbers)


def _trend_figure(trend: Trend) -> Figure:
    """Build the figure of earlier runs, of which there is at least one."""
    runs = trend.runs
    rows = tuple((run.name, run.documents, run.clean, *run.counts) for run in reversed(runs))
    numbers = NumberTable(("run", "documents", "clean", *_SEVERITIES), rows)
    text = _compare_runs(runs[0], runs[-1])
    if trend.omitted:
        text += f" {trend.omitted:,} earlier runs are not shown."
    if len(runs) < _MIN_RUNS:
        return Figure("trend", "Trend", text, numbers=numbers)
    series = _severity_series([run.counts for run in runs])
    chart = draw_lines([run.time for run in runs], format_day, series)
    return Figure("trend", "Trend", text, chart, _LEGEND, numbers)


def _compare_runs(first: TrendPoint, last: TrendPoint) -> str:
    """Describe how the number of diagnostics changed from the first run to the last."""
    diagnostics = pluralize(last.diagnostics, "diagnostic")
    if first is last:
        return f"{diagnostics} on {last.name}; a second run makes a trend."
    change = last.diagnostics - first.diagnostics
    if not change:
        return f"{diagnostics} on {last.name}, as many as on {first.name}."
    comparative = "more" if change > 0 else "fewer"
    return f"{diagnostics} on {last.name}, {abs(change):,} {comparative} than on {first.name}."


def _severity_series(counts: Sequence[Sequence[int]]) -> list[Series]:
    """Transpose counts by severity, one sequence a period or run, to a series a severity."""
    return [Series(name, [each[rank] for each in counts]) for rank, name in enumerate(_SEVERITIES)]
