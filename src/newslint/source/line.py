"""What one line of front matter says, where it says it all by itself.

Archives mostly hold lines of a few kinds, told apart here without a parser:

    key:                    # a comment
    key: value
    - key: value            (or just `- key:`)
    - value                 (or just `-`)

A key is a plain word. A value is a plain scalar, one between quotes, or such scalars between
brackets, and ends on its line. Whatever else a line may be is left to libyaml: what could go on
below (quotes that stay open, block scalars), what is rare (anchors, aliases, tags, keys between
quotes or with `?`, braces with something inside, lists that start on the dash of another one), and
what is wrong.
"""

import re
from collections.abc import Callable
from typing import Any

from newslint.source.memo import Memo
from newslint.source.resolve import resolve
from newslint.source.scalars import meaning

BLANK = -1
"""The level of a line without content."""

FLOW = "[]"
"""The style of what stands between brackets. The value is a tuple of the parts of a list, whose
offsets count from the bracket, or None for an empty mapping."""

Part = tuple[int, int, Any, str]
"""A value: 0-based offsets of its start and its end in the line, what it is, and its style."""

Line = tuple[int, int, str | None, int, int, Any, str]
"""What a line says.

- level: the column (0-based) of its key where that comes first; that of a dash as `entry_level`
  has it; or `BLANK`
- column: that of its key, or of its value where it has none
- key: None where there is none
- a `Part`: the value. Where there is none, it is empty and stands after the `:` or the `-`.
"""

_BLANK: Line = (BLANK, 0, None, 0, 0, None, "")
_HEAD = re.compile(r"( *)(- +)?([^\W\d][\w.-]{0,127})?")
_PLAIN = re.compile(r"(?:[^-?:,\[\]{}#&*!|>'\"%@` ]|-[0-9A-Za-z.])")
_TAIL = r" *(?: #.*)?\Z"
_SINGLE = re.compile(rf"'([^']*+(?:''[^']*+)*+)'{_TAIL}")
_ESCAPE = r"""\\(?:[0abtnvfre "/\\N_LP]|x[0-9A-Fa-f]{2}|u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})"""
_DOUBLE = re.compile(rf'"([^"\\]*+(?:{_ESCAPE}[^"\\]*+)*+)"{_TAIL}')
_ESCAPES = re.compile(_ESCAPE)
_WORD = r"""(?:[0-9A-Za-z_][0-9A-Za-z_./+-]*+(?: [0-9A-Za-z_./+-]++)*+|'[^']*+'|"[^"\\]*+")"""
_WORDS = re.compile(_WORD)
_BRACKETS = re.compile(rf"(\[ *+(?:{_WORD} *+, *+)*+(?:{_WORD} *+)?+\]){_TAIL}")
_BRACES = re.compile(rf"(\{{ *\}}){_TAIL}")


class UncertainError(Exception):
    """Lines alone do not tell what a text means."""


def entry_level(dash: int) -> int:
    """Return the level of a line whose content starts with a dash at a column, and vice versa."""
    return BLANK - 1 - dash


def _read_line(text: str) -> Line:
    """Return what a line says that is not known yet.

    Raises:
        UncertainError: That cannot be told.
    """
    line = text.removesuffix("\r")
    before, colon, _ = line.partition(": ")
    if not colon:
        before = line.removesuffix(":")
    level, column, key = _HEADS[before]
    if key is not None and len(before) < len(line):
        return level, column, key, *_value(line, len(before) + 1)
    return _without_key(line)


def _head(before: str) -> tuple[int, int, str | None]:
    """Return the level, the column and the key of a line, given what precedes its first colon."""
    match = _HEAD.fullmatch(before)
    if match is None or match[3] is None:
        return BLANK, 0, None
    column = match.start(3)
    return entry_level(len(match[1])) if match[2] else column, column, match[3]


def _without_key(line: str) -> Line:
    """Return what a line says that holds no key."""
    content = line.lstrip(" ")
    if not content or content[0] == "#":
        return _BLANK
    dash = len(line) - len(content)
    if content[0] != "-" or content[1:2] not in {"", " "}:
        raise UncertainError
    part = _value(line, dash + 1)
    return entry_level(dash), part[0], None, *part


def _value(line: str, at: int) -> Part:
    """Return the value that comes after the indicator that ends at a column."""
    content = line[at:].lstrip(" ")
    start = len(line) - len(content)
    read = _READERS.get(content[:1])
    if read is not None:
        length, value, style = read(content)
        return start, start + length, value, style
    text = content.partition(" #")[0].rstrip(" ")
    if not text or text[0] == "#":
        return at, at, None, ""
    if not _PLAIN.match(text) or ": " in text or text[-1] == ":":
        raise UncertainError
    return start, start + len(text), resolve(text), ""


def _single(content: str) -> tuple[int, str, str]:
    match = _matched(_SINGLE, content)
    return match.end(1) + 1, match[1].replace("''", "'"), "'"


def _double(content: str) -> tuple[int, str, str]:
    match = _matched(_DOUBLE, content)
    text = match[1]
    return match.end(1) + 1, _ESCAPES.sub(_unescaped, text) if "\\" in text else text, '"'


def _unescaped(match: re.Match[str]) -> str:
    return meaning(match[0])


def _brackets(content: str) -> tuple[int, tuple[Part, ...], str]:
    end = _matched(_BRACKETS, content).end(1)
    return end, tuple(map(_word, _WORDS.finditer(content, 1, end))), FLOW


def _word(match: re.Match[str]) -> Part:
    """Return a scalar between brackets."""
    text = match[0]
    if text[0] in "'\"":
        return *match.span(), text[1:-1], text[0]
    return *match.span(), resolve(text), ""


def _braces(content: str) -> tuple[int, None, str]:
    return _matched(_BRACES, content).end(1), None, FLOW


def _matched(pattern: re.Pattern[str], content: str) -> re.Match[str]:
    match = pattern.match(content)
    if match is None:
        raise UncertainError
    return match


_READERS: dict[str, Callable[[str], tuple[int, Any, str]]] = {
    "'": _single,
    '"': _double,
    "[": _brackets,
    "{": _braces,
}
_HEADS: Memo[tuple[int, int, str | None]] = Memo(_head, longest=64, most=4096)
LINES: Memo[Line] = Memo(_read_line, longest=64, most=16384)
"""What each line says; a line for which that cannot be told raises `UncertainError`."""
