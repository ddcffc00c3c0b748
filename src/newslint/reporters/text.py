"""The report for people: causes with their places, source lines, and counts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

from newslint.diagnostics import AnyDiagnostic, Diagnostic, Report, Severity, compact_form
from newslint.reporters.blocks import STYLES, block, note
from newslint.reporters.counts import counted, counts, omissions
from newslint.reporters.escape import escaped
from newslint.reporters.page import GREEN, UNDERLINED, Line, Page, Piece, bold
from newslint.reporters.statistics import Row, by_rule
from newslint.text import SourceText

GroupBy = Literal["auto", "file", "rule", "cause"]
Sources = Callable[[str], SourceText]

MOST_CAUSES = 100
"""From more causes on, the default text report shows the greatest of each rule only."""

_SHOWN_CAUSES = 2


def render_text(report: Report, page: Page, text: Sources, group_by: GroupBy = "auto") -> None:
    """Print a report.

    Args:
        report: What was found.
        page: Where to print; its width is kept to, but paths are never broken.
        text: Returns the text of a file, given its path.
        group_by: `file`: all places, file by file. `cause`: one block for each cause, most places
            first. `rule`: likewise, rule by rule. `auto`: causes in the order of their first
            places, and where there are too many to read, the greatest of each rule.
    """
    sources = lru_cache(maxsize=64)(text)
    page.print(_lines(report, sources, page.width, group_by))
    page.print(_summary(report))


def _lines(report: Report, text: Sources, width: int, group_by: GroupBy) -> Iterator[Line]:
    """Yield the lines of a report down to its counts."""
    causes = by_cause(compact_form(report.diagnostics))
    if group_by == "file":
        yield from _by_file(report.diagnostics, text, width)
    elif group_by == "cause":
        yield from _blocks(_greatest_first(causes), text, width)
    elif group_by == "rule":
        yield from _by_rule(report, causes, text, width, len(causes))
    elif len(causes) > MOST_CAUSES:
        yield from _by_rule(report, causes, text, width, _SHOWN_CAUSES)
    else:
        yield from _blocks(causes, text, width)


def by_cause(findings: Iterable[AnyDiagnostic]) -> list[list[AnyDiagnostic]]:
    """Return findings with one cause together, in the order in which causes first appear."""
    groups: dict[str, list[AnyDiagnostic]] = {}
    for each in findings:
        groups.setdefault(each.cause, []).append(each)
    return list(groups.values())


def _greatest_first(causes: list[list[AnyDiagnostic]]) -> list[list[AnyDiagnostic]]:
    """Return `causes`, those with most places first."""
    return sorted(causes, key=len, reverse=True)


def _blocks(causes: Sequence[list[AnyDiagnostic]], text: Sources, width: int) -> Iterator[Line]:
    """Yield a block of lines for each cause."""
    for diagnostics in causes:
        yield from block(diagnostics, text(diagnostics[0].path), width)
        yield ()


def _by_file(diagnostics: Sequence[Diagnostic], text: Sources, width: int) -> Iterator[Line]:
    """Yield a block for each place, under the name of its file."""
    path = None
    for diagnostic in diagnostics:
        if diagnostic.location.path != path:
            path = diagnostic.location.path
            yield (Piece(escaped(path), UNDERLINED),)
        yield from block([diagnostic], text(path), width)
        yield ()


def _by_rule(
    report: Report, causes: list[list[AnyDiagnostic]], text: Sources, width: int, most: int
) -> Iterator[Line]:
    """Yield the `most` greatest causes of each rule, the rules with the worst severity first."""
    rules: dict[str, list[list[AnyDiagnostic]]] = {}
    for diagnostics in _greatest_first(causes):
        rules.setdefault(diagnostics[0].rule, []).append(diagnostics)
    rows = {row.name: row for row in by_rule(report)}
    for name, found in sorted(rules.items(), key=lambda item: _worst(item[1])):
        yield from _heading(rows[name], found[0][0].severity)
        yield from _blocks(found[:most], text, width)
        if len(found) > most:
            yield from _rest(name, found[most:], width)
            yield ()


def _worst(causes: list[list[AnyDiagnostic]]) -> tuple[int, int]:
    """Return what rules are sorted by: severity, then number of places."""
    return causes[0][0].severity.rank, -sum(map(len, causes))


def _heading(row: Row, severity: Severity) -> Iterator[Line]:
    """Yield the line that a rule's causes stand under."""
    figures = [(row.diagnostics, "place"), (row.causes, "cause"), (row.records, "file")]
    yield (
        Piece(f"{row.name} ", UNDERLINED),
        Piece(severity.value, bold(STYLES[severity])),
        Piece(f"  {', '.join(counted(number, noun) for number, noun in figures)}"),
    )


def _rest(rule: str, causes: list[list[AnyDiagnostic]], width: int) -> Iterator[Line]:
    """Yield the lines that say how many causes of a rule are not shown, and how to see them."""
    places = counted(sum(map(len, causes)), "place")
    text = f"and {counted(len(causes), 'more cause')} in {places}:"
    yield from note([*text.split(" "), f"--select {rule} --group-by cause"], width)


def _summary(report: Report) -> Iterator[Line]:
    """Yield the counts that a report ends with, coloured by the worst that was found."""
    worst = next((each for each in Severity if report.by_severity[each.value]), None)
    first, *rest = counts(report)
    yield (Piece(first, STYLES[worst] if worst else GREEN),)
    yield from ((Piece(line),) for line in [*rest, *omissions(report)])
