"""Sequences of diagnostics that are materialised on demand, and their counts.

A report can list hundreds of thousands of diagnostics, most of which differ only in their place.
`LazyDiagnostics` keeps them as `PlacedDiagnostic`; grouping and counting work on that compact form.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, overload

from newslint.diagnostics.diagnostic import Diagnostic, Severity
from newslint.diagnostics.occurrence import AnyDiagnostic, PlacedDiagnostic, materialise


class DiagnosticCounts(NamedTuple):
    """Numbers of diagnostics, causes and fixes.

    Attributes:
        kinds: Number of diagnostics by rule and severity.
        causes: Number of distinct causes, which is the number of repairs that cure all.
        fixable: Number of diagnostics with a fix.
    """

    kinds: Counter[tuple[str, Severity]]
    causes: int
    fixable: int

    @classmethod
    def tally(cls, diagnostics: Iterable[AnyDiagnostic]) -> "DiagnosticCounts":
        """Count `diagnostics`."""
        kinds: Counter[tuple[str, Severity]] = Counter()
        causes: set[str] = set()
        fixable = 0
        for each, number in _count_equal(diagnostics):
            kinds[each.rule, each.severity] += number
            causes.add(each.cause)
            fixable += number * each.is_fixable
        return cls(kinds, len(causes), fixable)


def _count_equal(diagnostics: Iterable[AnyDiagnostic]) -> Iterator[tuple[AnyDiagnostic, int]]:
    """Yield one diagnostic for all that share their `diagnostic` object, with their number.

    Occurrences with edits of their own are yielded one by one: they decide about `is_fixable`.
    """
    numbers: dict[int, int] = {}
    samples: dict[int, PlacedDiagnostic] = {}
    for each in diagnostics:
        if not isinstance(each, PlacedDiagnostic) or each.occurrence.removal is not None:
            yield each, 1
            continue
        key = id(each.diagnostic)
        if key in numbers:
            numbers[key] += 1
        else:
            numbers[key], samples[key] = 1, each
    for key, number in numbers.items():
        yield samples[key], number


class LazyDiagnostics(Sequence[Diagnostic]):
    """A sequence of diagnostics, each created when it is accessed.

    Args:
        compact: The diagnostics in either form, in order.
        counts: Their counts.
    """

    def __init__(self, compact: Sequence[AnyDiagnostic], counts: DiagnosticCounts) -> None:
        self.compact = compact
        self.counts = counts

    def __iter__(self) -> Iterator[Diagnostic]:
        """Iterate over the diagnostics in order."""
        return map(materialise, self.compact)

    def __len__(self) -> int:
        """Return the number of diagnostics."""
        return len(self.compact)

    @overload
    def __getitem__(self, index: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Diagnostic, ...]: ...
    def __getitem__(self, index: int | slice) -> Diagnostic | tuple[Diagnostic, ...]:
        """Return the diagnostic at an index, or those of a slice."""
        if isinstance(index, slice):
            return tuple(map(materialise, self.compact[index]))
        return materialise(self.compact[index])

    def __eq__(self, other: object) -> bool:
        """Compare with any sequence of diagnostics."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment] # equal to lists and tuples, whose hashes differ

    def __repr__(self) -> str:
        """Show all diagnostics, as a tuple does."""
        return repr(tuple(self))


def compact_form(diagnostics: Sequence[Diagnostic]) -> Sequence[AnyDiagnostic]:
    """Get `diagnostics` without materialising them, for counting and grouping."""
    return diagnostics.compact if isinstance(diagnostics, LazyDiagnostics) else diagnostics


class RuleLimit:
    """A limit on the number of diagnostics of each rule that counts those above it.

    Args:
        max_per_rule: How many diagnostics of a rule may pass; None for all.
    """

    def __init__(self, max_per_rule: int | None) -> None:
        self._max_per_rule = max_per_rule
        self._passed: Counter[str] = Counter()
        self._omitted: Counter[str] = Counter()

    @property
    def omitted(self) -> dict[str, int]:
        """Number of diagnostics above the limit by rule, sorted by rule id."""
        return dict(sorted(self._omitted.items()))

    def apply(self, diagnostics: Iterable[AnyDiagnostic]) -> Iterable[AnyDiagnostic]:
        """Filter out the diagnostics above the limit; the result can be iterated once."""
        if self._max_per_rule is None:
            return diagnostics
        return self._apply(diagnostics, self._max_per_rule)

    def _apply(
        self, diagnostics: Iterable[AnyDiagnostic], max_per_rule: int
    ) -> Iterator[AnyDiagnostic]:
        for each in diagnostics:
            if self._passed[each.rule] < max_per_rule:
                self._passed[each.rule] += 1
                yield each
            else:
                self._omitted[each.rule] += 1
