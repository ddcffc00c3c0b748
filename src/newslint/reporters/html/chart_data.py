"""Data of the charts: documents with errors by date of publication, and runs in time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from newslint.diagnostics import Report, Severity
from newslint.reporters.history import HistoryEntry

MAX_PERIODS = 40
"""The timeline has at most this number of periods."""

MAX_RUNS = 200
"""The trend has at most this number of runs: the latest."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS = 31
_PERIOD_MONTHS = (1, 3, 12, 120, 1200, 12000)
_YEAR, _QUARTER = 12, 3


class Period(NamedTuple):
    """A stretch of time.

    Attributes:
        name: The name, such as `2022-09`.
        documents: Number of files whose record was published in it.
        affected: Number of these files that have errors.
    """

    name: str
    documents: int
    affected: int


class Timeline(NamedTuple):
    """Files with errors by date of publication.

    Attributes:
        unit: The length of a period, such as `month`.
        periods: All periods from the first record to the last.
        undated: Number of files with errors that have no date.
    """

    unit: str
    periods: tuple[Period, ...]
    undated: int


def build_timeline(report: Report, days: Mapping[str, date]) -> Timeline:
    """Count the files of a report that have errors by date of publication.

    Args:
        report: The outcome of the run.
        days: The date of publication of the record in each file, by path.
    """
    unit, numbers = _number_periods(set(days.values()))
    documents = Counter(numbers[day] for day in days.values())
    errors = {each.path for each in report.diagnostics if each.severity is Severity.ERROR}
    affected = Counter(numbers[days[path]] for path in errors if path in days)
    periods = (
        Period(_period_name(unit, number), documents[number], affected[number])
        for number in (range(min(documents), max(documents) + 1) if documents else ())
    )
    return Timeline(_unit_name(unit), tuple(periods), len(errors) - affected.total())


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


def round_step(extent: int, limit: int) -> int:
    """Choose the smallest of 1, 2, 5, 10, 20, … that fits less than `limit` times into `extent`."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if extent // (step * power) < limit:
                return step * power
        power *= 10


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
