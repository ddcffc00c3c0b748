"""The edits that take an entry out of a list."""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from operator import or_

from newslint.syntax.yaml.fragments import Fragment, PlacedFragment
from newslint.syntax.yaml.scalars import BLOCK_STYLES
from newslint.syntax.yaml.tree import Mapping, Node, Scalar, Sequence, dereference
from newslint.syntax.yaml.value import Value, last_child
from newslint.text.location import Position, Span
from newslint.text.source_text import SourceText

Removal = tuple[tuple[Span, str], ...]
"""Spans of the file, and the source text to put there."""

_COMMA = re.compile(r"\s*+,\s*+")
_TRAILING_COMMA = re.compile(r"\s*+,?+\s*+")
_DASH = re.compile(r" *-[ \t]+")
_COLON = re.compile(r"[ \t]*:(?=[ \t]*(?:#.*)?$)")
_SWALLOWED = re.compile(r"\A(?:[ \t]*+$|[ \t]++#)")


def entry_removals(source: SourceText, mapping: Value, key: str) -> dict[int, Removal]:
    """Return how to take out each entry of the list at `key` of `mapping`, by its 0-based index.

    Each is for one entry by itself: those of neighbours may overlap, and only that of a lone entry
    leaves an empty list. An entry of a block sequence goes with all of its lines, and with the
    blank ones that part it from the next; the last one with those above it. Left out are entries
    of which aliases elsewhere stand for a part, those that stand with others on a line in a way
    that cannot be told apart, and those below which stands what a block scalar above would swallow.

    Args:
        source: The text of the file.
        mapping: What holds the list.
        key: The list's key.
    """
    listed = mapping.get(key)
    if listed is None or not isinstance(listed.node, Sequence) or not _stands_in(mapping, key):
        return {}
    items = listed.node.items
    if not items:
        return {}
    if not isinstance(items[0], PlacedFragment) and _text(listed)[listed.node.start] == "[":
        return _from_flow(listed, listed.node)
    entries = [entry for _, entry in listed.items()]
    if len(entries) > 1:
        return {index: ((span, ""),) for index, span in _from_block(source, entries)}
    lines = entry_lines(entries[0])
    return {0: emptied} if lines and (emptied := _emptied(mapping, key, lines)) else {}


def has_adjacent_entries(listed: Value) -> bool:
    """Tell whether each entry of a list can be taken out with its lines, which `entry_lines` tells.

    So it is where nothing stands between them, neither blank lines nor comments.
    """
    items = listed.node.items if isinstance(listed.node, Sequence) else ()
    if len(items) < 2 or not isinstance(items[0], PlacedFragment):  # noqa: PLR2004 # a lone one leaves []
        return False
    return all(_is_tight(item.fragment) for item in items if isinstance(item, PlacedFragment))


def _is_tight(entry: Fragment) -> bool:
    """Tell whether the last line of an entry's text is neither blank nor a comment."""
    known: bool | None = entry.memo.get(_is_tight)
    if known is None:
        text = entry.source.text
        last = text[text.rfind("\n", 0, len(text) - 1) + 1 :].strip()
        known = entry.memo[_is_tight] = bool(last) and not last.startswith("#")
    return known


def _stands_in(mapping: Value, key: str) -> bool:
    """Tell whether `key` stands in `mapping` itself, and is not merged (`<<`) from elsewhere."""
    node = dereference(mapping.node)
    if not isinstance(node, Mapping) or not mapping.owns(key):
        return False
    at = node.keys[key].start
    return not any(each.start <= at < each.end for each in node.values.values())


def _text(value: Value) -> str:
    """Return the text that the offsets in a value's node belong to."""
    return value.fragment.source.text


def entry_lines(entry: Value) -> Span | None:
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
    node = dereference(entry.node)
    if isinstance(node, Mapping) and not all(map(node.owns, node.values)):
        return False
    start, end = entry.node.start, entry.node.end
    return not entry.fragment.shared.touch(start, end)


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


def _from_block(source: SourceText, entries: list[Value]) -> Iterator[tuple[int, Span]]:
    """Yield which entries of a block sequence of several can be taken out, and the lines of each.

    Below a block scalar, what stands there next becomes part of it where it is blank or indented.
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
    """Tell whether an entry ends in a literal or folded scalar, which no quote closes."""
    node: Node = entry.node
    while (child := last_child(node)) is not None:
        node = child.fragment.node if isinstance(child, PlacedFragment) else child
    return isinstance(node, Scalar) and node.style in BLOCK_STYLES


def _below_blank(source: SourceText, start: Position) -> Position:
    """Return the start of the first line from `start` on, a line's start, that is not blank."""
    line = start.line
    while line < len(source.starts) and not source.line(line).strip():
        line += 1
    return Position(line, 1)


def _above_blank(source: SourceText, start: Position, end: Position) -> Position:
    """Return the start of the first of the blank lines above `start`, a line's start.

    Those up to `end` belong to what ends there.
    """
    line, first = start.line, end.line + (end.column > 1)
    while line > first and not source.line(line - 1).strip():
        line -= 1
    return Position(line, 1)


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
            found[index] = ((listed.fragment.source.span(start, end).shift_lines(listed.line), ""),)
    return found
