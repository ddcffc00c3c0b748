"""Texts of East Asia: UTF-8 that was decoded with their code pages, and the reverse."""

from collections.abc import Callable

from newslint.records.mojibake import LONE
from newslint.text.lazy_pattern import lazy_pattern

_EAST_ASIAN = "[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]"
_PAIR_OR_IN_WORD = lazy_pattern(
    f"{_EAST_ASIAN}[{_EAST_ASIAN[1:-1]}\ufffd]|[A-Za-z]{_EAST_ASIAN}|[{LONE}]"
)
_RUN = lazy_pattern("[^\x00-\x7f\ufffd]+")
_MARKS = frozenset("“”‘’·…—，。！？：；、（）")
_CHAR = lazy_pattern("[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef“”‘’·…—]")
_OTHER_SCRIPT = lazy_pattern(
    "|".join(
        f"[{block}]{{12,}}"
        for block in (
            "\u0370-\u03ff",
            "\u0400-\u045f",
            "\u0590-\u05ff",
            "\u0600-\u06ff",
            "\u0900-\u097f",
            "\u0e00-\u0e7f",
        )
    )
)

_KANA = lazy_pattern("[\u3040-\u30ff]")
_WITH_KANA = ("EUC-JP", "Shift JIS")

_RARE_SYLLABLE = b"\xa4\xd4"
"""The first of the eight bytes of a Korean syllable that only windows-949 has, in EUC-KR."""

_MIN_CHARS = 3
_MOST = 0.75
"""Share of the bytes that must be UTF-8, since a byte is lost here and there, and share of the
characters of a text that are common ones."""
_NEARLY_ALL = 0.9


def has_east_asian(line: str) -> bool:
    """Check for two characters of East Asia in a row, one after a letter, or a likely wrong one."""
    return _PAIR_OR_IN_WORD.search(line) is not None


def is_utf8_as_east_asian(line: str) -> bool:
    """Check for UTF-8 that was decoded with a code page of East Asia."""
    if _has_rare_syllables(line):
        return True
    runs = [match[0] for match in _RUN.finditer(line)]
    for codec in ("gbk", "cp932", "cp949", "big5", "euc_jp"):
        try:
            data = [run.encode(codec) for run in runs]
        except UnicodeError:
            continue
        text = "".join(each.decode("utf-8", "ignore") for each in data)
        if len(text.encode()) >= _MOST * sum(map(len, data)) and _is_common(text):
            return True
    return False


def _has_rare_syllables(line: str) -> bool:
    """Check for many Korean syllables that hardly any word contains."""
    data = line.encode("euc_kr", "ignore")
    rare = data.count(_RARE_SYLLABLE)
    return rare >= _MIN_CHARS and rare * 8 >= len(data) / 3


def _is_common(text: str) -> bool:
    """Check whether all characters are common ones of East Asia, or all are of another script."""
    common = sum(char in _MARKS or any(check(char) for check in _CHECKS) for char in text)
    if len(text) >= _MIN_CHARS and common >= _NEARLY_ALL * len(text):
        return True
    return _OTHER_SCRIPT.fullmatch(text) is not None


def find_east_asian_page(data: bytes) -> str:
    """Find the code page of East Asia that bytes are common characters of; empty if none."""
    for codec, name, is_common in _MULTIBYTE:
        try:
            text = data.decode(codec)
        except UnicodeError:
            continue
        chars = [char for char in text if not char.isascii()]
        if len(chars) >= _MIN_CHARS and all(map(_CHAR.match, chars)):
            common = sum(map(is_common, chars))
            is_written = name not in _WITH_KANA or _KANA.search(text) is not None
            if is_written and common >= max(_MIN_CHARS, _MOST * len(chars)):
                return name
    return ""


def _has_lead_byte(codec: str, first: int, last: int) -> Callable[[str], bool]:
    """Create a check for punctuation, and for characters with the first byte in a range."""

    def check(char: str) -> bool:
        data = char.encode(codec, "ignore")
        return bool(data) and (first <= data[0] <= last or not char.isalpha())

    return check


def _is_japanese(char: str) -> bool:
    """Check for kana, common kanji and punctuation."""
    return "\u3000" <= char <= "\u30ff" or _is_level_1(char)


_is_chinese = _has_lead_byte("gbk", 0xB0, 0xD7)
_is_korean = _has_lead_byte("euc_kr", 0xB0, 0xC8)
_is_level_1 = _has_lead_byte("euc_jp", 0xB0, 0xCF)
_MULTIBYTE = (
    ("euc_kr", "EUC-KR", _is_korean),
    ("euc_jp", "EUC-JP", _is_japanese),
    ("gbk", "GBK", _is_chinese),
    ("big5", "Big5", _has_lead_byte("big5", 0xA4, 0xC6)),
    ("cp932", "Shift JIS", _is_japanese),
)
"""Codecs and names of code pages, and a check for their common characters."""
_CHECKS = (_is_japanese, _is_chinese, _is_korean)
