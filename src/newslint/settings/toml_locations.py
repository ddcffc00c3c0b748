"""Where keys and values stand in a TOML file.

`tomllib` reads the values; it keeps no positions. tree-sitter's grammar of TOML does, and is only
loaded when something must be pointed at: an error, or `newslint config show`.
"""

import tomllib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

KeyPath = tuple[str | int, ...]
"""What leads to a value: keys of tables, 0-based indexes of arrays."""


class TomlLocation(NamedTuple):
    """A part of one line of a file.

    Attributes:
        line: Its number, from 1.
        column: Of the first character, in code points from 1.
        width: How many characters, at least 1.
    """

    line: int
    column: int
    width: int


class TomlLocations(NamedTuple):
    """Where things stand in a TOML file.

    Attributes:
        keys: The key that names each value; for an entry of an array, the entry.
        values: Each value; of a table that has a header, the header.
    """

    keys: dict[KeyPath, TomlLocation]
    values: dict[KeyPath, TomlLocation]

    def value(self, keys: KeyPath) -> TomlLocation | None:
        """Return where the value at `keys` stands, or the closest thing above it that does."""
        return _nearest(self.values, keys)

    def key(self, keys: KeyPath) -> TomlLocation | None:
        """Return where the key that leads to the value at `keys` stands, or the closest above."""
        return _nearest(self.keys, keys)


def locate_keys(text: str) -> TomlLocations:
    """Return where the keys and values of the TOML file `text` stand.

    Nothing is raised: of a file with errors, what can be told is there.
    """
    data = text.encode("utf-8", "surrogatepass")
    finder = _Finder(data)
    finder.walk(Parser(Language(tree_sitter_toml.language())).parse(data).root_node)
    return finder.places


class _Finder:
    def __init__(self, data: bytes) -> None:
        self.lines = data.split(b"\n")
        self.places = TomlLocations({}, {})
        self.counts: dict[KeyPath, int] = {}

    def walk(self, document: Node) -> None:
        for node in document.named_children:
            if node.type == "pair":
                self.pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self.table(node)

    def table(self, node: Node) -> None:
        names = self.names(node.named_children[0]) if node.named_children else []
        if not names:
            return
        header: KeyPath = ()
        for name, part in names[:-1]:
            header = self.inside((*header, name))
            self.places.keys.setdefault(header, self.place(part))
            self.places.values.setdefault(header, self.place(part))
        last, part = names[-1]
        header = (*header, last)
        if node.type == "table_array_element":
            number = self.counts[header] = self.counts.get(header, -1) + 1
            self.note(header, part, part)
            header = (*header, number)
        else:
            header = self.inside(header)
        self.note(header, part, part)
        for child in node.named_children[1:]:
            if child.type == "pair":
                self.pair(child, header)

    def inside(self, keys: KeyPath) -> KeyPath:
        """Return `keys`, led on into the latest entry where they name an array of tables."""
        return (*keys, self.counts[keys]) if keys in self.counts else keys

    def pair(self, node: Node, above: KeyPath) -> None:
        parts = [child for child in node.named_children if child.type != "comment"]
        if len(parts) != 2:  # noqa: PLR2004 # a key and a value; else the file has an error
            return
        key, value = parts
        for name, part in self.names(key):
            above = (*above, name)
            self.note(above, part, value)
        self.value(value, above)

    def value(self, node: Node, keys: KeyPath) -> None:
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self.pair(child, keys)
        elif node.type == "array":
            entries = [child for child in node.named_children if child.type != "comment"]
            for index, child in enumerate(entries):
                self.note((*keys, index), child, child)
                self.value(child, (*keys, index))

    def names(self, node: Node) -> list[tuple[str, Node]]:
        """Return the parts of a key, each with its node."""
        return [(_unquoted(part), part) for part in _parts(node)]

    def note(self, keys: KeyPath, key: Node, value: Node) -> None:
        self.places.keys[keys] = self.place(key)
        self.places.values[keys] = self.place(value)

    def place(self, node: Node) -> TomlLocation:
        """Return where `node` stands: of several lines, the first."""
        row, start = node.start_point
        last_row, end = node.end_point
        line = self.lines[row].rstrip(b"\r")
        before = line[:start].decode("utf-8", "replace")
        inside = line[start : end if last_row == row else None].decode("utf-8", "replace")
        return TomlLocation(row + 1, len(before) + 1, max(1, len(inside)))


def _parts(node: Node) -> Iterator[Node]:
    """Yield the parts of a key, which the grammar nests to the left."""
    if node.type != "dotted_key":
        yield node
        return
    for child in node.named_children:
        yield from _parts(child)


def _unquoted(node: Node) -> str:
    """Return the text of one part of a key."""
    text = (node.text or b"").decode("utf-8", "replace")
    if node.type != "quoted_key":
        return text
    try:
        return next(iter(tomllib.loads(f"{text} = 0")))
    except tomllib.TOMLDecodeError:
        return text


def _nearest(places: dict[KeyPath, TomlLocation], keys: Sequence[str | int]) -> TomlLocation | None:
    """Return the place of `keys`, or of the longest part of them that has one."""
    for count in range(len(keys), 0, -1):
        place = places.get(tuple(keys[:count]))
        if place is not None:
            return place
    return None
