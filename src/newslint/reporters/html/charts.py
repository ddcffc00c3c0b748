"""Charts as inline SVG, drawn by pygal and coloured by the style sheet of the page."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup

_WIDTH, _HEIGHT = 560, 250
_LABELS = 6
_DROPPED = {"defs", "desc", "title"}
_OVERLAYS = {"plot text-overlay", "plot tooltip-overlay", "titles"}
_FRACTION = re.compile(r"(?<!\d)\d++\.\d++")


class Series(NamedTuple):
    """Values that are drawn alike.

    Attributes:
        name: The class that its shapes have for the style sheet, and what it is called.
        values: One for each label.
    """

    name: str
    values: Sequence[int]


def draw_bars(labels: Sequence[str], series: Sequence[Series], summary: str) -> Markup:
    """Return a chart of bars.

    Args:
        labels: What each bar is about, in order.
        series: What stands on top of each other, the lowest first.
        summary: What the chart shows, for who cannot see it.
    """
    chart = _pygal().StackedBar(**_options(), x_labels=list(labels), **_labelled(labels))
    for name, values in series:
        chart.add(name, [_bar(*each, name) for each in zip(labels, values, strict=True)])
    return _svg(chart, series, summary)


def draw_lines(
    moments: Sequence[float],
    shown: Callable[[float], str],
    series: Sequence[Series],
    summary: str,
) -> Markup:
    """Return a chart of lines over time.

    Args:
        moments: When, as numbers that grow.
        shown: Returns how a moment is called.
        series: The lines.
        summary: What the chart shows, for who cannot see it.
    """
    ends = list(dict.fromkeys((moments[0], moments[-1])))
    most = max((number for each in series for number in each.values), default=0)
    chart = _pygal().XY(
        **_options(),
        dots_size=2.5,
        range=(0, max(most, 1)),
        x_labels=ends,
        x_value_formatter=shown,
    )
    for name, values in series:
        points = zip(moments, values, strict=True)
        chart.add(
            name,
            [{"value": (at, n), "label": f"{shown(at)}: {n:,} {name}"} for at, n in points],
        )
    return _svg(chart, series, summary)


def _pygal() -> Any:
    """Return pygal, without the import hook for its plugins: of a kind that Python warns of."""
    before = sys.meta_path[:]
    import pygal.style

    sys.meta_path[:] = [
        finder for finder in sys.meta_path if finder in before or hasattr(finder, "find_spec")
    ]
    return pygal


def _bar(label: str, value: int, name: str) -> dict[str, Any]:
    """Return a part of a bar with its tooltip."""
    return {"value": value, "label": f"{label}: {value:,} {name}"}


def _options() -> dict[str, Any]:
    """Return what all charts have in common."""
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "margin": 4,
        "show_legend": False,
        "show_x_guides": False,
        "truncate_label": -1,
        "style": _pygal().style.Style(label_font_size=12, major_label_font_size=12),
        "value_formatter": _short,
        "y_labels_major_count": 3,
        "max_scale": 5,
        "min_scale": 2,
        "show_minor_y_labels": True,
        "js": [],
        "css": [],
    }


def _labelled(labels: Sequence[str]) -> dict[str, Any]:
    """Return how to show as many labels of bars as there is room for."""
    every = -(-len(labels) // _LABELS)
    return {"x_labels_major_every": every, "show_minor_x_labels": False}


def _short(number: float) -> str:
    """Return a number as an axis has room for it."""
    for size, unit in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:.1f}".removesuffix(".0") + unit
    return f"{number:g}"


def _svg(chart: Any, series: Sequence[Series], summary: str) -> Markup:
    """Return a chart as an element that stands in a page."""
    root = Element("svg", {"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "role": "img"})
    root.set("aria-label", summary)
    names = {f"serie-{index}": each.name for index, each in enumerate(series)}
    for child in _copied(chart.render_tree(), names):
        root.append(child)
    return Markup(tostring(root, encoding="unicode"))  # noqa: S704 # ElementTree has escaped it


def _copied(parent: Any, names: dict[str, str]) -> Iterator[Element]:
    """Yield copies of the children of a pygal element: shapes, texts and tooltips, no more.

    What depends on the day, on scripts, or on which XML library pygal has found stays out.
    """
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _DROPPED:
            continue
        if child.get("class") in _OVERLAYS or child.get("class") == "background":
            continue
        copy = Element(child.tag, {key: _rounded(value) for key, value in child.items()})
        kind = copy.get("class", "").partition(" ")[2].partition(" ")[0]
        if kind in names:
            copy.set("class", f"series {names[kind]}")
        copy.text = child.text
        copy.extend(_copied(child, names))
        label = next((each.text for each in child if each.get("class") == "label"), None)
        if label is not None:
            title = Element("title")
            title.text = label
            copy.insert(0, title)
        yield copy


def _rounded(value: str) -> str:
    """Return an attribute, the numbers in it as exact as eyes can see."""
    return _FRACTION.sub(lambda match: f"{float(match[0]):.1f}".removesuffix(".0"), value)
