"""Reads front matter by its lines, where each of them tells by itself what it says.

Nearly all front matter is made of lines that `line` reads: only their indentation is left to be
understood here. What it cannot mean, or not with certainty, is left to libyaml.
"""

import re
from collections.abc import Iterator
from typing import TypeVar

from newslint.syntax.problem import Limits
from newslint.syntax.yaml.fast_line import BLANK, FLOW, LINE_CACHE, NeedsFullParser, entry_level
from newslint.syntax.yaml.forbidden import SUBSTITUTED, needs_no_substitution, substitute_forbidden
from newslint.syntax.yaml.tree import Mapping, Node, Scalar, Sequence, Tree
from newslint.text.source_text import BYTE_ORDER_MARK

_Collection = TypeVar("_Collection", Mapping, Sequence)

_BLANK_LINES = 8
_MANY_BLANK_LINES = re.compile(rf"\n{{{_BLANK_LINES},}}")
_ROOT = -1
"""The indentation of what holds the root."""

_NOWHERE = BLANK
"""The level of keys where none can come next: no key has it."""


def fast_parse(text: str, limits: Limits) -> Tree | None:
    """Return the tree of the YAML stream `text`; None where lines alone do not tell it.

    Args:
        text: The stream.
        limits: Where they are exceeded, libyaml shall say so.
    """
    if "\t" in text or BYTE_ORDER_MARK in text or text.count("\r") != text.count("\r\n"):
        return None
    try:
        plain = _is_plain(text)
        nest = _Nest(limits)
        root = nest.read(text)
    except (NeedsFullParser, UnicodeEncodeError):
        return None
    return Tree([root], [], nest.empty_values, closed=True, size=nest.size, plain=plain)


