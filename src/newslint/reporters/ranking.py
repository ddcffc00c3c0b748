"""What to show first where not everything can be shown."""

from collections import Counter
from collections.abc import Callable, Sequence

from newslint.diagnostics import AnyDiagnostic, Diagnostic, compact_form

Tell = Callable[[str], None]
"""Takes a sentence about what a format has no room for."""


def ranked(diagnostics: Sequence[Diagnostic]) -> list[AnyDiagnostic]:
    """Return what `diagnostics` are made of, what matters most first.

    The worst come first. Among equally bad ones every cause shows once before any shows twice, and
    the cause with most places leads.
    """
    findings = compact_form(diagnostics)
    places = Counter(finding.cause for finding in findings)
    seen: Counter[str] = Counter()
    keys = []
    for index, finding in enumerate(findings):
        cause = finding.cause
        keys.append((finding.severity.rank, seen[cause], -places[cause], index))
        seen[cause] += 1
    return [findings[index] for *_, index in sorted(keys)]
