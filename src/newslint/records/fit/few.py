"""Excerpts that are beyond doubt out of place, in archives that are too small for a model.

The excerpt shares nothing with its headline, not even the beginning of a word or an acronym, and
several words with the headline of another story that no third one shares. If the excerpts of two
pairs are exchanged, two such words each suffice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from newslint.records.fit.common_words import content_words
from newslint.records.fit.pairs import Misfit, Pair, sample_digest
from newslint.records.near_duplicates import are_near_duplicates
from newslint.records.words import can_split, detect_language, split_words
from newslint.text.lazy_pattern import lazy_pattern

_MIN_SHARED = 3
_MIN_EXCHANGED = 2
_MIN_COVERAGE = 0.5
_MIN_HEADLINE = 2
_PREFIX = 4
_MIN_FREQUENT, _FREQUENT_SHARE = 3, 10
_MAX_HEADLINES, _RARE_SHARE = 1, 50
_REPORTED = 1
_ACRONYM = lazy_pattern(r"\b[A-Z]{2,5}(?![A-Z])")


class _Words(NamedTuple):
    """The words of a headline and of its excerpt.

    Attributes:
        headline: Stems of the words of the headline that may identify its subject, by word.
        excerpt: Those of the excerpt.
    """

    headline: dict[str, str]
    excerpt: dict[str, str]

    @classmethod
    def create(cls, headline: str, excerpt: str, usual: str) -> "_Words":
        """Split a headline and an excerpt.

        Args:
            headline: The headline.
            excerpt: The excerpt.
            usual: The language to assume if theirs cannot be detected.
        """
        title, text = split_words(headline), split_words(excerpt)
        language = detect_language(title + text) or usual
        return cls(content_words(title, language), content_words(text, language))


class FewPairs:
    """The pairs of an archive that is too small for a model.

    Args:
        pairs: The pairs, in ascending order.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._pairs = pairs

    @cached_property
    def digest(self) -> bytes:
        """Digest of the pairs, on which all results depend."""
        return sample_digest(self._pairs)

    def step(self, pair: Pair) -> int:
        """Compute 1 if the excerpt of a pair is beyond doubt out of place, else 0."""
        return 0 if self._find_other(pair) is None else _REPORTED

    def explain(self, pair: Pair) -> Misfit:
        """Collect the evidence that the excerpt of a pair is out of place."""
        other = self._find_other(pair)
        return Misfit(None if other is None else self._pairs[other].headline, [])

    @staticmethod
    def find_threshold(histogram: Mapping[int, int]) -> int:
        """Find the minimum result of the pairs that are reported."""
        del histogram
        return _REPORTED

    @cached_property
    def _language(self) -> str:
        """The language of most pairs; empty if it is not known."""
        words = (split_words(f"{pair.headline} {pair.excerpt}") for pair in self._pairs)
        found = Counter(filter(None, map(detect_language, words)))
        return max(found, key=lambda each: (found[each], each), default="")

    @cached_property
    def _words(self) -> list[_Words]:
        """The words of each pair."""
        return [_Words.create(*pair[1:], self._language) for pair in self._pairs]

    @cached_property
    def _counts(self) -> Counter[str]:
        """Numbers of headlines with each word."""
        return Counter(chain.from_iterable(set(each.headline.values()) for each in self._words))

    @cached_property
    def _lone(self) -> frozenset[int]:
        """Numbers of the pairs whose excerpt shares nothing with its headline."""
        return frozenset(
            number
            for number, (pair, words) in enumerate(zip(self._pairs, self._words, strict=True))
            if self._shares_nothing(pair.headline, pair.excerpt, words)
        )

    def _shares_nothing(self, headline: str, excerpt: str, words: _Words) -> bool:
        """Check whether nothing shows that a headline and an excerpt are about one subject."""
        title, text = self._without_frequent(words.headline), self._without_frequent(words.excerpt)
        return (
            len(title) >= _MIN_HEADLINE
            and can_split(headline + excerpt)
            and not set(title.values()) & set(text.values())
            and not _share_letters(title, text)
            and not _share_letters(text, title)
            and not _has_acronym(headline, split_words(excerpt))
            and not _has_acronym(excerpt, split_words(headline))
        )

    def _without_frequent(self, words: dict[str, str]) -> dict[str, str]:
        """Leave out the words that are in many headlines, such as the subject of the archive."""
        least = max(_MIN_FREQUENT, len(self._pairs) // _FREQUENT_SHARE)
        return {word: each for word, each in words.items() if self._counts[each] < least}

    def _find_other(self, pair: Pair) -> int | None:
        """Find the pair whose headline the excerpt belongs to, if it is beyond doubt."""
        own = _Words.create(*pair[1:], self._language)
        if not self._shares_nothing(*pair[1:], own):
            return None
        found = [
            (shared, -other)
            for other in range(len(self._pairs))
            if (shared := self._count_shared(own, other))
        ]
        return -max(found)[1] if found else None

    def _count_shared(self, own: _Words, number: int) -> int:
        """Count the words that an excerpt shares with the headline of another story.

        The result is 0 if they are too few, or if another reading is possible.
        """
        other = self._words[number]
        shared = self._evidence(own, other)
        is_exchanged = number in self._lone and len(self._evidence(other, own)) >= _MIN_EXCHANGED
        least = _MIN_EXCHANGED if is_exchanged else _MIN_SHARED
        title = set(self._without_frequent(other.headline).values())
        if len(shared) < least or len(shared) < _MIN_COVERAGE * len(title):
            return 0
        is_one_story = are_near_duplicates(set(own.headline.values()), title)
        repeats = 2 * len(shared) >= len(title | set(own.excerpt.values()))
        return 0 if is_one_story or repeats else len(shared)

    def _evidence(self, one: _Words, other: _Words) -> set[str]:
        """Collect the words of an excerpt and a headline that are in hardly any other headline."""
        most = max(_MAX_HEADLINES, len(self._pairs) // _RARE_SHARE)
        shared = set(one.excerpt.values()) & set(other.headline.values())
        return {word for word in shared if self._counts[word] <= most}


def _share_letters(words: Iterable[str], text: Iterable[str]) -> bool:
    """Check whether words contain another one in one of them or in several, or its beginning."""
    joined = "".join(text)
    beginnings = {word[:_PREFIX] for word in text}
    return any(word in joined or word[:_PREFIX] in beginnings for word in words)


def _has_acronym(one: str, words: Iterable[str]) -> bool:
    """Check whether a text has an acronym of consecutive words."""
    initials = "".join(word[0] for word in words)
    return any(each.lower() in initials for each in _ACRONYM.findall(one))
