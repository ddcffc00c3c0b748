"""The row on growth, and curves: what more records, entries, texts and diagnostics cost.

    python benchmarks/growth.py [--records N] [--plot FILE]

Prints a table, and draws a plot.
"""

from collections.abc import Iterator
from functools import partial

from archive import Archive
from lab import Lab, say
from measuring import Figure, interleaved, typical
from table import Result, Row

GROWTH = Row("growth", "ten times the records: time per record", 1.1)

_RELATED = 8
_FACTOR = 10


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
