"""A sample of the pairs of an archive, in which other stories are found for a pair."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from newslint.records.fit.index import Rarity, TextIndex, WeightedText
from newslint.records.fit.pairs import Pair, Stems, join_neighbours, stem_pair
from newslint.records.near_duplicates import are_near_duplicates

_CANDIDATES = 12


class PairTexts(NamedTuple):
    """The terms of a headline and of an excerpt."""

    headline: WeightedText
    excerpt: WeightedText


class Sample:
    """A sample of pairs, with indexes of their headlines and excerpts.

    Headlines that are near-duplicates belong to one story.

    Args:
        pairs: The pairs, in ascending order.

    Attributes:
        pairs: The pairs.
        rarity: The rarity of terms.
        headlines: The index of the headlines, in the same order.
        excerpts: The index of the excerpts, in the same order.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.pairs = pairs
        self._numbers = {pair[1:]: number for number, pair in enumerate(pairs)}
        stems = [stem_pair(*pair[1:]) for pair in pairs]
        self._words = set(chain.from_iterable(chain.from_iterable(stems)))
        terms = [self._join(each) for each in stems]
        self.rarity = rarity = Rarity([frozenset(one + other) for one, other in terms])
        self.headlines = TextIndex([WeightedText.create(each, rarity) for each, _ in terms], rarity)
        self.excerpts = TextIndex([WeightedText.create(each, rarity) for _, each in terms], rarity)

    def texts(self, headline: str, excerpt: str) -> PairTexts:
        """Split a headline and an excerpt into terms."""
        number = self._numbers.get((headline, excerpt))
        if number is not None:
            return PairTexts(self.headlines.texts[number], self.excerpts.texts[number])
        title, text = self._join(stem_pair(headline, excerpt))
        return PairTexts(
            WeightedText.create(title, self.rarity), WeightedText.create(text, self.rarity)
        )

    def shuffled(self, number: int) -> PairTexts:
        """Combine a headline of the sample with the excerpt of the next pair."""
        other = (number + 1) % len(self.pairs)
        return PairTexts(self.headlines.texts[number], self.excerpts.texts[other])

    def other_headlines(self, texts: PairTexts) -> list[int]:
        """Find the headlines of other stories that the excerpt may fit."""
        own = frozenset(texts.headline.terms)
        found = self.headlines.find_candidates(texts.excerpt, _CANDIDATES)
        return [each for each in found if not self._is_same_story(own, each)]

    def other_excerpts(self, texts: PairTexts, displaced: int | None = None) -> list[int]:
        """Find the excerpts of other stories that may fit the headline.

        Args:
            texts: The pair.
            displaced: An excerpt to find although its headline is the same.
        """
        own, known = frozenset(texts.headline.terms), self.excerpts.texts
        return [
            each
            for each in self.excerpts.find_candidates(texts.headline, _CANDIDATES)
            if (each == displaced or not self._is_same_story(own, each))
            and known[each].terms != texts.excerpt.terms
        ]

    def _join(self, stems: Stems) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Collect the terms of a headline and of its excerpt."""
        known = self._words
        return join_neighbours(stems.headline, known), join_neighbours(stems.excerpt, known)

    def _is_same_story(self, own: frozenset[str], other: int) -> bool:
        """Check whether a headline belongs to the story of the headline with the terms `own`."""
        return are_near_duplicates(own, frozenset(self.headlines.texts[other].terms))
