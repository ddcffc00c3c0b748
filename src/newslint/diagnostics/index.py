"""An index of the diagnostics of a report, by which they are counted and grouped unread.

A description is repeated in hundreds of files, so many diagnostics differ in their place only.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar, overload

from newslint.diagnostics.diagnostic import Diagnostic, Severity
from newslint.diagnostics.mapped_sequence import compute_once
from newslint.diagnostics.pages import Pages, diagnostic_pages

K = TypeVar("K")


class DiagnosticKind(NamedTuple):
    """The values by which reports count and group diagnostics.

    Attributes:
        rule: Id of the rule.
        severity: How bad they are.
        cause: Id of their cause.
        pages: The narrowest kind of pages.
        is_visible: Whether readers can see the records that contain them.
        is_fixable: Whether they have fixes.
    """

    rule: str
    severity: Severity
    cause: str
    pages: Pages
    is_visible: bool
    is_fixable: bool


class DiagnosticIndex(NamedTuple):
    """The kinds of diagnostics, three numbers of each diagnostic, and the paths of their files.

    Attributes:
        kinds: The distinct kinds.
        numbers: The index of its kind.
        files: Number of its file, in the order of the report.
        places: Number of its place in the file: a description, or the file itself.
        paths: The paths of the files.
    """

    kinds: "list[DiagnosticKind]"
    numbers: "array[int]"
    files: "array[int]"
    places: "array[int]"
    paths: "list[str]"

    @classmethod
    def create(cls, diagnostics: Iterable[Diagnostic]) -> "DiagnosticIndex":
        """Create the index of diagnostics that are sorted by file."""
        builder = IndexBuilder()
        builder.add(diagnostics)
        return builder.index

    def tally(self) -> dict[DiagnosticKind, int]:
        """Count the diagnostics of each kind."""
        return {self.kinds[number]: count for number, count in Counter(self.numbers).items()}

    def compact(self) -> "DiagnosticIndex":
        """Leave out the kinds that no diagnostic has."""
        used = sorted(set(self.numbers))
        if len(used) == len(self.kinds):
            return self
        new = {number: at for at, number in enumerate(used)}
        numbers = array("I", map(new.__getitem__, self.numbers))
        return self._replace(kinds=[self.kinds[each] for each in used], numbers=numbers)


class IndexBuilder:
    """Adds diagnostics to an index.

    Args:
        kinds: Kinds that are known already.

    Attributes:
        index: The index so far.
    """

    def __init__(self, kinds: Iterable[DiagnosticKind] = ()) -> None:
        self.index = DiagnosticIndex([*kinds], array("I"), array("I"), array("I"), [])
        self._known = {kind: number for number, kind in enumerate(self.index.kinds)}
        self._path: str | None = None
        self._places: dict[tuple[str, str, int], int] = {}
        self._file = -1

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add diagnostics, sorted by file."""
        known = self._known
        kinds, numbers, files, places, paths = self.index
        for each in diagnostics:
            place = each.occurrence
            if each.path != self._path:
                self._path, self._places = each.path, {}
                self._file += 1
                paths.append(each.path)
            kind = DiagnosticKind(
                each.rule,
                each.severity,
                each.cause,
                diagnostic_pages(each),
                place.is_visible,
                each.is_fixable,
            )
            number = known.setdefault(kind, len(known))
            if number == len(kinds):
                kinds.append(kind)
            numbers.append(number)
            files.append(self._file)
            key = place.path, place.prefix, place.line
            places.append(self._places.setdefault(key, len(self._places)))

    def add_index(self, index: DiagnosticIndex) -> None:
        """Add the diagnostics of further files, given their own index."""
        kinds, numbers, files, places, paths = self.index
        known, before = self._known, len(paths)
        kinds += [each for each in index.kinds if each not in known]
        for kind in index.kinds:
            known.setdefault(kind, len(known))
        numbers.extend(map([known[kind] for kind in index.kinds].__getitem__, index.numbers))
        files.extend([before + each for each in index.files])
        places.extend(index.places)
        paths += index.paths
        self._path, self._file = None, len(paths) - 1

    def add_known(self, path: str, numbers: "array[int]", places: "array[int]") -> None:
        """Add the diagnostics of a file, given the numbers that an index with these kinds had."""
        self._path = None
        self._file += 1
        self.index.paths.append(path)
        self.index.numbers.extend(numbers)
        self.index.places.extend(places)
        self.index.files.extend(array("I", [self._file]) * len(numbers))


def index_of(diagnostics: Sequence[Diagnostic]) -> DiagnosticIndex:
    """Find the index of diagnostics, or create it."""
    return compute_once(diagnostics, DiagnosticIndex.create)


