"""Patterns: a rule reports nearly all that it could of an archive, a provider or a kind of page.

A pattern changes how diagnostics are shown, not which there are: they count, fail a run and are
part of baselines like others.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from newslint.diagnostics.diagnostic import Diagnostic, Severity

MIN_PLACES = 50
"""A pattern has at least this number of places."""

MIN_SHARE = 0.95
"""A rule reports at least this share of the places of a pattern."""

MIN_CAUSES = 10
"""A pattern of one provider has at least this number of causes: copies of few articles are none."""

MAX_EXAMPLES = 3


class Pages(NamedTuple):
    """A kind of pages.

    Attributes:
        provider: Domain of their publisher; empty for the pages of all publishers.
        folder: First segment of the path of their URLs, such as `updates`; empty for all folders.
            Without a provider, the folder of their files, relative to the project.
        project: Folder of the project whose records describe them; empty if it is that of the
            report.
    """

    provider: str = ""
    folder: str = ""
    project: str = ""

    @property
    def wider(self) -> "Iterator[Pages]":
        """The kinds of pages that contain it, the widest first, itself included."""
        provider, folder, project = self
        yield Pages("", "", project)
        if provider:
            yield from dict.fromkeys((Pages(provider, "", project), self))
        elif folder:
            names = folder.split("/")
            yield from (
                Pages("", "/".join(names[:end]), project) for end in range(1, len(names) + 1)
            )


ALL_PAGES = Pages()


class PlaceCount(NamedTuple):
    """A number of places: descriptions in records, or files for rules about files.

    Attributes:
        total: All of them.
        visible: Those in records that readers can see.
    """

    total: int = 0
    visible: int = 0

    def add(self, other: "PlaceCount") -> "PlaceCount":
        """Add the counts of other places."""
        return PlaceCount(self.total + other.total, self.visible + other.visible)


PatternKey = tuple[str, Pages]
"""Rule id and kind of pages, which identify a pattern in a report."""

AskedPlaces = Mapping[PatternKey, PlaceCount]
"""Numbers of places that rules examined, by rule id and kind of pages."""


class Pattern(NamedTuple):
    """Nearly all places of one kind, reported by one rule.

    Attributes:
        rule: Id of the rule.
        severity: The worst severity of the diagnostics.
        pages: The kind of pages.
        reported: Number of places that the rule reports.
        asked: Number of places that the rule examined.
        diagnostics: Number of diagnostics.
        causes: Number of their causes.
        examples: The first diagnostics of different files and causes, visible ones first.
    """

    rule: str
    severity: Severity
    pages: Pages
    reported: PlaceCount
    asked: PlaceCount
    diagnostics: int
    causes: int
    examples: tuple[Diagnostic, ...]

    @property
    def order(self) -> tuple[int, int, int, str, Pages]:
        """Sort key: the worst severity, then the most visible places, then the most places."""
        total, visible = self.reported
        return self.severity.rank, -visible, -total, self.rule, self.pages

    @property
    def key(self) -> PatternKey:
        """Rule and kind of pages."""
        return self.rule, self.pages


@lru_cache(maxsize=16384)
def pages_of(provider: str, url: str) -> Pages:
    """Find the narrowest kind of pages that an article belongs to.

    A URL whose path has one segment only, such as `https://example.org/slug`, has no folder.

    Args:
        provider: Domain of its publisher; empty if unknown.
        url: Its URL, as written.
    """
    if not provider:
        return ALL_PAGES
    path = (url.partition("://")[2] or url).partition("?")[0].partition("#")[0]
    _, folder, *others = [*path.rstrip("/").split("/"), ""][:3]
    return Pages(provider, folder if any(others) else "")


def diagnostic_pages(diagnostic: Diagnostic) -> Pages:
    """Find the narrowest kind of pages that the article of a diagnostic belongs to."""
    place = diagnostic.occurrence
    project = place.project
    if not place.provider:
        path = place.path.removeprefix(f"{project}/") if project else place.path
        return pages_of_file(path)._replace(project=project)
    pages = pages_of(place.provider, place.entry_url if place.prefix else place.record)
    return pages._replace(project=project) if project else pages


def pages_of_file(path: str) -> Pages:
    """Find the narrowest kind of pages that a file belongs to, for rules about files.

    Args:
        path: Its path, relative to the project.
    """
    return Pages("", path.rpartition("/")[0])


def find_patterns(diagnostics: Iterable[Diagnostic], asked: AskedPlaces) -> tuple[Pattern, ...]:
    """Find the widest patterns, the most important first.

    Args:
        diagnostics: The diagnostics, sorted by file.
        asked: The places that the rules examined, by the narrowest kinds of pages.
    """
    if not asked:
        return ()
    rules = {rule for rule, _ in asked}
    examined = _widen(asked)
    numbers = _widen(_count_diagnostics(each for each in diagnostics if each.rule in rules))
    likely = {key for key, count in numbers.items() if _is_pattern(count, examined.get(key))}
    if not likely:
        return ()
    tallies = {key: _PatternTally() for key in likely}
    for each, key in _assign(diagnostics, likely):
        if key is not None:
            tallies[key].add(each)
    confirmed = [key for key, each in tallies.items() if each.confirms(key, examined[key])]
    examples = _choose_examples(diagnostics, likely, confirmed)
    patterns = (tallies[key].create(key, examined[key], examples[key]) for key in confirmed)
    return tuple(sorted(patterns, key=lambda each: each.order))


def split_patterns(
    diagnostics: Iterable[Diagnostic], patterns: Iterable[Pattern]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Separate the diagnostics that belong to no pattern from those that belong to one."""
    others: list[Diagnostic] = []
    members: dict[PatternKey, list[Diagnostic]] = {}
    for each, key in _assign(diagnostics, {pattern.key for pattern in patterns}):
        (others if key is None else members.setdefault(key, [])).append(each)
    return others, [each for group in members.values() for each in group]


