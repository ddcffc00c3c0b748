"""Patterns: a rule reports nearly all that it could of an archive, a provider or a kind of page.

A pattern changes how diagnostics are shown, not which there are: they count, fail a run and are
part of baselines like others.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from newslint.diagnostics.diagnostic import Diagnostic, Severity
from newslint.diagnostics.index import DiagnosticSelection
from newslint.diagnostics.pages import Pages

MIN_PLACES = 50
"""A pattern has at least this number of places."""

MIN_SHARE = 0.95
"""A rule reports at least this share of the places of a pattern."""

MIN_CAUSES = 10
"""A pattern of one provider has at least this number of causes: copies of few articles are none."""

MAX_EXAMPLES = 3


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


def find_patterns(diagnostics: Sequence[Diagnostic], asked: AskedPlaces) -> tuple[Pattern, ...]:
    """Find the widest patterns, the most important first.

    Args:
        diagnostics: The diagnostics, sorted by file.
        asked: The places that the rules examined, by the narrowest kinds of pages.
    """
    if not asked:
        return ()
    every = DiagnosticSelection.of(diagnostics)
    rules = {rule for rule, _ in asked}
    examined = _widen(asked)
    reported: Counter[PatternKey] = Counter()
    for kind, number in every.kinds.items():
        if kind.rule in rules:
            reported[kind.rule, kind.pages] += number
    numbers = _widen({key: PlaceCount(number) for key, number in reported.items()})
    likely = {key for key, count in numbers.items() if _is_pattern(count, examined.get(key))}
    groups = _separate(every, likely)[1] if likely else {}
    patterns = [_create(key, group, examined[key]) for key, group in groups.items()]
    return tuple(sorted(filter(None, patterns), key=lambda each: each.order))


def split_patterns(
    diagnostics: Sequence[Diagnostic], patterns: Iterable[Pattern]
) -> tuple[DiagnosticSelection, DiagnosticSelection]:
    """Separate the diagnostics that belong to no pattern from those that belong to one."""
    every = DiagnosticSelection.of(diagnostics)
    others, members = _separate(every, {pattern.key for pattern in patterns})
    found = [position for group in members.values() for position in group.positions]
    return others, every.select(found)


def _separate(
    every: DiagnosticSelection, keys: Collection[PatternKey]
) -> tuple[DiagnosticSelection, dict[PatternKey, DiagnosticSelection]]:
    """Assign diagnostics to the widest kinds of pages among `keys` that they belong to.

    Returns:
        Those that belong to none, and the others by the kind of pages.
    """
    assigned = [
        next((key for page in kind.pages.wider if (key := (kind.rule, page)) in keys), None)
        for kind in every.columns.kinds
    ]
    groups = every.divide(assigned)
    others = groups.pop(None, every.select([]))
    return others, {key: found for key, found in groups.items() if key is not None}


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


def _create(key: PatternKey, found: DiagnosticSelection, asked: PlaceCount) -> Pattern | None:
    """Create the pattern of diagnostics, unless they have too few places or causes."""
    causes = len({kind.cause for kind in found.kinds})
    if key[1].provider and causes < MIN_CAUSES:
        return None
    seen, _ = found.split_visible()
    total = min(found.count_places(), asked.total)
    visible = min(seen.count_places(), asked.visible)
    reported = PlaceCount(total, visible)
    if not _is_pattern(reported, asked):
        return None
    examples = _choose_examples(found, chain(seen.positions, found.positions))
    severity = found.severity
    return Pattern(key[0], severity, key[1], reported, asked, len(found), causes, examples)


def _choose_examples(
    found: DiagnosticSelection, positions: Iterable[int]
) -> tuple[Diagnostic, ...]:
    """Choose the first of some diagnostics that are of different files and causes."""
    files, chosen = found.columns.files, dict[int, str]()
    for position in positions:
        cause = found.kind_at(position).cause
        if all(files[position] != files[at] and cause != one for at, one in chosen.items()):
            chosen[position] = cause
            if len(chosen) == MAX_EXAMPLES:
                break
    return tuple(found.select([*chosen]))
