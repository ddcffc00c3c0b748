"""The diagnostics of a report, cause by cause."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Report
from newslint.reporters.html.looks import Look, look
from newslint.text import SourceText

Sources = Callable[[str], SourceText]

MOST_PLACES = 5_000
"""How many places of one cause are listed."""

_ENTRY = re.compile(r"/[^/]+/(\d{1,9})(?=/|\Z)")


class Place(NamedTuple):
    """Where a cause shows.

    Attributes:
        look: Index of how it looks there.
        path: Index of the file.
        line: 1-based.
        entry: 0-based index of the entry that it is in; 0 where it is in none.
    """

    look: int
    path: int
    line: int
    entry: int


class Pile:
    """The diagnostics of one cause.

    Attributes:
        cause: Its name.
        rule: The rule that found them.
        rank: That of the worst severity: 0 for the worst there is.
        total: How many there are.
        documents: How many files they are in.
        looks: How they look; each look is there once.
        places: Where they are, file by file: the first `MOST_PLACES`.
    """

    __slots__ = ("_path", "cause", "documents", "looks", "places", "rank", "rule", "total")

    def __init__(self, first: Diagnostic) -> None:
        self.cause = first.cause
        self.rule = first.rule
        self.rank = first.severity.rank
        self.total = self.documents = 0
        self.looks: dict[Look, int] = {}
        self.places: list[Place] = []
        self._path = -1

    def add(self, diagnostic: Diagnostic, path: int, source: Callable[[], SourceText]) -> None:
        """Add a diagnostic; those of one file come one after the other.

        Args:
            diagnostic: One with this cause.
            path: Index of its file.
            source: Returns the text of the file.
        """
        self.total += 1
        self.documents += path != self._path
        self.rank = min(self.rank, diagnostic.severity.rank)
        self._path = path
        if len(self.places) < MOST_PLACES:
            pointer, entry = _split(diagnostic.location.pointer)
            shown = look(diagnostic, pointer, source())
            index = self.looks.setdefault(shown, len(self.looks))
            line = diagnostic.location.span.start.line
            self.places.append(Place(index, path, line, entry))

    @property
    def order(self) -> tuple[int, int, int, str]:
        """What piles are sorted by: those that touch most files come first."""
        return (-self.documents, self.rank, -self.total, self.cause)


def _split(pointer: str) -> tuple[tuple[str, ...], int]:
    """Return a pointer without the index of the entry that it leads to, split there; the index."""
    match = _ENTRY.match(pointer)
    if match is None:
        return (pointer,), 0
    return (pointer[: match.start(1)], pointer[match.end(1) :]), int(match[1])


class Piles(NamedTuple):
    """A report, cause by cause.

    Attributes:
        piles: Those first that touch most files.
        paths: The files that have diagnostics, in the order of their names.
        worst: For each of these the rank of the worst severity in it.
    """

    piles: list[Pile]
    paths: list[str]
    worst: list[int]


def pile_up(report: Report, text: Sources) -> Piles:
    """Return the causes of `report`.

    Args:
        report: What was found.
        text: Returns the text of a file, secrets redacted, given its path; each is asked for once.
    """
    piles: dict[str, Pile] = {}
    paths: list[str] = []
    worst: list[int] = []
    for path, found in _by_file(report):
        source = _Once(text, path)
        ranks = []
        for diagnostic in found:
            pile = piles.get(diagnostic.cause)
            if pile is None:
                pile = piles[diagnostic.cause] = Pile(diagnostic)
            pile.add(diagnostic, len(paths), source)
            ranks.append(diagnostic.severity.rank)
        paths.append(path)
        worst.append(min(ranks))
    return Piles(sorted(piles.values(), key=lambda pile: pile.order), paths, worst)


def _by_file(report: Report) -> Iterator[tuple[str, Iterator[Diagnostic]]]:
    """Yield the diagnostics of each file, which stand together in a report."""
    return groupby(report.diagnostics, lambda diagnostic: diagnostic.location.path)


class _Once:
    """The text of one file, read when it is first asked for."""

    def __init__(self, text: Sources, path: str) -> None:
        self._text = text
        self._path = path
        self._source: SourceText | None = None

    def __call__(self) -> SourceText:
        if self._source is None:
            self._source = self._text(self._path)
        return self._source
