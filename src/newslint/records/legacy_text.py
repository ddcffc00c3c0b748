"""Texts of legacy code pages that were decoded with another one: `Ïðàâèòåëüñòâî`, `og³osi³`.

Such a text cannot be restored for certain, but it can be recognised: its words are spelled with the
letters of no language, and with those of one language in another code page.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from string import ascii_lowercase
from typing import NamedTuple

from newslint.records import alphabets
from newslint.records.consistent_page import is_utf8_in_east_asian, is_utf8_with_losses
from newslint.records.east_asian_text import (
    find_east_asian_page,
    has_east_asian,
    is_utf8_as_east_asian,
)
from newslint.records.mojibake import LATIN
from newslint.records.text_damage import REPLACEMENT
from newslint.text.lazy_pattern import lazy_pattern

_WORD = lazy_pattern(r"(?:[^\W\d_]|[\u0e31\u0e34-\u0e4e\u064b-\u0652])+")
_C1 = lazy_pattern("[\x80-\x9f]")
_ACCENTED_THROUGHOUT = lazy_pattern(r"[a-zA-Z]?[^\x00-\x7f]{4,}[a-zA-Z]?")
_MEASURE = lazy_pattern(r"[a-zA-Z]{0,2}[\W²³¹ºª¼½¾]+|[a-zA-Z]+²|[nN]º.*")
"""Units and ordinals, such as `m²` and `nº`, which are no words."""
_SWAPPED = lazy_pattern("\\b[а-яё][А-ЯЁ]{2,}\\b")
"""A word in swapped case, as KOI8-R read as windows-1251 has them."""
_CYRILLIC = lazy_pattern("[\u0400-\u045f]{3}")
_LATIN = lazy_pattern(LATIN)

_MIN_WORDS = 2
"""Words that must differ."""
_MIN_LETTERS = 8
_NEARLY_ALL = 0.9
"""Share of words that must be spelled in a language; names may be foreign."""
_MOST = 0.7
"""Share of words as they are above which they are probably good."""
_HALF = 0.5
"""Likewise, for words that would be in another script, and the least share of common letters."""

_RARE_RANK = 13
"""Mean rank of letters above which a text in Cyrillic consists of rare ones."""
_COMMON_RANK = 10.5
"""Mean rank of letters below which it consists of common ones."""
_OTHER_RANK = 14
"""Rank of letters that only some languages have."""
_MIN_GAIN = 80
"""Sum of the differences in rank: two or three words are enough, a short one is not."""

Pairs = list[tuple[str, str]]
"""Words in a code page, and the same words as given."""
Languages = tuple[frozenset[str], ...]
"""The lower-case letters of languages."""


def _alphabets(languages: Mapping[str, str], letters: str = "") -> Languages:
    """Create the letters of languages from those of a table and `letters`, which all have."""
    return tuple(frozenset(each + letters) for each in languages.values())


class _CodePage(NamedTuple):
    """A single-byte code page.

    Attributes:
        codec: Python's name of it.
        name: Its usual name.
        languages: The letters of its languages.
        common: The letters that at least half of each text consists of; empty if not known.
        is_latin: Whether they are written in Latin script.
    """

    codec: str
    name: str
    languages: Languages
    common: frozenset[str] = frozenset()
    is_latin: bool = False


_CYRILLIC_LANGUAGES = _alphabets(alphabets.CYRILLIC)
_CENTRAL_EUROPEAN = _alphabets(alphabets.CENTRAL_EUROPEAN, ascii_lowercase)
_WESTERN_LANGUAGES = _alphabets(alphabets.LATIN, ascii_lowercase)
_SOURCE_LANGUAGES = (
    *_WESTERN_LANGUAGES,
    *_CENTRAL_EUROPEAN,
    *_alphabets(alphabets.TURKISH | alphabets.TURKIC | alphabets.BALTIC, ascii_lowercase),
)

_CYRILLIC_PAGES = (
    _CodePage("cp1251", "windows-1251", _CYRILLIC_LANGUAGES, alphabets.COMMON_CYRILLIC),
    _CodePage("koi8-r", "KOI8-R", _CYRILLIC_LANGUAGES, alphabets.COMMON_CYRILLIC),
    _CodePage("koi8-u", "KOI8-U", _CYRILLIC_LANGUAGES, alphabets.COMMON_CYRILLIC),
    _CodePage("iso8859-5", "ISO 8859-5", _CYRILLIC_LANGUAGES, alphabets.COMMON_CYRILLIC),
    _CodePage("cp866", "IBM 866", _CYRILLIC_LANGUAGES, alphabets.COMMON_CYRILLIC),
    _CodePage("mac-cyrillic", "MacCyrillic", _CYRILLIC_LANGUAGES, alphabets.COMMON_CYRILLIC),
)
_PAGES = (
    *_CYRILLIC_PAGES,
    _CodePage("cp1253", "windows-1253", _alphabets(alphabets.GREEK), alphabets.COMMON_GREEK),
    _CodePage("iso8859-7", "ISO 8859-7", _alphabets(alphabets.GREEK), alphabets.COMMON_GREEK),
    _CodePage("cp1255", "windows-1255", _alphabets(alphabets.HEBREW), alphabets.COMMON_HEBREW),
    _CodePage("cp1256", "windows-1256", _alphabets(alphabets.ARABIC)),
    _CodePage("iso8859-6", "ISO 8859-6", _alphabets(alphabets.ARABIC)),
    _CodePage("cp874", "windows-874", _alphabets(alphabets.THAI)),
    _CodePage("cp1250", "windows-1250", _CENTRAL_EUROPEAN, is_latin=True),
    _CodePage("iso8859-2", "ISO 8859-2", _CENTRAL_EUROPEAN, is_latin=True),
    _CodePage("mac-roman", "MacRoman", _WESTERN_LANGUAGES, is_latin=True),
    _CodePage("cp850", "IBM 850", _WESTERN_LANGUAGES, is_latin=True),
    _CodePage("cp852", "IBM 852", _CENTRAL_EUROPEAN, is_latin=True),
    _CodePage(
        "cp1254", "windows-1254", _alphabets(alphabets.TURKISH, ascii_lowercase), is_latin=True
    ),
    _CodePage(
        "cp1257", "windows-1257", _alphabets(alphabets.BALTIC, ascii_lowercase), is_latin=True
    ),
)
_LATIN_SOURCES = ("latin-1", "sloppy-windows-1252", "cp1250", "cp437", "cp850", "mac-roman")
_CYRILLIC_SOURCES = ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic")


def find_code_page(line: str) -> str:
    """Find the code page that a line in a wrong one was probably written in; empty if it is good.

    Only lines that consist of words in the wrong code page are recognised.
    """
    if has_east_asian(line):
        is_utf8 = is_utf8_as_east_asian(line) or is_utf8_in_east_asian(line)
        return "UTF-8" if is_utf8 else ""
    if REPLACEMENT in line and is_utf8_with_losses(line):
        return "UTF-8"
    if _CYRILLIC.search(line):
        return _find_cyrillic(line)
    return _find_latin(line) if _LATIN.search(line) else ""


def _find_cyrillic(line: str) -> str:
    """Find Cyrillic text that was decoded with another Cyrillic code page."""
    given, is_swapped = _mean_rank(line), _SWAPPED.search(line) is not None
    is_symbolic = len(alphabets.SYMBOL_IN_WORD.findall(line)) >= _MIN_WORDS
    if given < (_COMMON_RANK - 1 if is_swapped or is_symbolic else _RARE_RANK):
        return ""
    letters = len(_cyrillic_letters(line))
    least = _MIN_GAIN / 2 if is_swapped or is_symbolic else _MIN_GAIN
    for source in _CYRILLIC_SOURCES:
        data = _encode(line, source)
        for page in _CYRILLIC_PAGES if data else ():
            text = _decode(data, page.codec)
            rank = _mean_rank(text)
            if (
                len(_cyrillic_letters(text)) >= letters
                and rank < _COMMON_RANK
                and (given - rank) * letters > least
                and _SWAPPED.search(text) is None
                and _share_of_words([word for word, _ in _pairs(text, line)], page.languages)
                >= _NEARLY_ALL
            ):
                return page.name
    return ""


def _mean_rank(text: str) -> float:
    """Compute the mean rank of the Cyrillic letters of `text`, by how common they are."""
    ranks = [alphabets.CYRILLIC_RANKS.get(char, _OTHER_RANK) for char in _cyrillic_letters(text)]
    return sum(ranks) / max(1, len(ranks))


def _cyrillic_letters(text: str) -> list[str]:
    """List the Cyrillic letters of a text, in lower case."""
    return [char for char in text.lower() if "\u0400" <= char <= "\u045f"]


def _find_latin(line: str) -> str:
    """Find text that was decoded with a code page of Latin letters instead of another one."""
    words = [given for _, given in _pairs(line, line)]
    odd = len(alphabets.SYMBOL_IN_WORD.findall(line)) + sum(map(alphabets.is_impossible, words))
    gain = len(words) - _count_spelled(words) + odd
    if gain < _MIN_WORDS and not _C1.search(line):
        return ""
    for source in _LATIN_SOURCES:
        data = _encode(line, source)
        if not data:
            continue
        page = find_east_asian_page(data)
        if page:
            return page
        pages = [(_score(data, line, page), page.name) for page in _PAGES]
        best, name = max(pages, key=itemgetter(0))
        if best > 0:
            return name
    return ""


def _score(data: bytes, line: str, page: _CodePage) -> float:
    """Score how much better a line is spelled in a code page; 0 if it is not."""
    text = _decode(data, page.codec)
    pairs = _pairs(text, line) if text else []
    changed = [(word, given) for word, given in pairs if word != given]
    if not changed:
        return 0
    if page.is_latin:
        return 0 if alphabets.SYMBOL_IN_WORD.search(text) else _score_latin(pairs, changed, page)
    words, given = zip(*changed, strict=True)
    letters = "".join(words).lower()
    if len(letters) < _MIN_LETTERS or _count_spelled(given) > _HALF * len(given):
        return 0
    if _share_of_words(words, page.languages) < _NEARLY_ALL:
        return 0
    common = sum(map(page.common.__contains__, letters)) / len(letters)
    return len(letters) + common if common >= _HALF or not page.common else 0


def _score_latin(pairs: Pairs, changed: Pairs, page: _CodePage) -> float:
    """Score a code page of Latin letters.

    Names may be foreign. They count only if the words that change are not of one language as given.

    Args:
        pairs: The words in this code page, and as given.
        changed: Those that differ.
        page: The code page.
    """
    if len(changed) < _MIN_WORDS:
        return 0
    spelled = _count_spelled([given for _, given in changed]) / len(changed)
    common = [pair for pair in pairs if not pair[0][0].isupper()]
    with_names = _is_better(pairs, page)
    is_better = _is_better(common, page) or (spelled <= _MOST and with_names)
    return 2 - spelled + with_names if is_better else 0


def _is_better(pairs: Pairs, page: _CodePage) -> bool:
    """Check whether words in a code page are spelled in a language, and as given in none.

    A word that no language can have counts twice.
    """
    share = _share_of_words([word for word, _ in pairs], page.languages)
    words = [given for _, given in pairs]
    odd = sum(
        bool(alphabets.SYMBOL_IN_WORD.search(word)) or alphabets.is_impossible(word)
        for word in words
    )
    return share >= _NEARLY_ALL and share * len(pairs) - _count_spelled(words) + odd >= _MIN_WORDS


def _pairs(text: str, line: str) -> Pairs:
    """List the different words of `text` that are not ASCII in `line`, with the words there."""
    spans = (match.span() for match in _WORD.finditer(text))
    pairs = ((text[start:end], line[start:end]) for start, end in spans)
    return list(
        dict.fromkeys(
            (word, given)
            for word, given in pairs
            if not given.isascii() and not _MEASURE.fullmatch(given)
        )
    )


def _share_of_words(words: Sequence[str], languages: Languages) -> float:
    """Compute the share of words that are spelled in the language that fits most of them."""
    if not words:
        return 0
    spelled = [frozenset(word.lower()) for word in words if _is_cased_well(word)]
    best = max(sum(letters <= alphabet for letters in spelled) for alphabet in languages)
    return best / len(words)


def _count_spelled(words: Sequence[str]) -> float:
    """Count the words that are spelled in the language in Latin script that fits best.

    No word of such a language has many letters and hardly one of ASCII.
    """
    spelled = [
        word
        for word in words
        if not _ACCENTED_THROUGHOUT.fullmatch(word) and not alphabets.is_impossible(word)
    ]
    return _share_of_words(spelled, _SOURCE_LANGUAGES) * len(spelled)


def is_western(text: str) -> bool:
    """Check whether all words of `text` are spelled in one language that Latin-1 is meant for."""
    words = [word for word, _ in _pairs(text, text)]
    return not words or _share_of_words(words, _WESTERN_LANGUAGES) == 1


def _is_cased_well(word: str) -> bool:
    """Check whether a word is in small letters or in capitals, or begins with a capital."""
    rest = word[1:]
    return word == word.upper() or rest == rest.lower()


def _encode(line: str, codec: str) -> bytes:
    """Encode a line; empty if the code page lacks one of its characters."""
    import ftfy.bad_codecs  # noqa: F401 # registers codecs

    try:
        return line.encode(codec)
    except UnicodeError:
        return b""


def _decode(data: bytes, codec: str) -> str:
    """Decode bytes; empty if the code page does not define one of them."""
    try:
        return data.decode(codec)
    except UnicodeError:
        return ""
