"""The causes of a report in order of importance, and the selection for formats with limits."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.diagnostics import Diagnostic, Severity
    from newslint.diagnostics.index import DiagnosticSelection
    from newslint.diagnostics.patterns import Pattern

MAX_ENTRIES = 5_000
"""Formats that other programs show have at most this number of entries, one for each cause."""


class Cause(NamedTuple):
    """The diagnostics that one repair would remove.

    Attributes:
        diagnostics: The diagnostics in visible records, then the others; sorted by file and place.
        severity: Their worst severity.
        visible: Number of diagnostics in visible records.
        in_pattern: Whether all of them belong to patterns.
    """

    diagnostics: "DiagnosticSelection"
    severity: "Severity"
    visible: int
    in_pattern: bool = False

    @property
    def first(self) -> "Diagnostic":
        """The diagnostic that represents the cause."""
        return self.diagnostics[0]

    @property
    def message(self) -> str:
        """The message of the first diagnostic, with the number of further places."""
        more = len(self.diagnostics) - 1
        return self.first.message + (f" (and {pluralize(more, 'more place')})" if more else "")

    @property
    def order(self) -> tuple[int, bool, int, int]:
        """Sort key: worst severity, no pattern, most visible places, most places."""
        return self.severity.rank, self.in_pattern, -self.visible, -len(self.diagnostics)


def rank_causes(
    diagnostics: "Sequence[Diagnostic]", patterns: "Iterable[Pattern]" = ()
) -> list[Cause]:
    """Group diagnostics by cause, the most important cause first.

    Causes of equal importance are in the order of their first visible places.

    Args:
        diagnostics: The diagnostics, sorted by file and place.
        patterns: The patterns to which some of them belong.
    """
    from newslint.diagnostics.index import DiagnosticSelection
    from newslint.diagnostics.patterns import split_patterns

    others, _ = split_patterns(diagnostics, patterns)
    outside = {kind.cause for kind in others.kinds}
    groups = DiagnosticSelection.of(diagnostics).visible_first().by_cause()
    causes = (_create(group, outside) for group in groups)
    return sorted(causes, key=lambda each: each.order)


def _create(found: "DiagnosticSelection", outside: "AbstractSet[str]") -> Cause:
    """Create the cause of some diagnostics, given the causes outside of patterns."""
    in_pattern = found.kind.cause not in outside
    return Cause(found, found.severity, found.visible, in_pattern)


def prioritise(causes: Sequence[Cause]) -> list[Cause]:
    """Move the first cause of each rule before all others.

    So the start of the list, however short, represents as many rules as possible.

    Args:
        causes: The causes, the most important first.
    """
    return [causes[at] for at in _priorities(causes)]


def select_causes(causes: Sequence[Cause], limit: int = MAX_ENTRIES) -> list[Cause]:
    """Select the most important causes, with at least one of each rule as far as possible.

    Args:
        causes: The causes, the most important first.
        limit: The number of causes to select.

    Returns:
        The selected causes in the same order.
    """
    return [causes[at] for at in sorted(_priorities(causes)[:limit])]


def _priorities(causes: Sequence[Cause]) -> list[int]:
    """List the positions of the first cause of each rule, then those of the others."""
    firsts: dict[str, int] = {}
    for at, cause in enumerate(causes):
        firsts.setdefault(cause.first.rule, at)
    return list(dict.fromkeys((*firsts.values(), *range(len(causes)))))


def omission_notice(name: str, listed: int, total: int, reason: str = "") -> str:
    """Describe how many causes a report omits; empty if it contains all.

    Args:
        name: The report, with an article.
        listed: Number of causes in the report.
        total: Number of all causes.
        reason: Why it omits causes.
    """
    if listed == total:
        return ""
    reason = reason and f": {reason}"
    return (
        f"{name} holds {listed:,} of {total:,} causes, the worst first{reason}; "
        "the format json-causes holds all"
    )
