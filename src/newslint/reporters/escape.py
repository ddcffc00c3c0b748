"""Makes what records hold safe to print: nothing reaches a terminal that it would act upon."""

import re
from collections.abc import Iterator

UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
"""Control characters, those that turn text around, and those that cannot be seen.

The joiners U+200C and U+200D belong to Persian, Indic scripts and emoji; elsewhere they hide.
"""

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TAB = "    "


def escape(text: str) -> str:
    """Return `text` on one line, with what is unsafe to print as escapes."""
    return text if text.isprintable() else UNSAFE.sub(_code, text)  # what is unsafe never is


def display_characters(line: str) -> list[str]:
    """Return each character of a line as it is shown: a tab as spaces, the unsafe as escapes."""
    shown = list(line)
    for match in UNSAFE.finditer(line):
        shown[match.start()] = _TAB if match[0] == "\t" else _code(match)
    return shown


def display_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text as they are shown; a carriage return is no line end but seen."""
    return ("".join(display_characters(line)) for line in text.removesuffix("\n").split("\n"))


def _code(match: re.Match[str]) -> str:
    """Return a character's code, as Python writes it."""
    char = match[0]
    return _SHORT.get(char) or ascii(char)[1:-1]
