"""The charts of the page, each with the numbers that it shows."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from newslint.diagnostics import Report, Severity
from newslint.records import Overview
from newslint.reporters.history import Entry
from newslint.reporters.html.charts import Series, lines, stacked_bars
from newslint.reporters.html.scores import score_classes
from newslint.reporters.html.timeline import timeline
from newslint.reporters.html.trend import day_of, trend

_FEWEST_RUNS = 2


class Figure(NamedTuple):
    """A chart.

    Attributes:
        name: Its anchor.
        title: What it is about.
        text: What one sees in it, in a sentence.
        svg: The chart; empty where there is nothing to draw.
        legend: Class and name of what is drawn.
        head: The columns of the table with its numbers.
        rows: The table: what each row is about, then numbers.
        note: What the chart does not show; empty where it shows all.
    """

    name: str
    title: str
    text: str
    svg: Markup | str = ""
    legend: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str | int, ...], ...] = ()
    note: str = ""


def figures(report: Report, overview: Overview, history: Sequence[Entry]) -> list[Figure]:
    """Return the charts that there is something to show in, and those that should have it.

    Args:
        report: What was found.
        overview: What the records come to.
        history: Earlier runs, the oldest first.
    """
    return [_published(report, overview), _qualities(overview), *_trends(history)]


def _published(report: Report, overview: Overview) -> Figure:
    """Return the chart of diagnostics over time of publication."""
    found = timeline(report, overview.days)
    title = "Diagnostics by date of publication"
    if not found.periods or not report.diagnostics:
        text = "No record says when it was published." if report.diagnostics else "No diagnostics."
        return Figure("published", title, text)
    most = max(found.periods, key=lambda period: sum(period.counts))
    text = (
        f"Records published from {found.periods[0].name} to {found.periods[-1].name}, by "
        f"{found.unit}. Most diagnostics are in {most.name}: {sum(most.counts):,} in "
        f"{most.documents:,} documents."
    )
    names = [severity.value for severity in Severity]
    series = [
        Series(name, [period.counts[rank] for period in found.periods])
        for rank, name in enumerate(names)
    ]
    svg = stacked_bars([period.name for period in found.periods], series, text)
    rows = tuple((period.name, period.documents, *period.counts) for period in found.periods)
    note = f"{found.undated:,} diagnostics are in files without a date." if found.undated else ""
    legend = tuple((name, name) for name in names)
    return Figure("published", title, text, svg, legend, (found.unit, "documents", *names), rows, note)


def _qualities(overview: Overview) -> Figure:
    """Return the chart of quality scores."""
    title = "Quality scores"
    classes = score_classes(overview.scores)
    if not classes:
        return Figure("quality", title, "No article has a quality score.")
    articles = sum(score.articles for score in overview.scores)
    inconsistent = sum(score.inconsistent for score in overview.scores)
    text = f"{articles:,} articles have a score; every mention of each agrees on it."
    if inconsistent:
        text = f"{inconsistent:,} of {articles:,} articles have another score in some mention."
    legend = (("consistent", "the same in all mentions"), ("inconsistent", "inconsistent"))
    series = [
        Series("consistent", [each.consistent for each in classes]),
        Series("inconsistent", [each.inconsistent for each in classes]),
    ]
    svg = stacked_bars([each.name for each in classes], series, text)
    head = ("score", "consistent articles", "inconsistent articles")
    return Figure("quality", title, text, svg, legend, head, tuple(map(tuple, classes)))


def _trends(history: Sequence[Entry]) -> Iterator[Figure]:
    """Yield the chart of earlier runs where there are any."""
    if not history:
        return
    title = "Trend"
    runs, left_out = found = trend(history)
    first, last = runs[0], runs[-1]
    names = [severity.value for severity in Severity]
    rows = tuple((run.name, run.documents, run.clean, *run.counts) for run in reversed(runs))
    head = ("run", "documents", "clean", *names)
    note = f"{left_out:,} earlier runs are not shown." if left_out else ""
    if len(runs) < _FEWEST_RUNS:
        text = f"One run so far, on {first.name}: {first.diagnostics:,} diagnostics."
        yield Figure("trend", title, text, head=head, rows=rows)
        return
    change = f"{abs(found.change):,} {'more' if found.change > 0 else 'fewer'}"
    text = (
        f"{last.diagnostics:,} diagnostics on {last.name}, {change if found.change else 'as many as'}"
        f"{' than' if found.change else ''} on {first.name}."
    )
    series = [Series(name, [run.counts[rank] for run in runs]) for rank, name in enumerate(names)]
    svg = lines([run.time for run in runs], day_of, series, text)
    legend = tuple((name, name) for name in names)
    yield Figure("trend", title, text, svg, legend, head, rows, note)
