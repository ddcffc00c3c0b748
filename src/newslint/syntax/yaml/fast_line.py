"""Fast parsing of a single line of front matter.

Nearly all lines of an archive have one of these forms, which need no parser:

    key:                    # a comment
    key: value
    - key: value            (or just `- key:`)
    - value                 (or just `-`)

A key is a plain word. A value is a plain or quoted scalar, or a simple flow collection, and ends on
its line. Any other line needs the full parser: values that may continue below (unclosed quotes,
block scalars), rare forms (anchors, aliases, tags, quoted keys, `?`, a list on the dash of another
one), and errors.
"""

import re
from collections.abc import Callable

from newslint.syntax.yaml.fast_flow import NeedsFullParser, ValuePart, parse_flow
from newslint.syntax.yaml.resolve import resolve_plain
from newslint.syntax.yaml.scalars import unescape
from newslint.text.cache import TextCache
from newslint.text.lazy_pattern import lazy_pattern

BLANK = -1
"""The level of a line without content."""

ParsedLine = tuple[int, int, str | None, ValuePart]
"""The level, column, key and value of a line.

- level: the 0-based column of a key that starts the line; `entry_level` of the column of a dash
  that starts it; `BLANK` for a line without content
- column: the 0-based column of the key, or of the value if there is no key
- key: None if there is none
- value: if there is none, an empty one after the `:` or the `-`
"""

_BLANK: ParsedLine = (BLANK, 0, None, (0, 0, None, ""))
_HEAD = re.compile(r"( *)(- +)?([^\W\d][\w.-]{0,127})?")
_TAIL = r" *(?: #.*)?\Z"
_SINGLE = lazy_pattern(rf"'([^']*+(?:''[^']*+)*+)'{_TAIL}")
_ESCAPE = r"""\\(?:[0abtnvfre "/\\N_LP]|x[0-9A-Fa-f]{2}|u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})"""
_ESCAPES = lazy_pattern(_ESCAPE)
_DOUBLE = lazy_pattern(rf'"([^"\\]*+(?:{_ESCAPE}[^"\\]*+)*+)"{_TAIL}')
_END = lazy_pattern(_TAIL)


def entry_level(dash: int) -> int:
    """Convert the column of a line's dash to the line's level, or the level to the column."""
    return BLANK - 1 - dash


def _parse_line(line: str) -> ParsedLine:
    """Parse a line.

    Raises:
        NeedsFullParser: It has none of the supported forms.
    """
    if line[-1:] == "\r":
        line = line[:-1]
    before, colon, content = line.partition(": ")
    if not colon and before[-1:] == ":":
        before, colon = before[:-1], ":"
    if colon:
        level, column, key = _HEADS[before]
        if key is not None:
            return level, column, key, _parse_value(content, len(before) + 1)
    return _parse_keyless(line)


def _parse_head(before: str) -> tuple[int, int, str | None]:
    """Parse the text before a line's first colon into level, column and key.

    The key is None if the text is no plain key.
    """
    match = _HEAD.fullmatch(before)
    if match is None or match[3] is None:
        return BLANK, 0, None
    if not isinstance(resolve_plain(match[3]), str):
        raise NeedsFullParser  # a key such as `yes`, which equals `true`
    column = match.start(3)
    return entry_level(len(match[1])) if match[2] else column, column, match[3]


def _parse_keyless(line: str) -> ParsedLine:
    """Parse a line without a key."""
    content = line.lstrip(" ")
    if not content or content[0] == "#":
        return _BLANK
    dash = len(line) - len(content)
    if content != "-" and not content.startswith("- "):
        raise NeedsFullParser
    part = _parse_value(content[2:], dash + 1)
    return entry_level(dash), part[0], None, part


def _parse_value(content: str, after: int) -> ValuePart:
    """Parse the value of a line.

    Args:
        content: The text after the `:` or `-` and one space.
        after: The column after the `:` or `-`.
    """
    start = after + 1
    if content[:1] == " ":
        start += len(content) - len(content.lstrip(" "))
        content = content.lstrip(" ")
    if not content or content[0] == "#":
        return after, after, None, ""
    return _VALUE_PARSERS.get(content[0], _parse_plain)(content, start)


def _parse_plain(content: str, start: int) -> ValuePart:
    """Parse a plain scalar."""
    if " #" in content or content[-1] == " ":
        content = content.partition(" #")[0].rstrip(" ")
    if ": " in content or content[-1] == ":":
        raise NeedsFullParser
    return start, start + len(content), resolve_plain(content), ""


def _parse_after_dash(content: str, start: int) -> ValuePart:
    """Parse a plain scalar that starts with `-`, such as a negative number."""
    if content[1:2].isalnum() or content[1:2] == ".":
        return _parse_plain(content, start)
    raise NeedsFullParser


def _refuse(_content: str, _start: int) -> ValuePart:
    """Leave a value that starts with another indicator to the full parser."""
    raise NeedsFullParser


def _parse_single_quoted(content: str, start: int) -> ValuePart:
    """Parse a scalar in single quotes."""
    match = _require(_SINGLE.match(content))
    return start, start + match.end(1) + 1, match[1].replace("''", "'"), "'"


def _parse_double_quoted(content: str, start: int) -> ValuePart:
    """Parse a scalar in double quotes."""
    if content.find('"', 1) == len(content) - 1 and "\\" not in content:
        return start, start + len(content), content[1:-1], '"'
    match = _require(_DOUBLE.match(content))
    text = _ESCAPES.sub(_unescape_match, match[1])
    return start, start + match.end(1) + 1, text, '"'


def _unescape_match(match: re.Match[str]) -> str:
    """Convert an escape to the character that it denotes."""
    return unescape(match[0])


def _parse_flow(content: str, start: int) -> ValuePart:
    """Parse a flow collection."""
    _, end, value, style = parse_flow(content)
    _require(_END.match(content, end))
    return start, start + end, value, style


def _require(match: re.Match[str] | None) -> re.Match[str]:
    """Check that a pattern matched."""
    if match is None:
        raise NeedsFullParser
    return match


_VALUE_PARSERS: dict[str, Callable[[str, int], ValuePart]] = {
    **dict.fromkeys("?:,]}&*!|>%@`", _refuse),
    "-": _parse_after_dash,
    "'": _parse_single_quoted,
    '"': _parse_double_quoted,
    "[": _parse_flow,
    "{": _parse_flow,
}
"""The parsers of values other than plain scalars, by the first character of the value."""

_HEADS: TextCache[tuple[int, int, str | None]] = TextCache(
    _parse_head, max_length=64, max_entries=4096
)
LINE_CACHE: TextCache[ParsedLine] = TextCache(_parse_line, max_length=64, max_entries=16384)
"""Parsed lines by their text; a line that needs the full parser raises `NeedsFullParser`."""
