"""Invisible characters, by their Unicode properties and by the scripts that need them."""

import re
from itertools import chain
from typing import NamedTuple
from unicodedata import bidirectional

_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""The characters with the property Default_Ignorable_Code_Point in Unicode 16.0."""
_SEPARATORS = "\u2028\u2029"
"""LINE SEPARATOR and PARAGRAPH SEPARATOR."""
_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Hangul fillers, which are as wide as a letter in most fonts."""
_GAPS = _SEPARATORS + _FILLERS
_MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Direction marks."""
_REORDERING = "\u061c\u200f\u202b\u202e\u2067"
"""Marks that move other characters in left-to-right text, as right-to-left letters do."""

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua9e0-\uaadf"
"""Thai, Lao, Burmese, Khmer and their kin: words follow each other without a space."""
_JOINED = (
    "\u0600-\u0dff\u0f00-\u109f\u1700-\u18af\u1a00-\u1cff\ua800-\uaaff\uabc0-\uabff"
    "\ufb50-\ufdff\ufe70-\ufefe\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
"""Arabic, Syriac, Mongolian, the scripts of India and their kin, whose letters join."""
_PICTURES = "©®\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
"""Emoji and other symbols."""
_VARIED = (
    "0-9#*©®\u0590-\u1fff\u203c\u2049\u2070-\u2fff\u3001-\ud7ff\uf900-\ufaff"
    "\U00010000-\U0001faff\U00020000-\U0003ffff"
)
"""Characters that have variants: digits, symbols, emoji, ideographs and letters of many scripts."""
_TAGS = "[\U000e0020-\U000e007e]++\U000e007f"

_INVISIBLE = re.compile(f"[{_IGNORABLE}{_SEPARATORS}]")
_DIRECTION_MARK = re.compile(f"[{_MARKS}]")
_SHAPELESS = re.compile(f"[\u00ad\u034f\u200b\u2060-\u2065\ufeff{_MARKS}]")


def _beside(chars: str, others: str) -> str:
    """Build the pattern of a run of `chars` with one of `others` before or after it."""
    return f"(?<=[{others}])[{chars}]++|(?<![{chars}])[{chars}]++(?=[{others}])"


_NEEDED = re.compile(
    "|".join(
        (
            _beside("\u200b", _SPACELESS),
            _beside("\u200c\u200d", _JOINED),
            f"(?<=[{_PICTURES}\ufe0e\ufe0f\U000e007f])\u200d(?=[{_PICTURES}])",
            f"(?<=[{_VARIED}])[\ufe00-\ufe0f\U000e0100-\U000e01ef]",
            f"(?<=[{_PICTURES}]){_TAGS}|(?<=[{_PICTURES}]\ufe0f){_TAGS}",
            _beside("\u180b-\u180f", "\u1800-\u180a\u1810-\u18af\U00011660-\U0001167f"),
            _beside("\u17b4\u17b5", "\u1780-\u17b3\u17b6-\u17ff"),
            _beside("\u115f\u1160", "\u1100-\u115e\u1161-\u11ff\ua960-\ua97f\ud7b0-\ud7ff"),
            _beside("\u034f", "\u0300-\u034e\u0350-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a"),
            _beside("\U0001bca0-\U0001bca3", "\U0001bc00-\U0001bc9f"),
            _beside("\U0001d173-\U0001d17a", "\U0001d100-\U0001d172\U0001d17b-\U0001d1ff"),
        )
    )
)
"""Invisible characters that have an effect: they divide words, shape letters, join emoji, choose
variants, name the flag of a country's part, and belong to Mongolian, Khmer, old Hangul, sequences
of combining marks, shorthand and music."""


class UnneededCharacter(NamedTuple):
    """An invisible character that no script needs.

    Attributes:
        offset: Its 0-based offset.
        char: The character.
        replacement: A space or nothing.
        is_certain: Whether the text looks the same after the replacement.
    """

    offset: int
    char: str
    replacement: str
    is_certain: bool


def may_be_invisible(text: str) -> bool:
    """Check cheaply whether `find_invisible` may find anything in `text`."""
    return not text.isascii() and _INVISIBLE.search(text) is not None


def find_invisible(text: str) -> list[UnneededCharacter]:
    """Find the invisible characters of `text` that its scripts have no use for."""
    found = [] if text.isascii() else [match.start() for match in _INVISIBLE.finditer(text)]
    if not found:
        return []
    needed = set(chain.from_iterable(range(*match.span()) for match in _NEEDED.finditer(text)))
    if _DIRECTION_MARK.search(text) and _contains_rtl(text):
        needed.update(match.start() for match in _DIRECTION_MARK.finditer(text))
    return [_classify(text, at) for at in found if at not in needed]


def _classify(text: str, at: int) -> UnneededCharacter:
    """Determine the replacement of the invisible character at an offset.

    The first of several separators or fillers between two words becomes a space.
    """
    char, before = text[at], text[at - 1 : at] if at else ""
    new = ""
    if char in _GAPS and before.strip() and before not in _GAPS:
        end = at + 1
        while text[end : end + 1] and text[end] in _GAPS:
            end += 1
        new = " " if text[end : end + 1].strip() else ""
    is_certain = char not in _REORDERING and char not in _FILLERS
    return UnneededCharacter(at, char, new, is_certain)


def _contains_rtl(text: str) -> bool:
    """Search `text` for right-to-left letters, which need direction marks."""
    letters = _DIRECTION_MARK.sub("", text)
    return any(bidirectional(each) in ("R", "AL") for each in letters)


def strip_invisible(text: str) -> str:
    """Remove the invisible characters of `text` except those that shape others."""
    return text if text.isascii() else _SHAPELESS.sub("", text)
