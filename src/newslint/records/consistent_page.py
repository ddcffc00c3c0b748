"""UTF-8 of a whole line that was decoded with one code page: `sch├╢n`, `SĂŁo`, `f眉r K枚ln`.

`newslint.records.utf8_runs` decodes each run of characters by itself, and relies on sequences that
good text never contains. Here, one code page must turn the whole line into UTF-8 of a text that is
sound, and the line as it stands must not be sound: letters of two scripts in one word, symbols
between letters, capitals after small letters.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache, partial
from itertools import groupby
from typing import NamedTuple

from newslint.text.lazy_pattern import lazy_pattern

_SINGLE = lazy_pattern(r"(?<![^\x00-\x7f])[^\x00-\x7f](?![^\x00-\x7f])")
_BOXES = "\u2500-\u259f"
_MATHS = "∂∆∏∑√∞∫≈≠≤≥◊⁄"
_SYMBOLS = f"[¡-©«-´¶¸¹»-¿×÷‚ƒ„†‡ˆ‰‹›™˘-˝{_MATHS}{_BOXES}]"
_LETTERS = "".join(map(chr, range(0xC0, 0x530)))
_CAPITALS = "".join(filter(str.isupper, _LETTERS))
_SMALL = "".join(filter(str.islower, _LETTERS)).replace("ß", "")
_LATIN = "A-Za-z\xc0-\u024f"
_OTHERS = "\u0370-\u1dff\u2e80-\ud7a3\uff00-\uffef"
_UNSOUND = lazy_pattern(
    rf"[^\W\d_]{_SYMBOLS}+[^\W\d_]|[^\W\d_][¨¸˘-˝]"
    rf"|[{_MATHS}{_BOXES}\uf8ff][^\x00-\x7f]|[^\x00-\x7f][{_MATHS}]"
    f"|[{_LATIN}][{_OTHERS}]|[{_OTHERS}][{_LATIN}]"
    f"|[a-z{_SMALL}][{_CAPITALS}]|[{_SMALL}][A-Z]|[A-Z{_CAPITALS}][{_CAPITALS}][a-z{_SMALL}]"
)
"""Symbols between letters, two scripts in a word, capitals after small letters."""
_WORD_OR_SPACE = lazy_pattern(r"\S+|\s+")
_UNUSABLE = lazy_pattern("[\x1a\x80-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff]")
_ASIAN = "\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef"
_FOREIGN = lazy_pattern("[^\x00-\u017f\u0218-\u021b\u2010-\u22ff\ufe0f\U0001f000-\U0001faff]")
"""Characters that texts in Latin letters hardly contain."""
_ASIAN_IN_WORD = lazy_pattern(f"[A-Za-z][{_ASIAN}][a-z]")
_ASIAN_AT_WORD = lazy_pattern(f"[A-Za-z][{_ASIAN}]|[{_ASIAN}][a-z]")

_SINGLE_BYTE = (
    "sloppy-windows-1252",
    "latin-1",
    "sloppy-windows-1250",
    "sloppy-windows-1251",
    "sloppy-windows-1253",
    "sloppy-windows-1254",
    "sloppy-windows-1255",
    "sloppy-windows-1256",
    "sloppy-windows-1257",
    "sloppy-cp874",
    "cp1258",
    "iso8859-2",
    "iso8859-7",
    "iso8859-9",
    "iso8859-15",
    "macroman",
    "mac-cyrillic",
    "cp437",
    "cp850",
    "cp852",
    "cp866",
    "koi8-r",
)
_RUN = lazy_pattern("[^\x00-\x7f]+")
_RUN_WITHOUT_LOSS = lazy_pattern("[^\x00-\x7f\ufffd]+")
_SLOPPY = lazy_pattern("[\x80-\x9f¡¥ªÒÿ]")
"""Characters that only ftfy's variants of these code pages have."""
_HIGH_BYTES = bytes(range(0x80, 0x100))
_MULTIBYTE = ("gbk", "cp932", "cp949", "big5", "euc_jp")
_PART = lazy_pattern("[鈥鈧鈩窶竄邃][\ufffd?]")
"""The first bytes of `’`, `€` and `™`, and a character for the last one, which is no character of
East Asia."""
_PROOF = lazy_pattern(
    rf"(?<![{_ASIAN}])[鈥窶][^\x00->@-\x7f]|[鈧竄][ｬ\ufffd?]|[鈩邃][｢\ufffd?]"
    "|[a-z]{2}(?:[茅谩贸铆脿챕챠矇獺辿]|ﾃ[｡-ｿ])(?![^\\W_])"
    "|[脌脕脡脜脟脥脫脰脷脺脩脴](?=[a-z]{2})"
    "|\\d ?(?:[掳째]|ﾂｰ)[CF]\\b|(?<![^\\W\\d_])(?:[漏짤]|ﾂｩ) ?(?:19|20)\\d\\d"
)
"""Quotation marks, accented letters at the end of a word, `20 °C` and `© 2020`, which no text in
Latin letters has by chance."""
_EMOJI = lazy_pattern("[\U0001f000-\U0001faff]")
_RARE = lazy_pattern(
    "[\u0180-\u018e\u0190-\u019f\u01a2-\u01ae\u01b1-\u01cc\u01dd-\u0217\u021c-\u024f\u0300-\u036f]"
)
"""Letters of Latin script that hardly any language has, and combining marks."""
_MIN_LETTERS = 4
"""Letters of a script other than Latin that prove by themselves that a line is broken."""
_MOST = 0.65
"""Share of the bytes that must be UTF-8 where others are lost."""
_MIN_WORDS = 2
"""Words of Latin script with a letter of East Asia, likewise."""

