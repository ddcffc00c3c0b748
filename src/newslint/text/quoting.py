"""How messages quote values."""

import datetime
import re
from typing import Any
from unicodedata import category

_NEVER_SEEN = re.compile(
    "[\ufdd0-\ufdef\ufff0-\uffff\U00013430-\U0001343f\U000e0000-\U000e0fff"
    + "".join(f"{chr(last - 1)}{chr(last)}" for last in range(0x1FFFF, 0x110000, 0x10000))
    + "]"
)
"""What is not in Unicode, or was not at first, and will never be something to see."""


def shown(value: object, width: int = 60) -> str:
    """Return a value as messages quote it: on one line, with nothing invisible, cut at `width`."""
    text = str(value)
    if len(text) > width:
        text = text[: width - 1] + "…"
    return "'" + "".join(map(_visible, text)) + "'"


def is_visible(text: str) -> bool:
    """Tell whether each character of `text` can be seen, a space included.

    A character that this Python does not know is taken for one that the next will know: messages,
    and the names that diagnostics have by them, are the same whichever Python runs.
    """
    return text.isprintable() or all(map(_is_visible, text))


def _is_visible(char: str) -> bool:
    """Tell whether a character can be seen."""
    return char.isprintable() or (category(char) == "Cn" and not _NEVER_SEEN.match(char))


def _visible(char: str) -> str:
    """Return a character, or its code where it cannot be seen."""
    if _is_visible(char) or char == "\N{NO-BREAK SPACE}":
        return char
    return f"\\u{ord(char):04x}" if ord(char) > 0xFF else f"\\x{ord(char):02x}"  # noqa: PLR2004 # two hex digits


def describe_type(value: Any) -> str:
    """Return the type of a front matter value as a person calls it: "a number", "a list"."""
    for kind, name in _NAMES:
        if isinstance(value, kind):
            return name
    return "empty"


_NAMES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "a boolean"),
    ((int, float), "a number"),
    ((datetime.date, datetime.datetime), "a date"),
    (str, "text"),
    (bytes, "binary data"),
    (dict, "a mapping"),
    (list, "a list"),
)
