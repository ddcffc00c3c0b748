"""The fast parser: builds the tree line by line, without libyaml.

`fast_line` parses each line by itself; this module nests values by their indentation. It accepts
only text that the full parser reads the same way, and leaves everything else to that parser.
"""

from collections.abc import Iterator
from typing import TypeVar

from newslint.syntax.forbidden import SUBSTITUTED, needs_no_substitution, substitute_forbidden
from newslint.syntax.problem import Limits
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence
from newslint.syntax.yaml.fast_flow import FLOW, NeedsFullParser, ValuePart
from newslint.syntax.yaml.fast_line import BLANK, LINE_CACHE, entry_level
from newslint.syntax.yaml.tree import Tree
from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.source_text import BYTE_ORDER_MARK

_Collection = TypeVar("_Collection", Mapping, Sequence)

_BLANK_LINES = 8
_MANY_BLANK_LINES = lazy_pattern(rf"\n{{{_BLANK_LINES},}}")
_ROOT = -1
"""The indentation of the list that contains the root."""

_NO_KEY_EXPECTED = BLANK
"""A level that no key has."""


def fast_parse(text: str, limits: Limits) -> Tree | None:
    """Parse a YAML stream if all of its lines have a simple form; else return None.

    Args:
        text: The stream.
        limits: A text that exceeds them is left to the full parser, which reports it.
    """
    if "\t" in text or BYTE_ORDER_MARK in text or text.count("\r") != text.count("\r\n"):
        return None
    try:
        printable = _check_printable(text)
        builder = _FastTreeBuilder(limits)
        root = builder.build(text)
    except (NeedsFullParser, UnicodeEncodeError):
        return None
    return Tree(
        [root],
        [],
        builder.empty_values,
        standalone=True,
        node_count=builder.node_count,
        printable=printable,
    )


def _check_printable(text: str) -> bool:
    """Check if libyaml would accept all characters of `text` without substitution.

    Raises:
        NeedsFullParser: A character has to be substituted, but the text uses all substitutes.
        UnicodeEncodeError: It contains a surrogate.
    """
    if needs_no_substitution(text):
        return True
    text.encode()
    if SUBSTITUTED.search(text) is None:
        return True
    if substitute_forbidden(text).originals is None:
        raise NeedsFullParser
    return False