def _is_plain(text: str) -> bool:
    """Tell whether `text` holds no character that has to be hidden from libyaml.

    Raises:
        UncertainError: It does, and nothing is left to hide it behind.
        UnicodeEncodeError: It holds half a character.
    """
    if needs_no_substitution(text):
        return True
    text.encode()
    if SUBSTITUTED.search(text) is None:
        return True
    if substitute_forbidden(text).restore is None:
        raise NeedsFullParser
    return False


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and text of what long runs of blank lines leave of `text`."""
    start = 0
    if "\n" * _BLANK_LINES in text:
        for run in _MANY_BLANK_LINES.finditer(text):
            yield start, text[start : run.start()]
            start = run.end()
    yield start, text[start:]


class _Nest:
    """The collections that are open while lines are read.

    Attributes:
        holder: A list that holds just the root.
        nodes: The collections, the innermost last; the first one is the holder.
        indents: The column of each one's keys or dashes.
        last: The value of the last line.
        empties: As in `Tree`.
        size: How many values there are in the collections that were closed.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.last: Node = Scalar(0, 0, None)
        self.holder = Sequence(0, 0, [self.last])
        self.nodes: list[Mapping | Sequence] = [self.holder]
        self.indents = [_ROOT]
        self.empty_values: dict[int, tuple[Mapping, str]] = {}
        self.size = 0

    def read(self, text: str) -> Node:
        """Return the root of `text`.

        Raises:
            UncertainError: Lines alone do not tell.
        """
        for offset, stretch in _stretches(text):
            self.add_lines(stretch, offset)
        self.close_beyond(_ROOT)
        self.size += 1
        if not self.last.end or self.size > self.limits.nodes:
            raise NeedsFullParser
        return self.holder.items[0]

    def add_lines(self, text: str, offset: int) -> None:
        """Add what lines say, the first of which starts at `offset` of the whole text.

        Most lines add a key to the innermost mapping. That is done right here: reading an archive
        takes little time but this.
        """
        new = object.__new__
        here = _NOWHERE
        mapping = Mapping(0, 0, {}, [])
        values, starts = mapping.values, mapping.starts
        for line in text.split("\n"):
            level, column, name, (start, end, value, style) = LINE_CACHE[line]
            if name is not None:
                if level != here:
                    mapping = (
                        self.mapping_at(column, offset)
                        if level == column
                        else self.entry_at(entry_level(level), column, offset)
                    )
                    values, starts = mapping.values, mapping.starts
                    here = column
                if name in values:
                    raise NeedsFullParser
                node = new(Scalar)
                node.start = offset + start
                node.end = offset + end
                node.value = value
                node.style = style
                node.tagged = False
                values[name] = self.last = self.flow(node) if style == FLOW else node
                starts.append(offset + column)
                if start == end:
                    self.empty_values[offset + column] = (mapping, name)
            elif level != BLANK:
                here = _NOWHERE
                items = self.list_at(entry_level(level), offset).items
                node = Scalar(offset + start, offset + end, value, style)
                self.last = self.flow(node) if style == FLOW else node
                items.append(self.last)
            offset += len(line) + 1

    def mapping_at(self, column: int, offset: int) -> Mapping:
        """Return the mapping that a key at a column belongs to, opened where it is the first one.

        Args:
            column: The key's.
            offset: Where its line starts.
        """
        if self.indents[-1] < column:
            return self.open(column, Mapping(offset + column, 0, {}, []))
        self.close_beyond(column)
        if self.indents[-1] == column == self.indents[-2]:
            self.close()  # a list right below its key, without indentation
        top = self.nodes[-1]
        if self.indents[-1] != column or not isinstance(top, Mapping):
            raise NeedsFullParser
        return top

    def entry_at(self, dash: int, column: int, offset: int) -> Mapping:
        """Return the mapping that starts with a key at a column, after a dash."""
        mapping = Mapping(offset + column, 0, {}, [])
        self.list_at(dash, offset).items.append(mapping)
        self.push(column, mapping)
        return mapping

    def list_at(self, dash: int, offset: int) -> Sequence:
        """Return the list that a dash at a column belongs to, opened where it is the first one."""
        indent, top = self.indents[-1], self.nodes[-1]
        if indent < dash or (indent == dash and isinstance(top, Mapping)):
            return self.open(dash, Sequence(offset + dash, 0, []))
        self.close_beyond(dash)
        top = self.nodes[-1]
        if self.indents[-1] != dash or not isinstance(top, Sequence):
            raise NeedsFullParser
        return top

    def close_beyond(self, column: int) -> None:
        """Close what ends above a line whose content starts at a column."""
        while self.indents[-1] > column:
            self.close()

    def close(self) -> None:
        """Close the innermost collection."""
        self.indents.pop()
        node = self.nodes.pop()
        node.end = self.last.end
        if isinstance(node, Sequence):
            self.count(node)
        else:
            self.size += 2 * len(node.values)

    def count(self, node: Sequence) -> None:
        """Take note of the entries of a list that is closed."""
        self.size += len(node.items)
        if len(node.items) > self.limits.entries:
            raise NeedsFullParser

    def open(self, indent: int, node: _Collection) -> _Collection:
        """Put a collection in the place of the last value, which must be empty, and return it."""
        if self.last.start != self.last.end:
            raise NeedsFullParser
        top = self.nodes[-1]
        if isinstance(top, Sequence):
            top.items[-1] = node
        else:
            del self.empty_values[top.starts[-1]]
            top.values[next(reversed(top.values))] = node
        self.push(indent, node)
        return node

    def push(self, indent: int, node: Mapping | Sequence) -> None:
        """Take note that a collection is open."""
        self.check_depth()
        self.nodes.append(node)
        self.indents.append(indent)

    def check_depth(self) -> None:
        """Raise where one more collection is too deep: the first one of `nodes` is none."""
        if len(self.nodes) > self.limits.depth:
            raise NeedsFullParser

    def flow(self, node: Scalar) -> Mapping | Sequence:
        """Return the collection between brackets that `node` says the parts of."""
        self.check_depth()
        if node.value is None:
            return Mapping(node.start, node.end, {})
        items: list[Node] = [
            Scalar(node.start + start, node.start + end, value, style)
            for start, end, value, style in node.value
        ]
        listed = Sequence(node.start, node.end, items)
        self.count(listed)
        return listed
