"""Runs of characters that are UTF-8 in another code page, and may be good text all the same.

In Portuguese, Vietnamese, Romanian, Sami or Icelandic, a word in capitals can end with `Ã`, `Â` or
`Ð`. With the no-break space or the quotation mark after it, that is `à` or `Д` in UTF-8. The text
around such a run decides.
"""

from enum import Enum

from newslint.text.lazy_pattern import lazy_pattern

_WORD_END = r"[À-ÖØ-ÞĀ-ſ][\xa0\xad»”’“‘›™°²³¹ºª…·–—´•®]"
_WORD_ENDS = lazy_pattern(f"(?:{_WORD_END})+")
"""The last letter of a word in capitals, and a character that may follow it."""
_WORD_START = lazy_pattern(r"[»“”‘’„‚‹›–—…¿¡][^\W\d_]")
"""A quotation mark before a word, as in `»Über`: the bytes of a character in MacRoman."""
_GREEK_OR_CYRILLIC = frozenset("ВΒ")
"""Letters that are the first byte of a mark such as `§`, and the letter B for the eye."""
_SPACED = lazy_pattern("(?:[\u0370-\u052f][\xa0\xad])+")
"""Words of one letter and the spaces after them, as in `И В`, or the ends of words."""
_OTHER_SCRIPT = lazy_pattern("[\u0370-\u03ff]{2}|[\u0400-\u0407\u0409-\u052f]{2}")
_CLOSING = {
    "«": "»",
    "»": "«",
    "“": "”",
    "”": "”",
    "‘": "’",
    "’": "’",
    "‚": "‘’",
    "„": "“”",
    "‹": "›",
}
"""The marks that close a quotation, by the mark that opens it."""
_SPACES = "\xa0\xad"
_LATIN_1 = "\xff"
"""The last character of Latin-1."""
_IN_WORDS = "…–’"
"""Marks that may be between two words without a space."""
_OPENING = frozenset("([«„“‚‘\"'-–—")
_CONTEXT = 12
"""Characters around a run that are looked at."""
_QUOTATION = 200
"""Characters before a run in which a quotation may have begun."""


class RunVerdict(Enum):
    """Verdict on a run of characters."""

    BROKEN = "broken"
    UNSURE = "unsure"
    GOOD = "good"


def judge_run(line: str, start: int, end: int, original: str) -> RunVerdict:
    """Judge characters that ftfy finds unlikely and that are UTF-8 in another code page.

    Args:
        line: The line that contains them.
        start: 0-based offset of the first one.
        end: Offset after the last one.
        original: The decoded UTF-8.
    """
    text, following = line[start:end], line[end : end + 1]
    if text[0] == "ß" and original < "\u0800":
        return RunVerdict.GOOD  # `Spaß“` rather than a letter of N'Ko
    if _WORD_START.fullmatch(text) and following.isalpha():
        return RunVerdict.GOOD
    if original.startswith("\u2020") and text.endswith("\xa0"):
        return RunVerdict.UNSURE  # a dagger, or a quotation mark that lost its last byte
    is_mark = text[0] in _GREEK_OR_CYRILLIC or _SPACED.fullmatch(text)
    if is_mark and _OTHER_SCRIPT.search(line):
        return RunVerdict.GOOD  # `пункт В§` in a text that is not broken
    if not _WORD_ENDS.fullmatch(text):
        return RunVerdict.BROKEN
    before, after = line[max(0, start - _QUOTATION) : start], line[end : end + _CONTEXT]
    return _judge_word_end(before, text, after)


def _judge_word_end(before: str, text: str, after: str) -> RunVerdict:
    """Judge a capital letter and a mark after it.

    Args:
        before: The text before the run.
        text: The run.
        after: The text after it.
    """
    last = before[-1:]
    if last.isupper():
        return _judge_capitals(before, text, after)
    if last and text[1] in _CLOSING.get(last, ""):
        return RunVerdict.GOOD  # a letter in quotation marks
    if text[1] not in "\xa0–—" or last.isalnum():
        return RunVerdict.BROKEN
    return _judge_letter(before[-_CONTEXT:], text, after)


def _judge_capitals(before: str, text: str, after: str) -> RunVerdict:
    """Judge the end of a word in capitals, with the arguments of `_judge_word_end`."""
    last, mark, following = before[-1], text[-1], after[:1]
    if text[0] not in "ÂÃÄÅ" or mark == "—":
        return RunVerdict.GOOD  # `BORÐ”` rather than a Cyrillic or phonetic letter, or `×`
    if mark in _SPACES and (last > _LATIN_1 or before[-2:-1].isupper()):
        return RunVerdict.GOOD  # `IRMÃ` and `ĐÃ`, whatever follows
    if mark in _SPACES:
        is_word = following.islower() or (following == " " and after.strip()[:1].islower())
        return RunVerdict.UNSURE if is_word else RunVerdict.GOOD
    if following.isalnum():
        is_gap = mark in _IN_WORDS and not following.islower()
        return RunVerdict.UNSURE if is_gap else RunVerdict.BROKEN
    is_closing = any(mark in marks and opening in before for opening, marks in _CLOSING.items())
    return RunVerdict.GOOD if is_closing or mark == "…" else RunVerdict.UNSURE


def _judge_letter(before: str, text: str, after: str) -> RunVerdict:
    """Judge a capital letter by itself, with the arguments of `_judge_word_end`."""
    last, letters = before[-1:], list(filter(str.isalpha, before + after))
    is_upper = bool(letters) and all(map(str.isupper, letters))
    if last.strip() and last not in _OPENING:
        is_end = before[-2:-1].islower() or before[-2:-1].isdigit()
        return RunVerdict.BROKEN if is_end else RunVerdict.UNSURE
    if last == text[-1] == "\xa0":
        return RunVerdict.GOOD  # all spaces of the line may be no-break spaces
    if text[-1] in _SPACES or not after[:1].isalnum():
        return RunVerdict.GOOD if is_upper else RunVerdict.UNSURE
    return RunVerdict.UNSURE if is_upper else RunVerdict.BROKEN
