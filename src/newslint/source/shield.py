"""Lets YAML be parsed that holds characters which libyaml refuses or takes for line ends.

Mojibake leaves C1 control characters behind, and libyaml rejects the whole file for one of them.
NEL, LS and PS end a line for YAML 1.1 and for nobody else (YAML 1.2 and every editor treat them as
text). Each is replaced by a private-use character of equal length, so no position changes, and
put back into the values.
"""

import re
from typing import NamedTuple

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""The characters that YAML forbids (YAML 1.2.2, production 1, `c-printable`)."""

_SHIELDED = re.compile(FORBIDDEN.pattern[:-1] + "\x85\u2028\u2029]")
_BASES = (0xF0000, 0xF8000, 0x100000, 0x108000)


class Shield(NamedTuple):
    """A text that libyaml accepts, and how to undo the replacements in its values."""

    text: str
    restore: dict[int, int] | None

    def value(self, value: str, start: int, end: int) -> str:
        """Return `value`, read from `text[start:end]`, with its own characters put back."""
        if self.restore and any(ord(char) in self.restore for char in self.text[start:end]):
            return value.translate(self.restore)
        return value


def shield(text: str) -> Shield:
    """Return `text` in a form that libyaml accepts."""
    found = set(_SHIELDED.findall(text))
    if not found:
        return Shield(text, None)
    base = next(base for base in _BASES if _unused(text, base, len(found)))
    table = {ord(char): base + index for index, char in enumerate(sorted(found))}
    return Shield(text.translate(table), {new: old for old, new in table.items()})


def _unused(text: str, base: int, count: int) -> bool:
    """Tell whether the `count` characters from `base` on do not occur in `text`."""
    return not re.search(f"[{chr(base)}-{chr(base + count)}]", text)
