"""The outcome of a run."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from newslint.diagnostics.diagnostic import Diagnostic
from newslint.diagnostics.severity import Severity


class Suppressed(NamedTuple):
    """A diagnostic that a comment silences.

    Attributes:
        diagnostic: What would have been reported.
        reason: What the comment says about it; empty where it says nothing.
    """

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True)
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
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    baselined: int = 0
    stale_baseline: int = 0
    omitted: Mapping[str, int] = field(default_factory=dict)

    @property
    def causes(self) -> int:
        """How many repairs would cure all."""
        return len({diagnostic.cause for diagnostic in self.diagnostics})

    @property
    def fixable(self) -> int:
        """How many diagnostics bring a fix."""
        return sum(diagnostic.fix is not None for diagnostic in self.diagnostics)

    @property
    def by_severity(self) -> dict[str, int]:
        """Number of diagnostics of each severity, the worst first."""
        counts = Counter(diagnostic.severity for diagnostic in self.diagnostics)
        return {severity.value: counts[severity] for severity in Severity}

    @property
    def by_rule(self) -> dict[str, int]:
        """Number of diagnostics of each rule that has any, sorted by name."""
        return dict(sorted(Counter(each.rule for each in self.diagnostics).items()))

    def limited(self, most: int) -> "Report":
        """Return this report with no more than the first `most` diagnostics of each rule."""
        more = {rule: count - most for rule, count in self.by_rule.items() if count > most}
        if not more:
            return self
        listed: Counter[str] = Counter()
        kept: list[Diagnostic] = []
        for diagnostic in self.diagnostics:
            if listed[diagnostic.rule] < most:
                listed[diagnostic.rule] += 1
                kept.append(diagnostic)
        return replace(self, diagnostics=tuple(kept), omitted=more)

    def fails(self, level: Severity) -> bool:
        """Tell whether any diagnostic is at `level` or above it."""
        return any(diagnostic.severity.reaches(level) for diagnostic in self.diagnostics)
