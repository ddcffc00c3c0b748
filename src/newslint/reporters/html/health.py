"""The health of an archive at a glance."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from newslint.diagnostics import Report, Safety, Severity, compact_form
from newslint.reporters.html.piles import Piles

CLEAN = "clean"

_LEADING = 10
_WIDTH = 1000
_LEAST = 6


class Band(NamedTuple):
    """The files of one kind, and their part of a bar that is 1000 wide.

    Attributes:
        name: `CLEAN`, or the worst severity in them.
        documents: How many files.
        start: Where their part starts.
        width: How wide it is: wide enough to be seen where there are any.
    """

    name: str
    documents: int
    start: float
    width: float


class Health(NamedTuple):
    """The health of an archive.

    Attributes:
        clean: How many files have no diagnostics.
        bands: The files by the worst in them: the clean ones first, the worst last.
        safe: How many diagnostics have a safe fix.
        leading: How many causes lead the list: those that touch most files.
        leading_share: Which part of all diagnostics these make up, from 0 to 1.
    """

    clean: int
    bands: tuple[Band, ...]
    safe: int
    leading: int
    leading_share: float


def health(report: Report, found: Piles) -> Health:
    """Return the health of what `report` is about."""
    clean = max(report.documents - len(found.paths), 0)
    documents = {CLEAN: clean}
    for severity in reversed(Severity):
        documents[severity.value] = found.worst.count(severity.rank)
    fixes = (diagnostic.fix for diagnostic in compact_form(report.diagnostics))
    leading = found.piles[:_LEADING]
    return Health(
        clean,
        tuple(_bands(documents)),
        sum(fix is not None and fix.safety is Safety.SAFE for fix in fixes),
        len(leading),
        sum(pile.total for pile in leading) / max(sum(pile.total for pile in found.piles), 1),
    )


def _bands(documents: Mapping[str, int]) -> Iterator[Band]:
    """Yield the parts of the bar, given how many files are of each kind."""
    total = max(sum(documents.values()), 1)
    widths = {name: max(_LEAST, _WIDTH * n / total) if n else 0 for name, n in documents.items()}
    scale = _WIDTH / max(sum(widths.values()), 1)
    start = 0.0
    for name, width in widths.items():
        yield Band(name, documents[name], round(start, 1), round(width * scale, 1))
        start += width * scale
