"""A sample of the pairs of an archive, in which other stories are found for a pair."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
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
        before: Another sample, whose stems and texts are used again.

    Attributes:
        pairs: The pairs.
        words: The stems of all words.
        rarity: The rarity of terms.
        headlines: The index of the headlines, in the same order.
        excerpts: The index of the excerpts, in the same order.
    """

    def __init__(self, pairs: Sequence[Pair], before: "Sample | None" = None) -> None:
        self.pairs = pairs
        self._numbers = {pair[1:]: number for number, pair in enumerate(pairs)}
        known = {} if before is None else before.known
        found = [known.get(pair[1:]) for pair in pairs]
        self._stems = [
            stem_pair(*pair[1:]) if each is None else each[0]
            for pair, each in zip(pairs, found, strict=True)
        ]
        self.words = set(chain.from_iterable(chain.from_iterable(self._stems)))
        is_joined = before is not None and not self._joins_other_words(before.words)
        terms = [
            (each[1].headline.terms, each[1].excerpt.terms)
            if each is not None and is_joined
            else self._join(stems)
            for stems, each in zip(self._stems, found, strict=True)
        ]
        self.rarity = rarity = Rarity([frozenset(one + other) for one, other in terms])
        changed = rarity.items() ^ (before.rarity if before is not None else {}).items()
        others = frozenset(term for term, _ in changed)
        texts = [
            _weigh(each, None if old is None else old[1], others, rarity)
            for each, old in zip(terms, found, strict=True)
        ]
        self.headlines = TextIndex([each.headline for each in texts], rarity)
        self.excerpts = TextIndex([each.excerpt for each in texts], rarity)

    @property
    def known(self) -> dict[tuple[str, str], tuple[Stems, PairTexts]]:
        """The stems and texts of the pairs."""
        texts = map(PairTexts, self.headlines.texts, self.excerpts.texts)
        return dict(zip(self._numbers, zip(self._stems, texts, strict=True), strict=True))

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
        known = self.words
        return join_neighbours(stems.headline, known), join_neighbours(stems.excerpt, known)

    def _joins_other_words(self, before: AbstractSet[str]) -> bool:
        """Check if a word that is new or gone consists of two known words."""
        words = self.words
        return any(
            each[:at] in words and each[at:] in words
            for each in words ^ before
            for at in range(1, len(each))
        )

    def _is_same_story(self, own: frozenset[str], other: int) -> bool:
        """Check whether a headline belongs to the story of the headline with the terms `own`."""
        return are_near_duplicates(own, frozenset(self.headlines.texts[other].terms))


def _weigh(
    terms: tuple[tuple[str, ...], tuple[str, ...]],
    known: PairTexts | None,
    others: frozenset[str],
    rarity: Rarity,
) -> PairTexts:
    """Weigh the texts of a pair.

    Args:
        terms: The terms of the headline and of the excerpt.
        known: The texts by an earlier rarity, if there are any.
        others: The terms whose rarity was another one.
        rarity: The rarity of terms.
    """
    headline, excerpt = terms
    is_known = known is not None and (known.headline.terms, known.excerpt.terms) == terms
    if known is not None and is_known and others.isdisjoint(chain(headline, excerpt)):
        return known
    return PairTexts(WeightedText.create(headline, rarity), WeightedText.create(excerpt, rarity))
