"""The rule `invisible-character`."""

import re
import unicodedata
from collections.abc import Iterator

from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Part,
    Severity,
    Text,
    TextDamage,
    TextRule,
    replace_parts,
)

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JOINERS = "\u200c\u200d"
_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_NAMES = {"\u00ad": "soft hyphen", "\ufeff": "byte-order mark"}


class InvisibleCharacter(TextRule):
    """A character that cannot be seen stands in a text.

    Zero-width spaces, soft hyphens, byte-order marks, and marks of direction. Joiners are left
    alone where they shape a script or an emoji, and marks of direction where the text runs from
    right to left.

    Why: words that look the same are not found by a search, and do not compare equal.
    """

    id = "invisible-character"
    severity = Severity.WARNING
    reads_body = True
    examples = (
        Bad('title: "Py\u200bTorch moves"', fixed='title: "PyTorch moves"'),
        Good('title: "می\u200cخواهم 👩\u200d💻"'),
    )

    def concerns(self, text: str) -> bool:
        """Tell whether such a character occurs."""
        return not text.isascii() and _INVISIBLE.search(text) is not None

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield a diagnostic where `text` holds characters that cannot be seen."""
        value = text.value
        if value.isascii():
            return
        matches = list(_INVISIBLE.finditer(value))
        runs_left = any(match[0] in _MARKS for match in matches) and _runs_left(value)
        found = [
            TextDamage(*match.span(), match[0], "")
            for match in matches
            if not (runs_left if match[0] in _MARKS else _joins(value, match.start()))
        ]
        if found:
            parts = [Part(each.start, each.end, "") for each in found]
            fix = replace_parts(text, parts, "Remove what cannot be seen")
            yield self.flag_defects(text, found, _message(found), fix)


def _message(found: list[TextDamage]) -> str:
    """Return what to say of invisible characters."""
    char = found[0].text
    name = _NAMES.get(char) or unicodedata.name(char, "invisible character").lower()
    more = f" and {len(found) - 1} more in this text" if len(found) > 1 else ""
    return f"{name} (U+{ord(char):04X}) cannot be seen{more}"


def _runs_left(text: str) -> bool:
    """Tell whether any of `text` runs from right to left, so that marks of direction have a use."""
    return any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)


def _joins(text: str, at: int) -> bool:
    """Tell whether the character at `at` is a joiner that shapes what is seen."""
    if text[at] not in _JOINERS:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return _shapes(before) and (_shapes(after) or not after.strip())


def _shapes(char: str) -> bool:
    """Tell whether `char` is of a script, or an emoji, whose look a joiner changes."""
    return char > "\u058f" and not char.isspace()
