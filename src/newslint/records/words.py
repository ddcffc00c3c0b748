"""Words: how a text is split into them, and which forms count as one.

Stems come from the Snowball algorithms (snowballstem.org) for the language that a text seems to be
written in, told by its commonest words. What cannot be split by spaces is not split at all.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import chain

from newslint.text.cache import TextCache

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"[’'][sS]\b")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HUMPED = re.compile("[a-z][A-Z]")
_BETWEEN = {code: " " for code in range(128) if not chr(code).isalnum()}
"""What of ASCII is between words."""

_UNSPACED = (
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff]"
)
_COMMON = {
    "english": "the of and to in is for that with on are as by from this your you it",
    "german": "der die das und in den von zu mit ist auf für nicht eine ein dem des sich",
    "french": "le la les des et en une un du est pour que dans qui sur par au pas",
    "spanish": "el la los las de y en que un una del se por con para es su al",
    "italian": "il la di che e un una per in del della con non si le gli è al",
    "portuguese": "o a os as de e que do da em um uma para com não no na dos",
    "dutch": "de het een van en in is dat op te voor met zijn niet aan er om",
    "swedish": "och att det i en som på är av för med till den har inte ett",
    "danish": "og at det i en den til er som på de med han af for ikke",
    "russian": "и в не на что с по как это к из у за от для же",
    "turkish": "ve bir bu için ile da de çok olarak daha gibi olan",
}
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in _COMMON.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_language)
_LEAST_COMMON = 2
_MOST_STEMS = 65536
_LONGEST = 64


def can_split(text: str) -> bool:
    """Tell whether the words of `text` are set apart by spaces."""
    return text.isascii() or len(re.findall(_UNSPACED, text)) * 10 <= len(text)


def detect_language(words: list[str]) -> str:
    """Return the Snowball name of the language of lower-case `words`; empty where unsure."""
    common = [_LANGUAGES[word] for word in words if word in _LANGUAGES]
    if len(common) < _LEAST_COMMON:
        return ""
    counts = Counter(chain.from_iterable(common))
    most = max(counts.values())
    best = [name for name, count in counts.items() if count == most]
    return best[0] if most >= _LEAST_COMMON and len(best) == 1 else ""


@lru_cache(maxsize=16384)
def normalize_words(text: str) -> str:
    """Return the words of `text` in lower case, joined by single spaces."""
    return " ".join(split_words(text))


def split_words(text: str) -> list[str]:
    """Return the words of `text` in lower case, `PowerApps` as two."""
    plain = text.replace("’", "'").replace("“", '"').replace("”", '"').replace("–", "-")
    if plain.isascii():  # as most are; what was replaced is between words either way
        owned = _POSSESSIVE.sub("", plain) if "'" in plain else plain
        apart = _HUMP.sub(" ", owned) if _HUMPED.search(owned) else owned
        return apart.lower().translate(_BETWEEN).split()
    normal = unicodedata.normalize("NFKC", text)
    return [word.lower() for word in _WORD.findall(_HUMP.sub(" ", _POSSESSIVE.sub("", normal)))]


def stem(words: list[str], language: str) -> list[str]:
    """Return the stems of lower-case `words`; the words themselves in an unknown language."""
    if not language:
        return words
    known = _stems_in(language)
    return [known[word] for word in words]


@lru_cache(maxsize=16)
def _stems_in(language: str) -> TextCache[str]:
    """Return the stems of a language by word, as the Snowball algorithm of that name has them."""
    import Stemmer

    return TextCache(Stemmer.Stemmer(language).stemWord, longest=_LONGEST, most=_MOST_STEMS)
