"""Detection of the encoding of text that is not UTF-8.

UTF-16 and UTF-32 leave marks. A legacy encoding leaves none, and any bytes can be decoded with many
of them, so that it is named only on good evidence: decoded with it, nearly all words beyond ASCII
are plausible in a language that uses it, and no other encoding gives another plausible text.
"""

import re
from collections.abc import Callable, Iterable

_MIN_RARE = 3
"""Minimum number of characters beyond ASCII, for encodings other than those of Western Europe."""

_MIN_SHARE = 0.95
"""Minimum share of plausible words, and of common ideographs."""

_MIN_LETTERS = 8
"""Minimum number of letters beyond ASCII, for scripts other than Latin."""

_MIN_LETTERS_OF_AMBIGUOUS = 12
"""The same for Korean, of which shorter texts may be Chinese."""

_MAX_CHANCE_WORD = 2
"""Maximum length of words that are plausible by chance."""

_MIN_FREQUENT = 0.5
"""Minimum share of a language's ten most frequent letters; with a wrong encoding it is near 0.3."""

_MIN_LEAD = 0.12
"""Minimum difference between that share and the one of the next encoding."""

_MIN_KANA = 0.2
"""Minimum share of kana in Japanese."""

_WORD = re.compile(r"[^\W\d_]+")
_HIGH = re.compile(r"[^\x00-\x7f]")
_QUOTED_WORD = re.compile(r"[“„‘«‚—–][A-Za-z]|[A-Za-z][”’»…—–]")
_ONE_LETTER_WORDS = frozenset("àéèêáóåöôÀÉÈÁÓÅÖ")
_COMBINING_DOT = "\u0307"  # `lower` splits the Turkish `İ`
_WIDE_SIGNS = frozenset(
    "、。，．・：；？！（）「」『』〈〉《》【】ー“”‘’—…·０１２３４５６７８９\u3000"
)

_WESTERN = (
    "àâæçéèêëîïôœùûüÿ",
    "äöüßé",
    "áéíóúñü",
    "ãõáàâçéêíóôú",
    "àèéìíòóù",
    "åäöéü",
    "æøåéöä",
    "áðéíóúýþæö",
    "ëïéèöüáóêç",
    "àçèéíïòóúü",
)
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čšžćđ", "âîşţă")
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņšūž", "õäöüšž")
_LATIN = (
    ("iso-8859-1", "iso8859-1", _WESTERN),
    ("windows-1252", "cp1252", _WESTERN),
    ("windows-1250", "cp1250", _CENTRAL),
    ("iso-8859-2", "iso8859-2", _CENTRAL),
    ("windows-1254", "cp1254", ("çğıöşüâîû",)),
    ("windows-1257", "cp1257", _BALTIC),
    ("mac-roman", "mac-roman", _WESTERN),
    ("cp850", "cp850", _WESTERN),
)
"""Encodings of Latin script: name, codec, and the letters beyond ASCII of each language."""

_USUAL = ("iso-8859-1", "windows-1252")
_GREEK, _HEBREW, _ARABIC = "[\u0370-\u03ff]", "[\u05d0-\u05ea]", "[\u0621-\u064a]"
_RUSSIAN = "[А-яЁё]", "оеаинтсрвл"
_UKRAINIAN = "[А-яІіЇїЄєҐґ]", "оаинвіетрс"
_SERBIAN = "[А-яЈјЉљЊњЋћЂђЏџ]", "аоијенсртк"
_SCRIPTS = (
    ("windows-1251", "cp1251", *_RUSSIAN),
    ("windows-1251", "cp1251", *_UKRAINIAN),
    ("windows-1251", "cp1251", *_SERBIAN),
    ("koi8-r", "koi8-r", *_RUSSIAN),
    ("koi8-u", "koi8-u", *_UKRAINIAN),
    ("cp866", "cp866", *_RUSSIAN),
    ("iso-8859-5", "iso8859-5", *_RUSSIAN),
    ("mac-cyrillic", "mac-cyrillic", *_RUSSIAN),
    ("windows-1253", "cp1253", _GREEK, "αοιετσνηυρ"),
    ("iso-8859-7", "iso8859-7", _GREEK, "αοιετσνηυρ"),
    ("windows-1255", "cp1255", _HEBREW, "יוהלארתבמש"),
    ("windows-1256", "cp1256", _ARABIC, "الينموترةد"),
)
"""Encodings of other scripts: name, codec, a pattern of a letter, the ten most frequent letters."""


