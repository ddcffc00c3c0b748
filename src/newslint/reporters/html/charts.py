"""The layout of charts, which the template `chart.html.j2` writes as inline SVG."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from newslint.reporters.html.chart_data import round_step

WIDTH, HEIGHT = 560, 250

_TOP, _BOTTOM = 4, 220
_MAX_TICKS = 6
_MAX_LABELS = 6
_GAP = 0.12  # of the width of a bar and the gap beside it
_INSET = 10
_MAX_BAR_WIDTH = 56


class Series(NamedTuple):
    """Values that are drawn alike.

    Attributes:
        name: The CSS class of its shapes, and its name in tooltips.
        values: A value for each label or moment.
    """

    name: str
    values: Sequence[int]


class BarValue(NamedTuple):
    """A percentage, and the text that explains it."""

    percentage: int
    tooltip: str


class Tick(NamedTuple):
    """A label on an axis.

    Attributes:
        position: The coordinate on the axis.
        label: The text.
    """

    position: float
    label: str


class Bar(NamedTuple):
    """A rectangle with a tooltip."""

    x: float
    y: float
    width: float
    height: float
    tooltip: str


class Point(NamedTuple):
    """A point of a line with a tooltip."""

    x: float
    y: float
    tooltip: str


class SeriesShapes(NamedTuple):
    """The shapes of one series: bars, or the points of a line."""

    name: str
    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()


class Chart(NamedTuple):
    """The layout of a chart.

    Attributes:
        left: The x coordinate of the value axis.
        values: The ticks of the value axis, from 0 up.
        labels: The ticks of the axis of labels.
        series: The shapes.
    """

    left: float
    values: tuple[Tick, ...]
    labels: tuple[Tick, ...]
    series: tuple[SeriesShapes, ...]


def draw_bars(labels: Sequence[str], values: Sequence[BarValue], name: str) -> Chart:
    """Lay out bars of percentages.

    Args:
        labels: The label of each bar. Of many labels, some are left out.
        values: The values of the bars.
        name: The CSS class of the bars.
    """
    axis = _ValueAxis(max(value.percentage for value in values), " %")
    slot = (WIDTH - axis.left) / len(labels)
    width = min(slot * (1 - _GAP), _MAX_BAR_WIDTH)
    bars = (
        Bar(
            axis.left + slot * (index + 0.5) - width / 2,
            axis.y(percentage),
            width,
            axis.y(0) - axis.y(percentage),
            tooltip,
        )
        for index, (percentage, tooltip) in enumerate(values)
        if percentage
    )
    every = -(-len(labels) // _MAX_LABELS)
    ticks = (
        Tick(axis.left + slot * (index + 0.5), labels[index])
        for index in range(0, len(labels), every)
    )
    return Chart(axis.left, axis.ticks, tuple(ticks), (SeriesShapes(name, bars=tuple(bars)),))


def draw_lines(
    moments: Sequence[float], format_moment: Callable[[float], str], series: Sequence[Series]
) -> Chart:
    """Lay out lines over time.

    Args:
        moments: The times as numbers in ascending order.
        format_moment: Formats a time.
        series: The lines.
    """
    axis = _ValueAxis(max(value for each in series for value in each.values))
    start, end = axis.left + _INSET, WIDTH - _INSET
    scale = (end - start) / ((moments[-1] - moments[0]) or 1)
    shapes = []
    for name, values in series:
        points = (
            Point(
                start + (moment - moments[0]) * scale,
                axis.y(value),
                f"{format_moment(moment)}: {value:,} {name}",
            )
            for moment, value in zip(moments, values, strict=True)
        )
        shapes.append(SeriesShapes(name, points=tuple(points)))
    ticks = (Tick(start, format_moment(moments[0])), Tick(end, format_moment(moments[-1])))
    return Chart(axis.left, axis.ticks, ticks, tuple(shapes))


class _ValueAxis:
    """A vertical axis from 0 to a highest value.

    Attributes:
        ticks: The ticks at round values.
        left: The x coordinate, to the right of the labels.
    """

    def __init__(self, highest: int, unit: str = "") -> None:
        self._highest = max(highest, 1)
        step = round_step(self._highest, _MAX_TICKS)
        values = range(0, self._highest + 1, step)
        self.ticks = tuple(Tick(self.y(value), _abbreviate(value) + unit) for value in values)
        self.left = 14 + 7 * max(len(tick.label) for tick in self.ticks)

    def y(self, value: int) -> float:
        """Compute the y coordinate of a value."""
        return _BOTTOM - (_BOTTOM - _TOP) * value / self._highest


def _abbreviate(number: int) -> str:
    """Format a number for the axis, such as `950`, `1.5k` or `2M`."""
    for size, unit in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:.1f}".removesuffix(".0") + unit
    return str(number)
