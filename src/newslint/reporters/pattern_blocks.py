"""Blocks of the text report for patterns."""

from collections.abc import Iterable, Iterator

from newslint.diagnostics.patterns import Pattern
from newslint.reporters.blocks import INDENT, SEVERITY_STYLES, format_location, note
from newslint.reporters.console import BOLD, Segment, StyledLine, bold, wrap_words
from newslint.reporters.escape import escape
from newslint.reporters.patterns import accepting_settings, describe_counts, describe_pages
from newslint.reporters.summary import pluralize


def pattern_blocks(patterns: Iterable[Pattern], width: int) -> Iterator[list[StyledLine]]:
    """Yield the lines of each pattern, an empty one at the end."""
    return ([*_block(pattern, width), ()] for pattern in patterns)


def _block(pattern: Pattern, width: int) -> Iterator[StyledLine]:
    """Yield the lines of a pattern: its counts, examples, and the setting that accepts it."""
    yield (
        Segment("pattern: ", BOLD),
        Segment(pattern.severity.value, bold(SEVERITY_STYLES[pattern.severity])),
        Segment(f" {pattern.rule}", BOLD, pattern.rule),
        Segment(f" in {describe_pages(pattern)}"),
    )
    counts = f"{describe_counts(pattern)}, {pluralize(pattern.causes, 'cause')}"
    for line in wrap_words(counts.split(" "), width, INDENT):
        yield (Segment(line),)
    for example in pattern.examples:
        message = escape(example.message).split(" ")
        yield from note([f"{format_location(example.location)}:", *message], width)
    first, *others = accepting_settings(pattern)
    if not others:
        yield from note(["to", "accept", "it,", "set", first], width)
        return
    yield from note(["to", "accept", "it,", "add", "to", "the", "settings:"], width)
    for line in (first, *others):
        yield from note([f"{INDENT}{line}"], width)
