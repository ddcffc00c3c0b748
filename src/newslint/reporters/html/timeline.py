"""Diagnostics by when the records that they are in were published."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from newslint.diagnostics import Report, Severity, compact_form

MOST_PERIODS = 40
"""How many periods a chart has at most."""

_DAYS = 31
_MONTHS = (1, 3, 12, 120, 1200, 12000)
_YEAR, _QUARTER = 12, 3


class Period(NamedTuple):
    """A stretch of time.

    Attributes:
        name: What it is called, such as `2022-09`.
        documents: How many files have a record that was published in it.
        counts: How many diagnostics are in them, for each severity, the worst first.
    """

    name: str
    documents: int
    counts: tuple[int, ...]


class Timeline(NamedTuple):
    """Diagnostics over time.

    Attributes:
        unit: How long a period is, such as `month`.
        periods: From the first to the last that has records, none left out.
        undated: How many diagnostics are in files that do not say when they were published.
    """

    unit: str
    periods: tuple[Period, ...]
    undated: int


def timeline(report: Report, days: Mapping[str, date]) -> Timeline:
    """Return the diagnostics of `report` by time of publication.

    Args:
        report: What was found.
        days: When the record in a file was published, by path.
    """
    unit, numbers = _numbered(set(days.values()))
    documents = Counter(numbers[day] for day in days.values())
    found: Counter[tuple[int, int]] = Counter()
    undated = 0
    for diagnostic in compact_form(report.diagnostics):
        day = days.get(diagnostic.path)
        if day is None:
            undated += 1
        else:
            found[numbers[day], diagnostic.severity.rank] += 1
    ranks = range(len(Severity))
    periods = (
        Period(_name(unit, number), documents[number], tuple(found[number, rank] for rank in ranks))
        for number in (range(min(documents), max(documents) + 1) if documents else ())
    )
    return Timeline(_unit_name(unit), tuple(periods), undated)


def _numbered(days: set[date]) -> tuple[int, dict[date, int]]:
    """Return how many months a period has, 0 for days, and the number of each day's period."""
    ordinals = {day: day.toordinal() for day in days}
    if _width(ordinals) <= _DAYS:
        return 0, ordinals
    numbered = (
        (unit, {day: (day.year * _YEAR + day.month - 1) // unit for day in days})
        for unit in _MONTHS
    )
    return next(each for each in numbered if _width(each[1]) <= MOST_PERIODS)


def _width(numbers: Mapping[date, int]) -> int:
    """Return how many periods there are from the first to the last."""
    return max(numbers.values()) - min(numbers.values()) + 1 if numbers else 0


def _name(unit: int, number: int) -> str:
    """Return what the period with a number is called."""
    if unit == 0:
        return date.fromordinal(number).isoformat()
    year, month = divmod(number * unit, _YEAR)
    if unit == 1:
        return f"{year:04}-{month + 1:02}"
    return f"{year:04} Q{month // _QUARTER + 1}" if unit == _QUARTER else f"{year:04}"


def _unit_name(unit: int) -> str:
    """Return what periods of so many months are called."""
    names = {0: "day", 1: "month", _QUARTER: "quarter", _YEAR: "year"}
    return names.get(unit) or f"{unit // _YEAR:,} years"
