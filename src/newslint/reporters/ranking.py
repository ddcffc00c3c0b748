"""What to show first where not everything can be shown."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from newslint.diagnostics import Diagnostic, Finding

T = TypeVar("T", Diagnostic, Finding)

Tell = Callable[[str], None]
"""Takes a sentence about what a format has no room for."""


def ranked(diagnostics: Sequence[T]) -> list[T]:
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
