"""Strings of TOML: their styles, and the map from their characters to their source."""

import re
from collections.abc import Iterator

from newslint.syntax.characters import CharacterMap, SourceRun

LITERAL = "toml:"
"""The style of values that are no strings."""

BASIC, QUOTED = 'toml:"', "toml:'"
MULTILINE_BASIC, MULTILINE_QUOTED = 'toml:"""', "toml:'''"
MULTILINE_STYLES = frozenset({MULTILINE_BASIC, MULTILINE_QUOTED})

_QUOTES = ('"""', "'''", '"', "'")
_SHORT_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_SPECIAL = re.compile(
    r"\\(?:[ \t]*\r?\n[ \t\r\n]*|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|\r\n", re.DOTALL
)
"""Escapes, and line ends of two characters, which are one character of the value."""

_LINE_END = re.compile(r"\r\n")
_FIRST_LINE_END = re.compile(r"\r?\n")


def style_of(text: str, start: int) -> str:
    """Determine the style of the value whose source starts at an offset."""
    quotes = next((each for each in _QUOTES if text.startswith(each, start)), "")
    return LITERAL + quotes


def unquote_key(source: str) -> str:
    """Read a bare or quoted key."""
    if source[:1] == "'":
        return source[1:-1]
    if source[:1] != '"':
        return source
    return "".join(run.text for run in _runs(source, 1, len(source) - 1, _SPECIAL))


def map_characters(raw: str, style: str, value: str) -> CharacterMap | None:
    """Map the characters of a string to its source (see `Syntax.map_characters`)."""
    quotes = style.removeprefix(LITERAL)
    if not quotes:
        return None
    start, end = len(quotes), len(raw) - len(quotes)
    if style in MULTILINE_STYLES and (first := _FIRST_LINE_END.match(raw, start)):
        start = first.end()
    special = _SPECIAL if style in (BASIC, MULTILINE_BASIC) else _LINE_END
    runs = list(_runs(raw, start, end, special))
    return CharacterMap(runs) if "".join(run.text for run in runs) == value else None


def _runs(raw: str, start: int, end: int, special: re.Pattern[str]) -> Iterator[SourceRun]:
    """Yield the runs of a string's source between two offsets."""
    for match in special.finditer(raw, start, end):
        if start < match.start():
            yield SourceRun(raw[start : match.start()], start, match.start())
        text = _unescape(match[0])
        if text:
            yield SourceRun(text, *match.span())
        start = match.end()
    if start < end:
        yield SourceRun(raw[start:end], start, end)


def _unescape(source: str) -> str:
    """Convert an escape or a line end to its character; empty for an escaped line end."""
    if source == "\r\n":
        return "\n"
    letter = source[1]
    if letter in "uU":
        return chr(int(source[2:], 16))  # noqa: FURB166 # there is no prefix
    return _SHORT_ESCAPES.get(letter, "")