_ASIAN_SCRIPTS = frozenset("CJK HIRAGANA KATAKANA HANGUL HALFWIDTH IDEOGRAPHIC BOPOMOFO".split())  # noqa: SIM905
_COMMON = frozenset(("COMBINING", "MODIFIER", "MICRO", "FEMININE", "MASCULINE", "VARIATION"))


class ConsistentText(NamedTuple):
    """The text of a line before it was decoded with a wrong code page.

    Attributes:
        text: The text.
        is_unique: Whether no other code page gives another sound text.
    """

    text: str
    is_unique: bool


def find_consistent_text(line: str, *, by_words: bool = False) -> ConsistentText | None:
    """Find the text that a line is UTF-8 of in a single-byte code page; None if it is good.

    Args:
        line: The line.
        by_words: If it is not UTF-8 as a whole, all of its words that are not sound may be.
    """
    is_whole = not _SINGLE.search(line) and _may_be_utf8(line) and not _of_no_page().search(line)
    found = _find_texts(line, _reread) if is_whole else []
    is_good = _UNSOUND.search(line) is None
    if found and is_good and not is_proof(found[0]):
        found = []
    if by_words and not found and not is_good:
        found = _find_texts(line, _reread_words)
    return ConsistentText(found[0], is_unique=len(found) == 1) if found else None


def _may_be_utf8(line: str) -> bool:
    """Check cheaply, without ftfy, whether the first broken word can be UTF-8 in a code page."""
    run = _RUN.search(line)
    return run is not None and (
        _SLOPPY.search(run[0]) is not None
        or any(_is_utf8(run[0], page) for page in _pages_of(run[0][:2]))
    )


@lru_cache(maxsize=4096)
def _pages_of(start: str) -> tuple[str, ...]:
    """List the code pages in which two characters are the first bytes of UTF-8."""
    return tuple(page for page in _SINGLE_BYTE if _starts_utf8(start, page))


def _starts_utf8(start: str, page: str) -> bool:
    """Check whether two characters are the first bytes of UTF-8 in a code page."""
    try:
        first, second = start.encode(page.removeprefix("sloppy-"))
    except UnicodeError:
        return False
    return 0xC2 <= first <= 0xF4 and 0x80 <= second <= 0xBF  # noqa: PLR2004 # lead and continuation bytes


def _is_utf8(run: str, page: str) -> bool:
    """Check whether characters are UTF-8 in a code page as Python knows it."""
    try:
        run.encode(page.removeprefix("sloppy-")).decode()
    except UnicodeError:
        return False
    return True


@cache
def _of_no_page() -> re.Pattern[str]:
    """Compile the pattern of characters that no single-byte code page has."""
    import ftfy.bad_codecs  # noqa: F401 # registers codecs

    characters = "".join(_HIGH_BYTES.decode(page, "ignore") for page in _SINGLE_BYTE)
    return re.compile(f"[^\x00-\xff{re.escape(characters)}]")