def detect_wide_encoding(data: bytes) -> str:
    """Detect UTF-16 and UTF-32 by their byte-order marks or NUL bytes; empty if it is neither.

    In text of these encodings that has much ASCII, as front matter has, every second byte is NUL,
    or three of four are.
    """
    for mark, name in ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32")):
        if data.startswith(mark):
            return name
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    nuls = [data[phase::4].count(0) for phase in range(4)]
    total = sum(nuls)
    if 8 * total < len(data) or len(data) < _MIN_LETTERS:
        return ""
    if 2 * total > len(data) + 4:
        likely = {"utf-32-le": nuls[0], "utf-32-be": nuls[3]}
    else:
        likely = {"utf-16-le": nuls[0] + nuls[2], "utf-16-be": nuls[1] + nuls[3]}
    name, wrong = min(likely.items(), key=lambda item: item[1])
    width = 4 if name.startswith("utf-32") else 2
    text = _decode(data[: len(data) // width * width], name)
    return name if 20 * wrong < total and text is not None and "\0" not in text else ""


def detect_encoding(sample: bytes) -> str:
    """Detect the encoding of text that is not UTF-8; empty without good evidence.

    Args:
        sample: Whole lines, so that no character is cut.
    """
    names = [name for name, codec, common in _EAST_ASIAN if _is_east_asian(sample, codec, common)]
    if len(names) > 1:
        text = sample.decode(names[0], "ignore")
        return names[0] if len(_letters(text)) >= _MIN_LETTERS_OF_AMBIGUOUS else ""
    return names[0] if names else _detect_latin(sample) or _detect_script(sample)


def _decode(sample: bytes, codec: str) -> str | None:
    """Decode `sample`; None if it is not in this encoding."""
    try:
        return sample.decode(codec)
    except UnicodeDecodeError:
        return None


def _letters(text: str) -> list[str]:
    """List the letters beyond ASCII."""
    return [char for char in _HIGH.findall(text) if char.isalpha()]


def _detect_latin(sample: bytes) -> str:
    """Detect an encoding of Latin script; empty if none is plausible, or several texts are."""
    names: dict[str, str] = {}
    for name, codec, alphabets in _LATIN:
        text = _decode(sample, codec)
        if text is not None and any(_is_latin(text, each) for each in alphabets):
            names.setdefault(text, name)
    (text, name), *others = [*names.items()] or [("", "")]
    is_certain = name in _USUAL or len(_HIGH.findall(text)) >= _MIN_RARE
    return name if is_certain and not others else ""


def _is_latin(text: str, alphabet: str) -> bool:
    """Check if nearly all words and signs beyond ASCII are plausible in a language.

    Args:
        text: The decoded text.
        alphabet: The lower-case letters beyond ASCII of the language.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    signs = [match.start() for match in _HIGH.finditer(text) if not match[0].isalpha()]
    plausible = [_is_word(word, alphabet) for word in words] + [_is_sign(text, at) for at in signs]
    has_words = any(len(word) > _MAX_CHANCE_WORD for word in words)
    return (has_words or _QUOTED_WORD.search(text) is not None) and _are_most(plausible)


def _are_most(plausible: Iterable[bool]) -> bool:
    """Check if nearly all are true; all of them, if they are few."""
    found = list(plausible)
    return sum(found) >= _MIN_SHARE * len(found)


def _is_word(word: str, alphabet: str) -> bool:
    """Check if a word has letters of ASCII and of `alphabet` only, and its capitals come first."""
    high = {char for char in word.lower() if not char.isascii()} - {_COMBINING_DOT}
    is_word = _has_usual_case(word) and len(_letters(word)) < len(word)
    return (is_word or word in _ONE_LETTER_WORDS) and high <= {*alphabet}


def _has_usual_case(word: str) -> bool:
    """Check if a word has no capital after a small letter; scripts without case have none."""
    return word.isupper() or word[1:] == word[1:].lower()


def _is_sign(text: str, at: int) -> bool:
    """Check if the sign at a 0-based offset is usual between its neighbours."""
    before, sign, after = text[at - 1 : at], text[at], text[at + 1 : at + 2]
    if sign in "“„‘«‚":
        return not before.isalnum()
    if sign in "”»…":
        return not after.isalnum()
    if sign == "’":
        return before.isalnum()
    return sign in "–—€£©®°§·\xa0" and not (before.isalpha() and after.isalpha())


def _detect_script(sample: bytes) -> str:
    """Detect an encoding of another script than Latin; empty if none clearly leads."""
    shares: dict[str, tuple[float, str]] = {}
    for name, codec, script, frequent in _SCRIPTS:
        text = _decode(sample, codec)
        if text is not None:
            found = _frequent_share(text, script, frequent), name
            shares[text] = max(found, shares.get(text, found), key=lambda each: each[0])
    (best, name), (second, _), *_ = sorted([*shares.values(), (0, ""), (0, "")], reverse=True)
    return name if best >= max(_MIN_FREQUENT, second + _MIN_LEAD) else ""


def _frequent_share(text: str, script: str, frequent: str) -> float:
    """Compute the share of frequent letters in the words of a script; 0 for implausible text.

    Args:
        text: The decoded text.
        script: A pattern of a letter.
        frequent: The most frequent letters of a language.
    """
    words = re.findall(f"{script}+", text)
    letters = "".join(words)
    others = [match.start() for match in _HIGH.finditer(text) if not re.match(script, match[0])]
    mixed = len(re.findall(f"[A-Za-z]{script}|{script}[A-Za-z]", text))
    is_plausible = (
        len(letters) >= _MIN_LETTERS
        and mixed <= (1 - _MIN_SHARE) * len(words)
        and _are_most(_is_sign(text, at) for at in others)
        and _are_most(map(_has_usual_case, words))
    )
    return sum(char in frequent for char in letters.lower()) / len(letters) if is_plausible else 0


def _is_east_asian(sample: bytes, codec: str, is_common: Callable[[str], bool]) -> bool:
    """Check if nearly all characters beyond ASCII are common ones of a language.

    Args:
        sample: Whole lines.
        codec: The encoding.
        is_common: Checks a letter.
    """
    text = _decode(sample, codec) or ""
    letters = _letters(text)
    if len(letters) < _MIN_LETTERS:
        return False
    if codec in _JAPANESE and sum(map(_is_kana, letters)) < _MIN_KANA * len(letters):
        return False
    return _are_most(is_common(char) or char in _WIDE_SIGNS for char in _HIGH.findall(text))


def _is_kana(char: str) -> bool:
    """Check if a character is hiragana or katakana."""
    return "\u3041" <= char <= "\u30fe"


def _starts_within(codec: str, first: int, last: int) -> Callable[[str], bool]:
    """Create a check if the first byte of a character is in the range of the common ones."""
    return lambda char: first <= (char.encode(codec, "ignore") or b"\0")[0] <= last


def _is_japanese(codec: str, first: int, last: int) -> Callable[[str], bool]:
    """Create a check if a character is kana or a common ideograph."""
    is_ideograph = _starts_within(codec, first, last)
    return lambda char: _is_kana(char) or is_ideograph(char)


_JAPANESE = ("cp932", "euc_jp")
_EAST_ASIAN = (
    ("euc-kr", "cp949", _starts_within("euc_kr", 0xB0, 0xC8)),
    ("gb18030", "gb18030", _starts_within("gb2312", 0xB0, 0xD7)),
    ("big5", "big5", _starts_within("big5", 0xA4, 0xC6)),
    ("shift_jis", "cp932", _is_japanese("shift_jis", 0x88, 0x98)),
    ("euc-jp", "euc_jp", _is_japanese("euc_jp", 0xB0, 0xCF)),
)
"""Encodings of several bytes a character: name, codec, and a check if a letter is common.

Each standard lists the common ideographs first. What is Korean is also valid Chinese, not vice
versa, so that Korean comes first.
"""
