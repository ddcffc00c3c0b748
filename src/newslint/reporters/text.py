"""The text report: a block for each cause with its source line, then the counts.

If that is long, only the most important causes are shown, in at most 150 lines.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Literal

from newslint.diagnostics import Report, Severity
from newslint.diagnostics.index import DiagnosticSelection
from newslint.diagnostics.patterns import split_patterns
from newslint.reporters.blocks import SEVERITY_STYLES, cause_block, cause_blocks, format_location
from newslint.reporters.console import (
    GREEN,
    PLAIN,
    UNDERLINED,
    Segment,
    StyledLine,
    StyledWriter,
    wrap_words,
)
from newslint.reporters.escape import escape
from newslint.reporters.formats import SourceReader
from newslint.reporters.overview import (
    MAX_LINES,
    cause_order,
    group_rules,
    render_overview,
    rule_heading,
)
from newslint.reporters.pattern_blocks import pattern_blocks
from newslint.reporters.summary import count_by_rule, gate_lines, omission_lines, summary_lines

__all__ = ["SEVERITY_STYLES", "GroupBy", "format_location", "render_text"]

GroupBy = Literal["auto", "file", "rule", "cause"]

MAX_PLAIN_LINES = 2 * MAX_LINES
"""If all causes take more lines than this, `auto` shows the most important only."""


def render_text(
    report: Report, writer: StyledWriter, read_source: SourceReader, group_by: GroupBy = "auto"
) -> None:
    """Print a report.

    Args:
        report: The outcome of the run.
        writer: Prints the lines. Lines fit its width, except that paths are never broken.
        read_source: Reads the text of a file.
        group_by: `file`: every diagnostic, file by file. `cause`: one block for each cause, those
            with most visible places first. `rule`: likewise, rule by rule. `auto`: patterns, then
            the other causes in the order of their first visible places; if these take more than
            `MAX_PLAIN_LINES` lines, the most important ones of each rule.
    """
    read_source = lru_cache(maxsize=64)(read_source)
    summary = list(_summary(report, writer.width))
    room = MAX_LINES - len(summary)
    writer.print(_body(report, read_source, writer.width, group_by, room))
    writer.print(summary)


def _body(
    report: Report, read_source: SourceReader, width: int, group_by: GroupBy, room: int
) -> Iterator[StyledLine]:
    """Yield the lines above the counts; `room` is their number in an overview."""
    if group_by == "file":
        yield from _by_file(DiagnosticSelection.of(report.diagnostics), read_source, width)
    elif group_by == "auto":
        yield from _patterns_and_causes(report, read_source, width, room)
    else:
        causes = DiagnosticSelection.of(report.diagnostics).visible_first().by_cause()
        if group_by == "cause":
            yield from cause_blocks(_most_visible_first(causes), read_source, width)
        else:
            yield from _by_rule(report, causes, read_source, width)


def _patterns_and_causes(
    report: Report, read_source: SourceReader, width: int, room: int
) -> Iterator[StyledLine]:
    """Yield patterns, then the other causes: all, or an overview of `room` lines with patterns."""
    others, _ = split_patterns(report.diagnostics, report.patterns)
    causes = others.visible_first().by_cause()
    blocks = chain.from_iterable(pattern_blocks(report.patterns, width))
    limit = room if report.patterns else MAX_PLAIN_LINES
    lines = list(islice(chain(blocks, cause_blocks(causes, read_source, width)), limit + 1))
    if len(lines) > limit:
        lines[:] = render_overview(report, causes, read_source, width, room)
    yield from lines


def _most_visible_first(causes: list[DiagnosticSelection]) -> list[DiagnosticSelection]:
    """Sort causes by their numbers of visible places, then of all, in descending order."""
    return sorted(causes, key=cause_order)


def _by_file(
    diagnostics: DiagnosticSelection, read_source: SourceReader, width: int
) -> Iterator[StyledLine]:
    """Yield a block for each diagnostic, below the path of its file."""
    path = None
    for position, diagnostic in enumerate(diagnostics):
        if diagnostic.location.path != path:
            path = diagnostic.location.path
            yield (Segment(escape(path), UNDERLINED),)
        yield from cause_block(diagnostics.select([position]), read_source(path), width)
        yield ()


def _by_rule(
    report: Report, causes: list[DiagnosticSelection], read_source: SourceReader, width: int
) -> Iterator[StyledLine]:
    """Yield the causes of each rule; rules with the worst severity come first."""
    rows = {row.name: row for row in count_by_rule(report)}
    for rule, groups in group_rules(causes):
        yield from rule_heading(rows[rule], groups[0].kind.severity, width)
        yield from cause_blocks(groups, read_source, width)


def _summary(report: Report, width: int) -> Iterator[StyledLine]:
    """Yield the counts, the first line in the colour of the worst severity."""
    worst = next((each for each in Severity if report.by_severity[each.value]), None)
    style = SEVERITY_STYLES[worst] if worst else GREEN
    lines = [*summary_lines(report), *omission_lines(report), *gate_lines(report)]
    if report.fixable:
        lines.insert(2, "Fixes: --fix applies the safe ones, --fix --unsafe-fixes all")
    for line in lines:
        yield from (
            (Segment(part, style),) for part in wrap_words(line.split(" "), width, "", "  ")
        )
        style = PLAIN
