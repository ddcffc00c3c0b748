"""Comparison of headlines: do two belong to one article, or to one story?"""

from functools import lru_cache
from typing import NamedTuple

from newslint.records.text_comparison import normalise_text
from newslint.records.words import COMMON_WORDS, detect_language, split_words, stem

_FUNCTION_WORDS = frozenset(
    """
    a an and at be been but can do does get gets had has have he her his how i if it its more new
    not now or our she so some than their them they to us via was we were what when where which who
    why will would
    """.split()  # noqa: SIM905 # a list of words reads better
).union(word for word in COMMON_WORDS if len(word) > 1)
"""Words in lower case that say nothing about the subject of a headline."""

_MIN_JACCARD = 0.5
_MIN_SHARED = 4


class Headline(NamedTuple):
    """The words of a headline that carry its meaning, in lower case.

    Attributes:
        words: The words; a compound such as `plain-text` is two.
        joined: The words, with compounds as one.
        lower: Those that the headline does not capitalise.
    """

    words: frozenset[str]
    joined: frozenset[str]
    lower: frozenset[str]

    def equals(self, other: "Headline") -> bool:
        """Check whether two headlines have the same words, in any order."""
        return bool(self.words) and (self.words == other.words or self.joined == other.joined)

    def extends(self, other: "Headline") -> str | None:
        """Find the only word by which one of two headlines extends the other; None if none does."""
        differing = self.words ^ other.words
        shared = self.words & other.words
        return min(differing) if len(differing) == 1 and len(shared) >= _MIN_SHARED else None

    def resembles(self, other: "Headline") -> bool:
        """Check whether two headlines share at least half of the words in either."""
        shared = len(self.words & other.words)
        union = len(self.words | other.words)
        return self.equals(other) or (shared > 0 and shared >= _MIN_JACCARD * union)


def read_headline(title: str) -> Headline:
    """Extract the words of a headline that carry its meaning."""
    text = normalise_text(title)
    capitalised = set(split_words(" ".join(filter(_is_capitalised, text.split()))))
    words = frozenset(_split(text).content)
    joined = frozenset(_split(text.replace("-", "")).content) if "-" in text else words
    return Headline(words, joined, words - capitalised)


def _is_capitalised(word: str) -> bool:
    """Check whether a word contains an upper-case letter or a digit."""
    if word.islower() and word.isalpha():
        return False
    return any(each.isupper() or each.isdigit() for each in word)


class _Words(NamedTuple):
    """The words of a text in lower case, and those of them that are not among the most common."""

    every: list[str]
    content: list[str]


@lru_cache(maxsize=16)  # for the next question about the same headline
def _split(text: str) -> _Words:
    """Split a text into words."""
    words = split_words(text)
    return _Words(words, [word for word in words if word not in _FUNCTION_WORDS])


class HeadlineStems(NamedTuple):
    """The stems of the words of a headline that carry its meaning.

    Attributes:
        stems: The stems.
        first: The first of them, often the name of the company that it is about; empty without one.
    """

    stems: frozenset[str]
    first: str


def read_stems(title: str) -> HeadlineStems:
    """Extract the stems of a headline, so that reworded headlines have most of them in common."""
    words = _split(normalise_text(title))
    stems = stem(words.content, _language(words.every))
    return HeadlineStems(frozenset(stems), stems[0] if stems else "")


def _language(words: list[str]) -> str:
    """Detect the language of a headline; those that are too short count as English."""
    return detect_language(words) or "english"
