"""Words of a text, and their stems.

Stems come from the Snowball algorithms (snowballstem.org) for the language of the text, which is
detected by its most common words. Scripts without spaces between words are not split.
"""

import re
import unicodedata
from functools import lru_cache

from newslint.text.cache import TextCache
from newslint.text.lazy_pattern import lazy_pattern

_WORD = lazy_pattern(r"[^\W_]+")
_POSSESSIVE = lazy_pattern(r"[’'][sS]\b")
_HUMP = lazy_pattern(r"(?<=[a-z])(?=[A-Z])")
_HUMPED = re.compile("[a-z][A-Z]")
_BETWEEN = {code: " " for code in range(128) if not chr(code).isalnum()}
"""Translation table that replaces the ASCII characters between words by spaces."""

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
COMMON_WORDS = frozenset(_LANGUAGES)
"""The most common words of the languages that can be detected, in lower case."""

_MIN_COMMON = 2
_MAX_STEMS = 65536
_MAX_LENGTH = 64


def can_split(text: str) -> bool:
    """Check whether the words of `text` are separated by spaces."""
    return text.isascii() or len(re.findall(_UNSPACED, text)) * 10 <= len(text)


def detect_language(words: list[str]) -> str:
    """Detect the language of lower-case `words`: its Snowball name, or empty if unsure."""
    counts: dict[str, int] = {}
    for word in words:
        for name in _LANGUAGES.get(word, ()):
            counts[name] = counts.get(name, 0) + 1
    most = max(counts.values(), default=0)
    best = [name for name, count in counts.items() if count == most]
    return best[0] if most >= _MIN_COMMON and len(best) == 1 else ""


@lru_cache(maxsize=16384)
def normalise_words(text: str) -> str:
    """Join the words of `text` in lower case by single spaces."""
    return " ".join(split_words(text))


def split_words(text: str) -> list[str]:
    """Split `text` into words in lower case; `PowerApps` is two."""
    plain = text.replace("’", "'").replace("“", '"').replace("”", '"').replace("–", "-")
    if plain.isascii():  # the usual case; the characters replaced above separate words anyway
        without_s = _POSSESSIVE.sub("", plain) if "'" in plain else plain
        apart = _HUMP.sub(" ", without_s) if _HUMPED.search(without_s) else without_s
        return apart.lower().translate(_BETWEEN).split()
    normal = unicodedata.normalize("NFKC", text)
    return [word.lower() for word in _WORD.findall(_HUMP.sub(" ", _POSSESSIVE.sub("", normal)))]


def stem(words: list[str], language: str) -> list[str]:
    """Stem lower-case `words`; words of an unknown language stay as they are."""
    if not language:
        return words
    known = _stem_cache(language)
    return [known[word] for word in words]


@lru_cache(maxsize=16)
def _stem_cache(language: str) -> TextCache[str]:
    """Create the cache of stems for the Snowball algorithm `language`."""
    import Stemmer

    return TextCache(
        Stemmer.Stemmer(language).stemWord, max_length=_MAX_LENGTH, max_entries=_MAX_STEMS
    )
