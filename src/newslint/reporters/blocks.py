"""One cause in the text report: its first place with the source line, and where else it shows."""

from collections.abc import Iterator, Sequence

from newslint.diagnostics import AnyDiagnostic, Diagnostic, RelatedLocation, Severity, materialise
from newslint.reporters.escape import escaped
from newslint.reporters.excerpt import excerpt
from newslint.reporters.page import BOLD, CYAN, DIM, RED, YELLOW, Line, Piece, bold
from newslint.reporters.wrap import wrapped
from newslint.text import Location, SourceText

STYLES = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: CYAN}
_PLACES = 3
_NOTES = 3
_INDENT = "  "


def block(diagnostics: Sequence[AnyDiagnostic], source: SourceText, width: int) -> Iterator[Line]:
    """Yield the lines for the diagnostics of one cause."""
    first = materialise(diagnostics[0])
    yield (
        Piece(place(first.location), BOLD),
        Piece(f" {first.severity}", bold(STYLES[first.severity])),
        Piece(f" {first.rule}", BOLD),
    )
    for line in wrapped(escaped(first.message).split(" "), width, _INDENT):
        yield (Piece(line),)
    yield from _source(first, source, width)
    yield from _related(first.related_locations, width)
    if first.fix is not None:
        yield from note(f"fix ({first.fix.safety}): {escaped(first.fix.title)}".split(" "), width)
    yield from _places(diagnostics, width)


def _related(related: tuple[RelatedLocation, ...], width: int) -> Iterator[Line]:
    """Yield the lines that say what else explains a diagnostic."""
    for location, message in related[: _listed(related, _NOTES)]:
        yield from note([f"{place(location)}:", *escaped(message).split(" ")], width)
    if len(related) > _NOTES + 1:
        yield from note([f"and {len(related) - _NOTES:,} more places"], width)


def _places(diagnostics: Sequence[AnyDiagnostic], width: int) -> Iterator[Line]:
    """Yield the lines that say where else the same cause shows."""
    for other in diagnostics[1 : _listed(diagnostics, _PLACES)]:
        yield from note(["also", place(materialise(other).location)], width)
    if len(diagnostics) > _PLACES + 1:
        files = len({diagnostic.path for diagnostic in diagnostics})
        rest = f"and {len(diagnostics) - _PLACES:,} more mentions, in {files:,} files altogether"
        yield from note(rest.split(" "), width)


def _listed(items: Sequence[object], most: int) -> int:
    """Return how many of `items` to list: never one less than all, which saves no line."""
    return len(items) if len(items) <= most + 1 else most


def place(location: Location) -> str:
    """Return a location as `path:line:column`."""
    line, column = location.span.start
    return f"{escaped(location.path)}:{line}:{column}"


def note(words: list[str], width: int) -> Iterator[Line]:
    """Yield the lines of a remark on the diagnostic above it."""
    for line in wrapped(words, width, _INDENT, _INDENT * 2):
        yield (Piece(line, DIM),)


def _source(diagnostic: Diagnostic, source: SourceText, width: int) -> Iterator[Line]:
    """Yield the source line of a diagnostic, and the line that marks its span."""
    span = diagnostic.location.span
    if span.start.line > len(source.starts) or not source.text.strip():
        return
    number = f"{_INDENT}{span.start.line}"
    shown = excerpt(source.line(span.start.line), span, width - len(number) - 3)
    line = f" {shown.line}" if shown.line else ""
    yield Piece(f"{number} │", DIM), Piece(line)
    before = " " * len(number) + " │" + " " * (shown.start + 1)
    yield Piece(before, DIM), Piece("^" * shown.width, STYLES[diagnostic.severity])
