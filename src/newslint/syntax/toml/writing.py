"""Values written as TOML."""

import re
import tomllib
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from newslint.syntax.protocol import Literal, Replacement
from newslint.syntax.style import is_literal
from newslint.syntax.toml.strings import (
    BASIC,
    LITERAL,
    MULTILINE_BASIC,
    MULTILINE_QUOTED,
    QUOTED,
)
from newslint.text.location import splice

_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPED_IN_LINES = re.compile(r'\\|"(?="")|"(?=\Z)|[\x00-\x08\x0b-\x1f\x7f]')
_FORBIDDEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_FIRST_LINE_END = re.compile(r"['\"]{3}(\r?\n)")
_LINE_END = re.compile(r"\r?\n")


def write_text(text: str, style: str, source: str = "") -> str:
    """Write a text in a style if possible, else between double quotes."""
    written = ""
    if style == QUOTED:
        written = f"'{text}'"
    elif style in (MULTILINE_QUOTED, MULTILINE_BASIC):
        written = _write_lines(text, style, source)
    return written if written and reads_as(written, text) else double_quote(text)


def _write_lines(text: str, style: str, source: str) -> str:
    """Write a text between three quotes, with the line ends of another one."""
    quotes = style.removeprefix(LITERAL)
    first = _FIRST_LINE_END.match(source)
    line_end = _LINE_END.search(source)
    inside = text if style == MULTILINE_QUOTED else _ESCAPED_IN_LINES.sub(_escape, text)
    start = first[1] if first else "\n" if text.startswith("\n") else ""
    if line_end is not None:
        inside = inside.replace("\n", line_end[0])
    return f"{quotes}{start}{inside}{quotes}"


def double_quote(text: str) -> str:
    """Write a text as a basic string on one line."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    """Escape a character for use between double quotes."""
    return _SHORT_ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}"


def write_literal(value: Any, style: str, source: str = "", original: str = "") -> str:
    """Write a value in the place of another one (see `Syntax.write_literal`)."""
    text = value if isinstance(value, str) else _represent(value)
    if not is_literal(style):
        return write_text(text, style, source)
    is_text = isinstance(value, str) and not isinstance(value, Literal)
    if is_text or not is_literal(original) or not _is_literal(text):
        return double_quote(text)
    return text


def _represent(value: Any) -> str:
    """Write a number, a boolean or a date."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _is_literal(text: str) -> bool:
    """Check if a text is the source of a value other than a string."""
    found = _read(text)
    return found is not None and not isinstance(found, str)


def write_part(new: str, style: str) -> str | None:
    """Write a text inside a string of a style; None if that is not possible."""
    if style == BASIC:
        return double_quote(new)[1:-1]
    if style == MULTILINE_BASIC:
        return _ESCAPED.sub(_escape, new)
    return None if "'" in new or _FORBIDDEN.search(new) else new


def can_replace(raw: str, written: Sequence[Replacement], style: str, wanted: str) -> bool:
    """Check that a string reads as `wanted` after parts of its source are replaced."""
    return not is_literal(style) and reads_as(splice(raw, written), wanted)


def reads_as(source: str, wanted: str) -> bool:
    """Check if source text reads as `wanted`, as the value of a key."""
    return bool(_read(source) == wanted)


def _read(source: str) -> Any:
    """Read source text as the value of a key; None if it is not one value."""
    try:
        found = tomllib.loads(f"k = {source}")
    except (ValueError, RecursionError):
        return None
    return found["k"] if len(found) == 1 else None
