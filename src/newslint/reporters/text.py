"""The report for people: causes with their places, source lines, and counts."""

from collections.abc import Callable, Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from newslint.diagnostics import Diagnostic, RelatedLocation, Report, Severity
from newslint.reporters.escape import escaped
from newslint.reporters.excerpt import excerpt
from newslint.reporters.wrap import wrapped
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
    for line in wrapped(escaped(first.message).split(" "), width, _INDENT):
        yield Text(line)
    yield from _source(first, source, width)
    yield from _related(first.related_locations, width)
    if first.fix is not None:
        yield from _note(f"fix ({first.fix.safety}): {escaped(first.fix.title)}".split(" "), width)
    yield from _places(diagnostics, width)


def _related(related: tuple[RelatedLocation, ...], width: int) -> Iterator[Text]:
    """Yield the lines that say what else explains a diagnostic."""
    for location, message in related[: _listed(related, _NOTES)]:
        yield from _note([f"{place(location)}:", *escaped(message).split(" ")], width)
    if len(related) > _NOTES + 1:
        yield from _note([f"and {len(related) - _NOTES:,} more places"], width)


def _places(diagnostics: list[Diagnostic], width: int) -> Iterator[Text]:
    """Yield the lines that say where else the same cause shows."""
    for other in diagnostics[1 : _listed(diagnostics, _PLACES)]:
        yield from _note(["also", place(other.location)], width)
    if len(diagnostics) > _PLACES + 1:
        yield from _note([f"and {len(diagnostics) - _PLACES:,} more mentions"], width)


def _listed(items: list[Diagnostic] | tuple[RelatedLocation, ...], most: int) -> int:
    """Return how many of `items` to list: never one less than all, which saves no line."""
    return len(items) if len(items) <= most + 1 else most


def place(location: Location) -> str:
    """Return a location as `path:line:column`."""
    line, column = location.span.start
    return f"{escaped(location.path)}:{line}:{column}"


def _note(words: list[str], width: int) -> Iterator[Text]:
    """Yield the lines of a remark on the diagnostic above it."""
    for line in wrapped(words, width, _INDENT, _INDENT * 2):
        yield Text(line, style="dim")


def _source(diagnostic: Diagnostic, source: SourceText, width: int) -> Iterator[Text]:
    """Yield the source line of a diagnostic, and the line that marks its span."""
    span = diagnostic.location.span
    if span.start.line > len(source.starts) or not source.text.strip():
        return
    number = f"{_INDENT}{span.start.line}"
    shown = excerpt(source.line(span.start.line), span, width - len(number) - 3)
    line = Text(f"{number} │", style="dim")
    yield line.append(f" {shown.line}", style="not dim") if shown.line else line
    mark = Text(" " * len(number) + " │", style="dim").append(" " * (shown.start + 1))
    yield mark.append("^" * shown.width, style=f"not dim {STYLES[diagnostic.severity]}")


def _summary(report: Report) -> Iterator[Text]:
    """Yield the counts that a report ends with, coloured by the worst that was found."""
    worst = next((each for each in Severity if report.by_severity[each.value]), None)
    first, *rest = counts(report)
    yield Text(first, style=STYLES[worst] if worst else "green")
    yield from map(Text, rest)


def counts(report: Report) -> list[str]:
    """Return the counts of a report, in one line or two."""
    documents = _count(report.documents, "document")
    if not report.diagnostics:
        return [f"No diagnostics in {documents}{_unlisted(report)}"]
    found = _count(len(report.diagnostics), "diagnostic")
    parts = [_count(number, name) for name, number in report.by_severity.items() if number]
    causes = _count(report.causes, "cause")
    return [
        f"{found} ({', '.join(parts)})",
        f"{causes}, {report.fixable:,} fixable, {documents}{_unlisted(report)}",
    ]


def _unlisted(report: Report) -> str:
    """Return how many diagnostics a report counts and does not list; empty where none."""
    parts = {"suppressed": report.suppressed, "baselined": report.baselined}
    return "".join(f", {number:,} {name}" for name, number in parts.items() if number)


def _count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
