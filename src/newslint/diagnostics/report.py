"""The outcome of a run."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from newslint.diagnostics.diagnostic import Diagnostic, Severity
from newslint.diagnostics.lazy import (
    DiagnosticCounts,
    LazyDiagnostics,
    RuleLimit,
    compact_form,
)


class SuppressedDiagnostic(NamedTuple):
    """A diagnostic that a suppression comment silences.

    Attributes:
        diagnostic: The diagnostic that would have been reported.
        reason: The reason that the comment gives; empty if it gives none.
    """

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True)
class Report:
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
    """

    documents: int = 0
    records: int = 0
    mentions: int = 0
    diagnostics: Sequence[Diagnostic] = ()
    suppressed: tuple[SuppressedDiagnostic, ...] = ()
    baselined: int = 0
    stale_baseline: int = 0
    omitted: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> DiagnosticCounts:
        """Numbers of diagnostics, causes and fixes."""
        if isinstance(self.diagnostics, LazyDiagnostics):
            return self.diagnostics.counts
        return DiagnosticCounts.tally(self.diagnostics)

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
        numbers = dict.fromkeys((severity.value for severity in Severity), 0)
        for (_, severity), number in self.counts.kinds.items():
            numbers[severity.value] += number
        return numbers

    @property
    def by_rule(self) -> dict[str, int]:
        """Number of diagnostics of each rule that has any, sorted by rule id."""
        numbers: Counter[str] = Counter()
        for (rule, _), number in self.counts.kinds.items():
            numbers[rule] += number
        return dict(sorted(numbers.items()))

    def limit(self, max_per_rule: int) -> "Report":
        """Create a report that lists only the first `max_per_rule` diagnostics of each rule."""
        if all(count <= max_per_rule for count in self.by_rule.values()):
            return self
        limit = RuleLimit(max_per_rule)
        kept = list(limit.apply(compact_form(self.diagnostics)))
        counts = DiagnosticCounts.tally(kept)
        return replace(self, diagnostics=LazyDiagnostics(kept, counts), omitted=limit.omitted)

    def fails(self, level: Severity) -> bool:
        """Check whether any diagnostic is at `level` or above it."""
        return any(severity.reaches(level) for _, severity in self.counts.kinds)
