"""The parser of JSON. Strings and numbers are read by functions of the module `json`."""

import re
from json.decoder import JSONDecodeError
from json.decoder import scanstring as read_string  # type: ignore[attr-defined] # not in its stubs
from typing import Any

from newslint.syntax.fragment import Fragment, PlacedFragment
from newslint.syntax.json.entries import EntryCache
from newslint.syntax.json.errors import explain_string, explain_value
from newslint.syntax.limits import (
    ParseError,
    check_depth,
    check_entries,
    check_lines,
    check_nodes,
)
from newslint.syntax.problem import Limits, Problem
from newslint.syntax.protocol import ReaderOptions
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence
from newslint.text.control_characters import FORBIDDEN
from newslint.text.pointer import join_pointer
from newslint.text.quoting import quote_value
from newslint.text.source_text import SourceText

NAME = "json"
RULE = "json-syntax"
LITERAL, STRING = "json:", 'json:"'
_ENTRY_DEPTH = 3
"""The depth of an entry of a list in the front matter: only those are cached."""

MAX_DUPLICATE_KEYS = 1000
"""Duplicate keys of one text: no file contains more by mistake."""

_BLANK = re.compile(r"[ \t\n\r]*")
_WORDS = {"true": True, "false": False, "null": None}
_LITERAL = re.compile(
    r"(?P<word>true|false|null)|-?(?:0|[1-9][0-9]*)(?P<real>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)"
)
_AFTER_LITERAL = re.compile(r"[\w.+-]")
_LINE_OR_TAB = re.compile(r"[\t\n\r]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonReader:
    """A parser of JSON.

    Args:
        limits: The limits of one front matter.
        options: Whether entries of lists that are whole lines are parsed once, and the size of
            their cache.
    """

    def __init__(self, limits: Limits, options: ReaderOptions) -> None:
        self._limits = limits
        self._entries = EntryCache(options.cache_size) if options.share_fragments else None

    @property
    def cached_texts(self) -> frozenset[str]:
        """The texts of entries that are in the cache."""
        return frozenset() if self._entries is None else self._entries.texts

    def clear_cache(self) -> None:
        """Drop all cached entries."""
        if self._entries is not None:
            self._entries.clear()

    def read(self, text: str, chars_before: int = 0) -> tuple[list[Fragment], list[Problem]]:
        """Parse front matter (see `SyntaxReader.read`). Bad JSON becomes a problem."""
        source = SourceText(text, chars_before)
        if not text.strip():
            return [], []
        parser = _Parser(source, self._limits, self._entries)
        try:
            root = parser.parse()
        except ParseError as error:
            span = source.span(error.start, error.end)
            return [], [*parser.problems, Problem(RULE, error.message, span)]
        printable = FORBIDDEN.search(text) is None
        fragment = Fragment(source, root, parser.count, printable=printable, syntax=NAME)
        return [fragment], parser.problems


class _Parser:
    """A text that is parsed.

    Attributes:
        problems: The keys that are given twice.
        count: The number of values.
    """

    def __init__(
        self, source: SourceText, limits: Limits, entries: EntryCache | None = None
    ) -> None:
        self.entries = entries
        self.source = source
        self.text = source.text
        self.limits = limits
        self.problems: list[Problem] = []
        self.count = 0

    def parse(self) -> Node:
        """Parse the whole text.

        Raises:
            ParseError: It is no JSON, or exceeds a limit.
        """
        check_lines(self.source, self.limits)
        root, end = self.value(self.skip(0), 1, "")
        end = self.skip(end)
        if isinstance(root, Scalar) and self.text[end : end + 1] == ":":
            message = (
                "the braces around the keys are missing; add '{' before this, and '}' at the end"
            )
            raise ParseError(message, root.start, root.end)
        if end < len(self.text):
            message = "the values end above this; delete what follows"
            raise ParseError(message, end, end + 1)
        return root

    def skip(self, at: int) -> int:
        """Skip blanks."""
        found = _BLANK.match(self.text, at)
        return found.end() if found else at

    def value(self, at: int, depth: int, pointer: str) -> tuple[Node, int]:
        """Parse the value at an offset, and find its end.

        Args:
            at: The offset.
            depth: The number of collections around a collection at the offset, and itself.
            pointer: The pointer of the value.
        """
        self.count += 1
        check_nodes(self.count, self.limits, at, at + 1)
        char = self.text[at : at + 1]
        if char == '"':
            text, end = self.string(at)
            return Scalar(at, end, text, STRING), end
        if char in ("{", "["):
            check_depth(depth, self.limits, at, at + 1)
            return (
                self.object(at, depth, pointer) if char == "{" else self.array(at, depth, pointer)
            )
        return self.literal(at)

    def string(self, at: int) -> tuple[str, int]:
        """Read the string at an offset, and find its end.

        JSON forbids control characters in it; they are read, since a rule reports each of them.
        """
        try:
            text, end = read_string(self.text, at + 1, True)  # noqa: FBT003 # positional only
        except JSONDecodeError as error:
            if not FORBIDDEN.match(self.text, error.pos):
                raise explain_string(self.text, at, error) from error
            text, end = read_string(self.text, at + 1, False)  # noqa: FBT003
            if _LINE_OR_TAB.search(self.text, at, end):
                raise explain_string(self.text, at, error) from error
        if _SURROGATE.search(text):
            message = "an escape between these quotes is half a character; write the character"
            raise ParseError(message, at, end)
        return text, end

    def literal(self, at: int) -> tuple[Node, int]:
        """Read the number, the boolean or the null at an offset, and find its end."""
        found = _LITERAL.match(self.text, at)
        if found is None or _AFTER_LITERAL.match(self.text, found.end()):
            raise explain_value(self.text, at)
        value: Any
        try:
            if found["word"]:
                value = _WORDS[found["word"]]
            else:
                value = float(found[0]) if found["real"] else int(found[0])
        except ValueError as error:
            raise ParseError("a number has too many digits", at, found.end()) from error
        return Scalar(at, found.end(), value, LITERAL), found.end()

    def array(self, start: int, depth: int, pointer: str) -> tuple[Node, int]:
        """Parse the array at an offset, and find its end."""
        node = Sequence(start, start, [])
        at = self.skip(start + 1)
        while self.text[at : at + 1] != "]" or node.items:
            inner = join_pointer(pointer, len(node.items))
            found = self.entry(at, depth, inner) if depth == _ENTRY_DEPTH - 1 else None
            item, at = found or self.value(at, depth + 1, inner)
            node.items.append(item)
            at = self.skip(at)
            if self.text[at : at + 1] == "]":
                break
            at = self.next_item(at, start, "]")
        node.end = at + 1
        check_entries(len(node.items), self.limits, node.start, node.end)
        return node, node.end

    def entry(self, at: int, depth: int, pointer: str) -> tuple[Node, int] | None:
        """Look up or parse an entry of a list that is a line; None if it has to be parsed here.

        Args:
            at: The offset of the entry.
            depth: The number of collections around it.
            pointer: Its pointer.
        """
        if self.entries is None or self.text[at - 1 : at + 1] != "\n{":
            return None
        end = self.text.find("\n", at)
        fragment = None if end < 0 else self.entries.find(self.text[at:end])
        if fragment is None:
            fragment = self.read_entry(self.text[at:end], depth) if end > at else None
        if fragment is None:
            return None
        self.count += fragment.node_count
        check_nodes(self.count, self.limits, at, end)
        line = self.source.position(at).line - 1
        placed = PlacedFragment(fragment, line)
        placed.start, placed.end = at, end
        for problem in fragment.problems:
            moved = problem.shift_lines(line)
            self.problems.append(moved._replace(pointer=pointer + problem.pointer))
        return placed, end

    def read_entry(self, text: str, depth: int) -> Fragment | None:
        """Parse an entry by itself, and put it into the cache; None if it is no object."""
        assert self.entries is not None  # noqa: S101 # known to the caller
        source = SourceText(text)
        parser = _Parser(source, self.limits)
        try:
            node, end = parser.object(0, depth + 1, "")
        except ParseError:
            return None
        if end != len(text) or len(parser.problems) + len(self.problems) >= MAX_DUPLICATE_KEYS:
            return None
        problems = tuple(parser.problems)
        printable = FORBIDDEN.search(text) is None
        count = parser.count + 1
        fragment = Fragment(source, node, count, problems, printable=printable, syntax=NAME)
        self.entries.add(text, fragment)
        return fragment

    def object(self, start: int, depth: int, pointer: str) -> tuple[Node, int]:
        """Parse the object at an offset, and find its end."""
        node = Mapping(start, start, {})
        at = self.skip(start + 1)
        while self.text[at : at + 1] != "}" or node.values:
            if self.text[at : at + 1] != '"':
                raise explain_value(self.text, at, is_key=True)
            name, end = self.string(at)
            key = Scalar(at, end, name, STRING)
            at = self.skip(end)
            if self.text[at : at + 1] != ":":
                raise ParseError("a ':' is missing after the key", key.start, key.end)
            value, at = self.value(self.skip(at + 1), depth + 1, join_pointer(pointer, name))
            if name in node.values:
                self.report_duplicate(node.pop(name), key, pointer)
            node.put(name, key, value)
            at = self.skip(at)
            if self.text[at : at + 1] == "}":
                break
            at = self.next_item(at, start, "}")
        node.end = at + 1
        return node, node.end

    def next_item(self, at: int, start: int, closing: str) -> int:
        """Skip the comma at an offset, and the blanks after it.

        Args:
            at: The offset.
            start: The offset of the bracket that opens the collection.
            closing: The bracket that closes it.
        """
        if at >= len(self.text):
            message = f"the '{self.text[start]}' that opens here is never closed by '{closing}'"
            raise ParseError(message, start, start + 1)
        if self.text[at] != ",":
            message = f"a ',' or the closing '{closing}' is missing before this"
            raise ParseError(message, at, at + 1)
        after = self.skip(at + 1)
        if self.text[after : after + 1] == closing:
            message = f"no ',' may stand before the closing '{closing}'; delete it"
            raise ParseError(message, at, at + 1)
        return after

    def report_duplicate(self, first: Scalar, second: Scalar, pointer: str) -> None:
        """Add a problem for a key that is given twice."""
        if len(self.problems) == MAX_DUPLICATE_KEYS:
            message = f"more than {MAX_DUPLICATE_KEYS:,} keys are given twice"
            raise ParseError(message, second.start, second.end)
        name = quote_value(str(second.value))
        message = f"the key {name} is given twice; JSON parsers keep the last"
        related = ((self.source.span(first.start, first.end), "first given here, and lost"),)
        span = self.source.span(second.start, second.end)
        self.problems.append(Problem("duplicate-key", message, span, pointer, related))
