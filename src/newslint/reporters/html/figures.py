"""The charts of the page, each with the numbers that it shows."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from newslint.diagnostics import Report, Severity
from newslint.records import ArchiveStatistics
from newslint.reporters.counts import counted
from newslint.reporters.history import Entry
from newslint.reporters.html.charts import Series, lines, stacked_bars
from newslint.reporters.html.scores import score_classes
from newslint.reporters.html.timeline import Timeline, timeline
from newslint.reporters.html.trend import Run, Trend, day_of, trend

_FEWEST_RUNS = 2
_SEVERITIES = tuple(severity.value for severity in Severity)
_LEGEND = tuple((name, name) for name in _SEVERITIES)


class Numbers(NamedTuple):
    """What a chart shows, as a table.

    Attributes:
        head: The columns.
        rows: What each row is about, then numbers.
    """

    head: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()


class Figure(NamedTuple):
    """A chart.

    Attributes:
        name: Its anchor.
        title: What it is about.
        text: What one sees in it, and what it does not show.
        svg: The chart; empty where there is nothing to draw.
        legend: Class and name of what is drawn.
        numbers: What it shows.
    """

    name: str
    title: str
    text: str
    svg: Markup = Markup()
    legend: tuple[tuple[str, str], ...] = ()
    numbers: Numbers = Numbers()


def figures(report: Report, overview: ArchiveStatistics, history: Sequence[Entry]) -> list[Figure]:
    """Return the charts.

    Args:
        report: What was found.
        overview: What the records come to.
        history: Earlier runs, the oldest first; without any there is no trend.
    """
    shown = [_qualities(overview)]
    if report.diagnostics:
        shown.insert(0, _published(timeline(report, overview.days)))
    return [*shown, _trend(trend(history))] if history else shown


def _published(found: Timeline) -> Figure:
    """Return the chart of diagnostics over time of publication."""
    title = "Diagnostics by date of publication"
    undated = f" {found.undated:,} are in files without a date." if found.undated else ""
    most = max(found.periods, key=lambda period: sum(period.counts), default=None)
    if most is None or not sum(most.counts):
        return Figure("published", title, undated.strip())
    text = (
        f"Records published from {found.periods[0].name} to {found.periods[-1].name}, by "
        f"{found.unit}. Most diagnostics are in {most.name}: {sum(most.counts):,} in "
        f"{counted(most.documents, 'document')}.{undated}"
    )
    names = [period.name for period in found.periods]
    svg = stacked_bars(names, _by_severity([period.counts for period in found.periods]), text)
    rows = tuple((period.name, period.documents, *period.counts) for period in found.periods)
    numbers = Numbers((found.unit, "documents", *_SEVERITIES), rows)
    return Figure("published", title, text, svg, _LEGEND, numbers)


def _qualities(overview: ArchiveStatistics) -> Figure:
    """Return the chart of quality scores."""
    title = "Quality scores"
    classes = score_classes(overview.scores)
    if not classes:
        return Figure("quality", title, "No article has a quality score.")
    articles = sum(score.articles for score in overview.scores)
    inconsistent = sum(score.inconsistent for score in overview.scores)
    text = (
        f"{counted(articles, 'article')} by score; "
        f"{f'{inconsistent:,}' if inconsistent else 'none'} of them with another score in some "
        "mention."
    )
    series = [
        Series("consistent", [each.consistent for each in classes]),
        Series("inconsistent", [each.inconsistent for each in classes]),
    ]
    svg = stacked_bars([each.name for each in classes], series, text)
    legend = (("consistent", "the same in all mentions"), ("inconsistent", "inconsistent"))
    numbers = Numbers(("score", "consistent articles", "inconsistent articles"), classes)
    return Figure("quality", title, text, svg, legend, numbers)


def _trend(found: Trend) -> Figure:
    """Return the chart of earlier runs, of which there is at least one."""
    runs = found.runs
    rows = tuple((run.name, run.documents, run.clean, *run.counts) for run in reversed(runs))
    numbers = Numbers(("run", "documents", "clean", *_SEVERITIES), rows)
    text = _change(runs[0], runs[-1])
    if found.left_out:
        text += f" {found.left_out:,} earlier runs are not shown."
    if len(runs) < _FEWEST_RUNS:
        return Figure("trend", "Trend", text, numbers=numbers)
    series = _by_severity([run.counts for run in runs])
    svg = lines([run.time for run in runs], day_of, series, text)
    return Figure("trend", "Trend", text, svg, _LEGEND, numbers)


def _change(first: Run, last: Run) -> str:
    """Return how the diagnostics of two runs differ."""
    found = counted(last.diagnostics, "diagnostic")
    if first is last:
        return f"{found} on {last.name}; a second run makes a trend."
    more = last.diagnostics - first.diagnostics
    if not more:
        return f"{found} on {last.name}, as many as on {first.name}."
    return f"{found} on {last.name}, {abs(more):,} {_comparative(more)} than on {first.name}."


def _comparative(more: int) -> str:
    """Return which way a number has gone."""
    return "more" if more > 0 else "fewer"


def _by_severity(counts: Sequence[Sequence[int]]) -> list[Series]:
    """Return counts of each severity, given at many points, as what is drawn."""
    return [Series(name, [each[rank] for each in counts]) for rank, name in enumerate(_SEVERITIES)]
