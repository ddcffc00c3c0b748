"""The figures of the page: each is a chart with a caption, a legend and its numbers in a table."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newslint.diagnostics import Report, Severity
from newslint.records import ArchiveStatistics
from newslint.reporters.dead_addresses import DeadAddresses, count_dead_addresses
from newslint.reporters.history import HistoryEntry
from newslint.reporters.html.chart_data import (
    Period,
    Timeline,
    Trend,
    TrendPoint,
    build_timeline,
    build_trend,
    format_day,
)
from newslint.reporters.html.charts import BarValue, Chart, Series, draw_bars, draw_lines
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
    """Build the figures of a report; one without data is left out.

    Args:
        report: The outcome of the run.
        overview: The statistics of the records.
        history: The earlier runs, the oldest first; if it is empty, there is no trend.
    """
    figures: list[Figure] = []
    timeline = build_timeline(report, overview.days)
    if any(period.affected for period in timeline.periods):
        figures.append(_timeline_figure(timeline))
    figures += _dead_figures(count_dead_addresses(report, overview.days))
    if history:
        figures.append(_trend_figure(build_trend(history)))
    return figures


def _timeline_figure(timeline: Timeline) -> Figure:
    """Build the figure of documents with errors, of which there are some with a date."""
    periods = timeline.periods
    worst = max(periods, key=lambda each: (_share(each), each.documents))
    preposition = "on" if timeline.unit == "day" else "in"
    undated = pluralize(timeline.undated, "document")
    text = (
        f"By date of publication, by {timeline.unit}. The largest share is "
        f"{_share(worst)} %, {preposition} {worst.name}: {_counts(worst)}."
        + (f" {undated} with errors without a date." if timeline.undated else "")
    )
    bars = [BarValue(_share(each), f"{each.name}: {_counts(each)}") for each in periods]
    chart = draw_bars([each.name for each in periods], bars, "error")
    rows = tuple((each.name, each.documents, each.affected) for each in periods if each.documents)
    numbers = NumberTable((timeline.unit, "documents", "with errors"), rows)
    return Figure("published", "Share of documents with errors", text, chart, (), numbers)


def _dead_figures(dead: DeadAddresses) -> Iterator[Figure]:
    """Yield the figures of addresses that are gone; none if none is."""
    if not dead.hosts:
        return
    head = ("dead links", "dead images", "documents")
    worst = dead.hosts[0]
    total = sum(each.links + each.images for each in dead.hosts)
    hosts = pluralize(len(dead.hosts), "host")
    text = f"{total:,} at {hosts}, {worst.links + worst.images:,} of them at {worst.name}."
    rows = NumberTable(("host", *head), dead.hosts)
    yield Figure("dead-hosts", "Dead links and images by host", text, None, (), rows)
    sums = [each.links + each.images for each in dead.years]
    bars = [
        BarValue(
            max(1, 100 * number // max(sum(sums), 1)),
            f"{each.name}: {pluralize(each.links, 'link')}, {pluralize(each.images, 'image')}",
        )
        for each, number in zip(dead.years, sums, strict=True)
    ]
    text = "By the year in which a record that contains them was published: shares of all."
    chart = draw_bars([each.name for each in dead.years], bars, "error")
    rows = NumberTable(("year", *head), dead.years)
    yield Figure("dead-years", "Dead links and images by age", text, chart, (), rows)


def _share(period: Period) -> int:
    """Compute the percentage of documents with errors; at least 1 if there is any."""
    share = 100 * period.affected // max(period.documents, 1)
    return max(share, min(period.affected, 1))


def _counts(period: Period) -> str:
    """Describe how many documents of a period have errors."""
    return f"{period.affected:,} of {pluralize(period.documents, 'document')}"


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
