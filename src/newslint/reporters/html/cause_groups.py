"""The diagnostics of a report, grouped by cause."""

import re
from collections.abc import Callable
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Report
from newslint.reporters.formats import SourceReader
from newslint.reporters.html.variants import Variant, build_variant
from newslint.text import SourceText

MAX_PLACES = 5_000
"""The page lists at most this number of places of one cause."""

_ENTRY = re.compile(r"/[^/]+/(\d{1,9})(?=/|\Z)")


class CausePlace(NamedTuple):
    """A place of a cause, in numbers that the page stores in columns.

    Attributes:
        variant: The 0-based index of its variant in `CauseGroup.variants`.
        path: The 0-based index of its file in `CauseGroups.paths`.
        line: The 1-based line.
        entry: The 0-based index of the entry that contains it; 0 if it is in none.
    """

    variant: int
    path: int
    line: int
    entry: int


class CauseGroup:
    """The diagnostics of one cause.

    Attributes:
        cause: The cause id.
        rule: The rule of the diagnostics.
        rank: The rank of the worst severity; 0 is an error.
        total: Number of diagnostics.
        documents: Number of files that have at least one of them.
        variants: The distinct variants in order of appearance, each with its index.
        places: The places file by file, `MAX_PLACES` at most.
    """

    __slots__ = ("_path", "cause", "documents", "places", "rank", "rule", "total", "variants")

    def __init__(self, first: Diagnostic) -> None:
        self.cause = first.cause
        self.rule = first.rule
        self.rank = first.severity.rank
        self.total = self.documents = 0
        self.variants: dict[Variant, int] = {}
        self.places: list[CausePlace] = []
        self._path = -1

    def add(self, diagnostic: Diagnostic, path: int, read: Callable[[], SourceText]) -> None:
        """Add a diagnostic. Those of one file are added one after the other.

        Args:
            diagnostic: A diagnostic with this cause.
            path: The 0-based index of its file.
            read: Reads the text of the file.
        """
        self.total += 1
        self.documents += path != self._path
        self.rank = min(self.rank, diagnostic.severity.rank)
        self._path = path
        if len(self.places) < MAX_PLACES:
            pointer, entry = _split_pointer(diagnostic.location.pointer)
            variant = build_variant(diagnostic, pointer, read())
            index = self.variants.setdefault(variant, len(self.variants))
            line = diagnostic.location.span.start.line
            self.places.append(CausePlace(index, path, line, entry))

    @property
    def order(self) -> tuple[int, int, int, str]:
        """The sort key: causes in most files come first, then the worst and the largest."""
        return (-self.documents, self.rank, -self.total, self.cause)


def _split_pointer(pointer: str) -> tuple[tuple[str, ...], int]:
    """Split a pointer at the index of its entry, so that copies of one entry share the parts.

    Returns:
        The parts before and after the index, and the index: `/related/3/title` gives
        `("/related/", "/title")` and 3. A pointer into no entry gives itself and 0.
    """
    match = _ENTRY.match(pointer)
    if match is None:
        return (pointer,), 0
    return (pointer[: match.start(1)], pointer[match.end(1) :]), int(match[1])


class CauseGroups(NamedTuple):
    """All causes of a report.

    Attributes:
        groups: The causes in the order of `CauseGroup.order`.
        paths: The files that have diagnostics, sorted.
        worst: For each of the files, the rank of its worst severity.
    """

    groups: list[CauseGroup]
    paths: list[str]
    worst: list[int]


def group_causes(report: Report, read_source: SourceReader) -> CauseGroups:
    """Group the diagnostics of a report by cause.

    Args:
        report: The outcome of the run. Its diagnostics are sorted by file.
        read_source: Reads the text of a file, secrets redacted; called once a file at most.
    """
    groups: dict[str, CauseGroup] = {}
    paths: list[str] = []
    worst: list[int] = []
    for path, diagnostics in groupby(report.diagnostics, lambda each: each.location.path):
        read = cache(partial(read_source, path))
        ranks = []
        for diagnostic in diagnostics:
            group = groups.get(diagnostic.cause)
            if group is None:
                group = groups[diagnostic.cause] = CauseGroup(diagnostic)
            group.add(diagnostic, len(paths), read)
            ranks.append(diagnostic.severity.rank)
        paths.append(path)
        worst.append(min(ranks))
    return CauseGroups(sorted(groups.values(), key=lambda group: group.order), paths, worst)
