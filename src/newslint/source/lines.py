"""Reads front matter as nearly all of it is written: a key, a dash and a scalar a line.

What is read here is a subset of YAML that needs no parser: block mappings and block sequences whose
scalars stand on one line, plain or in quotes, and empty `[]` and `{}`. Each line by itself tells
what it is, so one regular expression takes the text apart, several times as fast as a parser. Where
a line is anything else, nothing is read, and libyaml decides: anchors, tags, comments after values,
scalars over several lines, keys in quotes or given twice, tabs, markers of documents, and all that
is no YAML. What is read equals what libyaml gives, to the offset.
"""

import json
import re
from functools import lru_cache
from typing import Any

from newslint.source.build import Tree
from newslint.source.problem import Limits
from newslint.source.resolve import resolve
from newslint.source.shield import SHIELDED
from newslint.source.tree import Mapping, Node, Scalar, Sequence

_LINE = re.compile(
    r"( *)"  # indentation
    r"(- +)?"  # the dash of an entry
    r"(?:([A-Za-z_][\w-]*)(: +|:(?=\r?\n|\Z)))?"  # a key
    r"([^\r\n]*)"  # a value, and blanks after it
    r"((?:\r?\n(?: *+(?=\r?\n))?)*+)",  # line ends, blank lines included
    re.ASCII,
)
_UNSURE = re.compile(f"[\t\ufeff{SHIELDED.pattern[1:-1]}]")
_LONE_CR = re.compile(r"\r(?!\n)")
_INDICATORS = frozenset(["", *"-?:,[]{}#&*!|>'\"%@`"])
_LONGEST_KEY = 1000


class _Unsure(Exception):  # noqa: N818 # no error: somebody else reads the text
    """The text is not in the subset, or not certainly."""


class _Frame:
    """A collection that is open.

    Attributes:
        column: 0-based column of its keys or dashes.
        node: The collection.
        items: Those of a list; of a mapping, none.
        entries: Those of a mapping; of a list, none.
        empty: Key and name of a mapping's last entry, where its value may still come.
    """

    __slots__ = ("column", "empty", "entries", "items", "node")

    def __init__(self, column: int, node: Mapping | Sequence) -> None:
        self.column = column
        self.node = node
        self.entries = node.entries if isinstance(node, Mapping) else {}
        self.items = node.items if isinstance(node, Sequence) else []
        self.empty: tuple[Scalar, str] | None = None

    @property
    def is_list(self) -> bool:
        """Whether the collection is a list."""
        return isinstance(self.node, Sequence)


_NOWHERE = _Frame(-1, Sequence(0, 0, []))


def read_lines(text: str, limits: Limits) -> Tree | None:
    """Return the tree of the YAML `text`, as `build` does; None where that is not certain."""
    if _UNSURE.search(text) or _LONE_CR.search(text):
        return None
    try:
        return _Lines(limits).read(text)
    except _Unsure:
        return None


