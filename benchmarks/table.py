"""The table of the benchmark: goals and results."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from measuring import Figure

_HEAD = ("", "by the clock", "of the processor", "bar", "stretch", "", "how")


class Row(NamedTuple):
    """A goal.

    Attributes:
        key: Its name on the command line.
        title: The measured quantity.
        bar: The worst figure that passes.
        stretch: A figure to be proud of.
        unit: Of the figures: "", "MB" or "ms".
        wants_more: Whether a figure must be at least the bar, rather than at most.
    """

    key: str
    title: str
    bar: float
    stretch: float | None = None
    unit: str = ""
    wants_more: bool = False

    def reaches(self, value: float, goal: float) -> bool:
        """Check whether a figure reaches a goal."""
        return value >= goal if self.wants_more else value <= goal

    def shown(self, value: float | None) -> str:
        """Return a figure, to be read."""
        if value is None:
            return ""
        digits = 0 if self.unit or value >= 100 else 1 if value >= 10 else 3 if value < 0.1 else 2
        return f"{value:.{digits}f} {self.unit}".rstrip()


class Result(NamedTuple):
    """The result of a row.

    Attributes:
        row: The goal.
        figure: The measured figure; None if it could not be measured.
        note: How it was measured, or why it could not be.
    """

    row: Row
    figure: Figure | None
    note: str = ""

    @property
    def verdict(self) -> str:
        """How good it is."""
        if self.figure is None:
            return "not there"
        if not self.row.reaches(self.figure.wall, self.row.bar):
            return "MISSED"
        stretch = self.row.stretch
        if stretch is not None and self.row.reaches(self.figure.wall, stretch):
            return "stretch"
        return "passed"

    def cells(self) -> tuple[str, ...]:
        """Return the cells of its line."""
        row = self.row
        sign = "≥" if row.wants_more else "≤"
        goals = (f"{sign} {row.shown(goal)}" if goal else "" for goal in (row.bar, row.stretch))
        figures = self.figure or (None, None)
        return (row.title, *map(row.shown, figures), *goals, self.verdict, self.note)

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON value."""
        return {
            **self.row._asdict(),
            "figure": self.figure and self.figure._asdict(),
            "verdict": self.verdict,
            "note": self.note,
        }


def as_text(results: Iterable[Result]) -> str:
    """Return the table as text in columns."""
    lines = _lines(results)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def as_markdown(results: Iterable[Result]) -> str:
    """Return the table as Markdown."""
    head, *lines = _lines(results)
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *lines])


def _lines(results: Iterable[Result]) -> list[Sequence[str]]:
    """Return the cells of all lines, the head's first."""
    return [_HEAD, *(result.cells() for result in results)]