class DiagnosticSelection(Sequence[Diagnostic]):
    """Some diagnostics of a report, which are read when they are asked for.

    Args:
        every: All diagnostics of the report.
        columns: Their index.
        positions: The positions of the selected ones.
    """

    def __init__(
        self, every: Sequence[Diagnostic], columns: DiagnosticIndex, positions: Sequence[int]
    ) -> None:
        self._every = every
        self.columns = columns
        self.positions = positions

    @classmethod
    def of(cls, diagnostics: Sequence[Diagnostic]) -> "DiagnosticSelection":
        """Select all diagnostics of a report."""
        return cls(diagnostics, index_of(diagnostics), range(len(diagnostics)))

    def select(self, positions: Sequence[int]) -> "DiagnosticSelection":
        """Select diagnostics at other positions of the report."""
        return DiagnosticSelection(self._every, self.columns, positions)

    def __len__(self) -> int:
        """Return the number of diagnostics."""
        return len(self.positions)

    def __iter__(self) -> Iterator[Diagnostic]:
        """Read all diagnostics."""
        return map(self._every.__getitem__, self.positions)

    @overload
    def __getitem__(self, index: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, index: slice) -> "DiagnosticSelection": ...
    def __getitem__(self, index: int | slice) -> "Diagnostic | DiagnosticSelection":
        """Read a diagnostic, or select some diagnostics."""
        if isinstance(index, slice):
            return self.select(self.positions[index])
        return self._every[self.positions[index]]

    @cached_property
    def kinds(self) -> dict[DiagnosticKind, int]:
        """The number of diagnostics of each kind."""
        found = Counter(map(self.columns.numbers.__getitem__, self.positions))
        return {self.columns.kinds[number]: count for number, count in found.items()}

    @property
    def visible(self) -> int:
        """The number of diagnostics in records that readers can see."""
        return sum(count for kind, count in self.kinds.items() if kind.is_visible)

    @property
    def fixable(self) -> int:
        """The number of diagnostics with fixes."""
        return sum(count for kind, count in self.kinds.items() if kind.is_fixable)

    @property
    def severity(self) -> Severity:
        """The worst severity."""
        return max(kind.severity for kind in self.kinds)

    @property
    def documents(self) -> int:
        """The number of files that contain the diagnostics."""
        return len(set(map(self.columns.files.__getitem__, self.positions)))

    def count_places(self) -> int:
        """Count the descriptions, and the files themselves, that the diagnostics are about."""
        files, places = self.columns.files, self.columns.places
        return len({(files[each], places[each]) for each in self.positions})

    @property
    def kind(self) -> DiagnosticKind:
        """The kind of the first diagnostic."""
        return self.kind_at(self.positions[0])

    def kind_at(self, position: int) -> DiagnosticKind:
        """Return the kind of the diagnostic at a position of the report."""
        return self.columns.kinds[self.columns.numbers[position]]

    def without(
        self, paths: Container[str], is_left_out: Callable[[Diagnostic], bool]
    ) -> "DiagnosticSelection":
        """Leave out diagnostics, which are all in files with `paths`: no others are read."""
        _, _, files, _, every = self.columns
        return self.select(
            [
                each
                for each in self.positions
                if every[files[each]] not in paths or not is_left_out(self._every[each])
            ]
        )

    def visible_first(self) -> "DiagnosticSelection":
        """Move the diagnostics in records that readers can see before the others."""
        seen, hidden = self.split_visible()
        return self.select([*seen.positions, *hidden.positions])

    def split_visible(self) -> "tuple[DiagnosticSelection, DiagnosticSelection]":
        """Separate the diagnostics in records that readers can see from the others."""
        groups, none = (
            self.divide([each.is_visible for each in self.columns.kinds]),
            self.select([]),
        )
        return groups.get(True, none), groups.get(False, none)

    def by_cause(self) -> "list[DiagnosticSelection]":
        """Group the diagnostics by cause, in the order in which the causes first appear."""
        return [*self.group(lambda kind: kind.cause).values()]

    def group(self, key: Callable[[DiagnosticKind], str]) -> "dict[str, DiagnosticSelection]":
        """Group the diagnostics by a key of their kinds, in the order of its first values."""
        return self.divide([*map(key, self.columns.kinds)])

    def divide(self, keys: Sequence[K]) -> "dict[K, DiagnosticSelection]":
        """Group the diagnostics by the key of each kind, in the order of its first values."""
        numbers, groups = self.columns.numbers, defaultdict[K, list[int]](list)
        for position in self.positions:
            groups[keys[numbers[position]]].append(position)
        return {each: self.select(found) for each, found in groups.items()}
