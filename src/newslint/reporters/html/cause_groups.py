"""The diagnostics of a report, grouped by cause."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Report, Safety, Severity
from newslint.diagnostics.patterns import split_patterns
from newslint.records import ArchiveStatistics
from newslint.reporters.escape import escape
from newslint.reporters.formats import SourceReader
from newslint.reporters.html.variants import Variant, VariantBuilder

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
        in_pattern: Whether all of them belong to a pattern.
        headline: The headline of the article of the first place; empty if unknown.
        needs_person: Whether any of the diagnostics has no safe fix.
        shown: Diagnostics that the page lists, each with the 0-based index of its file: file by
            file, visible records first, `MAX_PLACES` at most.
        variants: Their distinct variants in order of appearance, each with its index.
        places: Their places.
    """

    __slots__ = (
        "_articles",
        "_paths",
        "_visible_paths",
        "cause",
        "headline",
        "in_pattern",
        "needs_person",
        "places",
        "rank",
        "rule",
        "shown",
        "total",
        "variants",
    )

    def __init__(self, first: Diagnostic, headline: str) -> None:
        self.cause = first.cause
        self.rule = first.rule
        self.rank = first.severity.rank
        self.total = 0
        self.in_pattern = True
        self.headline = escape(headline)
        self.needs_person = False
        self.shown: list[tuple[int, Diagnostic]] = []
        self.variants: dict[Variant, int] = {}
        self.places: list[CausePlace] = []
        self._paths: set[int] = set()
        self._visible_paths: set[int] = set()
        self._articles: set[str] = set()

    @property
    def documents(self) -> int:
        """Number of files that have at least one of the diagnostics."""
        return len(self._paths)

    @property
    def visible(self) -> int:
        """Number of these files whose record readers can see."""
        return len(self._visible_paths)

    @property
    def articles(self) -> int:
        """Number of articles that the diagnostics are about."""
        return len(self._articles)

    def files(self, *, visible: bool) -> set[int]:
        """The 0-based indexes of its files, or only of those whose record readers can see."""
        return self._visible_paths if visible else self._paths

    def add(self, diagnostic: Diagnostic, path: int) -> None:
        """Add a diagnostic with this cause, given the 0-based index of its file."""
        self.total += 1
        self._paths.add(path)
        self._articles.add(article_of(diagnostic))
        self.needs_person |= not has_safe_fix(diagnostic)
        if diagnostic.is_visible:
            self._visible_paths.add(path)
        self.rank = min(self.rank, diagnostic.severity.rank)
        if len(self.shown) < MAX_PLACES:
            self.shown.append((path, diagnostic))

    def add_places(self, contents: Mapping[int, tuple[Variant, int]]) -> None:
        """Add the places of `shown`, given the variant and the entry of each by its `id`."""
        for path, diagnostic in self.shown:
            variant, entry = contents[id(diagnostic)]
            index = self.variants.setdefault(variant, len(self.variants))
            self.places.append(CausePlace(index, path, diagnostic.start[0], entry))

    @property
    def order(self) -> tuple[bool, int, int, int, int, int]:
        """The sort key: no pattern first, then the worst, then those in most visible files."""
        first = self.shown[0][0]
        visible, documents = -self.visible, -self.documents
        return self.in_pattern, self.rank, visible, documents, -self.total, first


def has_safe_fix(diagnostic: Diagnostic) -> bool:
    """Check if a diagnostic has a fix that is applied without review."""
    fix = diagnostic.local_fix
    return fix is not None and fix.safety is Safety.SAFE and diagnostic.is_fixable


def article_of(diagnostic: Diagnostic) -> str:
    """Name the article that a diagnostic is about: the URL of an entry, else the file."""
    place = diagnostic.occurrence
    return place.entry_url if place.prefix and place.entry_url else diagnostic.path


def headline_of(diagnostic: Diagnostic, overview: ArchiveStatistics) -> str:
    """Find the headline of the article that a diagnostic is about; empty if unknown."""
    place = diagnostic.occurrence
    if place.prefix:
        return overview.entry_headlines.get(place.entry_url, "")
    return overview.headlines.get(diagnostic.path, "")


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


class DocumentCounts(NamedTuple):
    """The diagnostics of one file.

    Attributes:
        path: The 0-based index of the file in `CauseGroups.paths`.
        headline: The headline of its record; empty if unknown.
        is_visible: Whether readers can see its record.
        counts: Number of diagnostics of each severity, the worst first.
        causes: Number of distinct causes.
    """

    path: int
    headline: str
    is_visible: bool
    counts: tuple[int, ...]
    causes: int

    @property
    def order(self) -> tuple[bool, list[int], int]:
        """The sort key: visible ones first, of these the worst, with most diagnostics."""
        return not self.is_visible, [-count for count in self.counts], self.path


class CauseGroups(NamedTuple):
    """All causes of a report.

    Attributes:
        groups: The causes in the order of `CauseGroup.order`.
        paths: The files that have diagnostics, sorted.
        documents: The counts of these files, in the same order.
    """

    groups: list[CauseGroup]
    paths: list[str]
    documents: list[DocumentCounts]


def group_causes(
    report: Report, read_source: SourceReader, overview: ArchiveStatistics
) -> CauseGroups:
    """Group the diagnostics of a report by cause.

    Args:
        report: The outcome of the run. Its diagnostics are sorted by file.
        read_source: Reads the text of a file, secrets redacted; called once for a file.
        overview: Statistics of the records, which have the headlines.
    """
    groups: dict[str, CauseGroup] = {}
    paths = list(dict.fromkeys(each.path for each in report.diagnostics))
    indexes = {path: index for index, path in enumerate(paths)}
    others, members = split_patterns(report.diagnostics, report.patterns)
    for in_pattern, found in ((False, others), (True, members)):
        ordered = sorted(found, key=lambda each: (not each.is_visible, indexes[each.path]))
        for diagnostic in ordered:
            group = groups.get(diagnostic.cause)
            if group is None:
                headline = headline_of(diagnostic, overview)
                group = groups[diagnostic.cause] = CauseGroup(diagnostic, headline)
            group.in_pattern &= in_pattern
            group.add(diagnostic, indexes[diagnostic.path])
    _add_places(groups.values(), paths, read_source)
    ranked = sorted(groups.values(), key=lambda group: group.order)
    return CauseGroups(ranked, paths, list(_count_documents(report, indexes, overview)))


def _add_places(
    groups: Collection[CauseGroup], paths: Sequence[str], read_source: SourceReader
) -> None:
    """Add the places of all groups, file by file, so that each file is read once."""
    contents: dict[int, tuple[Variant, int]] = {}
    build, index_of = VariantBuilder().build, itemgetter(0)
    shown = sorted(chain.from_iterable(group.shown for group in groups), key=index_of)
    for path, found in groupby(shown, index_of):
        source = read_source(paths[path])
        for _, diagnostic in found:
            pointer, entry = _split_pointer(diagnostic.pointer)
            contents[id(diagnostic)] = build(diagnostic, pointer, source), entry
    for group in groups:
        group.add_places(contents)


def _count_documents(
    report: Report, indexes: Mapping[str, int], overview: ArchiveStatistics
) -> Iterator[DocumentCounts]:
    """Yield the counts of each file, in the order of the files."""
    for path, group in groupby(report.diagnostics, lambda each: each.path):
        found = list(group)
        counts = Counter(each.severity for each in found)
        yield DocumentCounts(
            indexes[path],
            escape(overview.headlines.get(path, "")),
            any(each.is_visible for each in found),
            tuple(counts[severity] for severity in Severity),
            len({each.cause for each in found}),
        )