class _Lines:
    """Takes text apart, line by line."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.open: list[_Frame] = []
        self.roots: list[Node] = []
        self.empties: dict[int, tuple[Mapping, str]] = {}
        self.size = 0

    def read(self, text: str) -> Tree:
        """Return the tree of `text`."""
        start = scalars = 0
        top = _NOWHERE
        for indent, dash, key, colon, written, ends in _LINE.findall(text):
            column = len(indent) + len(dash)
            at = start + column
            if dash:
                self.entry(len(indent), at - len(dash))
                top = _NOWHERE
            value = at + len(key) + len(colon)
            if key:
                if top.column != column:
                    top = self.mapping(column, at, is_entry=bool(dash))
                if key in top.entries:
                    raise _Unsure
                scalars += 2
                name = Scalar(at, at + len(key), _key(key))
                if written:
                    top.empty = None
                    top.entries[key] = (name, _value(written, value))
                else:
                    self.leave_empty(top, name, key)
            elif dash:
                scalars += 1
                self.open[-1].items.append(_value(written, value))
            elif written and not written.startswith("#"):
                raise _Unsure
            start = value + len(written) + len(ends)
        self.close(0)
        self.size += scalars
        if start != len(text) or not self.roots or self.size > self.limits.nodes:
            raise _Unsure
        return Tree(self.roots, [], self.empties, closed=True, size=self.size, plain=True)

    def entry(self, column: int, at: int) -> None:
        """Go to the list whose dashes stand at `column`, a new one where there is none.

        Its entries may stand right below its key, without indentation.
        """
        frames = self.open
        number = len(frames)
        while number and frames[number - 1].column > column:
            number -= 1
        if number > 1 and frames[number - 1].column == column == frames[number - 2].column:
            number -= frames[number - 2].is_list
        self.close(number)
        if not frames or not frames[-1].is_list:
            self.start(Sequence(at, at, []), column)
        elif frames[-1].column != column:
            raise _Unsure

    def mapping(self, column: int, at: int, *, is_entry: bool) -> _Frame:
        """Go to the mapping whose keys stand at `column`, a new one where there is none."""
        frames = self.open
        while frames:
            top = frames[-1]
            if top.column < column or (top.column == column and not top.is_list):
                break
            self.close(len(frames) - 1)
        if not frames or frames[-1].column != column:
            if frames and frames[-1].is_list and not is_entry:
                raise _Unsure
            self.start(Mapping(at, at, {}), column)
        return frames[-1]

    def start(self, node: Mapping | Sequence, column: int) -> None:
        """Open a collection: the root, an entry of a list, or the value of an empty key."""
        frames = self.open
        if not frames:
            self.roots.append(node)
        elif frames[-1].is_list:
            frames[-1].items.append(node)
        else:
            self.fill(frames[-1], node)
        if len(frames) == self.limits.depth or len(self.roots) > 1:
            raise _Unsure
        frames.append(_Frame(column, node))
        self.size += 1

    def leave_empty(self, top: _Frame, key: Scalar, name: str) -> None:
        """Give a key no value, so far."""
        top.empty = (key, name)
        top.entries[name] = (key, Scalar(key.end + 1, key.end + 1, None))
        if isinstance(top.node, Mapping):
            self.empties[key.start] = (top.node, name)

    def fill(self, top: _Frame, node: Node) -> None:
        """Give a key the value that comes below it."""
        if top.empty is None:
            raise _Unsure
        key, name = top.empty
        top.empty = None
        top.entries[name] = (key, node)
        del self.empties[key.start]
        self.size -= 1

    def close(self, number: int) -> None:
        """Close all collections but the first `number`."""
        frames = self.open
        while len(frames) > number:
            node = frames.pop().node
            if isinstance(node, Sequence) and len(node.items) > self.limits.entries:
                raise _Unsure
            last = node.items[-1] if isinstance(node, Sequence) else _last(node)
            node.end = last.end


def _last(mapping: Mapping) -> Node:
    """Return the last value of a mapping."""
    return next(reversed(mapping.entries.values()))[1]


@lru_cache(maxsize=4096)
def _key(name: str) -> Any:
    """Return the value of a key, which may be more than text (`on`)."""
    if len(name) > _LONGEST_KEY:
        raise _Unsure
    return resolve(name)


def _value(written: str, start: int) -> Node:
    """Return the value that is `written`, which starts at the 0-based offset `start`."""
    if written[-1:] == " ":
        written = written.rstrip(" ")
    end = start + len(written)
    first = written[:1]
    if first not in _INDICATORS or _is_text(written):
        if ": " in written or " #" in written or written[-1] == ":":
            raise _Unsure
        return Scalar(start, end, resolve(written))
    if first == '"':
        return Scalar(start, end, _unescaped(written), first)
    if first == "'":
        return Scalar(start, end, _undoubled(written), first)
    if written == "[]":
        return Sequence(start, end, [])
    if written == "{}":
        return Mapping(start, end, {})
    raise _Unsure


def _is_text(written: str) -> bool:
    """Tell whether a plain scalar may start as `written` does, with a dash: `-1`."""
    return written[:1] == "-" and written[1:2] not in ("", " ", "-")


def _unescaped(written: str) -> str:
    """Return the value of a scalar in double quotes.

    The escapes of JSON mean the same in YAML, but for halves of surrogate pairs.
    """
    if len(written) < 2 or written[-1] != '"':  # noqa: PLR2004 # two quotes
        raise _Unsure
    inner = written[1:-1]
    if "\\" not in inner:
        if '"' in inner:
            raise _Unsure
        return inner
    if "\\u" in inner:
        raise _Unsure
    try:
        value: str = json.loads(written)
    except ValueError:
        raise _Unsure from None
    return value


def _undoubled(written: str) -> str:
    """Return the value of a scalar in single quotes."""
    inner = written[1:-1]
    if len(written) < 2 or written[-1] != "'" or "'" in inner.replace("''", ""):  # noqa: PLR2004 # two quotes
        raise _Unsure
    return inner.replace("''", "'")
