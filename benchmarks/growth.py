"""Growth of a check with records, entries, distinct entries and diagnostics; and its row.

    python benchmarks/growth.py [--records N] [--rounds N] [--plot FILE]

Each of the four grows while the other three stay as they are, as far as that can be. Prints a table
as Markdown; draws a plot as SVG.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from archive import REAL, Archive
from lab import Lab, say, shape_of
from measuring import Figure, interleaved, typical
from table import Result, Row

GROWTH = Row("growth", "ten times the records: time per record", 1.1)

_RELATED = 8
_FACTOR = 10


class Point(NamedTuple):
    """An archive and the cost of checking it.

    Attributes:
        size: The number of things that grow.
        seconds: Of the processor.
        megabytes: Of memory, at the most.
    """

    size: int
    seconds: float
    megabytes: float


def growth(lab: Lab) -> Iterator[Result]:
    """Yield how the time per record grows with records."""
    sizes = (lab.records, lab.records * _FACTOR)
    folders = {size: lab.archive(Archive(size, _RELATED)) for size in sizes}
    runs = {str(size): partial(lab.check, folders[size], "--format", "json") for size in sizes}
    say(f"growth: {sizes[0]:,} and {sizes[1]:,} records")
    costs = interleaved(runs, lab.rounds)
    small, large = (typical(costs[str(size)]) for size in sizes)
    peaks = [max(cost.peak for cost in costs[str(size)]) / 1e6 for size in sizes]
    note = (
        f"{sizes[0]:,} records {small.wall:.1f} s, {peaks[0]:.0f} MB; "
        f"{sizes[1]:,} records {large.wall:.1f} s, {peaks[1]:.0f} MB; {_RELATED} entries each"
    )
    figure = Figure(large.wall / small.wall / _FACTOR, large.cpu / small.cpu / _FACTOR)
    yield Result(GROWTH, figure, note)


def series(records: int) -> dict[str, list[Archive]]:
    """Return the archives in which one thing grows, by its name."""
    some = Archive(records, _RELATED, distinct=records // 2)
    return {
        "records": [Archive(records * by, related=0) for by in (1, 2, 4, 8)],
        "entries": [Archive(records, by, distinct=records // 2) for by in (4, 8, 16, 32)],
        "distinct entries": [
            Archive(records, _RELATED, distinct=records // 4 * by) for by in (1, 4, 16, 32)
        ],
        "diagnostics": [
            Archive(records, some.related, some.distinct, rates=REAL.times(by))
            for by in (0, 0.25, 0.5, 1)
        ],
    }


def curve(lab: Lab, what: str, archives: list[Archive]) -> list[Point]:
    """Measure checks of archives in which one thing grows."""
    say(f"growth with {what}")
    folders = [lab.archive(each) for each in archives]
    runs = {str(folder): partial(lab.check, folder, "--format", "json") for folder in folders}
    costs = interleaved(runs, lab.rounds)
    return [
        Point(
            _size(lab, what, folder),
            typical(costs[str(folder)]).cpu,
            max(cost.peak for cost in costs[str(folder)]) / 1e6,
        )
        for folder in folders
    ]


def _size(lab: Lab, what: str, folder: Path) -> int:
    """Count the things in an archive that grow."""
    if what == "diagnostics":
        return lab.diagnostics(folder)
    made = shape_of(folder)
    return {"records": made.files, "entries": made.entries, "distinct entries": made.distinct}[what]


def as_markdown(curves: Mapping[str, list[Point]]) -> str:
    """Format the points of all curves, and the cost of one more of each, as a table."""
    lines = ["| grows | size, seconds of the processor, MB | for each more |", "|---|---|---|"]
    for what, points in curves.items():
        shown = "; ".join(f"{size:,}: {time:.2f} s, {peak:.0f} MB" for size, time, peak in points)
        lines.append(f"| {what} | {shown} | {slope(points):.0f} µs |")
    return "\n".join(lines)


def slope(points: list[Point]) -> float:
    """Return how many microseconds one more takes, from the first point to the last."""
    first, last = points[0], points[-1]
    return (last.seconds - first.seconds) / (last.size - first.size) * 1e6


def draw(curves: Mapping[str, list[Point]], path: Path) -> None:
    """Draw a panel for each curve; the same figures make the same file."""
    import matplotlib as mpl
    from matplotlib.figure import Figure as Drawing

    mpl.rcParams |= {"svg.hashsalt": "newslint", "svg.fonttype": "none", "font.size": 8}
    drawing = Drawing(figsize=(9, 2.6), layout="constrained")
    panels = drawing.subplots(1, len(curves), sharey=True)
    for panel, (what, points) in zip(panels, curves.items(), strict=True):
        panel.plot([each.size for each in points], [each.seconds for each in points], marker=".")
        panel.set(xlabel=what, xlim=(0, None), ylim=(0, None))
        panel.xaxis.set_major_locator(mpl.ticker.MaxNLocator(4))
        panel.xaxis.set_major_formatter(mpl.ticker.StrMethodFormatter("{x:,.0f}"))
        panel.grid(alpha=0.3)
    panels[0].set_ylabel("seconds of the processor")
    drawing.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=2000, help="of most of the archives")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="where to draw")
    options = parser.parse_args()
    work = Path(tempfile.gettempdir()).resolve() / "newslint-benchmarks"
    work.mkdir(exist_ok=True)
    lab = Lab(work, rounds=options.rounds)
    curves = {what: curve(lab, what, made) for what, made in series(options.records).items()}
    print(as_markdown(curves))
    if options.plot:
        draw(curves, options.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
