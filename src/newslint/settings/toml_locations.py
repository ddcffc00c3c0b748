"""Lines and columns of the keys and values of a TOML file.

`tomllib` parses the values but keeps no positions, so this module parses the text again with
tree-sitter. It is imported only if a position is needed: for an error, or for
`newslint config show`.
"""

import sys
import tomllib
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

MAX_DEPTH = 200
"""Levels of the syntax tree; `tomllib` fails at more than about 300."""

MAX_DIGITS = sys.int_info.default_max_str_digits
"""Digits of a number that Python converts."""

KeyPath = tuple[str | int, ...]
"""The path of a value: keys of tables and 0-based indexes of arrays."""


class TomlLocation(NamedTuple):
    """A part of one line of a TOML file.

    Attributes:
        line: The line, 1-based.
        column: The column of the first character, 1-based, in code points.
        width: The number of characters, at least 1.
    """

    line: int
    column: int
    width: int


class TomlLocations(NamedTuple):
    """The locations of the keys and values of a TOML file.

    Attributes:
        keys: The location of the key of each value; for an entry of an array, of the entry.
        values: The location of each value; for a table with a header, of the header.
    """

    keys: dict[KeyPath, TomlLocation]
    values: dict[KeyPath, TomlLocation]

    def value(self, keys: KeyPath) -> TomlLocation | None:
        """Look up the location of a value, or of the closest value around it."""
        return _nearest(self.values, keys)

    def key(self, keys: KeyPath) -> TomlLocation | None:
        """Look up the location of the key of a value, or of the closest key around it."""
        return _nearest(self.keys, keys)


def _nearest(locations: dict[KeyPath, TomlLocation], keys: KeyPath) -> TomlLocation | None:
    """Look up the longest prefix of `keys` that has a location."""
    prefixes = (keys[:count] for count in range(len(keys), 0, -1))
    return next((locations[prefix] for prefix in prefixes if prefix in locations), None)


def locate_keys(text: str) -> TomlLocations:
    """Locate the keys and values of a TOML file.

    In a file with syntax errors, those are located that the parser recognises.
    """
    data = text.encode("utf-8", "surrogatepass")
    locator = _Locator(data)
    locator.visit_document(Parser(Language(tree_sitter_toml.language())).parse(data).root_node)
    return locator.locations


def locate_excess(text: str) -> tuple[TomlLocation, str] | None:
    """Locate the first number with too many digits, or the first value that is nested too deeply.

    Returns:
        The location and the reason; None if there is no such value.
    """
    data = text.encode("utf-8", "surrogatepass")
    locator = _Locator(data)
    cursor = Parser(Language(tree_sitter_toml.language())).parse(data).walk()
    while True:
        node = cursor.node
        if node is not None and cursor.depth > MAX_DEPTH:
            return locator.location(node), f"nested more than {MAX_DEPTH} levels deep"
        if node is not None and node.type == "integer" and _digits(node) > MAX_DIGITS:
            return locator.location(node), f"a number has more than {MAX_DIGITS:,} digits"
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return None


def _digits(node: Node) -> int:
    """Count the bytes of a number."""
    return node.end_byte - node.start_byte


class _Locator:
    """A visitor of the syntax tree that collects locations.

    Attributes:
        counts: The index of the latest entry of each array of tables.
        last: The row and the byte that were last converted to a column, and the column.
    """

    def __init__(self, data: bytes) -> None:
        self.lines = data.split(b"\n")
        self.locations = TomlLocations({}, {})
        self.counts: dict[KeyPath, int] = {}
        self.last = (0, 0, 1)

    def visit_document(self, document: Node) -> None:
        for node in document.named_children:
            if node.type == "pair":
                self.visit_pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self.visit_table(node)

    def visit_table(self, node: Node) -> None:
        names = _key_parts(node.named_children[0]) if node.named_children else []
        if not names:
            return
        header: KeyPath = ()
        for name, part in names[:-1]:
            header = self.latest_entry((*header, name))
            self.locations.keys.setdefault(header, self.location(part))
            self.locations.values.setdefault(header, self.location(part))
        last, part = names[-1]
        header = (*header, last)
        if node.type == "table_array_element":
            index = self.counts[header] = self.counts.get(header, -1) + 1
            self.record(header, part, part)
            header = (*header, index)
        else:
            header = self.latest_entry(header)
        self.record(header, part, part)
        for child in node.named_children[1:]:
            if child.type == "pair":
                self.visit_pair(child, header)

    def latest_entry(self, keys: KeyPath) -> KeyPath:
        """Append the index of the latest entry if `keys` names an array of tables."""
        return (*keys, self.counts[keys]) if keys in self.counts else keys

    def visit_pair(self, node: Node, parent: KeyPath) -> None:
        parts = [child for child in node.named_children if child.type != "comment"]
        if len(parts) != 2:  # noqa: PLR2004 # a key and a value; else a syntax error
            return
        key, value = parts
        for name, part in _key_parts(key):
            parent = (*parent, name)
            self.record(parent, part, value)
        self.visit_value(value, parent)

    def visit_value(self, node: Node, keys: KeyPath) -> None:
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self.visit_pair(child, keys)
        elif node.type == "array":
            entries = [child for child in node.named_children if child.type != "comment"]
            for index, child in enumerate(entries):
                self.record((*keys, index), child, child)
                self.visit_value(child, (*keys, index))

    def record(self, keys: KeyPath, key: Node, value: Node) -> None:
        self.locations.keys[keys] = self.location(key)
        self.locations.values[keys] = self.location(value)

    def location(self, node: Node) -> TomlLocation:
        """Convert the position of a node; of several lines, the first."""
        row, start = node.start_point
        last_row, end = node.end_point
        line = self.lines[row].rstrip(b"\r")
        inside = line[start : end if last_row == row else None].decode("utf-8", "replace")
        return TomlLocation(row + 1, self.column(row, start), max(1, len(inside)))

    def column(self, row: int, start: int) -> int:
        """Convert a byte of a line to a column, counting from the last one that was asked for."""
        last_row, last_start, column = self.last
        if last_row != row or start < last_start:
            last_start, column = 0, 1
        column += len(self.lines[row][last_start:start].decode("utf-8", "replace"))
        self.last = (row, start, column)
        return column


def _key_parts(node: Node) -> list[tuple[str, Node]]:
    """Split a dotted key into its parts: the text and the node of each; the first ones of many."""
    return [(_unquote(part), part) for part in islice(_flatten_key(node), MAX_DEPTH)]


def _flatten_key(node: Node) -> Iterator[Node]:
    """Yield the parts of a dotted key, which the grammar nests to the left."""
    stack = [node]
    while stack:
        part = stack.pop()
        if part.type == "dotted_key":
            stack += reversed(part.named_children)
        else:
            yield part


def _unquote(node: Node) -> str:
    """Unquote one part of a key."""
    text = (node.text or b"").decode("utf-8", "replace")
    if node.type != "quoted_key":
        return text
    try:
        return next(iter(tomllib.loads(f"{text} = 0")))
    except tomllib.TOMLDecodeError:
        return text
