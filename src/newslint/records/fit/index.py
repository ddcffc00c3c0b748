"""An index of texts by their rarer terms, and similarities of texts."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from operator import mul
from typing import NamedTuple

_MIN_COMMON = 20
_COMMON_SHARE = 8
_MAX_COMMON = 1000
_MAX_POSTINGS = 500
_MIN_SHARE = 0.5

Terms = tuple[str, ...]
"""The terms of a text, each once, in order."""


class Rarity(dict[str, float]):
    """Inverse document frequencies of terms; a term that is not known is the rarest.

    Args:
        counts: The number of texts with each term.
        total: The number of texts.

    Attributes:
        counts: The number of texts with each term.
    """

    def __init__(self, counts: Counter[str], total: int) -> None:
        self.counts = counts
        by_count = {each: math.log((total + 1) / (each + 0.5)) for each in {1, *counts.values()}}
        super().__init__(zip(counts, map(by_count.__getitem__, counts.values()), strict=True))
        self._unknown = by_count[1]

    def __missing__(self, term: str) -> float:
        """Compute the rarity of a term that is in no text."""
        return self._unknown


class WeightedText(NamedTuple):
    """The terms of a text.

    Attributes:
        terms: The terms, each once, in order.
        mass: The sum of their rarity.
        norm: The root of the sum of its squares.
    """

    terms: Terms
    mass: float
    norm: float

    @classmethod
    def create(cls, terms: Terms, rarity: Rarity) -> "WeightedText":
        """Weigh the terms of a text."""
        weights = [rarity[term] for term in terms]
        norm = math.sqrt(sum(map(mul, weights, weights)))
        return cls(terms, sum(weights) or 1.0, norm or 1.0)


class Similarity(NamedTuple):
    """How much a headline and an excerpt have in common.

    Attributes:
        cosine: The cosine of their vectors of rarities.
        fit: `log(1 + m * m / n)`, with `m` the mass of shared terms and `n` that of the headline.
    """

    cosine: float
    fit: float


def compare(headline: WeightedText, excerpt: WeightedText, rarity: Rarity) -> Similarity:
    """Compute the similarity of a headline and an excerpt."""
    known = frozenset(excerpt.terms)
    shared = [rarity[term] for term in headline.terms if term in known]
    mass = sum(shared)
    cosine = sum(map(mul, shared, shared)) / (headline.norm * excerpt.norm)
    return Similarity(cosine, math.log(1 + mass * mass / headline.mass))


def compare_fit(headline: Terms, excerpt: Terms, rarity: Rarity) -> float:
    """Compute the fit of a headline and an excerpt only, which needs no weighted texts."""
    known = frozenset(excerpt)
    mass = sum([rarity[term] for term in headline if term in known])
    return math.log(1 + mass * mass / (sum([rarity[term] for term in headline]) or 1.0))


class TextIndex:
    """An index of texts by their terms. A copy has the same texts, but changes apart.

    Attributes:
        terms: The terms of each text, by its number.
    """

    def __init__(self) -> None:
        self.terms: dict[int, Terms] = {}
        self._postings: dict[str, array[int]] = {}

    def change(self, gone: Iterable[int], new: Mapping[int, Terms], rarity: Rarity) -> None:
        """Remove and add or replace texts.

        Args:
            gone: The numbers of the texts to remove.
            new: The terms of texts to add or to replace, by number.
            rarity: The rarity of terms from now on.
        """
        removed: defaultdict[str, set[int]] = defaultdict(set)
        added: defaultdict[str, list[int]] = defaultdict(list)
        for number in {*gone, *new} & self.terms.keys():
            for term in self.terms[number]:
                removed[term].add(number)
        for number, terms in new.items():
            for term in terms:
                added[term].append(number)
        self.terms = {**self.terms, **new}
        for number in gone:
            del self.terms[number]
        self._postings = dict(self._postings)
        for term in removed.keys() | added.keys():
            postings = array("Q", self._postings.pop(term, ()))
            if others := removed[term]:
                postings = array("Q", [each for each in postings if each not in others])
            postings.extend(added[term])
            if postings:
                self._postings[term] = postings
        self._common = max(_MIN_COMMON, min(_MAX_COMMON, len(self.terms) // _COMMON_SHARE))
        self._rarity = rarity
        self._texts: dict[int, WeightedText] = {}

    def text(self, number: int) -> WeightedText:
        """Return a text."""
        found = self._texts.get(number)
        if found is None:
            found = self._texts[number] = WeightedText.create(self.terms[number], self._rarity)
        return found

    def find_all(self, one: str, other: str) -> set[int]:
        """Find the numbers of the texts with two terms."""
        return {*self._postings.get(one, ())} & {*self._postings.get(other, ())}

    def find_candidates(self, text: WeightedText, count: int) -> list[int]:
        """Find the texts that share most of the rarer terms of `text`, the best first.

        The rarest terms are looked up, until they lead to enough texts. So the time is limited.
        """
        masses = self._shared_masses(text.terms)
        least = max(masses.values(), default=0.0) * _MIN_SHARE
        scores = [
            (mass * mass / self.text(other).mass, -other)
            for other, mass in masses.items()
            if mass >= least
        ]
        return [-other for _, other in nlargest(count, scores)]

    def _shared_masses(self, terms: Iterable[str]) -> dict[int, float]:
        """Sum the rarity of shared terms by text."""
        masses: defaultdict[int, float] = defaultdict(float)
        for value, postings in self._rarest_postings(terms):
            for other in postings:
                masses[other] += value
        return masses

    def _rarest_postings(self, terms: Iterable[str]) -> Iterator[tuple[float, "array[int]"]]:
        """Yield the rarity and the postings of terms, the rarest first."""
        postings = self._postings
        left = _MAX_POSTINGS
        for length, term in sorted(
            (len(postings[term]), term) for term in terms if term in postings
        ):
            left -= length
            if left < 0 or length > self._common:
                return
            yield self._rarity[term], postings[term]
