"""The outcome of a run."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, overload

from newslint.diagnostics.diagnostic import Diagnostic
from newslint.diagnostics.severity import Severity
from newslint.diagnostics.stamp import Finding, Stamp, made


class Suppressed(NamedTuple):
    """A diagnostic that a comment silences.

    Attributes:
        diagnostic: What would have been reported.
        reason: What the comment says about it; empty where it says nothing.
    """

    diagnostic: Diagnostic
    reason: str


class Counts(NamedTuple):
    """How many diagnostics of which kind there are.

    Attributes:
        kinds: Number of diagnostics by rule and severity.
        causes: How many repairs would cure all.
        fixable: How many bring a fix.
    """

    kinds: Counter[tuple[str, Severity]]
    causes: int
    fixable: int

    @classmethod
    def of(cls, diagnostics: Iterable[Finding]) -> "Counts":
        """Return the counts of `diagnostics`."""
        kinds: Counter[tuple[str, Severity]] = Counter()
        causes: set[str] = set()
        fixable = 0
        for each, number in _alike(diagnostics):
            kinds[each.rule, each.severity] += number
            causes.add(each.cause)
            fixable += number * each.is_fixable
        return cls(kinds, len(causes), fixable)


class Diagnostics(Sequence[Diagnostic]):
    """Diagnostics that are made anew for whoever goes through them.

    There may be hundreds of thousands, of which most differ in their place only; so they are not
    held.

    Args:
        findings: What they are made of, in order.
        counts: How many there are.
    """

    def __init__(self, findings: Sequence[Finding], counts: Counts) -> None:
        self.findings = findings
        self.counts = counts

    def __iter__(self) -> Iterator[Diagnostic]:
        """Return all, in order."""
        return map(made, self.findings)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.findings)

    @overload
    def __getitem__(self, index: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Diagnostic, ...]: ...
    def __getitem__(self, index: int | slice) -> Diagnostic | tuple[Diagnostic, ...]:
        """Return one of them, or several."""
        if isinstance(index, slice):
            return tuple(map(made, self.findings[index]))
        return made(self.findings[index])

    def __eq__(self, other: object) -> bool:
        """Tell whether `other` is a sequence of equal diagnostics."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment] # what it would be of is not held

    def __repr__(self) -> str:
        """Return all as text."""
        return repr(tuple(self))


def _alike(findings: Iterable[Finding]) -> Iterator[tuple[Finding, int]]:
    """Yield findings with how many there are of each; those that count alike are one."""
    numbers: dict[int, int] = {}
    samples: dict[int, Stamp] = {}
    for each in findings:
        if not isinstance(each, Stamp) or each.place.removal is not None:
            yield each, 1
            continue
        key = id(each.diagnostic)
        if key in numbers:
            numbers[key] += 1
        else:
            numbers[key], samples[key] = 1, each
    for key, number in numbers.items():
        yield samples[key], number


def findings_of(diagnostics: Sequence[Diagnostic]) -> Sequence[Finding]:
    """Return what `diagnostics` are made of, which is all that counting and grouping needs."""
    return diagnostics.findings if isinstance(diagnostics, Diagnostics) else diagnostics


class Quota:
    """Lets the first findings of each rule pass and counts the others.

    Args:
        most: How many of a rule pass; None for all.
    """

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._passed: Counter[str] = Counter()
        self._omitted: Counter[str] = Counter()

    @property
    def omitted(self) -> dict[str, int]:
        """How many did not pass, by rule, sorted by name."""
        return dict(sorted(self._omitted.items()))

    def first(self, findings: Iterable[Finding]) -> Iterable[Finding]:
        """Return those of `findings` that pass; to be gone through once."""
        return findings if self._most is None else self._limited(findings, self._most)

    def _limited(self, findings: Iterable[Finding], most: int) -> Iterator[Finding]:
        for each in findings:
            if self._passed[each.rule] < most:
                self._passed[each.rule] += 1
                yield each
            else:
                self._omitted[each.rule] += 1


@dataclass(frozen=True)
class Report:
    """The outcome of a run.

    Attributes:
        documents: How many files were reported on.
        records: How many of them hold a record.
        mentions: How many descriptions of articles those records hold, their own included.
        diagnostics: Sorted by file, place and rule.
        suppressed: What comments silence, sorted likewise. It counts for nothing else.
        baselined: How many more the baseline lets pass.
        stale_baseline: How many that the baseline would let pass occur no longer.
        omitted: How many more there are of a rule than are listed, by rule.
    """

    documents: int = 0
    records: int = 0
    mentions: int = 0
    diagnostics: Sequence[Diagnostic] = ()
    suppressed: tuple[Suppressed, ...] = ()
    baselined: int = 0
    stale_baseline: int = 0
    omitted: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> Counts:
        """How many diagnostics of which kind there are."""
        known = self.diagnostics
        return known.counts if isinstance(known, Diagnostics) else Counts.of(known)

    @property
    def causes(self) -> int:
        """How many repairs would cure all."""
        return self.counts.causes

    @property
    def fixable(self) -> int:
        """How many diagnostics bring a fix."""
        return self.counts.fixable

    @property
    def by_severity(self) -> dict[str, int]:
        """Number of diagnostics of each severity, the worst first."""
        numbers = dict.fromkeys((severity.value for severity in Severity), 0)
        for (_, severity), number in self.counts.kinds.items():
            numbers[severity.value] += number
        return numbers

    @property
    def by_rule(self) -> dict[str, int]:
        """Number of diagnostics of each rule that has any, sorted by name."""
        numbers: Counter[str] = Counter()
        for (rule, _), number in self.counts.kinds.items():
            numbers[rule] += number
        return dict(sorted(numbers.items()))

    def limited(self, most: int) -> "Report":
        """Return this report with no more than the first `most` diagnostics of each rule."""
        if all(count <= most for count in self.by_rule.values()):
            return self
        quota = Quota(most)
        kept = list(quota.first(findings_of(self.diagnostics)))
        counts = Counts.of(kept)
        return replace(self, diagnostics=Diagnostics(kept, counts), omitted=quota.omitted)

    def fails(self, level: Severity) -> bool:
        """Tell whether any diagnostic is at `level` or above it."""
        return any(severity.reaches(level) for _, severity in self.counts.kinds)
