"""The text report of many causes: an overview of at most 150 lines.

It shows patterns, then the causes of each rule with most visible places, as far as there is room.
What it leaves out is counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from newslint.diagnostics import Report, Severity
from newslint.diagnostics.index import DiagnosticSelection
from newslint.reporters.blocks import INDENT, SEVERITY_STYLES, cause_block, note
from newslint.reporters.console import UNDERLINED, Segment, StyledLine, bold
from newslint.reporters.formats import SourceReader
from newslint.reporters.pattern_blocks import pattern_blocks
from newslint.reporters.summary import StatisticsRow, count_rules, pluralize

MAX_LINES = 150

_MAX_CAUSES_OF_RULE = 2
_MAX_RULES = 40
_CLOSING_LINES = 6
"""Lines for the counts of what is left out, at the usual width."""

RuleCauses = tuple[str, list[DiagnosticSelection]]
"""A rule and its causes, the most important first."""


def cause_order(diagnostics: DiagnosticSelection) -> tuple[int, int]:
    """Sort key of a cause: its numbers of visible places and of all, in descending order."""
    return -diagnostics.visible, -len(diagnostics)


def group_rules(causes: Iterable[DiagnosticSelection]) -> list[RuleCauses]:
    """Group causes by rule; rules with the worst severity, then most visible places come first."""
    rules: dict[str, list[DiagnosticSelection]] = {}
    for diagnostics in sorted(causes, key=cause_order):
        rules.setdefault(diagnostics.kind.rule, []).append(diagnostics)
    return sorted(rules.items(), key=lambda item: _rule_order(item[1]))


def _rule_order(causes: Sequence[DiagnosticSelection]) -> tuple[int, int, int]:
    """Compute the sort key of a rule, given its causes."""
    orders = [cause_order(each) for each in causes]
    visible, total = map(sum, zip(*orders, strict=True))
    return min(each.kind.severity.rank for each in causes), visible, total


def rule_heading(row: StatisticsRow, severity: Severity, width: int) -> Iterator[StyledLine]:
    """Yield the line above the causes of a rule; two if it is too long."""
    head = (
        Segment(f"{row.name} ", UNDERLINED, row.name),
        Segment(severity.value, bold(SEVERITY_STYLES[severity])),
    )
    places = pluralize(row.diagnostics, "place")
    if row.visible < row.diagnostics:
        places += f" ({row.visible:,} visible)"
    counts = f"{places}, {pluralize(row.causes, 'cause')}, {pluralize(row.records, 'file')}"
    if len(row.name) + len(severity.value) + len(counts) + 3 <= width:
        yield (*head, Segment(f"  {counts}"))
    else:
        yield head
        yield (Segment(f"{INDENT}{counts}"),)


def render_overview(
    report: Report,
    causes: list[DiagnosticSelection],
    read_source: SourceReader,
    width: int,
    room: int,
) -> Iterator[StyledLine]:
    """Yield patterns and the most important causes of each rule, in at most `room` lines.

    Args:
        report: The outcome of the run.
        causes: The diagnostics that belong to no pattern, by cause.
        read_source: Reads the text of a file.
        width: Number of terminal cells in a line.
        room: Number of lines.
    """
    patterns = list(_fitting(pattern_blocks(report.patterns, width), room // 2))
    omitted = list(_omitted_patterns(len(report.patterns) - len(patterns), width))
    rules = group_rules(causes)
    positions = [*chain.from_iterable(each.positions for each in causes)]
    rows = {row.name: row for row in count_rules(causes[0].select(positions))} if causes else {}
    headings = {
        rule: list(rule_heading(rows[rule], groups[0].kind.severity, width))
        for rule, groups in rules[:_MAX_RULES]
    }
    room -= sum(map(len, (*patterns, *headings.values()))) + len(omitted) + _CLOSING_LINES
    blocks = _choose_blocks(rules[:_MAX_RULES], read_source, width, room)
    for lines in (*patterns, omitted):
        yield from lines
    for rule, heading in headings.items():
        yield from heading
        for block in blocks[rule]:
            yield from block
    if not any(blocks.values()) or not blocks[rules[len(headings) - 1][0]]:
        yield ()
    yield from _left_out(causes, sum(map(len, blocks.values())), len(rules), width)
    yield ()


def _fitting(blocks: Iterable[list[StyledLine]], room: int) -> Iterator[list[StyledLine]]:
    """Yield blocks as long as they fit into so many lines."""
    for block in blocks:
        room -= len(block)
        if room < 0:
            return
        yield block


def _omitted_patterns(number: int, width: int) -> Iterator[StyledLine]:
    """Yield the number of omitted patterns, if any."""
    if number:
        text = f"and {pluralize(number, 'more pattern')}: --format json lists all"
        yield from note(text.split(" "), width)
        yield ()


def _choose_blocks(
    rules: Sequence[RuleCauses], read_source: SourceReader, width: int, room: int
) -> dict[str, list[list[StyledLine]]]:
    """Choose the causes to show: the first of each rule, then the second, as far as they fit."""
    chosen: dict[str, list[list[StyledLine]]] = {rule: [] for rule, _ in rules}
    for index in range(_MAX_CAUSES_OF_RULE):
        for rule, causes in rules:
            for diagnostics in islice(causes, index, index + 1):
                source = read_source(diagnostics[0].path)
                block = [*cause_block(diagnostics, source, width), ()]
                if len(block) <= room:
                    chosen[rule].append(block)
                    room -= len(block)
    return chosen


def _left_out(
    causes: Sequence[DiagnosticSelection], shown: int, rules: int, width: int
) -> Iterator[StyledLine]:
    """Yield how much is left out, and the options that show it."""
    if rules > _MAX_RULES:
        yield from note(f"and {pluralize(rules - _MAX_RULES, 'more rule')}".split(" "), width)
    number = pluralize(len(causes) - shown, "more cause")
    text = f"and {number}: --group-by cause shows all, with --select RULE those of a rule"
    yield from note(text.split(" "), width)
