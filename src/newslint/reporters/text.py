"""The text report: a block for each cause with its source line, then the counts."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from newslint.diagnostics import Diagnostic, RelatedLocation, Report, Severity
from newslint.reporters.console import (
    BOLD,
    CYAN,
    DIM,
    GREEN,
    RED,
    UNDERLINED,
    YELLOW,
    Segment,
    StyledLine,
    StyledWriter,
    bold,
    excerpt_line,
    wrap_words,
)
from newslint.reporters.escape import escape
from newslint.reporters.formats import SourceReader
from newslint.reporters.summary import (
    StatisticsRow,
    count_by_rule,
    group_by_cause,
    omission_lines,
    pluralize,
    summary_lines,
)
from newslint.text import Location, SourceText

GroupBy = Literal["auto", "file", "rule", "cause"]

MAX_CAUSES = 100
"""With more causes than this, `auto` shows only the largest of each rule."""

SEVERITY_STYLES = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: CYAN}

_MAX_CAUSES_OF_RULE = 2
_MAX_PLACES = 3
_MAX_RELATED = 3
_INDENT = "  "


def render_text(
    report: Report, writer: StyledWriter, read_source: SourceReader, group_by: GroupBy = "auto"
) -> None:
    """Print a report.

    Args:
        report: The outcome of the run.
        writer: Prints the lines. Lines fit its width, except that paths are never broken.
        read_source: Reads the text of a file.
        group_by: `file`: every diagnostic, file by file. `cause`: one block for each cause, the
            largest first. `rule`: likewise, rule by rule. `auto`: causes in the order of their
            first places; the largest of each rule if there are more than `MAX_CAUSES`.
    """
    read_source = lru_cache(maxsize=64)(read_source)
    writer.print(_body(report, read_source, writer.width, group_by))
    writer.print(_summary(report))


def _body(
    report: Report, read_source: SourceReader, width: int, group_by: GroupBy
) -> Iterator[StyledLine]:
    """Yield the lines above the counts."""
    causes = group_by_cause(report.diagnostics)
    if group_by == "file":
        yield from _by_file(report.diagnostics, read_source, width)
    elif group_by == "cause":
        yield from _cause_blocks(_largest_first(causes), read_source, width)
    elif group_by == "rule":
        yield from _by_rule(report, causes, read_source, width, len(causes))
    elif len(causes) > MAX_CAUSES:
        yield from _by_rule(report, causes, read_source, width, _MAX_CAUSES_OF_RULE)
    else:
        yield from _cause_blocks(causes, read_source, width)


def _largest_first(causes: list[list[Diagnostic]]) -> list[list[Diagnostic]]:
    """Sort causes by their number of places, in descending order."""
    return sorted(causes, key=len, reverse=True)


def _by_file(
    diagnostics: Sequence[Diagnostic], read_source: SourceReader, width: int
) -> Iterator[StyledLine]:
    """Yield a block for each diagnostic, below the path of its file."""
    path = None
    for diagnostic in diagnostics:
        if diagnostic.location.path != path:
            path = diagnostic.location.path
            yield (Segment(escape(path), UNDERLINED),)
        yield from _cause_block([diagnostic], read_source(path), width)
        yield ()


def _by_rule(
    report: Report,
    causes: list[list[Diagnostic]],
    read_source: SourceReader,
    width: int,
    limit: int,
) -> Iterator[StyledLine]:
    """Yield the `limit` largest causes of each rule; rules with the worst severity come first."""
    rules: dict[str, list[list[Diagnostic]]] = {}
    for diagnostics in _largest_first(causes):
        rules.setdefault(diagnostics[0].rule, []).append(diagnostics)
    rows = {row.name: row for row in count_by_rule(report)}
    for rule, groups in sorted(rules.items(), key=lambda item: _rule_order(item[1])):
        yield _rule_heading(rows[rule], groups[0][0].severity)
        yield from _cause_blocks(groups[:limit], read_source, width)
        if len(groups) > limit:
            yield from _omitted_causes(rule, groups[limit:], width)
            yield ()


def _rule_order(causes: list[list[Diagnostic]]) -> tuple[int, int]:
    """Compute the sort key of a rule: severity, then number of places in descending order."""
    return causes[0][0].severity.rank, -sum(map(len, causes))


def _rule_heading(row: StatisticsRow, severity: Severity) -> StyledLine:
    """Build the line above the causes of a rule."""
    counts = [(row.diagnostics, "place"), (row.causes, "cause"), (row.records, "file")]
    return (
        Segment(f"{row.name} ", UNDERLINED),
        Segment(severity.value, bold(SEVERITY_STYLES[severity])),
        Segment(f"  {', '.join(pluralize(number, noun) for number, noun in counts)}"),
    )


def _omitted_causes(rule: str, causes: list[list[Diagnostic]], width: int) -> Iterator[StyledLine]:
    """Yield the number of omitted causes of a rule, and the options that show them."""
    places = pluralize(sum(map(len, causes)), "place")
    text = f"and {pluralize(len(causes), 'more cause')} in {places}:"
    yield from _note([*text.split(" "), f"--select {rule} --group-by cause"], width)


def _cause_blocks(
    causes: Sequence[list[Diagnostic]], read_source: SourceReader, width: int
) -> Iterator[StyledLine]:
    """Yield a block and an empty line for each cause."""
    for diagnostics in causes:
        yield from _cause_block(diagnostics, read_source(diagnostics[0].path), width)
        yield ()


def _cause_block(
    diagnostics: Sequence[Diagnostic], source: SourceText, width: int
) -> Iterator[StyledLine]:
    """Yield the lines of one cause: its first place with the source line, then the others."""
    first = diagnostics[0]
    yield (
        Segment(format_location(first.location), BOLD),
        Segment(f" {first.severity}", bold(SEVERITY_STYLES[first.severity])),
        Segment(f" {first.rule}", BOLD),
    )
    for line in wrap_words(escape(first.message).split(" "), width, _INDENT):
        yield (Segment(line),)
    yield from _source_lines(first, source, width)
    yield from _related_locations(first.related_locations, width)
    if first.fix is not None:
        yield from _note(f"fix ({first.fix.safety}): {escape(first.fix.title)}".split(" "), width)
    yield from _other_places(diagnostics, width)


def _source_lines(diagnostic: Diagnostic, source: SourceText, width: int) -> Iterator[StyledLine]:
    """Yield the source line of a diagnostic, and the carets below its span."""
    span = diagnostic.location.span
    if span.start.line > len(source.line_starts) or not source.text.strip():
        return
    number = f"{_INDENT}{span.start.line}"
    excerpt = excerpt_line(source.line(span.start.line), span, width - len(number) - 3)
    yield Segment(f"{number} │", DIM), Segment(f" {excerpt.line}" if excerpt.line else "")
    gutter = " " * len(number) + " │" + " " * (excerpt.start + 1)
    carets = Segment("^" * excerpt.width, SEVERITY_STYLES[diagnostic.severity])
    yield Segment(gutter, DIM), carets


def _related_locations(related: tuple[RelatedLocation, ...], width: int) -> Iterator[StyledLine]:
    """Yield a note for each of the first related locations, and the number of the others."""
    for location, message in related[: _listed_count(related, _MAX_RELATED)]:
        yield from _note([f"{format_location(location)}:", *escape(message).split(" ")], width)
    if len(related) > _MAX_RELATED + 1:
        yield from _note([f"and {len(related) - _MAX_RELATED:,} more places"], width)


def _other_places(diagnostics: Sequence[Diagnostic], width: int) -> Iterator[StyledLine]:
    """Yield a note for each of the next places of a cause, and the number of the others."""
    for other in diagnostics[1 : _listed_count(diagnostics, _MAX_PLACES)]:
        yield from _note(["also", format_location(other.location)], width)
    if len(diagnostics) > _MAX_PLACES + 1:
        files = len({diagnostic.path for diagnostic in diagnostics})
        rest = (
            f"and {len(diagnostics) - _MAX_PLACES:,} more mentions, in {files:,} files altogether"
        )
        yield from _note(rest.split(" "), width)


def _listed_count(items: Sequence[object], limit: int) -> int:
    """Compute how many items to list: all if only one exceeds the limit, as no line is saved."""
    return len(items) if len(items) <= limit + 1 else limit


def _note(words: list[str], width: int) -> Iterator[StyledLine]:
    """Yield the lines of an indented, dimmed remark."""
    for line in wrap_words(words, width, _INDENT, _INDENT * 2):
        yield (Segment(line, DIM),)


def format_location(location: Location) -> str:
    """Format a location as `path:line:column`."""
    line, column = location.span.start
    return f"{escape(location.path)}:{line}:{column}"


def _summary(report: Report) -> Iterator[StyledLine]:
    """Yield the counts, the first line in the colour of the worst severity."""
    worst = next((each for each in Severity if report.by_severity[each.value]), None)
    first, *rest = summary_lines(report)
    yield (Segment(first, SEVERITY_STYLES[worst] if worst else GREEN),)
    yield from ((Segment(line),) for line in [*rest, *omission_lines(report)])
