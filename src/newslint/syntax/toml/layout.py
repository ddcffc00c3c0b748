"""The comments of TOML, and the lines of its values."""

from collections.abc import Iterator

from tree_sitter import Node

from newslint.syntax.layout import SCALAR, Layout, Token, line_start
from newslint.syntax.toml.tree import TABLES, find_key, key_parts, parse_syntax
from newslint.text.location import Span
from newslint.text.source_text import SourceText

_STRING = "string"
_COMMENT = "comment"
_OPENING, _CLOSING = frozenset("[{"), frozenset("]}")
_CONTAINERS = frozenset({"array", "inline_table"})


def find_layout(source: SourceText, start: int, end: int) -> "TomlLayout":
    """Find the layout of TOML between two offsets of a file."""
    tree = parse_syntax(source.text[start:end])
    found = TomlLayout(source, start, end, [])
    found.collect(tree.root)
    return found


class TomlLayout(Layout):
    """The layout of TOML."""

    def __init__(self, source: SourceText, start: int, end: int, tokens: list[Token]) -> None:
        super().__init__(source, start, end, tokens)
        self._comments: list[tuple[int, int]] = []
        self._tree = parse_syntax(source.text[start:end])

    def comments(self) -> Iterator[tuple[int, int]]:  # noqa: D102 # inherited
        yield from self._comments

    def value_extent(self, offset: int) -> Span | None:  # noqa: D102 # inherited
        found = self._find_unit(self._tree.root, offset)
        if found is None:
            return None
        first, end = found
        lines = self.source.position(first).line, self.source.position(end - 1).line
        return Span(line_start(lines[0]), line_start(lines[1] + 1))

    def collect(self, root: Node) -> None:
        """Collect the tokens and the comments of a syntax tree, in order."""
        depth = line = 0
        stack = [root]
        while stack:
            node = stack.pop()
            if node.child_count and node.type not in (_STRING, "quoted_key"):
                stack += reversed(node.children)
                continue
            start, end = self._span(node)
            if node.type == _COMMENT:
                self._comments.append((start, end))
            if node.type == _COMMENT or start == end or self.source.text[start:end].isspace():
                continue
            depth += node.type in _OPENING
            line = self._add(node, start, end, depth - (node.type in _OPENING), line)
            depth -= node.type in _CLOSING

    def _add(self, node: Node, start: int, end: int, depth: int, line: int) -> int:
        """Add a token; return the line that it ends on.

        Args:
            node: Its node.
            start: The offset of its start in the file.
            end: The offset of its end.
            depth: The number of brackets around it.
            line: The line that the token before it ends on.
        """
        position = self.source.position(start)
        last = self.source.position(end - 1).line
        kind = SCALAR if node.is_named else node.type
        opens = position.line > line
        self.tokens.append(
            Token(kind, start, end, position.line, last, position.column, depth, opens)
        )
        return last

    def _span(self, node: Node) -> tuple[int, int]:
        """Convert the place of a node to offsets of the file."""
        start, end = self._tree.span(node)
        return self.start + start, self.start + end

    def _find_unit(self, node: Node, offset: int) -> tuple[int, int] | None:
        """Find the first pair, table or entry of an array that starts after an offset."""
        for index, child in enumerate(node.named_children):
            if child.type == _COMMENT:
                continue
            start, end = self._span(child)
            if start >= offset:
                if child.type in TABLES:
                    return start, self._end_of_table(node.named_children[index:])
                return start, self._end_of_unit(child)
            if end > offset and (found := self._find_unit(child, offset)) is not None:
                return found
        return None

    def _end_of_unit(self, node: Node) -> int:
        """Find the end of a pair or an entry, without a comment after it."""
        if node.type != "pair":
            return self._span(node)[1]
        return self._span([each for each in node.children if each.type != _COMMENT][-1])[1]

    def _end_of_table(self, tables: list[Node]) -> int:
        """Find the end of the first of some tables and of the tables below it."""
        first = _path(tables[0])
        end = 0
        for number, table in enumerate(tables):
            path = _path(table)
            if number and (len(path) <= len(first) or path[: len(first)] != first):
                break
            last = [each for each in table.children if each.type != _COMMENT][-1]
            end = self._end_of_unit(last)
        return end


def _path(table: Node) -> list[bytes]:
    """List the source of the parts of a header."""
    return [part.text or b"" for part in key_parts(find_key(table))]
