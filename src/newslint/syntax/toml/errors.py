"""Explanations of the errors of `tomllib`: the mistake, its place and how to correct it."""

import re

from tree_sitter import Node

from newslint.syntax.limits import ParseError
from newslint.syntax.problem import Limits
from newslint.syntax.toml.tree import TABLES, SyntaxTree, key_parts
from newslint.text.source_text import SourceText

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_TWICE = re.compile(
    "Cannot overwrite|Cannot declare|Cannot mutate|Duplicate inline|Cannot redefine"
)
_NAMES_TEXT = re.compile("Found invalid character|Illegal character")
_UNCLOSED = re.compile(
    "Unterminated string|Expected [\"']{2}|Expected \"'+\"|Illegal character '\\\\n'"
)
_VALUE = re.compile(r"(?<![\w.:+-])[\w.:+-]++(?=[ \t]*+(?:[#\r\n]|\Z))")
_BOOLEANS = frozenset({"true", "false"})
_IS_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NO_STATEMENT = (
    "this line is no 'key = value'; a key of other characters than A to Z, 0 to 9, '-' and '_' "
    "needs quotes"
)
_MESSAGES = (
    (
        "Expected '=' after a key",
        "a '=' is missing after the key; write 'key = value'",
    ),
    ("Invalid value", "this is no value of TOML; put it in double quotes if it is text"),
    ("Unclosed array", "a '[' above is never closed by ']', or a ',' is missing"),
    ("Unclosed inline table", "a '{' above is never closed by '}', or a ',' is missing"),
    ("Expected ']' at the end of a table", "the header of a table must end with ']'"),
    ("Expected ']]' at the end", "the header of an entry must end with ']]'"),
    (
        "Invalid initial character for a key",
        "a key is expected here; put it in quotes if it is odd",
    ),
    (
        "Invalid statement",
        _NO_STATEMENT,
    ),
    ("Expected newline or end of document", "text follows the value; put all of it in quotes"),
    ("Unescaped '\\' in a string", "'\\' between double quotes starts no escape; write '\\\\'"),
    ("Invalid hex value", "the escape needs hexadecimal digits"),
    ("Escaped character is not a Unicode", "the escape is not a Unicode character"),
    ("Invalid date or datetime", "there is no such date or time"),
)
"""Starts of messages of `tomllib`, and what they mean."""

_CONTROL = "a control character or a line end cannot stand here; write it as an escape"


def explain(message: str, source: SourceText, tree: SyntaxTree) -> ParseError:
    """Explain an error by its message, which ends with its place."""
    found = _PLACE.search(message)
    offset = len(source.text)
    if found is not None and found[1] is not None:
        offset = _offset(source, int(found[1]), int(found[2]))
    reason = message[: found.start()] if found else message
    if _TWICE.match(reason):
        return _explain_repetition(tree, offset)
    if _UNCLOSED.match(reason) and (start := _find_quote(source, offset)) >= 0:
        return _at(source, start, "the quote that opens here is never closed")
    if _NAMES_TEXT.match(reason) or _IS_CONTROL.match(source.text, offset):
        return _at(source, offset, _CONTROL)
    return _explain_value(reason, source, offset) or _explain_reason(reason, source, offset)


def _explain_reason(reason: str, source: SourceText, offset: int) -> ParseError:
    """Explain an error by the start of its message; with that message if it is not known."""
    if offset == len(source.text) and reason.startswith("Invalid value"):
        return _at(source, offset, "a value is missing, or a '[' or '{' above is never closed")
    for beginning, text in _MESSAGES:
        if reason.startswith(beginning):
            return _at(source, offset, text)
    return _at(source, offset, reason[:1].lower() + reason[1:])


