"""Near-duplicate headlines, which syndicated stories have."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from newslint.records.text_comparison import normalise_text
from newslint.records.words import split_words

_MIN_SIMILARITY = 0.5
"""Minimum Jaccard index of near-duplicate headlines."""


def distinct_headlines(headlines: Iterable[str]) -> list[str]:
    """Select one of each set of near-duplicate headlines.

    Two headlines are near-duplicates if they share at least half of the words that are in either
    (their Jaccard index is 0.5 or more), or if one contains all words of the other.
    """
    words = {each: set(split_words(normalise_text(each))) for each in sorted(set(headlines))}
    known = _HeadlineIndex(words.values())
    return [headline for headline, each in words.items() if known.add_if_new(each)]


class _HeadlineIndex:
    """An index of distinct headlines by their words, to compare a new one with few of them.

    Words are ordered by their frequency in all headlines, the rarest first. If headline A is a
    near-duplicate of B, then B contains a word of the rarer half of A's words (their Jaccard index
    is 0.5 or more, or B contains A), or A contains the rarest word of B (A contains B).

    Args:
        headlines: The words of every headline that will be added.
    """

    def __init__(self, headlines: Iterable[set[str]]) -> None:
        self._frequency = Counter(chain.from_iterable(headlines))
        self._by_word: defaultdict[str, list[set[str]]] = defaultdict(list)
        self._by_rarest: defaultdict[str, list[set[str]]] = defaultdict(list)
        self._all: list[set[str]] = []

    def add_if_new(self, words: set[str]) -> bool:
        """Add the words of a headline unless it duplicates an earlier one; return whether added."""
        rarest = sorted(words, key=lambda word: (self._frequency[word], word))
        if any(_are_near_duplicates(words, other) for other in self._candidates(rarest)):
            return False
        self._all.append(words)
        for word in words:
            self._by_word[word].append(words)
        self._by_rarest["".join(rarest[:1])].append(words)
        return True

    def _candidates(self, rarest: list[str]) -> Iterator[set[str]]:
        """Yield the headlines that may duplicate one with these words, rarest first."""
        if not rarest:
            yield from self._all
        for word in rarest[: len(rarest) // 2 + 1]:
            yield from self._by_word[word]
        for word in ("", *rarest):
            yield from self._by_rarest[word]


def _are_near_duplicates(one: set[str], other: set[str]) -> bool:
    """Check whether two sets of words belong to near-duplicate headlines."""
    shared = len(one & other)
    return shared >= _MIN_SIMILARITY * len(one | other) or shared == min(len(one), len(other))
