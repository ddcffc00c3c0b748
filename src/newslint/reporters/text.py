"""The report for people: causes with their places, source lines, and counts."""

from collections.abc import Callable, Iterator
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from newslint.diagnostics import Diagnostic, Report, Severity
from newslint.reporters.escape import escaped
from newslint.reporters.excerpt import excerpt
from newslint.source import Location, SourceText

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_PLACES = 3
_NOTES = 3
_INDENT = "  "


def render_text(report: Report, console: Console, text: Callable[[str], SourceText]) -> None:
    """Print a report.

    Args:
        report: What was found.
        console: Where to print; its width is kept to, but paths are never broken.
        text: Returns the text of a file, given its path.
    """
    blocks = by_cause(report.diagnostics)
    for path, block in groupby(blocks, key=lambda block: block[0].location.path):
        source = text(path)
        for diagnostics in block:
            for line in _block(diagnostics, source, console.width):
                _print(console, line)
            _print(console, Text())
    for line in _summary(report):
        _print(console, line)


def by_cause(diagnostics: tuple[Diagnostic, ...]) -> list[list[Diagnostic]]:
    """Return diagnostics with one cause together, in the order in which causes first appear."""
    groups: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        groups.setdefault(diagnostic.cause, []).append(diagnostic)
    return list(groups.values())


def _print(console: Console, line: Text) -> None:
    """Print one line as it is, however long."""
    console.print(line, soft_wrap=True)


def _block(diagnostics: list[Diagnostic], source: SourceText, width: int) -> Iterator[Text]:
    """Yield the lines for the diagnostics of one cause."""
    first = diagnostics[0]
    head = Text(place(first.location), style="bold")
    head.append(f" {first.severity}", style=STYLES[first.severity])
    head.append(f" {first.rule}", style="bold")
    yield head
    yield from _wrapped(escaped(first.message), width)
    yield from _source(first, source, width)
    for related in first.related_locations[:_NOTES]:
        yield _note(f"{place(related.location)}: {escaped(related.message)}")
    if len(first.related_locations) > _NOTES:
        yield _note(f"and {len(first.related_locations) - _NOTES} more places")
    if first.fix is not None:
        yield _note(f"fix ({first.fix.safety}): {escaped(first.fix.title)}")
    yield from _places(diagnostics)


def _places(diagnostics: list[Diagnostic]) -> Iterator[Text]:
    """Yield the lines that say where else the same cause shows."""
    for other in diagnostics[1:_PLACES]:
        yield _note(f"also {place(other.location)}")
    rest = len(diagnostics) - _PLACES
    if rest > 0:
        yield _note(f"and {rest} more {'mention' if rest == 1 else 'mentions'}")


def place(location: Location) -> str:
    """Return a location as `path:line:column`."""
    line, column = location.span.start
    return f"{escaped(location.path)}:{line}:{column}"


def _note(text: str) -> Text:
    """Return a line that belongs to the diagnostic above it."""
    return Text(f"{_INDENT}{text}", style="dim")


def _source(diagnostic: Diagnostic, source: SourceText, width: int) -> Iterator[Text]:
    """Yield the source line of a diagnostic, and the line that marks its span."""
    span = diagnostic.location.span
    if span.start.line > len(source.starts):
        return
    line = source.line(span.start.line)
    if not line.strip():
        return
    gutter = f"{_INDENT}{span.start.line} │ "
    shown = excerpt(line, span, width - cell_len(gutter))
    yield Text(gutter, style="dim").append(shown.line, style="not dim")
    blank = " " * (cell_len(gutter) - 2) + "│ "
    mark = Text(blank, style="dim").append(" " * shown.start)
    yield mark.append("^" * shown.width, style=f"not dim {STYLES[diagnostic.severity]}")


def _wrapped(message: str, width: int) -> Iterator[Text]:
    """Yield a message in lines of at most `width` cells where its words allow it."""
    line = ""
    for word in message.split(" "):
        longer = f"{line} {word}" if line else f"{_INDENT}{word}"
        if line and cell_len(longer) > width:
            yield Text(line)
            longer = f"{_INDENT}{word}"
        line = longer
    yield Text(line)


def _summary(report: Report) -> Iterator[Text]:
    """Yield the counts that a report ends with."""
    documents = _count(report.documents, "document")
    if not report.diagnostics:
        yield Text(f"No diagnostics in {documents}.", style="green")
        return
    counts = report.by_severity
    worst = next(severity for severity in Severity if counts[severity.value])
    line = Text(_count(len(report.diagnostics), "diagnostic"), style=STYLES[worst])
    parts = [_count(counts[each.value], each.value) for each in Severity if counts[each.value]]
    parts = [part if "info" not in part else part.removesuffix("s") for part in parts]
    line.append(f" ({', '.join(parts)})", style="default")
    yield line
    causes = _count(report.causes, "cause")
    yield Text(f"{causes}, {report.fixable:,} fixable, {documents}")


def _count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
