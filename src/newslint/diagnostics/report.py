"""The outcome of a run."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from newslint.diagnostics.diagnostic import Diagnostic, Severity
from newslint.diagnostics.gate import GateResult
from newslint.diagnostics.index import DiagnosticKind, index_of
from newslint.diagnostics.mapped_sequence import ComputingTuple, compute_once
from newslint.diagnostics.patterns import AskedPlaces, Pattern, find_patterns


class SuppressedDiagnostic(NamedTuple):
    """A diagnostic that a suppression comment silences.

    Attributes:
        diagnostic: The diagnostic that would have been reported.
        reason: The reason that the comment gives; empty if it gives none.
    """

    diagnostic: Diagnostic
    reason: str


class ProjectSummary(NamedTuple):
    """A project that a report is about.

    Attributes:
        folder: Its folder, relative to that of the report; `.` if they are the same.
        settings: Its settings file, relative likewise; None if there is none.
        documents: Number of its files that are reported on.
        diagnostics: Number of its diagnostics.
    """

    folder: str
    settings: str | None = None
    documents: int = 0
    diagnostics: int = 0


class DiagnosticCounts(NamedTuple):
    """Numbers of diagnostics, causes and fixes.

    Attributes:
        kinds: Number of diagnostics by rule and severity.
        causes: Number of distinct causes, which is the number of repairs needed.
        fixable: Number of diagnostics with a fix.
    """

    kinds: Counter[tuple[str, Severity]]
    causes: int
    fixable: int

    @classmethod
    def tally(cls, diagnostics: Sequence[Diagnostic]) -> "DiagnosticCounts":
        """Count `diagnostics`."""
        return _tally(index_of(diagnostics).tally())

    @classmethod
    def tally_visible(cls, diagnostics: Sequence[Diagnostic]) -> "DiagnosticCounts":
        """Count those of `diagnostics` that are in records that readers can see."""
        counts = index_of(diagnostics).tally()
        return _tally({kind: number for kind, number in counts.items() if kind.is_visible})

    @property
    def by_severity(self) -> dict[str, int]:
        """Number of diagnostics of each severity, the worst first."""
        numbers = dict.fromkeys((severity.value for severity in Severity), 0)
        for (_, severity), number in self.kinds.items():
            numbers[severity.value] += number
        return numbers

    @property
    def by_rule(self) -> dict[str, int]:
        """Number of diagnostics of each rule that has any, sorted by rule id."""
        numbers: Counter[str] = Counter()
        for (rule, _), number in self.kinds.items():
            numbers[rule] += number
        return dict(sorted(numbers.items()))


class DiagnosticTally:
    """Counts diagnostics one by one."""

    def __init__(self) -> None:
        self._kinds: Counter[tuple[str, Severity]] = Counter()
        self._causes: set[str] = set()
        self._fixable = 0

    @property
    def counts(self) -> DiagnosticCounts:
        """The numbers so far."""
        return DiagnosticCounts(self._kinds, len(self._causes), self._fixable)

    def add(self, diagnostic: Diagnostic | DiagnosticKind, number: int = 1) -> None:
        """Count a diagnostic, or a number of diagnostics of a kind."""
        self._kinds[diagnostic.rule, diagnostic.severity] += number
        self._causes.add(diagnostic.cause)
        self._fixable += number * diagnostic.is_fixable


def _tally(kinds: Mapping[DiagnosticKind, int]) -> DiagnosticCounts:
    """Count diagnostics by their kinds."""
    tally = DiagnosticTally()
    for kind, number in kinds.items():
        tally.add(kind, number)
    return tally.counts


class RuleLimit:
    """A limit on the number of diagnostics of each rule that counts those above it.

    Args:
        max_per_rule: Number of diagnostics of each rule to list; None for all.
    """

    def __init__(self, max_per_rule: int | None) -> None:
        self._max_per_rule = max_per_rule
        self._passed: Counter[str] = Counter()
        self._omitted: Counter[str] = Counter()

    @property
    def omitted(self) -> dict[str, int]:
        """Number of diagnostics above the limit by rule, sorted by rule id."""
        return dict(sorted(self._omitted.items()))

    def apply(self, diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
        """Filter out the diagnostics above the limit; the result can be iterated once."""
        if self._max_per_rule is None:
            return diagnostics
        return self._apply(diagnostics, self._max_per_rule)

    def _apply(self, diagnostics: Iterable[Diagnostic], max_per_rule: int) -> Iterator[Diagnostic]:
        for each in diagnostics:
            if self._passed[each.rule] < max_per_rule:
                self._passed[each.rule] += 1
                yield each
            else:
                self._omitted[each.rule] += 1


class Report(msgspec.Struct, frozen=True, dict=True):
    """The outcome of a run.

    Attributes:
        documents: Number of files reported on.
        records: Number of those files that contain a record.
        mentions: Number of descriptions of articles in those records, their own included.
        diagnostics: The diagnostics, sorted by file, place and rule.
        suppressed: Diagnostics that comments silence, in the same order. No count includes them.
        baselined: Number of further diagnostics that the baseline lets pass.
        stale_baseline: Number of baseline entries whose diagnostics no longer occur.
        omitted: Number of further diagnostics of a rule that are not listed, by rule.
        asked: Numbers of places that rules with many diagnostics examined; empty if unknown.
        projects: The projects of the files; empty if unknown.
        documentation: Addresses of the documentation of rules that have diagnostics, by rule id.
        gate: The quality gate applied to the report; None if there is none.
    """

    documents: int = 0
    records: int = 0
    mentions: int = 0
    diagnostics: Sequence[Diagnostic] = ()
    suppressed: Sequence[SuppressedDiagnostic] = ()
    baselined: int = 0
    stale_baseline: int = 0
    omitted: Mapping[str, int] = msgspec.field(default_factory=dict)
    asked: AskedPlaces = msgspec.field(default_factory=dict)
    projects: tuple[ProjectSummary, ...] = ()
    documentation: Mapping[str, str] = msgspec.field(default_factory=dict)
    gate: GateResult | None = None

    @cached_property
    def counts(self) -> DiagnosticCounts:
        """Numbers of diagnostics, causes and fixes."""
        return compute_once(self.diagnostics, DiagnosticCounts.tally)

    @cached_property
    def visible(self) -> DiagnosticCounts:
        """Numbers of diagnostics, causes and fixes in records that readers can see."""
        return compute_once(self.diagnostics, DiagnosticCounts.tally_visible)

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The patterns in the listed diagnostics, the most important first."""
        return find_patterns(self.diagnostics, self.asked)

    @property
    def causes(self) -> int:
        """Number of distinct causes."""
        return self.counts.causes

    @property
    def fixable(self) -> int:
        """Number of diagnostics with a fix."""
        return self.counts.fixable

    @property
    def by_severity(self) -> dict[str, int]:
        """Number of diagnostics of each severity, the worst first."""
        return self.counts.by_severity

    @property
    def by_rule(self) -> dict[str, int]:
        """Number of diagnostics of each rule that has any, sorted by rule id."""
        return self.counts.by_rule

    def limit(self, max_per_rule: int) -> "Report":
        """Create a report that lists only the first `max_per_rule` diagnostics of each rule."""
        if all(count <= max_per_rule for count in self.by_rule.values()):
            return self
        limit = RuleLimit(max_per_rule)
        kept = ComputingTuple(limit.apply(self.diagnostics))
        return replace(self, diagnostics=kept, omitted=limit.omitted)

    def fails(self, level: Severity) -> bool:
        """Check whether any diagnostic is at `level` or above it."""
        return any(severity.reaches(level) for _, severity in self.counts.kinds)
