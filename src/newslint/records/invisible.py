"""Invisible characters, by their Unicode properties.

For texts that contain any, `newslint.records.invisible_needs` is imported.
"""

from itertools import chain
from typing import NamedTuple
from unicodedata import bidirectional

from newslint.text.lazy_pattern import lazy_pattern

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

_INVISIBLE = lazy_pattern(f"[{_IGNORABLE}{_SEPARATORS}]")
_DIRECTION_MARK = lazy_pattern(f"[{_MARKS}]")
_SHAPELESS = lazy_pattern(f"[\u00ad\u034f\u200b\u2060-\u2065\ufeff{_MARKS}]")


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
    from newslint.records.invisible_needs import NEEDED

    needed = set(chain.from_iterable(range(*match.span()) for match in NEEDED.finditer(text)))
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
