"""Edits that remove an entry of a list of TOML."""

from typing import NamedTuple

from tree_sitter import Node as SyntaxNode

from newslint.syntax.brackets import bracket_removals
from newslint.syntax.protocol import Removal
from newslint.syntax.toml.strings import unquote_key
from newslint.syntax.toml.tree import (
    TABLES,
    SyntaxTree,
    find_key,
    key_parts,
    pairs_of,
    parse_syntax,
)
from newslint.syntax.tree import Mapping, Sequence
from newslint.syntax.value import Value
from newslint.text.location import Position, Span
from newslint.text.source_text import LINE_END, SourceText


class _Entry(NamedTuple):
    """The tables of an entry of an array: its own, and those below it.

    Attributes:
        tables: Their nodes.
        is_whole: No other table stands among them.
    """

    tables: list[SyntaxNode]
    is_whole: bool


def find_removals(source: SourceText, mapping: Value, key: str) -> dict[int, Removal]:
    """Compute the edits that remove each entry of a list (see `Syntax.find_removals`).

    The list is in brackets, or an array of tables at the top of the document.
    """
    list_value = mapping.get(key)
    if list_value is None or not isinstance(list_value.node, Sequence):
        return {}
    text = mapping.fragment.source.text
    if text.startswith("[", list_value.node.start) and not text.startswith(
        "[[", list_value.node.start
    ):
        return bracket_removals(list_value)
    if mapping.node is not mapping.fragment.node or not isinstance(mapping.node, Mapping):
        return {}
    tree = parse_syntax(text)
    entries = _find_entries(tree, text, key)
    writer = _Lines(source, mapping, tree)
    if len(entries) == 1:
        return {0: writer.empty_list(entries[0])} if entries[0].is_whole else {}
    return {
        index: ((writer.extent(each, is_last=index == len(entries) - 1), ""),)
        for index, each in enumerate(entries)
        if each.is_whole
    }


def _find_entries(tree: SyntaxTree, text: str, key: str) -> list[_Entry]:
    """List the entries of the array of tables with a key, in order."""
    entries: list[_Entry] = []
    is_interrupted = False
    for table in tree.root.named_children:
        if table.type not in TABLES:
            continue
        names = [unquote_key(text[slice(*tree.span(part))]) for part in key_parts(find_key(table))]
        if names[0] != key:
            is_interrupted = True
        elif len(names) == 1:
            entries.append(_Entry([table], is_whole=True))
            is_interrupted = False
        elif entries:
            entries[-1].tables.append(table)
            if is_interrupted:
                entries[-1] = entries[-1]._replace(is_whole=False)
    return entries


class _Lines(NamedTuple):
    """The lines of a file that contains TOML.

    Attributes:
        source: The text of the file.
        root: The root of its front matter.
        tree: The syntax tree of the front matter.
    """

    source: SourceText
    root: Value
    tree: SyntaxTree

    def extent(self, entry: _Entry, *, is_last: bool) -> Span:
        """Find the lines of an entry, with the blank lines below it; of the last one, above it."""
        first = self.line_of(self.tree.span(entry.tables[0])[0])
        last = self.line_of(_content_end(self.tree, entry.tables[-1]) - 1)
        if is_last:
            while first > 1 and self.is_blank(first - 1):
                first -= 1
        else:
            while self.is_blank(last + 1):
                last += 1
        return Span(Position(first, 1), self.line_below(last))

    def line_of(self, offset: int) -> int:
        """Convert an offset of the front matter to a line of the file."""
        return self.root.fragment.source.position(offset).line + self.root.line

    def is_blank(self, line: int) -> bool:
        """Check if a line exists and is blank."""
        return line < len(self.source.line_starts) and not self.source.line(line).strip()

    def line_below(self, line: int) -> Position:
        """Create the position of the start of the line below one, or of the end of the text."""
        if line < len(self.source.line_starts):
            return Position(line + 1, 1)
        return Position(line, len(self.source.line(line)) + 1)

    def empty_list(self, entry: _Entry) -> Removal:
        """Create the edits that replace the only entry by an empty list above all tables."""
        span = self.extent(entry, is_last=True)
        key = key_parts(find_key(entry.tables[0]))[0]
        text = self.root.fragment.source.text
        written = f"{text[slice(*self.tree.span(key))]} = []"
        pairs = list(pairs_of(self.tree.root))
        if pairs:
            line = self.line_of(self.tree.span(pairs[-1])[1] - 1)
            end = Position(line, len(self.source.line(line)) + 1)
            if span.start > end:
                return (Span(end, end), _line_end(self.source) + written), (span, "")
        top = next(each for each in self.tree.root.named_children if each.type in TABLES)
        start = Position(self.line_of(self.tree.span(top)[0]), 1)
        if start >= span.start:
            return ((span, written + _line_end(self.source)),)
        return (Span(start, start), written + _line_end(self.source)), (span, "")


def _content_end(tree: SyntaxTree, table: SyntaxNode) -> int:
    """Find the end of the last pair of a table, or of its header."""
    last = [each for each in table.children if each.type != "comment"][-1]
    if last.type == "pair":
        last = [each for each in last.children if each.type != "comment"][-1]
    return tree.span(last)[1]


def _line_end(source: SourceText) -> str:
    """Look up the first line end of a file."""
    found = LINE_END.search(source.text)
    return found[0] if found else "\n"
