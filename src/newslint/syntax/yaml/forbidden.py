"""Lets YAML be parsed that holds characters which libyaml refuses or takes for line ends.

Mojibake leaves C1 control characters behind, and libyaml rejects the whole file for one of them.
NEL, LS and PS end a line for YAML 1.1 and for nobody else (YAML 1.2 and every editor treat them as
text). Each is replaced by a private-use character of equal length, so no position changes, and
put back into the values.
"""

import re
from itertools import islice
from typing import NamedTuple

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""The characters that YAML forbids (YAML 1.2.2, production 1, `c-printable`)."""

SUBSTITUTED = re.compile(FORBIDDEN.pattern[:-1] + "\x85\u2028\u2029]")
"""The characters that are replaced."""

_HARMLESS = bytes({*b"\t\n\r", *range(0x20, 0x7F), *range(0x80, 0x100)} - {0xC2, 0xED, 0xEF})
"""Bytes of UTF-8 that are part of no forbidden character, no surrogate and no NEL."""

_PRIVATE = range(0xF0000, 0x10FFFE)
_PRIVATE_USED = re.compile(
    f"[{chr(_PRIVATE.start)}-{chr(_PRIVATE.stop)}]|\\\\U00(0[fF]|10)[0-9a-fA-F]{{4}}"
)


class Substitution(NamedTuple):
    """A text that libyaml accepts, and how to undo the replacements in its values."""

    text: str
    restore: dict[int, int] | None

    def value(self, value: str) -> str:
        """Return `value` with its own characters put back."""
        return value.translate(self.restore) if self.restore else value


def substitute_forbidden(text: str) -> Substitution:
    """Return `text` in a form that libyaml accepts.

    A text that leaves no private-use character to put there is returned as it is: libyaml says why
    it cannot be read.
    """
    if needs_no_substitution(text):
        return Substitution(text, None)
    found = sorted(set(SUBSTITUTED.findall(text)))
    if not found:
        return Substitution(text, None)
    used = {_code(match[0]) for match in _PRIVATE_USED.finditer(text)}
    free = list(islice((code for code in _PRIVATE if code not in used), len(found)))
    if len(free) < len(found):
        return Substitution(text, None)
    table = dict(zip(map(ord, found), free, strict=True))
    return Substitution(text.translate(table), {new: old for old, new in table.items()})


def needs_no_substitution(text: str) -> bool:
    """Tell at little cost that libyaml takes each character of `text` for what it is.

    False where that is not certain.
    """
    data = text.encode("utf-8", "surrogatepass")
    return not (data.translate(None, _HARMLESS) or "\u2028" in text or "\u2029" in text)


def _code(found: str) -> int:
    """Return the code point of a character, or of a `U` escape."""
    return ord(found) if len(found) == 1 else int(found.removeprefix("\\U"), base=16)
