"""How diagnostics look: their source lines with the span marked, their fixes, related places.

Lines count from the diagnostic's own, so that the copies of one entry look the same in every file.
"""

from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Fix, RelatedLocation
from newslint.reporters.escape import escaped
from newslint.reporters.html.diff import Hunk, hunks
from newslint.reporters.html.lines import Lines, lines_of
from newslint.text import SourceText

MOST_RELATED = 10
"""How many related places are shown of one diagnostic."""


class Repair(NamedTuple):
    """A fix as it is shown.

    Attributes:
        title: What it does.
        safety: Whether it may be applied unseen.
        hunks: What it makes of the lines; none where the source is not at hand.
    """

    title: str
    safety: str
    hunks: tuple[Hunk, ...]


class Related(NamedTuple):
    """A related place.

    Attributes:
        path: The file; empty for the diagnostic's own.
        line: 1-based; in the diagnostic's own file, counted from its line.
        column: 1-based.
        message: What is there.
    """

    path: str
    line: int
    column: int
    message: str


class Look(NamedTuple):
    """All that is shown of a diagnostic but for its file, its line and the entry that it is in.

    Attributes:
        severity: Index among the severities, the worst first.
        message: What is wrong.
        provider: Domain of who published the article.
        pointer: Its pointer, split where the entry's index goes.
        column: 1-based.
        lines: What stands there.
        repair: How to repair it.
        related: What else to look at.
        more_related: How many more places there are.
    """

    severity: int
    message: str
    provider: str
    pointer: tuple[str, ...]
    column: int
    lines: Lines
    repair: Repair | None
    related: tuple[Related, ...]
    more_related: int


def look(diagnostic: Diagnostic, pointer: tuple[str, ...], source: SourceText) -> Look:
    """Return how `diagnostic` looks.

    Args:
        diagnostic: Placed in a file.
        pointer: Its pointer, split where the entry's index goes.
        source: The text of the file, secrets redacted; empty where it is not to be had.
    """
    span = diagnostic.location.span
    related = diagnostic.related_locations
    return Look(
        diagnostic.severity.rank,
        escaped(diagnostic.message),
        escaped(diagnostic.provider),
        tuple(map(escaped, pointer)),
        span.start.column,
        lines_of(span, source),
        _repair(diagnostic.fix, span.start.line, source),
        tuple(_related(each, diagnostic) for each in related[:MOST_RELATED]),
        max(0, len(related) - MOST_RELATED),
    )


def _related(related: RelatedLocation, diagnostic: Diagnostic) -> Related:
    """Return a related place as seen from `diagnostic`."""
    (path, _, (start, _)), message = related
    if path == diagnostic.location.path:
        line = start.line - diagnostic.location.span.start.line
        return Related("", line, start.column, escaped(message))
    return Related(escaped(path), start.line, start.column, escaped(message))


def _repair(fix: Fix | None, line: int, source: SourceText) -> Repair | None:
    """Return how a fix is shown, given the line of its diagnostic."""
    if fix is None:
        return None
    return Repair(escaped(fix.title), fix.safety.value, hunks(fix.edits, line, source))
