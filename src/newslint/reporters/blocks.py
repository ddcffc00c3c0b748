"""Blocks of the text report: one for each cause, with its source line, its fix and its places."""

from collections.abc import Iterator, Sequence

from newslint.diagnostics import Diagnostic, RelatedLocation, Severity
from newslint.diagnostics.index import DiagnosticSelection
from newslint.reporters.console import (
    BOLD,
    CYAN,
    DIM,
    RED,
    YELLOW,
    Segment,
    StyledLine,
    bold,
    excerpt_line,
    wrap_words,
)
from newslint.reporters.escape import escape
from newslint.reporters.formats import SourceReader
from newslint.text import Location, SourceText

SEVERITY_STYLES = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: CYAN}

INDENT = "  "

_MAX_PLACES = 3
_MAX_RELATED = 3


def cause_blocks(
    causes: Sequence[DiagnosticSelection], read_source: SourceReader, width: int
) -> Iterator[StyledLine]:
    """Yield a block and an empty line for each cause."""
    for diagnostics in causes:
        yield from cause_block(diagnostics, read_source(diagnostics[0].path), width)
        yield ()


def cause_block(
    diagnostics: DiagnosticSelection, source: SourceText, width: int
) -> Iterator[StyledLine]:
    """Yield the lines of one cause: its first place with the source line, then the others."""
    first = diagnostics[0]
    yield (
        Segment(format_location(first.location), BOLD),
        Segment(f" {first.severity}", bold(SEVERITY_STYLES[first.severity])),
        Segment(f" {first.rule}", BOLD, first.rule),
    )
    for line in wrap_words(escape(first.message).split(" "), width, INDENT):
        yield (Segment(line),)
    yield from _source_lines(first, source, width)
    yield from _related_locations(first.related_locations, width)
    if first.fix is not None:
        yield from note(f"fix ({first.fix.safety}): {escape(first.fix.title)}".split(" "), width)
    yield from _other_places(diagnostics, width)


def _source_lines(diagnostic: Diagnostic, source: SourceText, width: int) -> Iterator[StyledLine]:
    """Yield the source line of a diagnostic, and the carets below its span."""
    span = diagnostic.location.span
    if span.start.line > len(source.line_starts) or not source.text.strip():
        return
    number = f"{INDENT}{span.start.line}"
    excerpt = excerpt_line(source.line(span.start.line), span, width - len(number) - 3)
    yield Segment(f"{number} │", DIM), Segment(f" {excerpt.line}" if excerpt.line else "")
    gutter = " " * len(number) + " │" + " " * (excerpt.start + 1)
    carets = Segment("^" * excerpt.width, SEVERITY_STYLES[diagnostic.severity])
    yield Segment(gutter, DIM), carets


def _related_locations(related: tuple[RelatedLocation, ...], width: int) -> Iterator[StyledLine]:
    """Yield a note for each of the first related locations, and the number of the others."""
    for location, message in _listed(related):
        yield from note([f"{format_location(location)}:", *escape(message).split(" ")], width)
    if len(related) > _MAX_RELATED + 1:
        yield from note([f"and {len(related) - _MAX_RELATED:,} more places"], width)


def _listed(related: tuple[RelatedLocation, ...]) -> tuple[RelatedLocation, ...]:
    """Select the related locations that a block lists."""
    return related[: _listed_count(related, _MAX_RELATED)]


def _other_places(diagnostics: DiagnosticSelection, width: int) -> Iterator[StyledLine]:
    """Yield a note for each of the next places of a cause, and the number of the others.

    Places that are listed as related locations are left out.
    """
    shown = [each.location for each in _listed(diagnostics[0].related_locations)]
    places = diagnostics
    if shown:
        starts = {(path, span.start) for path, _, span in shown}
        others = diagnostics[1:].without(
            {each.path for each in shown},
            lambda each: (each.location.path, each.location.span.start) in starts,
        )
        places = diagnostics.select([diagnostics.positions[0], *others.positions])
    for other in places[1 : _listed_count(places, _MAX_PLACES)]:
        yield from note(["also", format_location(other.location)], width)
    if len(places) > _MAX_PLACES + 1:
        more = f"and {len(places) - _MAX_PLACES:,} more mentions"
        rest = f"{more}, in {diagnostics.documents:,} files altogether"
        yield from note(rest.split(" "), width)


def _listed_count(items: Sequence[object], limit: int) -> int:
    """Compute how many items to list: all if only one exceeds the limit, as no line is saved."""
    return len(items) if len(items) <= limit + 1 else limit


def note(words: list[str], width: int) -> Iterator[StyledLine]:
    """Yield the lines of an indented, dimmed remark."""
    for line in wrap_words(words, width, INDENT, INDENT * 2):
        yield (Segment(line, DIM),)


def format_location(location: Location) -> str:
    """Format a location as `path:line:column`."""
    line, column = location.span.start
    return f"{escape(location.path)}:{line}:{column}"
