"""The parser of TOML: the values are those of `tomllib`, the places those of tree-sitter."""

import tomllib
from typing import Any

from tree_sitter import Node as SyntaxNode

from newslint.syntax.forbidden import Substitution, substitute_forbidden
from newslint.syntax.fragment import Fragment
from newslint.syntax.limits import (
    ParseError,
    check_depth,
    check_entries,
    check_lines,
    check_nodes,
)
from newslint.syntax.problem import Limits, Problem
from newslint.syntax.protocol import ReaderOptions
from newslint.syntax.toml.errors import explain, explain_excess
from newslint.syntax.toml.long_keys import LONG_KEY, MAX_PARTS
from newslint.syntax.toml.strings import LITERAL, style_of, unquote_key
from newslint.syntax.toml.tree import (
    TABLES,
    SyntaxTree,
    find_key,
    find_value,
    key_parts,
    pairs_of,
    parse_syntax,
)
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence
from newslint.text.source_text import SourceText

NAME = "toml"
RULE = "toml-syntax"


class TomlReader:
    """A parser of TOML.

    Args:
        limits: The limits of one front matter.
        options: No option makes a difference.
    """

    cached_texts: frozenset[str] = frozenset()

    def __init__(self, limits: Limits, options: ReaderOptions) -> None:
        del options
        self._limits = limits

    def clear_cache(self) -> None:
        """Drop the syntax trees of the last texts."""
        parse_syntax.cache_clear()

    def read(self, text: str, chars_before: int = 0) -> tuple[list[Fragment], list[Problem]]:
        """Parse front matter (see `SyntaxReader.read`). Bad TOML becomes a problem."""
        source = SourceText(text, chars_before)
        substitution = substitute_forbidden(text)
        try:
            root, count = parse(source, self._limits, substitution)
        except ParseError as error:
            related = tuple((source.span(start, end), note) for start, end, note in error.related)
            span = source.span(error.start, error.end)
            return [], [Problem(RULE, error.message, span, related=related)]
        if not root.values:
            return [], []
        printable = substitution.originals is None
        return [Fragment(source, root, count, printable=printable, syntax=NAME)], []


def parse(source: SourceText, limits: Limits, substitution: Substitution) -> tuple[Mapping, int]:
    """Parse a TOML document; return its root and the number of values.

    Args:
        source: The document.
        limits: The limits of one front matter.
        substitution: Its text without control characters.

    Raises:
        ParseError: It is no TOML, or exceeds a limit.
    """
    check_lines(source, limits)
    if excess := LONG_KEY.search(source.text):
        limits = limits._replace(depth=min(limits.depth, MAX_PARTS))
        check_depth(MAX_PARTS + 1, limits, *excess.span(1))
    tree = parse_syntax(substitution.text)
    try:
        values = tomllib.loads(substitution.text)
    except tomllib.TOMLDecodeError as error:
        raise explain(str(error), source, tree) from error
    except (RecursionError, ValueError) as error:
        raise explain_excess(tree, limits) from error
    builder = _TreeBuilder(tree, substitution, limits)
    builder.add_document(values)
    return builder.root, builder.count


class _Level:
    """A table of the path to the values that are added, with its values from `tomllib`.

    Attributes:
        node: The table, as far as it was built.
        values: Its values.
        array: The array of tables that it is an entry of; None if it is none.
    """

    __slots__ = ("array", "node", "values")

    def __init__(
        self, node: Mapping, values: dict[str, Any], array: Sequence | None = None
    ) -> None:
        self.node = node
        self.values = values
        self.array = array


