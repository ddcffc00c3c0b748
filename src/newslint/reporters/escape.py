"""Escape text from records, so that no terminal acts upon it and nothing in it is invisible."""

import re
from collections.abc import Iterator

from newslint.text.lazy_pattern import lazy_pattern

UNSAFE = lazy_pattern(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
"""Control characters, characters that change the direction of text, and invisible characters.

The joiners U+200C and U+200D are safe between other than ASCII characters: Persian, Indic scripts
and emoji need them.
"""

_COMMAND = lazy_pattern(r"^(\s*):(?=:)|#(?=#(?:\[|vso\[))")
"""The first character of what CI servers take for commands in the output of a job: `::` at the
start of a line in GitHub Actions, `##[` there and `##vso[` in Azure Pipelines anywhere."""

_SHORT_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TAB = "    "


def escape(text: str) -> str:
    """Escape the unsafe characters of `text`, line ends included: the result is one line."""
    return text if text.isprintable() else UNSAFE.sub(_escape_match, text)  # printable is safe


def escape_commands(line: str) -> str:
    """Escape the start of commands of CI servers in one line of output.

    Without it, a file called `::add-mask::a.md` would run a command in the job that checks it.
    """
    if "::" not in line and "##" not in line:
        return line
    return _COMMAND.sub(_escape_command, line)


def display_characters(line: str) -> list[str]:
    """Split a line into its characters as they are displayed: tabs as spaces, unsafe escaped."""
    characters = list(line)
    for match in UNSAFE.finditer(line):
        characters[match.start()] = _TAB if match[0] == "\t" else _escape_match(match)
    return characters


def display_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text as they are displayed, carriage returns escaped."""
    return ("".join(display_characters(line)) for line in text.removesuffix("\n").split("\n"))


def _escape_command(match: re.Match[str]) -> str:
    """Format the first character of a command as an escape of a Python string."""
    return "\\x23" if match[1] is None else f"{match[1]}\\x3a"


def _escape_match(match: re.Match[str]) -> str:
    """Format a character as an escape of a Python string."""
    character = match[0]
    return _SHORT_ESCAPES.get(character) or ascii(character)[1:-1]
