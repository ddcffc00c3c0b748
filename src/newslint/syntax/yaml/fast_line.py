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

from newslint.syntax.yaml.resolve import resolve_plain
from newslint.syntax.yaml.scalars import unescape
from newslint.text.cache import TextCache

BLANK = -1
"""The level of a line without content."""

FLOW = "[]"
"""The style of what stands between brackets. The value is a tuple of the parts of a list, whose
offsets count from the bracket, or None for an empty mapping."""

ValuePart = tuple[int, int, Any, str]
"""A value: 0-based offsets of its start and its end in the line, what it is, and its style."""

ParsedLine = tuple[int, int, str | None, ValuePart]
"""What a line says.

- level: the column (0-based) of its key where that comes first; that of a dash as `entry_level`
  has it; or `BLANK`
- column: that of its key, or of its value where it has none
- key: None where there is none
- value: where there is none, it is empty and stands after the `:` or the `-`
"""

_BLANK: ParsedLine = (BLANK, 0, None, (0, 0, None, ""))
_HEAD = re.compile(r"( *)(- +)?([^\W\d][\w.-]{0,127})?")
_TAIL = r" *(?: #.*)?\Z"
_SINGLE = re.compile(rf"'([^']*+(?:''[^']*+)*+)'{_TAIL}")
_ESCAPE = r"""\\(?:[0abtnvfre "/\\N_LP]|x[0-9A-Fa-f]{2}|u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})"""
_ESCAPES = re.compile(_ESCAPE)
_DOUBLE = re.compile(rf'"([^"\\]*+(?:{_ESCAPE}[^"\\]*+)*+)"{_TAIL}')
_WORD = r"""(?:[0-9A-Za-z_][0-9A-Za-z_./+-]*+(?: [0-9A-Za-z_./+-]++)*+|'[^']*+'|"[^"\\]*+")"""
_WORDS = re.compile(_WORD)
_BRACKETS = re.compile(rf"(\[ *+(?:{_WORD} *+, *+)*+(?:{_WORD} *+)?+\]){_TAIL}")
_BRACES = re.compile(rf"(\{{ *\}}){_TAIL}")


class NeedsFullParser(Exception):  # noqa: N818 # a signal to fall back, no error
    """Lines alone do not tell what a text means."""


def entry_level(dash: int) -> int:
    """Return the level of a line whose content starts with a dash at a column, and vice versa."""
    return BLANK - 1 - dash


def _read_line(line: str) -> ParsedLine:
    """Return what a line says that is not known yet.

    Raises:
        UncertainError: That cannot be told.
    """
    if line[-1:] == "\r":
        line = line[:-1]
    before, colon, content = line.partition(": ")
    if not colon and before[-1:] == ":":
        before, colon = before[:-1], ":"
    if colon:
        level, column, key = _HEADS[before]
        if key is not None:
            return level, column, key, _value(content, len(before) + 1)
    return _without_key(line)


def _head(before: str) -> tuple[int, int, str | None]:
    """Return the level, the column and the key of a line, given what precedes its first colon."""
    match = _HEAD.fullmatch(before)
    if match is None or match[3] is None:
        return BLANK, 0, None
    column = match.start(3)
    return entry_level(len(match[1])) if match[2] else column, column, match[3]


def _without_key(line: str) -> ParsedLine:
    """Return what a line says that holds no key."""
    content = line.lstrip(" ")
    if not content or content[0] == "#":
        return _BLANK
    dash = len(line) - len(content)
    if content != "-" and not content.startswith("- "):
        raise NeedsFullParser
    part = _value(content[2:], dash + 1)
    return entry_level(dash), part[0], None, part


def _value(content: str, after: int) -> ValuePart:
    """Return the value of a line.

    Args:
        content: What follows the indicator before it and one space, if anything does.
        after: The column after that indicator.
    """
    start = after + 1
    if content[:1] == " ":
        start += len(content) - len(content.lstrip(" "))
        content = content.lstrip(" ")
    if not content or content[0] == "#":
        return after, after, None, ""
    return _READERS.get(content[0], _plain)(content, start)


def _plain(content: str, start: int) -> ValuePart:
    if " #" in content or content[-1] == " ":
        content = content.partition(" #")[0].rstrip(" ")
    if ": " in content or content[-1] == ":":
        raise NeedsFullParser
    return start, start + len(content), resolve_plain(content), ""


def _dashed(content: str, start: int) -> ValuePart:
    """Return a negative number, or what looks like one."""
    if content[1:2].isalnum() or content[1:2] == ".":
        return _plain(content, start)
    raise NeedsFullParser


def _refused(_content: str, _start: int) -> ValuePart:
    raise NeedsFullParser


def _single(content: str, start: int) -> ValuePart:
    match = _certain(_SINGLE.match(content))
    return start, start + match.end(1) + 1, match[1].replace("''", "'"), "'"


def _double(content: str, start: int) -> ValuePart:
    if content.find('"', 1) == len(content) - 1 and "\\" not in content:
        return start, start + len(content), content[1:-1], '"'
    match = _certain(_DOUBLE.match(content))
    text = _ESCAPES.sub(_unescaped, match[1])
    return start, start + match.end(1) + 1, text, '"'


def _unescaped(match: re.Match[str]) -> str:
    return unescape(match[0])


def _brackets(content: str, start: int) -> ValuePart:
    end = _certain(_BRACKETS.match(content)).end(1)
    return start, start + end, tuple(map(_word, _WORDS.finditer(content, 1, end))), FLOW


def _word(match: re.Match[str]) -> ValuePart:
    """Return a scalar between brackets."""
    text = match[0]
    if text[0] in "'\"":
        return *match.span(), text[1:-1], text[0]
    return *match.span(), resolve_plain(text), ""


def _braces(content: str, start: int) -> ValuePart:
    return start, start + _certain(_BRACES.match(content)).end(1), None, FLOW


def _certain(match: re.Match[str] | None) -> re.Match[str]:
    if match is None:
        raise NeedsFullParser
    return match


_READERS: dict[str, Callable[[str, int], ValuePart]] = {
    **dict.fromkeys("?:,]}&*!|>%@`", _refused),
    "-": _dashed,
    "'": _single,
    '"': _double,
    "[": _brackets,
    "{": _braces,
}
"""What reads a value, by its first character, where it is no plain scalar."""

_HEADS: TextCache[tuple[int, int, str | None]] = TextCache(_head, longest=64, most=4096)
LINE_CACHE: TextCache[ParsedLine] = TextCache(_read_line, longest=64, most=16384)
"""What each line says; a line for which that cannot be told raises `NeedsFullParser`."""
