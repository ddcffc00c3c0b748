"""A sample of the pairs of an archive, in which other stories are found for a pair."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from itertools import chain, islice
from typing import NamedTuple

from newslint.records.fit.index import Rarity, Terms, TextIndex, WeightedText
from newslint.records.fit.pairs import Pair, Stems, join_neighbours, stem_pair
from newslint.records.near_duplicates import are_near_duplicates

_CANDIDATES = 12


class PairTexts(NamedTuple):
    """The terms of a headline and of an excerpt."""

    headline: WeightedText
    excerpt: WeightedText


class Sample:
    """A sample of pairs, with indexes of their headlines and excerpts.

    Headlines that are near-duplicates belong to one story. Changes of a copy do not affect the
    original, although both have in common what has not changed.

    Attributes:
        pairs: The pairs by `order`, which is their number in the indexes, in ascending order.
        rarity: The rarity of terms.
        headlines: The index of the headlines.
        excerpts: The index of the excerpts.
    """

    def __init__(self) -> None:
        self.pairs: dict[int, Pair] = {}
        self.rarity = Rarity(Counter(), 0)
        self.headlines = TextIndex()
        self.excerpts = TextIndex()
        self._stems: dict[int, Stems] = {}
        self._words: Counter[str] = Counter()

    def change(self, pairs: Sequence[Pair]) -> None:
        """Replace all pairs by others, in ascending order; what is known of the same ones stays."""
        known, self.pairs = self.pairs, {each.order: each for each in pairs}
        gone = known.keys() - self.pairs.keys()
        new = {each.order: stem_pair(*each[1:]) for each in pairs if each.order not in known}
        others = self._change_words([self._stems[each] for each in gone], new.values()) - gone
        self._stems = {each: found for each, found in self._stems.items() if each not in gone} | new
        terms = {each: self._join(self._stems[each]) for each in chain(new, others)}
        before = [self._known_terms(each) for each in chain(gone, others)]
        counts = _recount(self.rarity.counts, _distinct(before), _distinct(terms.values()))
        self.rarity = Rarity(counts, len(pairs))
        self.headlines, self.excerpts = copy(self.headlines), copy(self.excerpts)
        self.headlines.change(gone, {each: terms[each][0] for each in terms}, self.rarity)
        self.excerpts.change(gone, {each: terms[each][1] for each in terms}, self.rarity)

    def terms(self, pair: Pair) -> tuple[Terms, Terms]:
        """Split the headline and the excerpt of any pair into terms."""
        if self.pairs.get(pair.order) == pair:
            return self._known_terms(pair.order)
        return self._join(stem_pair(*pair[1:]))

    def weigh(self, headline: Terms, excerpt: Terms) -> PairTexts:
        """Weigh the terms of a headline and of an excerpt."""
        return PairTexts(
            WeightedText.create(headline, self.rarity), WeightedText.create(excerpt, self.rarity)
        )

    def shuffled(self, count: int) -> Iterator[tuple[int, PairTexts]]:
        """Yield the first headlines of the sample, each with the excerpt of the next pair.

        Yields:
            The number of the headline, and the texts.
        """
        others = chain(islice(self.pairs, 1, None), self.pairs)
        for number, other in zip(islice(self.pairs, count), others, strict=False):
            yield number, PairTexts(self.headlines.text(number), self.excerpts.text(other))

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
        own, known = frozenset(texts.headline.terms), self.excerpts.terms
        return [
            each
            for each in self.excerpts.find_candidates(texts.headline, _CANDIDATES)
            if (each == displaced or not self._is_same_story(own, each))
            and known[each] != texts.excerpt.terms
        ]

    def _known_terms(self, number: int) -> tuple[Terms, Terms]:
        """Return the terms of a headline of the sample and of its excerpt."""
        return self.headlines.terms[number], self.excerpts.terms[number]

    def _join(self, stems: Stems) -> tuple[Terms, Terms]:
        """Collect the terms of a headline and of its excerpt."""
        known = self._words
        return join_neighbours(stems.headline, known), join_neighbours(stems.excerpt, known)

    def _change_words(self, gone: Collection[Stems], new: Collection[Stems]) -> set[int]:
        """Count the words of pairs that are gone or new.

        Returns:
            The numbers of pairs with a word and another one that are known, or no longer known, as
            one word.
        """
        before, words = (
            self._words,
            _recount(
                self._words,
                chain.from_iterable(chain.from_iterable(gone)),
                chain.from_iterable(chain.from_iterable(new)),
            ),
        )
        self._words = words
        if not self.headlines.terms:
            return set()
        changed = {*chain.from_iterable(chain(*gone, *new))}
        return {
            number
            for both in changed
            if (both in before) != (both in words)
            for at in range(1, len(both))
            for index in (self.headlines, self.excerpts)
            for number in index.find_all(both[:at], both[at:])
        }

    def _is_same_story(self, own: frozenset[str], other: int) -> bool:
        """Check whether a headline belongs to the story of the headline with the terms `own`."""
        return are_near_duplicates(own, frozenset(self.headlines.terms[other]))


def _distinct(pairs: Iterable[tuple[Terms, Terms]]) -> Iterator[str]:
    """Yield the distinct terms of each pair."""
    return chain.from_iterable(frozenset(chain(*each)) for each in pairs)


def _recount(counts: Counter[str], gone: Iterable[str], new: Iterable[str]) -> Counter[str]:
    """Count words or terms again, of which some are gone and others new."""
    result = Counter(counts)
    result.update(new)
    for each in gone:
        result[each] -= 1
        if not result[each]:
            del result[each]
    return result