def _assign(
    diagnostics: Iterable[Diagnostic], keys: Collection[PatternKey]
) -> Iterator[tuple[Diagnostic, PatternKey | None]]:
    """Yield diagnostics with the widest kinds of pages among `keys` that they belong to."""
    known: dict[PatternKey, PatternKey | None] = {}
    rules = {rule for rule, _ in keys}
    for each in diagnostics:
        if each.rule not in rules:
            yield each, None
            continue
        narrow = each.rule, diagnostic_pages(each)
        if narrow not in known:
            wide = ((each.rule, one) for one in narrow[1].wider)
            known[narrow] = next((one for one in wide if one in keys), None)
        yield each, known[narrow]


def _is_pattern(reported: PlaceCount, asked: PlaceCount | None) -> bool:
    """Check if a rule reports nearly all of enough places."""
    total = 0 if asked is None else asked.total
    return total >= MIN_PLACES and reported.total >= MIN_SHARE * total


def _widen(counts: AskedPlaces) -> dict[PatternKey, PlaceCount]:
    """Add counts of kinds of pages to those of the kinds that contain them."""
    wide: dict[PatternKey, PlaceCount] = {}
    for (rule, pages), count in counts.items():
        for each in pages.wider:
            wide[rule, each] = wide.get((rule, each), PlaceCount()).add(count)
    return wide


def _count_diagnostics(diagnostics: Iterable[Diagnostic]) -> dict[PatternKey, PlaceCount]:
    """Count diagnostics by rule and kind of pages: at least as many as their places."""
    counts: Counter[PatternKey] = Counter()
    for each in diagnostics:
        place = each.occurrence
        pages = (
            pages_of(place.provider, place.entry_url)._replace(project=place.project)
            if place.entry_url
            else diagnostic_pages(each)
        )
        counts[each.rule, pages] += 1
    return {key: PlaceCount(number) for key, number in counts.items()}


class _PatternTally:
    """Numbers of the diagnostics of one rule and kind of pages."""

    def __init__(self) -> None:
        self._diagnostics = 0
        self._severities: set[Severity] = set()
        self._causes: set[str] = set()
        self._places: set[int] = set()
        self._visible: set[int] = set()

    def add(self, diagnostic: Diagnostic) -> None:
        """Count a diagnostic; one place may have several."""
        occurrence = diagnostic.occurrence
        place = hash((occurrence.path, occurrence.prefix, occurrence.line))
        self._diagnostics += 1
        self._severities.add(diagnostic.severity)
        self._causes.add(diagnostic.cause)
        self._places.add(place)
        if occurrence.is_visible:
            self._visible.add(place)

    def confirms(self, key: PatternKey, asked: PlaceCount) -> bool:
        """Check if there are enough places and causes for a pattern."""
        has_causes = not key[1].provider or len(self._causes) >= MIN_CAUSES
        return has_causes and _is_pattern(PlaceCount(min(len(self._places), asked.total)), asked)

    def create(self, key: PatternKey, asked: PlaceCount, examples: Iterable[Diagnostic]) -> Pattern:
        """Create the pattern of the diagnostics."""
        reported = PlaceCount(
            min(len(self._places), asked.total), min(len(self._visible), asked.visible)
        )
        return Pattern(
            key[0],
            max(self._severities),
            key[1],
            reported,
            asked,
            self._diagnostics,
            len(self._causes),
            tuple(examples),
        )


def _choose_examples(
    diagnostics: Iterable[Diagnostic], keys: Collection[PatternKey], chosen: Iterable[PatternKey]
) -> dict[PatternKey, list[Diagnostic]]:
    """Choose the first diagnostics of different files and causes, visible ones first.

    Args:
        diagnostics: All diagnostics.
        keys: The kinds of pages that they are assigned to.
        chosen: Those of them that need examples.
    """
    examples: dict[PatternKey, list[Diagnostic]] = {key: [] for key in chosen}
    missing = {*examples}
    for needs_visible in (True, False):
        for each, key in _assign(diagnostics, keys) if missing else ():
            if key not in missing or (needs_visible and not each.occurrence.is_visible):
                continue
            found = examples[key]
            if all(each.path != one.path and each.cause != one.cause for one in found):
                found.append(each)
                if len(found) == MAX_EXAMPLES:
                    missing.discard(key)
                    if not missing:
                        break
    return examples
