"""Comparison of texts after undoing the damage in them.

Text rules report the damage. Reference rules compare texts after undoing it, so that one defect is
never reported twice.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from newslint.records.invisible import strip_invisible
from newslint.records.mojibake import find_mojibake, may_be_mojibake
from newslint.records.text_damage import REPLACEMENT, TextDamage, find_entities
from newslint.text.location import splice

_MAX_LOST = 4
"""Average number of characters that one U+FFFD may replace."""
_ELLIPSES = ("[…]", "[...]")
_END_CHARS = " \t\n.…,;:-–—"


@lru_cache(maxsize=16384)
def normalise_text(text: str) -> str:
    """Undo damage in `text`, remove invisible characters and collapse white space.

    A difference between two normalised texts is one that readers would notice.
    """
    intact = _undo(text, guess=True)
    single = " ".join(strip_invisible(intact).split())
    return text if single == text else single  # usually equal: the cache then keeps one string


def undo_damage(text: str) -> str:
    """Replace mojibake and HTML entities in `text` by the original characters.

    Mojibake whose original is not certain stays.
    """
    return _undo(text, guess=False)


def _undo(text: str, *, guess: bool) -> str:
    """Undo the damage in `text`.

    Args:
        text: The text.
        guess: Whether to restore uncertain text as well, with U+FFFD for lost characters.
    """
    if "&" not in text and not may_be_mojibake(text):  # the usual case
        return text
    found = find_mojibake(text)
    restored = _restore(text, found.runs) if found.is_certain or guess else text
    return _restore(restored, find_entities(restored))


def is_same_text(one: object, other: object) -> bool:
    """Check whether two normalised texts are equal apart from lost characters (U+FFFD)."""
    one, other = str(one), str(other)
    if REPLACEMENT in one:
        return _matches_lossy(one, other)
    return REPLACEMENT in other and _matches_lossy(other, one)


def is_same_or_truncated(one: object, other: object) -> bool:
    """Check whether one of two normalised texts equals the other or is a truncation of it."""
    short, long = sorted((_strip_ellipsis(str(one)), _strip_ellipsis(str(other))), key=len)
    if long.startswith(short):
        return True
    if REPLACEMENT in short:
        return _matches_lossy(short, long, cut=True) or _matches_lossy(short, long)
    return is_same_text(short, long) or is_same_text(short, long[: len(short)])


def _strip_ellipsis(text: str) -> str:
    """Remove ellipses and punctuation from the end of `text`."""
    for mark in _ELLIPSES:
        text = text.removesuffix(mark)
    return text.rstrip(_END_CHARS)


def _matches_lossy(lossy: str, whole: str, *, cut: bool = False) -> bool:
    """Check whether `lossy` with its lost characters filled in can be `whole`.

    Each U+FFFD may replace up to `_MAX_LOST` characters on average. Taking the earliest match of
    each part takes linear time and misses no solution.

    Args:
        lossy: Text with at least one U+FFFD.
        whole: Text without.
        cut: Whether `lossy` may also be the beginning of `whole`.
    """
    first, *rest = re.split(f"{REPLACEMENT}+", lossy)
    if not whole.startswith(first):
        return False
    last = rest.pop()
    end = len(first)
    for part in rest:
        found = whole.find(part, end)
        if found < 0:
            return False
        end = found + len(part)
    start = whole.find(last, end) if cut else len(whole) - len(last)
    if start < end or not whole.startswith(last, start):
        return False
    known = len(first) + len(last) + sum(map(len, rest))
    return start + len(last) - known <= _MAX_LOST * lossy.count(REPLACEMENT)


def _restore(text: str, damage: Iterable[TextDamage]) -> str:
    """Replace each damaged span of `text` by its original."""
    return splice(text, ((start, end, original) for start, end, _, original in damage))
