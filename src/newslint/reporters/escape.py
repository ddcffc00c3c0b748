"""Makes what records hold safe to print: nothing reaches a terminal that it would act upon."""

import re

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""Control characters, and those that change the direction of text or cannot be seen."""


def escaped(text: str) -> str:
    """Return `text` with line ends, control characters and invisible characters as escapes."""
    return _UNSAFE.sub(_code, text.replace("\n", "\\n").replace("\t", "\\t"))


def visible(char: str) -> str:
    """Return one character of a line as it is shown: a tab as four spaces, escapes as escapes."""
    if char == "\t":
        return "    "
    return _UNSAFE.sub(_code, char)


def _code(match: re.Match[str]) -> str:
    """Return a character's code, as Python writes it."""
    code = ord(match[0])
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"  # noqa: PLR2004 # two hex digits
