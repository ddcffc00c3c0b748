"""The rule `invisible-character`."""

import re
import unicodedata
from collections.abc import Iterator

from newslint.rules.api import (
    Bad,
    Diagnostic,
    Good,
    Replacement,
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
    """A text contains an invisible character.

    These are zero-width spaces, soft hyphens, byte-order marks and direction marks. Joiners that
    shape a script or an emoji are not reported, nor are direction marks in a text that contains
    right-to-left script.

    Why: a search does not find the word, and equal-looking words do not compare equal.
    """

    id = "invisible-character"
    severity = Severity.WARNING
    reads_body = True
    examples = (
        Bad('title: "Py\u200bTorch moves"', fixed='title: "PyTorch moves"'),
        Good('title: "می\u200cخواهم 👩\u200d💻"'),
    )

    def concerns(self, text: str) -> bool:
        """Search for an invisible character."""
        return not text.isascii() and _INVISIBLE.search(text) is not None

    def check(self, text: Text) -> Iterator[Diagnostic]:
        """Yield one diagnostic for all invisible characters in `text`."""
        value = text.value
        if value.isascii():
            return
        matches = list(_INVISIBLE.finditer(value))
        is_rtl = any(match[0] in _MARKS for match in matches) and _contains_rtl(value)
        found = [
            TextDamage(*match.span(), match[0], "")
            for match in matches
            if not (is_rtl if match[0] in _MARKS else _is_shaping_joiner(value, match.start()))
        ]
        if found:
            parts = [Replacement(each.start, each.end, "") for each in found]
            fix = replace_parts(text, parts, "Remove what cannot be seen")
            yield self.flag_damage(text, found, _message(found), fix)


def _message(found: list[TextDamage]) -> str:
    """Build the message about invisible characters."""
    char = found[0].text
    name = _NAMES.get(char) or unicodedata.name(char, "invisible character").lower()
    more = f" and {len(found) - 1} more in this text" if len(found) > 1 else ""
    return f"{name} (U+{ord(char):04X}) cannot be seen{more}"


def _contains_rtl(text: str) -> bool:
    """Search `text` for right-to-left characters, which need direction marks."""
    return any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)


def _is_shaping_joiner(text: str, offset: int) -> bool:
    """Check whether the character at a 0-based offset is a joiner that shapes its neighbours."""
    if text[offset] not in _JOINERS:
        return False
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return _can_be_shaped(before) and (_can_be_shaped(after) or not after.strip())


def _can_be_shaped(char: str) -> bool:
    """Check whether a joiner can change the look of `char`, a letter or an emoji."""
    return char > "\u058f" and not char.isspace()
