"""Values of front matter together with their places."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from newslint.syntax.characters import CharacterMap
from newslint.syntax.fragment import Fragment, PlacedFragment
from newslint.syntax.registry import get_syntax
from newslint.syntax.style import syntax_of
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence, children, dereference
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.location import Position, Span
from newslint.text.pointer import join_pointer, split_pointer

_INDEX = lazy_pattern("0|[1-9][0-9]{0,8}")


class Value:
    """A value, its JSON Pointer and its place in the file.

    Values form a view of the tree in which fragments cannot be noticed: `get`, `find` and `items`
    create the values of children.

    Attributes:
        fragment: The fragment whose source text contains the value.
        node: The value's node; of an alias, the alias.
        pointer: JSON Pointer from the value that the walk began at.
        line: The number of lines of the file before the fragment.
    """

    __slots__ = ("fragment", "line", "node", "pointer")

    def __init__(self, fragment: Fragment, node: Node, pointer: str = "", line: int = 0) -> None:
        if isinstance(node, PlacedFragment):
            line += node.line
            fragment = node.fragment
            node = fragment.node
        self.fragment = fragment
        self.node = node
        self.pointer = pointer
        self.line = line

    def get(self, key: str | int) -> "Value | None":
        """Look up the value of a mapping's key or a list's 0-based index, or None."""
        child = _get_child(dereference(self.node), str(key))
        if child is None:
            return None
        return Value(self.fragment, child, join_pointer(self.pointer, key), self.line)

    def find(self, pointer: str) -> "Value | None":
        """Look up the value at `pointer`, relative to this one; None if there is none.

        Raises:
            ValueError: `pointer` is no JSON Pointer.
        """
        keys = split_pointer(pointer)
        if not keys:
            return self
        fragment, node, line = self.fragment, self.node, self.line
        for key in keys:
            child = _get_child(dereference(node), key)
            if child is None:
                return None
            if isinstance(child, PlacedFragment):
                fragment, line = child.fragment, line + child.line
                child = fragment.node
            node = child
        return Value(fragment, node, join_pointer(self.pointer, *keys), line)

    def nearest(self, pointer: str) -> "Value":
        """Look up the value at `pointer`, or the closest one above it that exists."""
        value = self
        for key in split_pointer(pointer):
            child = value.get(key)
            if child is None:
                return value
            value = child
        return value

    def items(self) -> "Iterator[tuple[str, Value]]":
        """Yield key (a list's index as text) and value of each child, in order."""
        for key, child in children(dereference(self.node)):
            yield key, Value(self.fragment, child, join_pointer(self.pointer, key), self.line)

    def scalars(self) -> "Iterator[Value]":
        """Yield every scalar below, in order; one with aliases only at its anchor."""
        stack = [self]
        while stack:
            value = stack.pop()
            if isinstance(value.node, Scalar):
                yield value
            elif isinstance(value.node, (Mapping, Sequence)):
                stack += reversed([child for key, child in value.items() if value.owns(key)])

    def owns(self, key: str) -> bool:
        """Check if the value of `key` is written in this mapping, not merged (`<<`) into it."""
        node = dereference(self.node)
        return not isinstance(node, Mapping) or node.owns(key)

    @property
    def is_aliased(self) -> bool:
        """Whether the value, or a value that contains it, is the target of aliases elsewhere."""
        return self.node.start in self.fragment.aliased

    @property
    def python(self) -> Any:
        """The value as plain Python."""
        return self.node.to_python()

    @property
    def raw(self) -> str:
        """The source text of a scalar, quotes included."""
        return self.fragment.source.text[self.node.start : self.node.end]

    @property
    def start(self) -> Position:
        """The start of the value, quotes included."""
        if isinstance(self.node, Scalar) or get_syntax(self.fragment.syntax).has_exact_ends:
            line, column = self.fragment.source.position(self.node.start)
        else:
            line, column = _first_position(self.fragment, self.node)
        return Position(line + self.line, column)

    @property
    def span(self) -> Span:
        """The span of the value, quotes included."""
        if isinstance(self.node, Scalar) or get_syntax(self.fragment.syntax).has_exact_ends:
            return self.fragment.source.span(self.node.start, self.node.end).shift_lines(self.line)
        return Span(
            _first_position(self.fragment, self.node), _last_position(self.fragment, self.node)
        ).shift_lines(self.line)

    def key_span(self, key: str) -> Span | None:
        """Find the span of the key `key` of this mapping; None if there is no such key."""
        node = dereference(self.node)
        found = node.keys.get(key) if isinstance(node, Mapping) else None
        if found is None:
            return None
        return self.fragment.source.span(found.start, found.end).shift_lines(self.line)

    def part_span(self, start: int, end: int) -> Span:
        """Find the span of a part of a scalar's text.

        Args:
            start: 0-based offset of its first character in the text.
            end: Offset after its last character.

        Returns:
            The span of the part; that of the whole scalar if its source cannot be mapped.
        """
        node = dereference(self.node)
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return self.span
        source = self.fragment.source
        chars = _map_characters(source.text, node)
        if not chars or not 0 <= start <= end <= len(chars):
            return self.span
        first, last = chars.span(start, end)
        return source.span(node.start + first, node.start + last).shift_lines(self.line)


def _get_child(node: Node, key: str) -> Node | None:
    """Look up the node of a mapping's key or a list's index; None if there is none."""
    if isinstance(node, Mapping):
        return node.values.get(key)
    if not isinstance(node, Sequence) or _INDEX.fullmatch(key) is None:
        return None
    index = int(key)
    return node.items[index] if index < len(node.items) else None


@lru_cache(maxsize=4)
def _map_characters(text: str, node: Scalar) -> CharacterMap | None:
    """Map the characters of a scalar in `text` to its source.

    The last results are cached, since a long text is looked up once for each defect in it.
    """
    raw = text[node.start : node.end]
    return syntax_of(node.style).map_characters(raw, node.style, node.value)


def _first_position(fragment: Fragment, node: Node) -> Position:
    """Find the start of `node`, relative to the first line of `fragment`."""
    if isinstance(node, Sequence) and node.items and isinstance(node.items[0], PlacedFragment):
        first = node.items[0]
        text = first.fragment.source.text
        return Position(first.line + 1, len(text) - len(text.lstrip(" ")) + 1)
    return fragment.source.position(node.start)


def _last_position(fragment: Fragment, node: Node) -> Position:
    """Find the end of `node`, relative to the first line of `fragment`."""
    lines = 0
    last = node
    while True:
        child = last_child(last)
        if child is None:
            break
        if isinstance(child, PlacedFragment):
            lines += child.line
            fragment, node, child = child.fragment, child.fragment.node, child.fragment.node
        last = child
    line, column = fragment.source.position(node.end)
    return Position(line + lines, column)


def last_child(node: Node) -> Node | None:
    """Look up the last value inside `node`; None if it is empty or a scalar."""
    if isinstance(node, Sequence):
        return node.items[-1] if node.items else None
    if isinstance(node, Mapping) and node.values:
        return next(reversed(node.values.values()))
    return None