class _TreeBuilder:
    """A tree under construction.

    Attributes:
        root: The root.
        count: The number of values.
    """

    def __init__(self, tree: SyntaxTree, substitution: Substitution, limits: Limits) -> None:
        self.tree = tree
        self.text = text = substitution.text
        self.restore = substitution.restore
        self.limits = limits
        self.root = Mapping(len(text), 0, {})
        self.count = 1

    def add_document(self, values: dict[str, Any]) -> None:
        """Add all pairs and tables of a document."""
        document = self.tree.root
        path = [_Level(self.root, values)]
        for pair in pairs_of(document):
            self.add_pair(path, pair)
        for table in document.named_children:
            if table.type in TABLES:
                self.add_table(path, table)

    def add_table(self, path: list[_Level], table: SyntaxNode) -> None:
        """Add a table with a header, or an entry of an array of tables, and its pairs."""
        start = self.tree.span(table)[0]
        end = self.tree.span(next(each for each in table.children if each.type in ("]", "]]")))[1]
        parts = key_parts(find_key(table))
        is_entry = table.type == "table_array_element"
        for part in parts[: len(parts) - is_entry]:
            path = [*path, self.enter(path[-1], part, start, len(path) + 1)]
        if is_entry:
            path = [*path, self.add_entry(path[-1], parts[-1], start, len(path) + 2)]
        self.extend(path, start, end)
        for pair in pairs_of(table):
            self.add_pair(path, pair)

    def enter(self, level: _Level, part: SyntaxNode, start: int, depth: int) -> _Level:
        """Enter the table of a key, or the last entry of its array; create a missing table."""
        name = self.key_name(part)
        found = level.node.values.get(self.restore(name))
        values = level.values[name]
        array: Sequence | None = None
        if isinstance(found, Sequence):
            array, values, found = found, values[len(found.items) - 1], found.items[-1]
        if not isinstance(found, Mapping):
            found = Mapping(start, start, {})
            self.put(level.node, part, found, depth)
        return _Level(found, values, array)

    def add_entry(self, level: _Level, part: SyntaxNode, start: int, depth: int) -> _Level:
        """Add an entry to an array of tables."""
        name = self.key_name(part)
        found = level.node.values.get(self.restore(name))
        if not isinstance(found, Sequence):
            found = Sequence(start, start, [])
            self.put(level.node, part, found, depth - 1)
        entry = Mapping(start, start, {})
        self.count_node(entry, depth, is_collection=True)
        found.items.append(entry)
        check_entries(len(found.items), self.limits, found.start, found.end)
        return _Level(entry, level.values[name][len(found.items) - 1], found)

    @staticmethod
    def extend(path: list[_Level], start: int, end: int) -> None:
        """Extend the tables of a path, and the arrays that contain them, to a range."""
        for level in path:
            for node in (level.node, level.array):
                if node is not None:
                    node.start, node.end = min(node.start, start), max(node.end, end)

    def add_pair(self, path: list[_Level], pair: SyntaxNode) -> None:
        """Add the value of a key, which may be dotted."""
        *parts, last = key_parts(find_key(pair))
        start = self.tree.span(parts[0] if parts else last)[0]
        for part in parts:
            path = [*path, self.enter(path[-1], part, start, len(path) + 1)]
        level = path[-1]
        value = find_value(pair)
        node = self.create(value, level.values[self.key_name(last)], len(path))
        self.put_created(level.node, last, node)
        self.extend(path, start, node.end)

    def put(self, table: Mapping, part: SyntaxNode, node: Node, depth: int) -> None:
        """Count a new table or array, and add it to the table that contains it."""
        self.count_node(node, depth, is_collection=True)
        self.put_created(table, part, node)

    def put_created(self, table: Mapping, part: SyntaxNode, node: Node) -> None:
        """Add a key and its value to a table."""
        start, end = self.tree.span(part)
        name = self.restore(self.key_name(part))
        table.put(name, Scalar(start, end, name, LITERAL), node)

    def key_name(self, part: SyntaxNode) -> str:
        """Read a part of a key."""
        return unquote_key(self.text[slice(*self.tree.span(part))])

    def create(self, node: SyntaxNode, value: Any, depth: int) -> Node:
        """Create the node of a value; `depth` is the number of collections around it."""
        start, end = self.tree.span(node)
        if node.type == "array":
            return self.create_array(node, value, depth + 1)
        if node.type == "inline_table":
            table = Mapping(start, end, {})
            self.count_node(table, depth + 1, is_collection=True)
            level = _Level(table, value)
            outer = [_Level(Mapping(start, end, {}), {})] * depth
            for pair in pairs_of(node):
                self.add_pair([*outer, level], pair)
            return table
        value = self.restore(value) if isinstance(value, str) else value
        scalar = Scalar(start, end, value, style_of(self.text, start))
        self.count_node(scalar, depth, is_collection=False)
        return scalar

    def create_array(self, node: SyntaxNode, values: list[Any], depth: int) -> Sequence:
        """Create an array in brackets."""
        array = Sequence(*self.tree.span(node), [])
        self.count_node(array, depth, is_collection=True)
        entries = [each for each in node.named_children if each.type != "comment"]
        check_entries(len(entries), self.limits, array.start, array.end)
        for entry, value in zip(entries, values, strict=True):
            array.items.append(self.create(entry, value, depth))
        return array

    def count_node(self, node: Node, depth: int, *, is_collection: bool) -> None:
        """Count a value, and check the limits."""
        self.count += 1
        check_nodes(self.count, self.limits, node.start, node.end)
        if is_collection:
            check_depth(depth, self.limits, node.start, node.end)
