"""Edits that remove an entry of a list."""

from collections.abc import Iterator
from itertools import accumulate
from operator import attrgetter, or_

from newslint.syntax.brackets import bracket_removals
from newslint.syntax.fragment import PlacedFragment
from newslint.syntax.protocol import Removal
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence, dereference
from newslint.syntax.value import Value, last_child
from newslint.syntax.yaml.scalars import BLOCK_STYLES
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.location import Position, Span
from newslint.text.source_text import SourceText

_ENDS_WITH_CONTENT = attrgetter("fragment.ends_with_content")
_DASH = lazy_pattern(r" *-[ \t]+")
_COLON = lazy_pattern(r"[ \t]*:(?=[ \t]*(?:#.*)?$)")
_SWALLOWED = lazy_pattern(r"\A(?:[ \t]*+$|[ \t]++#)")


def entry_removals(source: SourceText, mapping: Value, key: str) -> dict[int, Removal]:
    """Compute the edits that remove each entry of a list, by the entry's 0-based index.

    The edits remove a single entry: those of neighbours may overlap, and only those of a list's
    only entry leave an empty list. An entry of a block sequence is removed with all of its lines
    and the blank lines below it; the last one with those above it. Left out are entries that
    contain the target of an alias elsewhere, entries that share a line with others in a way that
    cannot be separated, and entries followed by text that would become part of a block scalar above
    them.

    Args:
        source: The text of the file.
        mapping: The mapping that contains the list.
        key: The list's key.
    """
    list_value = mapping.get(key)
    if (
        list_value is None
        or not isinstance(list_value.node, Sequence)
        or not _is_written_in(mapping, key)
    ):
        return {}
    items = list_value.node.items
    if not items:
        return {}
    if not isinstance(items[0], PlacedFragment) and _text(list_value)[list_value.node.start] == "[":
        return _flow_removals(list_value, list_value.node)
    entries = [entry for _, entry in list_value.items()]
    if len(entries) > 1:
        return {index: ((span, ""),) for index, span in _block_removals(source, entries)}
    lines = entry_lines(entries[0])
    return {0: edits} if lines and (edits := _empty_list_edits(mapping, key, lines)) else {}


def has_adjacent_entries(list_value: Value) -> bool:
    """Check if each entry of a list can be removed with just the lines that `entry_lines` finds.

    There must be no blank lines or comments between the entries.
    """
    items = list_value.node.items if isinstance(list_value.node, Sequence) else ()
    if len(items) < 2 or not isinstance(items[0], PlacedFragment):  # noqa: PLR2004 # a lone one leaves []
        return False
    return all(map(_ENDS_WITH_CONTENT, items))


def _is_written_in(mapping: Value, key: str) -> bool:
    """Check if `key` is written in `mapping` itself, and not merged (`<<`) into it."""
    node = dereference(mapping.node)
    if not isinstance(node, Mapping) or not mapping.owns(key):
        return False
    start = node.keys[key].start
    return not any(each.start <= start < each.end for each in node.values.values())


def _text(value: Value) -> str:
    """Look up the text that the offsets in a value's node refer to."""
    return value.fragment.source.text


def entry_lines(entry: Value) -> Span | None:
    """Find the lines of an entry of a block sequence; None if other values share them."""
    source = entry.fragment.source
    first = source.position(entry.node.start).line
    start = source.line_starts[first - 1]
    if not _DASH.fullmatch(source.text, start, entry.node.start) or not _is_independent(entry):
        return None
    end = entry.span.end
    last = end.line - (end.column == 1)
    return Span(Position(first + entry.line, 1), _position_below(source, last, entry.line))


def _is_independent(entry: Value) -> bool:
    """Check that an entry contains no alias target, and that none of its keys are merged."""
    node = dereference(entry.node)
    if isinstance(node, Mapping) and not all(map(node.owns, node.values)):
        return False
    start, end = entry.node.start, entry.node.end
    return not entry.fragment.aliased.overlap(start, end)


def _position_below(source: SourceText, last: int, offset: int) -> Position:
    """Compute the position after the 1-based line `last` of the file.

    Args:
        source: The text of the fragment that contains the line.
        last: The line.
        offset: The number of lines before the fragment.
    """
    own = last - offset
    if own < len(source.line_starts):
        return Position(last + 1, 1)
    return Position(last, len(source.line(own)) + 1)


def _block_removals(source: SourceText, entries: list[Value]) -> Iterator[tuple[int, Span]]:
    """Yield the index and the lines of each removable entry of a block sequence of several.

    A blank or indented line that moves up to a block scalar becomes part of it.
    """
    spans = [entry.span for entry in entries]
    may_swallow = [False, *accumulate(map(_ends_open, entries), or_)]
    for index, entry in enumerate(entries):
        lines = entry_lines(entry)
        if lines is None:
            continue
        if index + 1 < len(entries):
            lines = lines._replace(end=_below_blank(source, lines.end))
            is_next = lines.end.line == spans[index + 1].start.line
            is_safe = is_next or not may_swallow[index]
        else:
            lines = lines._replace(start=_above_blank(source, lines.start, spans[index - 1].end))
            is_safe = not (may_swallow[index] and _SWALLOWED.match(source.line(lines.end.line)))
        if is_safe:
            yield index, lines


def _ends_open(entry: Value) -> bool:
    """Check if an entry ends in a literal or folded scalar, which no quote closes."""
    node: Node = entry.node
    while (child := last_child(node)) is not None:
        node = child.fragment.node if isinstance(child, PlacedFragment) else child
    return isinstance(node, Scalar) and node.style in BLOCK_STYLES


def _below_blank(source: SourceText, start: Position) -> Position:
    """Find the start of the first line from `start` (the start of a line) on that is not blank."""
    line = start.line
    while line < len(source.line_starts) and not source.line(line).strip():
        line += 1
    return Position(line, 1)


def _above_blank(source: SourceText, start: Position, end: Position) -> Position:
    """Find the start of the first of the blank lines above `start`, the start of a line.

    Lines up to `end` belong to the value that ends there.
    """
    line, first = start.line, end.line + (end.column > 1)
    while line > first and not source.line(line - 1).strip():
        line -= 1
    return Position(line, 1)


def _empty_list_edits(mapping: Value, key: str, lines: Span) -> Removal | None:
    """Compute the edits that remove the only entry of a list and leave `[]`."""
    key_span = mapping.key_span(key)
    if key_span is None:
        return None
    (line, column), source = key_span.end, mapping.fragment.source
    colon = _COLON.match(source.line(line - mapping.line), column - 1)
    if colon is None:
        return None
    after = Position(line, colon.end() + 1)
    return (Span(after, after), " []"), (lines, "")


def _flow_removals(list_value: Value, node: Sequence) -> dict[int, Removal]:
    """Compute the edits that remove entries in brackets, each with the comma before or after it."""
    return {
        index: edits
        for index, edits in bracket_removals(list_value).items()
        if _is_independent(Value(list_value.fragment, node.items[index]))
    }
