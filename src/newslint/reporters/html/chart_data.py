"""Data of the charts: diagnostics by date, articles by quality score, runs in time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from newslint.diagnostics import Report, Severity
from newslint.records import QualityScore
from newslint.reporters.history import HistoryEntry

MAX_PERIODS = 40
"""The timeline has at most this number of periods."""

MAX_RUNS = 200
"""The trend has at most this number of runs: the latest."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS = 31
_PERIOD_MONTHS = (1, 3, 12, 120, 1200, 12000)
_YEAR, _QUARTER = 12, 3

_MAX_BINS = 20
_COVERED_SHARE = 0.99


class Period(NamedTuple):
    """A stretch of time.

    Attributes:
        name: The name, such as `2022-09`.
        documents: Number of files whose record was published in it.
        counts: Number of diagnostics in these files for each severity, the worst first.
    """

    name: str
    documents: int
    counts: tuple[int, ...]


class Timeline(NamedTuple):
    """Diagnostics by date of publication.

    Attributes:
        unit: The length of a period, such as `month`.
        periods: All periods from the first record to the last.
        undated: Number of diagnostics in files without a date.
    """

    unit: str
    periods: tuple[Period, ...]
    undated: int


def build_timeline(report: Report, days: Mapping[str, date]) -> Timeline:
    """Count the diagnostics of a report by date of publication.

    Args:
        report: The outcome of the run.
        days: The date of publication of the record in each file, by path.
    """
    unit, numbers = _number_periods(set(days.values()))
    documents = Counter(numbers[day] for day in days.values())
    counts: Counter[tuple[int, int]] = Counter()
    undated = 0
    for diagnostic in report.diagnostics:
        day = days.get(diagnostic.path)
        if day is None:
            undated += 1
        else:
            counts[numbers[day], diagnostic.severity.rank] += 1
    ranks = range(len(Severity))
    periods = (
        Period(
            _period_name(unit, number),
            documents[number],
            tuple(counts[number, rank] for rank in ranks),
        )
        for number in (range(min(documents), max(documents) + 1) if documents else ())
    )
    return Timeline(_unit_name(unit), tuple(periods), undated)


def _number_periods(days: set[date]) -> tuple[int, dict[date, int]]:
    """Choose the shortest unit that gives few enough periods, and number the period of each day.

    Returns:
        The unit in months, 0 for days, and the number of each day's period.
    """
    ordinals = {day: day.toordinal() for day in days}
    if _period_count(ordinals) <= _DAYS:
        return 0, ordinals
    candidates = (
        (unit, {day: (day.year * _YEAR + day.month - 1) // unit for day in days})
        for unit in _PERIOD_MONTHS
    )
    return next(each for each in candidates if _period_count(each[1]) <= MAX_PERIODS)


def _period_count(numbers: Mapping[date, int]) -> int:
    """Count the periods from the first to the last."""
    return max(numbers.values()) - min(numbers.values()) + 1 if numbers else 0


def _period_name(unit: int, number: int) -> str:
    """Format the period with a number, such as `2022-09-12`, `2022-09`, `2022 Q3` or `2022`."""
    if unit == 0:
        return date.fromordinal(number).isoformat()
    year, month = divmod(number * unit, _YEAR)
    if unit == 1:
        return f"{year:04}-{month + 1:02}"
    return f"{year:04} Q{month // _QUARTER + 1}" if unit == _QUARTER else f"{year:04}"


def _unit_name(unit: int) -> str:
    """Format a unit of so many months, such as `quarter` or `10 years`."""
    names = {0: "day", 1: "month", _QUARTER: "quarter", _YEAR: "year"}
    return names.get(unit) or f"{unit // _YEAR:,} years"


class ScoreBin(NamedTuple):
    """A range of quality scores.

    Attributes:
        name: The range, such as `80-89`.
        consistent: Number of articles that have the same score in all mentions.
        inconsistent: Number of articles that have another score in some mention.
    """

    name: str
    consistent: int
    inconsistent: int


def bin_scores(scores: Sequence[QualityScore]) -> tuple[ScoreBin, ...]:
    """Count articles in bins of scores.

    The few scores far above all others share the last bin, so that they do not flatten the chart.

    Args:
        scores: The scores in ascending order.
    """
    if not scores:
        return ()
    lowest, covered = scores[0].value, _covered_score(scores)
    width = round_step(covered - lowest, _MAX_BINS)
    first, last = lowest // width, covered // width
    if scores[-1].value // width == last + 1:
        last += 1
    counts = [[0, 0] for _ in range(first, last + 1)]
    for value, articles, inconsistent in scores:
        count = counts[min(value // width, last) - first]
        count[0] += articles - inconsistent
        count[1] += inconsistent
    names = [_bin_name((first + index) * width, width) for index in range(len(counts))]
    if scores[-1].value // width > last:
        names[-1] = f"{last * width:,}+"
    return tuple(ScoreBin(name, *count) for name, count in zip(names, counts, strict=True))


def _covered_score(scores: Sequence[QualityScore]) -> int:
    """Find the lowest score that only 1 % of the articles exceed."""
    remaining = (1 - _COVERED_SHARE) * sum(score.articles for score in scores)
    for score in reversed(scores):
        remaining -= score.articles
        if remaining < 0:
            return score.value
    return scores[-1].value


def round_step(extent: int, limit: int) -> int:
    """Choose the smallest of 1, 2, 5, 10, 20, … that fits less than `limit` times into `extent`."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if extent // (step * power) < limit:
                return step * power
        power *= 10


def _bin_name(start: int, width: int) -> str:
    """Format the bin that begins with the score `start`."""
    return f"{start:,}" if width == 1 else f"{start:,}-{start + width - 1:,}"


class TrendPoint(NamedTuple):
    """One run of the history.

    Attributes:
        time: The time in whole seconds since 1970.
        name: The date and time in UTC.
        documents: Number of files reported on.
        clean: Number of files without diagnostics.
        diagnostics: Number of diagnostics.
        counts: Number of diagnostics for each severity, the worst first.
    """

    time: float
    name: str
    documents: int
    clean: int
    diagnostics: int
    counts: tuple[int, ...]


class Trend(NamedTuple):
    """The latest runs of the history.

    Attributes:
        runs: The latest runs, the oldest of them first.
        omitted: Number of older runs.
    """

    runs: tuple[TrendPoint, ...]
    omitted: int


def build_trend(entries: Sequence[HistoryEntry]) -> Trend:
    """Build the trend from the runs of a history, the oldest first."""
    runs = tuple(map(_trend_point, entries[-MAX_RUNS:]))
    return Trend(runs, max(0, len(entries) - MAX_RUNS))


def _trend_point(entry: HistoryEntry) -> TrendPoint:
    """Convert a run of the history."""
    counts = entry.summary.by_severity.model_dump()
    return TrendPoint(
        entry.time.replace(microsecond=0).timestamp(),
        entry.time.replace(tzinfo=None).isoformat(" ", "minutes"),
        entry.summary.documents,
        entry.clean,
        entry.summary.diagnostics,
        tuple(counts[severity.value] for severity in Severity),
    )


def format_day(time: float) -> str:
    """Format a time in seconds since 1970 as a date in UTC."""
    return (_EPOCH + timedelta(seconds=time)).date().isoformat()