def _find_texts(line: str, reread: Callable[[str, str], str]) -> list[str]:
    """List the sound texts that code pages give, the most likely ones first."""
    import ftfy.bad_codecs  # noqa: F401 # registers codecs

    texts = dict.fromkeys(reread(line, page) for page in _SINGLE_BYTE)
    return sorted((text for text in texts if text and is_sound(text)), key=has_rare)


def _reread_words(line: str, page: str) -> str:
    """Decode the words of a line that are not sound as UTF-8; empty if that is not possible."""
    parts = _WORD_OR_SPACE.findall(line)
    new = [_reread(part, page) if _UNSOUND.search(part) else part for part in parts]
    return "".join(new) if all(new) else ""


def is_utf8_with_losses(line: str) -> bool:
    """Check for UTF-8 of one other script in a single-byte code page that lacks some bytes."""
    import ftfy.bad_codecs  # noqa: F401 # registers codecs

    runs = _RUN_WITHOUT_LOSS.findall(line)
    return any(map(partial(_is_mostly_utf8, runs), _SINGLE_BYTE))


def _is_mostly_utf8(runs: list[str], page: str) -> bool:
    """Check whether most bytes of `runs` in a code page are UTF-8 of one other script."""
    try:
        data = [run.encode(page) for run in runs]
    except UnicodeError:
        return False
    text = "".join(each.decode("utf-8", "ignore") for each in data)
    return len(text.encode()) >= _MOST * sum(map(len, data)) and is_proof(text)


def is_utf8_in_east_asian(line: str) -> bool:
    """Check for UTF-8 of another script that was decoded with a code page of East Asia.

    A single character of East Asia counts only inside of a word, or if it is a rare one: `T恤` and
    `cat猫` are good.
    """
    if _PROOF.search(line):
        runs = _RUN.findall(_PART.sub("", line))
        if any(all(_reread(run, page) for run in runs) for page in _MULTIBYTE):
            return True
    is_latin = _ASIAN_IN_WORD.search(line) or len(_ASIAN_AT_WORD.findall(line)) >= _MIN_WORDS
    texts = [_reread(line, page) for page in _MULTIBYTE]
    return any(
        text and is_sound(text) and ((is_latin and not _FOREIGN.search(text)) or is_proof(text))
        for text in texts
    )


def _reread(line: str, page: str) -> str:
    """Decode a line as UTF-8 instead of `page`; empty if that is not possible."""
    try:
        text = line.encode(page).decode()
    except UnicodeError:
        return ""
    return "" if _UNUSABLE.search(text) else text


def has_rare(text: str) -> bool:
    """Search for letters of Latin script that hardly any language has, and combining marks."""
    return _RARE.search(text) is not None


def is_proof(text: str) -> bool:
    """Check for emoji and letters of one other script, which no good text becomes by chance."""
    if _EMOJI.search(text):
        return True
    scripts = [_script(char) for char in text if not char.isascii() and _is_letter(char)]
    return len(scripts) >= _MIN_LETTERS and len({*scripts, "", "LATIN"}) == len(("", "LATIN", "x"))


@lru_cache(maxsize=4096)
def is_sound(text: str) -> bool:
    """Check whether all words of `text` look like words of a language; those in ASCII always do."""
    if _UNSOUND.search(text) or "Cn" in map(unicodedata.category, text):
        return False
    words = ["".join(chars) for is_word, chars in groupby(text, _is_letter) if is_word]
    return all(_is_word(word) for word in words if not word.isascii())


def _is_word(word: str) -> bool:
    """Check for letters of one script, with marks only after letters."""
    scripts = set(map(_script, word)) - {""}
    is_mark = unicodedata.category(word[0])[0] == "M" and word[0] != "\ufe0f"
    return len(scripts) <= 1 and not is_mark


def _is_letter(char: str) -> bool:
    """Check for a letter or a mark that belongs to one."""
    return unicodedata.category(char)[0] in "LM"


def _script(char: str) -> str:
    """Name the script of a letter; empty if it belongs to many."""
    script = re.split("[ -]", unicodedata.name(char, "UNKNOWN"), maxsplit=1)[0]
    if script in _COMMON:
        return ""
    return "CJK" if script in _ASIAN_SCRIPTS else script
