"""Characters that parsers refuse or misread, and their substitution before parsing.

Mojibake leaves C1 control characters behind, and libyaml rejects the whole file for one of them, as
`tomllib` does for others.
NEL, LS and PS end a line in YAML 1.1 and nowhere else: YAML 1.2 and every editor treat them as
text. Before parsing, each is replaced by a private-use character. Positions stay the same, since
both are one character long; in the values, the original characters are restored.
"""

from itertools import islice
from typing import NamedTuple

from newslint.text.control_characters import FORBIDDEN
from newslint.text.lazy_pattern import lazy_pattern

SUBSTITUTED = lazy_pattern(FORBIDDEN.pattern[:-1] + "\x85\u2028\u2029]")
"""The characters that are substituted."""

_HARMLESS_BYTES = bytes({*b"\t\n\r", *range(0x20, 0x7F), *range(0x80, 0x100)} - {0xC2, 0xED, 0xEF})
"""Bytes of UTF-8 that are part of no forbidden character, no surrogate and no NEL."""

_PRIVATE = range(0xF0000, 0x10FFFE)
_PRIVATE_USED = lazy_pattern(
    f"[{chr(_PRIVATE.start)}-{chr(_PRIVATE.stop)}]|\\\\U00(0[fF]|10)[0-9a-fA-F]{{4}}"
)


class Substitution(NamedTuple):
    """A text that libyaml accepts.

    Attributes:
        text: The text, with substitutes.
        originals: The code points of the original characters by those of their substitutes; None
            if nothing was substituted.
    """

    text: str
    originals: dict[int, int] | None

    def restore(self, value: str) -> str:
        """Restore the original characters in a value."""
        return value.translate(self.originals) if self.originals else value


def substitute_forbidden(text: str) -> Substitution:
    """Substitute all characters that libyaml refuses or misreads.

    A text that leaves too few private-use characters unused is returned unchanged; libyaml then
    reports the characters that it refuses.
    """
    if needs_no_substitution(text):
        return Substitution(text, None)
    found = sorted(set(SUBSTITUTED.findall(text)))
    if not found:
        return Substitution(text, None)
    used = {_code_point(match[0]) for match in _PRIVATE_USED.finditer(text)}
    free = list(islice((code for code in _PRIVATE if code not in used), len(found)))
    if len(free) < len(found):
        return Substitution(text, None)
    table = dict(zip(map(ord, found), free, strict=True))
    return Substitution(text.translate(table), {new: old for old, new in table.items()})


def needs_no_substitution(text: str) -> bool:
    """Check quickly if libyaml reads every character of `text` correctly; False if unsure."""
    data = text.encode("utf-8", "surrogatepass")
    return not (data.translate(None, _HARMLESS_BYTES) or "\u2028" in text or "\u2029" in text)


def _code_point(found: str) -> int:
    """Convert a character, or an escape that starts with `U`, to its code point."""
    return ord(found) if len(found) == 1 else int(found.removeprefix("\\U"), base=16)
