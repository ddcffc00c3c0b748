"""The syntax tree of TOML, with offsets in characters."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

TABLES = frozenset({"table", "table_array_element"})
_PARTS_OF_KEY = frozenset({"bare_key", "quoted_key"})


class SyntaxTree(NamedTuple):
    """The syntax tree of a text.

    Attributes:
        root: The node of the whole text.
        chars: The offset of the character that each byte belongs to; None for a text of ASCII,
            where they are equal.
    """

    root: Node
    chars: list[int] | None

    def span(self, node: Node) -> tuple[int, int]:
        """Convert the place of a node to offsets of characters."""
        start, end = node.start_byte, node.end_byte
        return (start, end) if self.chars is None else (self.chars[start], self.chars[end])


@lru_cache(maxsize=2)
def parse_syntax(text: str) -> SyntaxTree:
    """Parse a text; the last ones are cached, since the edits of a file need its tree again."""
    data = text.encode("utf-8", "surrogatepass")
    chars = None if len(data) == len(text) else _list_characters(text)
    root = Parser(Language(tree_sitter_toml.language())).parse(data).root_node
    return SyntaxTree(root, chars)


def _list_characters(text: str) -> list[int]:
    """List the offset of the character that each byte of a text belongs to, and that of the end."""
    chars: list[int] = []
    for index, char in enumerate(text):
        chars += (index,) * len(char.encode("utf-8", "surrogatepass"))
    chars.append(len(text))
    return chars


def key_parts(key: Node) -> list[Node]:
    """List the parts of a key, which the grammar nests to the left, without recursion."""
    parts: list[Node] = []
    stack = [key]
    while stack:
        node = stack.pop()
        if node.type in _PARTS_OF_KEY:
            parts.append(node)
        else:
            stack += reversed(node.named_children)
    return parts


def find_key(pair: Node) -> Node:
    """Find the key of a pair, or of the header of a table."""
    return next(child for child in pair.named_children if child.type != "comment")


def pairs_of(node: Node) -> Iterator[Node]:
    """Yield the pairs of a table, or those above the first table of a document."""
    return (child for child in node.named_children if child.type == "pair")


def find_value(pair: Node) -> Node:
    """Find the value of a pair."""
    return next(child for child in reversed(pair.named_children) if child.type != "comment")
