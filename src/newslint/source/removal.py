"""The edits that take an entry out of a list."""

import re
from itertools import pairwise

from newslint.source.fragments import Placed
from newslint.source.location import Position, Span
from newslint.source.text import SourceText
from newslint.source.tree import Mapping, Sequence, real
from newslint.source.value import Value

Removal = tuple[tuple[Span, str], ...]
"""Spans of the file, and the source text to put there."""

_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])&[^\s\[\]{},]")
_COMMA = re.compile(r"\s*,\s*")
_TRAILING_COMMA = re.compile(r"\s*,?\s*")
_DASH = re.compile(r" *-[ \t]+")
_COLON = re.compile(r"[ \t]*:(?=[ \t]*(?:#.*)?$)")


def entry_removals(mapping: Value, key: str) -> dict[int, Removal]:
    """Return how to take out each entry of the list at `key` of `mapping`, by its 0-based index.

    Each is for one entry by itself: those of neighbours may overlap, and only that of a lone entry
    leaves an empty list. An entry of a block sequence goes with all of its lines. Left out are
    entries that hold anchors, since aliases may need these, and those that stand with others on a
    line in a way that cannot be told apart.
    """
    listed = mapping.get(key)
    if listed is None or not isinstance(listed.node, Sequence) or not _stands_in(mapping, key):
        return {}
    items = listed.node.items
    if not items:
        return {}
    if not isinstance(items[0], Placed) and _text(listed)[listed.node.start] == "[":
        return _from_flow(listed, listed.node)
    found = ((index, lines_of(entry)) for index, (_, entry) in enumerate(listed.items()))
    lines = {index: span for index, span in found if span is not None}
    if len(items) > 1:
        return {index: ((span, ""),) for index, span in lines.items()}
    return {0: emptied} if lines and (emptied := _emptied(mapping, key, lines[0])) else {}


def are_lines(listed: Value) -> bool:
    """Tell whether each entry of a list can be taken out with its lines, which `lines_of` tells."""
    node = listed.node
    return isinstance(node, Sequence) and len(node.items) > 1 and isinstance(node.items[0], Placed)


def _stands_in(mapping: Value, key: str) -> bool:
    """Tell whether `key` stands in `mapping` itself, and is not merged (`<<`) from elsewhere."""
    node = real(mapping.node)
    if not isinstance(node, Mapping) or not mapping.owns(key):
        return False
    at = node.keys[key].start
    return not any(each.start <= at < each.end for each in node.values.values())


def _text(value: Value) -> str:
    """Return the text that the offsets in a value's node belong to."""
    return value.fragment.source.text


def lines_of(entry: Value) -> Span | None:
    """Return the lines of an entry of a block sequence; None where they are not its alone."""
    source = entry.fragment.source
    at = source.position(entry.node.start)
    start = source.starts[at.line - 1]
    if not _DASH.fullmatch(source.text, start, entry.node.start) or not _is_apart(entry):
        return None
    end = entry.span.end
    last = end.line - (end.column == 1)
    return Span(Position(at.line + entry.line, 1), _below(source, last, entry.line))


def _is_apart(entry: Value) -> bool:
    """Tell whether nothing else may need what an entry holds, and all of it stands there."""
    node = real(entry.node)
    if isinstance(node, Mapping) and not all(map(node.owns, node.values)):
        return False
    return not _ANCHOR.search(_text(entry), entry.node.start, entry.node.end)


def _below(source: SourceText, last: int, offset: int) -> Position:
    """Return the position after the 1-based line `last` of the file.

    Args:
        source: The text of the fragment that holds the line.
        last: The line.
        offset: How many lines come before the fragment.
    """
    own = last - offset
    if own < len(source.starts):
        return Position(last + 1, 1)
    return Position(last, len(source.line(own)) + 1)


def _emptied(mapping: Value, key: str, lines: Span) -> Removal | None:
    """Return how to leave an empty list at `key`, of which `lines` are the only entry."""
    at = mapping.key_span(key)
    if at is None:
        return None
    (line, column), source = at.end, mapping.fragment.source
    colon = _COLON.match(source.line(line - mapping.line), column - 1)
    if colon is None:
        return None
    after = Position(line, colon.end() + 1)
    return (Span(after, after), " []"), (lines, "")


def _from_flow(listed: Value, node: Sequence) -> dict[int, Removal]:
    """Return how to take out entries between brackets: each with the comma before or after it."""
    text = _text(listed)
    gaps = [bool(_COMMA.fullmatch(text, a.end, b.start)) for a, b in pairwise(node.items)]
    is_bare = [not text[node.start + 1 : node.items[0].start].strip(), *gaps]
    found: dict[int, Removal] = {}
    for index, item in enumerate(node.items):
        start, end = item.start, item.end
        if index < len(gaps):
            is_told, end = gaps[index], node.items[index + 1].start
        elif index:
            is_told, start = gaps[index - 1], node.items[index - 1].end
        else:
            start, end = node.start + 1, node.end - 1
            is_told = bool(_TRAILING_COMMA.fullmatch(text, item.end, end))
        if is_told and is_bare[index] and _is_apart(Value(listed.fragment, item)):
            found[index] = ((listed.fragment.source.span(start, end).down(listed.line), ""),)
    return found
