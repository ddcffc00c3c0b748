"""All that was found, file by file: sorted, named, and without what comments silence."""

from collections.abc import Mapping, Sequence

from newslint.diagnostics import (
    AnyDiagnostic,
    Diagnostic,
    DiagnosticCounts,
    LazyDiagnostics,
    PlacedDiagnostic,
    RuleLimit,
    Severity,
    SuppressedDiagnostic,
    materialise,
)
from newslint.engine.desk import Desk
from newslint.engine.identity import Distinct
from newslint.engine.suppression import FileSuppressions, assign_unique_cause, resolve_suppressions


class Findings:
    """Collects what was found, a file at a time, in the order of their names.

    Args:
        desk: Knows how severe rules are in each file, and what comments may name.
        report_unused: Whether comments that silence nothing can be told: no rule failed.
        most: How many diagnostics of each rule to hold; None for all.
    """

    def __init__(self, desk: Desk, *, report_unused: bool, most: int | None = None) -> None:
        self._desk = desk
        self._report_unused = report_unused
        self._quota = RuleLimit(most)
        self._found: list[AnyDiagnostic] = []
        self._suppressed: list[SuppressedDiagnostic] = []

    def add(
        self,
        path: str,
        stamps: list[PlacedDiagnostic],
        whole: list[Diagnostic],
        comments: FileSuppressions | None,
    ) -> bool:
        """Add what was found in a file.

        Args:
            path: The file.
            stamps: What is said of descriptions in it.
            whole: What is said of it besides, with its identity.
            comments: Its comments.

        Returns:
            Whether anything is reported there.
        """
        severities = self._desk.checks(path).severities
        if comments is not None:
            found = self._judged(stamps, whole, comments)
        else:
            found = _sorted([*stamps, *whole])
        weighed = [_weighed(each, severities) for each in found] if severities else found
        self._found += self._quota.apply(weighed)
        return bool(weighed)

    def _judged(
        self, stamps: list[PlacedDiagnostic], whole: list[Diagnostic], comments: FileSuppressions
    ) -> list[AnyDiagnostic]:
        """Return what is found in a file with comments and that these do not silence."""
        found = [*map(materialise, stamps), *whole]
        result = resolve_suppressions(
            comments, found, self._desk, report_unused=self._report_unused
        )
        reported: list[AnyDiagnostic] = []
        for each in map(materialise, _sorted([*found, *result.diagnostics])):
            reason = result.reason(each)
            if reason is None:
                reported.append(each)
            else:
                severities = self._desk.checks(comments.path).severities
                self._suppressed.append(SuppressedDiagnostic(weighed(each, severities), reason))
        return reported

    @property
    def diagnostics(self) -> LazyDiagnostics:
        """What is to be reported, sorted by file, place and rule."""
        return LazyDiagnostics(self._found, DiagnosticCounts.tally(self._found))

    @property
    def omitted(self) -> dict[str, int]:
        """How many more there are of a rule than are held, by rule."""
        return self._quota.omitted

    @property
    def suppressed(self) -> tuple[SuppressedDiagnostic, ...]:
        """What comments silence, sorted likewise."""
        return tuple(self._suppressed)


def _sorted(found: Sequence[AnyDiagnostic]) -> list[AnyDiagnostic]:
    """Return the findings of one file, sorted by place and rule, with distinct fingerprints."""
    in_order = _in_order(found)
    if len({each.fingerprint for each in in_order}) < len(in_order):
        distinct = Distinct()
        in_order = [_named(each, distinct(each.fingerprint)) for each in in_order]
    return [
        assign_unique_cause(each) if isinstance(each, Diagnostic) else each for each in in_order
    ]


def _in_order(found: Sequence[AnyDiagnostic]) -> list[AnyDiagnostic]:
    """Return findings of one file by place and rule; mostly where they start tells their order."""
    starts = [each.start for each in found]
    if len(set(starts)) < len(starts):
        return sorted(found, key=_order)
    return [found[at] for at in sorted(range(len(starts)), key=starts.__getitem__)]


def _named(found: AnyDiagnostic, fingerprint: str) -> AnyDiagnostic:
    """Return a finding by its distinct fingerprint."""
    return found if found.fingerprint == fingerprint else found._replace(fingerprint=fingerprint)


def _order(found: AnyDiagnostic) -> tuple[int, int, int, int, str, str]:
    """Return the key that findings of one file are sorted by."""
    if isinstance(found, PlacedDiagnostic):
        return found.order
    start, end = found.location.span
    return (*start, *end, found.rule, found.location.pointer + found.message)


def _weighed(found: AnyDiagnostic, severities: Mapping[str, Severity]) -> AnyDiagnostic:
    """Return a finding with the severity that its rule has in its file."""
    if isinstance(found, PlacedDiagnostic):
        return found._replace(diagnostic=weighed(found.diagnostic, severities))
    return weighed(found, severities)


def weighed(diagnostic: Diagnostic, severities: Mapping[str, Severity]) -> Diagnostic:
    """Return a diagnostic with the severity that its rule has, where that is not its own."""
    severity = severities.get(diagnostic.rule)
    return diagnostic if severity is None else diagnostic._replace(severity=severity)
