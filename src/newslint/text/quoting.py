"""Quoting and description of values for messages."""

import datetime
from typing import Any
from unicodedata import category

from newslint.text.lazy_pattern import lazy_pattern

_NEVER_VISIBLE = lazy_pattern(
    "[\ufdd0-\ufdef\ufff0-\uffff\U00013430-\U0001343f\U000e0000-\U000e0fff"
    + "".join(f"{chr(last - 1)}{chr(last)}" for last in range(0x1FFFF, 0x110000, 0x10000))
    + "]"
)
"""Characters that no version of Unicode will make visible: noncharacters and controls."""

_BLANK = lazy_pattern(r"\s")
_MAX_TWO_HEX_DIGITS = 0xFF


def quote_value(value: object, width: int = 60) -> str:
    """Quote a value for a message: on one line, without invisible characters, cut at `width`.

    Of a path or URL, which often differs from others at its end, the middle is cut.
    """
    text = str(value)
    if len(text) > width:
        tail = width * 2 // 5 if "/" in text and _BLANK.search(text) is None else 0
        text = f"{text[: width - 1 - tail]}…{text[len(text) - tail :]}"
    return "'" + "".join(map(_escape_invisible, text)) + "'"


def is_visible(text: str) -> bool:
    """Check if every character of `text` is visible, or a space.

    A character that this version of Python does not know counts as visible, since a later version
    may know it: messages, and thereby fingerprints, must not depend on the version.
    """
    return text.isprintable() or all(map(_is_visible_char, text))


def _is_visible_char(char: str) -> bool:
    """Check if a character is visible, or may be in a later version of Unicode."""
    return char.isprintable() or (category(char) == "Cn" and not _NEVER_VISIBLE.match(char))


def _escape_invisible(char: str) -> str:
    """Escape a character if it is invisible."""
    if _is_visible_char(char) or char == "\N{NO-BREAK SPACE}":
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code > _MAX_TWO_HEX_DIGITS else f"\\x{code:02x}"


def describe_type(value: Any) -> str:
    """Describe the type of a front matter value to a person: "a number", "a list"."""
    for kind, name in _TYPE_NAMES:
        if isinstance(value, kind):
            return name
    return "empty"


_TYPE_NAMES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (datetime.time, "a time without a date"),
    (bool, "a boolean"),
    ((int, float), "a number"),
    ((datetime.date, datetime.datetime), "a date"),
    (str, "text"),
    (bytes, "binary data"),
    (dict, "a mapping"),
    (list, "a list"),
)
