"""What to show first where not everything can be shown."""

from collections import Counter
from collections.abc import Callable, Sequence

from newslint.diagnostics import Diagnostic

Tell = Callable[[str], None]
"""Takes a sentence about what a format has no room for."""


def ranked(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return `diagnostics`, what matters most first.

    The worst come first. Among equally bad ones every cause shows once before any shows twice, and
    the cause with most places leads.
    """
    places = Counter(diagnostic.cause for diagnostic in diagnostics)
    seen: Counter[str] = Counter()
    keys = []
    for index, diagnostic in enumerate(diagnostics):
        cause = diagnostic.cause
        keys.append((diagnostic.severity.rank, seen[cause], -places[cause], index))
        seen[cause] += 1
    return [diagnostics[index] for *_, index in sorted(keys)]