def _split_at_blank_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the text of each stretch between long runs of blank lines."""
    start = 0
    if "\n" * _BLANK_LINES in text:
        for run in _MANY_BLANK_LINES.finditer(text):
            yield start, text[start : run.start()]
            start = run.end()
    yield start, text[start:]


class _FastTreeBuilder:
    """A tree under construction, and its collections that are still open.

    Attributes:
        holder: A list that contains just the root.
        nodes: The open collections, the innermost last; the first one is `holder`.
        indents: The column of the keys or dashes of each open collection.
        last: The value of the last line.
        empty_values: See `Tree`.
        node_count: The number of values in closed collections.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.last: Node = Scalar(0, 0, None)
        self.holder = Sequence(0, 0, [self.last])
        self.nodes: list[Mapping | Sequence] = [self.holder]
        self.indents = [_ROOT]
        self.empty_values: dict[int, tuple[Mapping, str]] = {}
        self.node_count = 0

    def build(self, text: str) -> Node:
        """Build the root of `text`.

        Raises:
            NeedsFullParser: The text has an unsupported form.
        """
        for offset, stretch in _split_at_blank_lines(text):
            self.add_lines(stretch, offset)
        self.close_beyond(_ROOT)
        self.node_count += 1
        if not self.last.end or self.node_count > self.limits.nodes:
            raise NeedsFullParser
        return self.holder.items[0]

    def add_lines(self, text: str, offset: int) -> None:
        """Add the values of lines, the first of which starts at `offset` of the whole text.

        Most lines add a key to the innermost mapping. This loop does so without function calls,
        since most of the time of parsing an archive is spent here.
        """
        new = object.__new__
        expected = _NO_KEY_EXPECTED
        mapping = Mapping(0, 0, {}, [])
        values, starts = mapping.values, mapping.key_starts
        for line in text.split("\n"):
            level, column, name, (start, end, value, style) = LINE_CACHE[line]
            if name is not None:
                if level != expected:
                    mapping = (
                        self.mapping_at(column, offset)
                        if level == column
                        else self.entry_at(entry_level(level), column, offset)
                    )
                    values, starts = mapping.values, mapping.key_starts
                    expected = column
                if name in values:
                    raise NeedsFullParser
                node = new(Scalar)
                node.start = offset + start
                node.end = offset + end
                node.value = value
                node.style = style
                node.tagged = False
                values[name] = self.last = self.create_flow(node) if style == FLOW else node
                starts.append(offset + column)
                if start == end:
                    self.empty_values[offset + column] = (mapping, name)
            elif level != BLANK:
                expected = _NO_KEY_EXPECTED
                items = self.list_at(entry_level(level), offset).items
                node = Scalar(offset + start, offset + end, value, style)
                self.last = self.create_flow(node) if style == FLOW else node
                items.append(self.last)
            offset += len(line) + 1

    def mapping_at(self, column: int, offset: int) -> Mapping:
        """Find the mapping of a key, or open one if it is the mapping's first key.

        Args:
            column: The 0-based column of the key.
            offset: The offset of its line.
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
        """Open the mapping that starts with a key at `column`, after a dash."""
        mapping = Mapping(offset + column, 0, {}, [])
        self.list_at(dash, offset).items.append(mapping)
        self.push(column, mapping)
        return mapping

    def list_at(self, dash: int, offset: int) -> Sequence:
        """Find the list of a dash, or open one if it is the list's first dash."""
        indent, top = self.indents[-1], self.nodes[-1]
        if indent < dash or (indent == dash and isinstance(top, Mapping)):
            return self.open(dash, Sequence(offset + dash, 0, []))
        self.close_beyond(dash)
        top = self.nodes[-1]
        if self.indents[-1] != dash or not isinstance(top, Sequence):
            raise NeedsFullParser
        return top

    def close_beyond(self, column: int) -> None:
        """Close the collections that end above a line whose content starts at `column`."""
        while self.indents[-1] > column:
            self.close()

    def close(self) -> None:
        """Close the innermost collection."""
        self.indents.pop()
        node = self.nodes.pop()
        node.end = self.last.end
        if isinstance(node, Sequence):
            self.count_entries(node)
        else:
            self.node_count += 2 * len(node.values)

    def count_entries(self, node: Sequence) -> None:
        """Count the entries of a list that is closed."""
        self.node_count += len(node.items)
        if len(node.items) > self.limits.entries:
            raise NeedsFullParser

    def open(self, indent: int, node: _Collection) -> _Collection:
        """Replace the last value, which must be empty, by a collection, and open that."""
        if self.last.start != self.last.end:
            raise NeedsFullParser
        top = self.nodes[-1]
        if isinstance(top, Sequence):
            top.items[-1] = node
        else:
            del self.empty_values[top.key_starts[-1]]
            top.values[next(reversed(top.values))] = node
        self.push(indent, node)
        return node

    def push(self, indent: int, node: Mapping | Sequence) -> None:
        """Add an open collection."""
        self.check_depth()
        self.nodes.append(node)
        self.indents.append(indent)

    def check_depth(self, inside: int = 0) -> None:
        """Check if one more collection is allowed; the first one of `nodes` does not count.

        Args:
            inside: The number of flow collections around it.
        """
        if len(self.nodes) + inside > self.limits.depth:
            raise NeedsFullParser

    def create_flow(self, node: Scalar) -> Node:
        """Convert a scalar of the fast line parser whose value is a flow collection."""
        start = node.start
        return self.create_value(start, (0, node.end - start, node.value, FLOW), 0)

    def create_value(self, offset: int, part: ValuePart, inside: int) -> Node:
        """Create the node of a value in a flow collection, or of the collection itself.

        Args:
            offset: The offset of the outermost bracket.
            part: The value.
            inside: The number of flow collections around it.
        """
        start, end, value, style = part
        start, end = offset + start, offset + end
        if style != FLOW:
            return Scalar(start, end, value, style)
        self.check_depth(inside)
        if isinstance(value, tuple):
            items = [self.create_value(offset, each, inside + 1) for each in value]
            sequence = Sequence(start, end, items)
            self.count_entries(sequence)
            return sequence
        self.node_count += 2 * len(value)
        values = {
            key: self.create_value(offset, each, inside + 1) for key, (_, each) in value.items()
        }
        return Mapping(start, end, values, [offset + at for at, _ in value.values()])