def _explain_value(reason: str, source: SourceText, offset: int) -> ParseError | None:
    """Explain a word that is neither a text in quotes nor a value; None if there is none."""
    start = source.text.rfind("=", 0, offset) + 1
    start += len(source.text[start:offset]) - len(source.text[start:offset].lstrip(" \t"))
    word = _VALUE.match(source.text, start)
    is_word = reason.startswith(("Invalid value", "Expected newline"))
    if word is None or word.end() <= offset or not is_word:
        return None
    if word[0].lower() in _BOOLEANS:
        message = f"write '{word[0].lower()}', as TOML does"
    else:
        kind = "no number, date or time" if word[0][0].isdigit() else "no value"
        message = f"this is {kind} of TOML; put it in double quotes if it is text"
    return ParseError(message, *word.span())


def _offset(source: SourceText, line: int, column: int) -> int:
    """Convert a place of `tomllib`, which counts lines by LF, to an offset."""
    text = source.text
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return min(start + column - 1, len(text))


def _at(source: SourceText, offset: int, message: str) -> ParseError:
    """Create an error at a character; at the end of the text, at the last visible one."""
    text = source.text
    if offset >= len(text) or text[offset] in "\r\n":
        return ParseError(message, offset, offset)
    return ParseError(message, offset, offset + 1)


def _find_quote(source: SourceText, offset: int) -> int:
    """Find the quote before an offset that opens a string; -1 if there is none."""
    text = source.text
    line = text.rfind("\n", 0, offset) + 1
    found = max(text.rfind(quote, line, offset) for quote in "\"'")
    if offset < len(text.rstrip()):
        return found
    if found >= 0:
        return found
    triple = max(text.rfind(quotes) for quotes in ('"""', "'''"))
    return triple if triple >= 0 else text.rfind("'")


def _explain_repetition(tree: SyntaxTree, offset: int) -> ParseError:
    """Explain a key or table that was defined before the one that ends near an offset."""
    keys = [
        (tree.span(key), _path(tree, key, above))
        for key, above in _keys(tree.root)
        if tree.span(key)[0] < offset
    ]
    if not keys:
        return ParseError("a key is given twice; TOML allows each once", offset, offset)
    (start, end), path = keys[-1]
    earlier = [span for span, other in keys[:-1] if other[: len(path)] == path[: len(other)]]
    related = tuple((*span, "it is given here, too") for span in earlier[:1])
    return ParseError("this key is given twice; TOML allows each once", start, end, related)


def _keys(root: Node) -> list[tuple[Node, Node | None]]:
    """List the keys of pairs and headers, each with the header of its table, in order."""
    found: list[tuple[Node, Node | None]] = []
    stack: list[tuple[Node, Node | None]] = [(root, None)]
    while stack:
        node, header = stack.pop()
        if node.type == "pair" or node.type in TABLES:
            key = next((each for each in node.named_children if each.type != "comment"), None)
            if key is None:
                continue
            found.append((key, header))
            header = key if node.type in TABLES else header
        stack += [(each, header) for each in reversed(node.named_children)]
    return found


def _path(tree: SyntaxTree, key: Node, header: Node | None) -> tuple[bytes, ...]:
    """List the source of the parts of a key, after those of its header."""
    del tree
    nodes = [*(key_parts(header) if header is not None else ()), *key_parts(key)]
    return tuple(node.text or b"" for node in nodes)


def explain_excess(tree: SyntaxTree, limits: Limits) -> ParseError:
    """Explain a text that is nested deeper, or has a longer number, than Python can read."""
    cursor = tree.root.walk()
    depth = 1
    while True:
        node = cursor.node
        if (
            node is not None
            and node.type == "integer"
            and node.end_byte - node.start_byte > _DIGITS
        ):
            return ParseError("a number has too many digits", *tree.span(node))
        is_nested = node is not None and node.type in _NESTED
        if node is not None and is_nested and depth + 1 > limits.depth:
            message = f"values are nested deeper than {limits.depth} levels"
            return ParseError(message, *tree.span(node))
        if cursor.goto_first_child():
            depth += is_nested
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return ParseError("a value is out of range", 0, 0)
            depth -= cursor.node is not None and cursor.node.type in _NESTED


_DIGITS = 4300
_NESTED = frozenset({"array", "inline_table"})
