"""An index of texts by their rarer terms, and similarities of texts."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import chain
from operator import mul
from typing import NamedTuple

_MIN_COMMON = 20
_COMMON_SHARE = 8
_MAX_COMMON = 1000
_MAX_POSTINGS = 500
_MIN_SHARE = 0.5


class Rarity(dict[str, float]):
    """Inverse document frequencies of terms; a term that is not known is the rarest.

    Args:
        texts: The terms of each text.
    """

    def __init__(self, texts: Sequence[frozenset[str]]) -> None:
        counts = Counter(chain.from_iterable(texts))
        total = len(texts) + 1
        super().__init__(
            (term, max(0.0, math.log(total / (count + 0.5)))) for term, count in counts.items()
        )
        self._unknown = math.log(total / 1.5)

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

    terms: tuple[str, ...]
    mass: float
    norm: float

    @classmethod
    def create(cls, terms: tuple[str, ...], rarity: Rarity) -> "WeightedText":
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


class TextIndex:
    """An index of texts by their terms.

    Args:
        texts: The texts.
        rarity: The rarity of terms.
    """

    def __init__(self, texts: Sequence[WeightedText], rarity: Rarity) -> None:
        self.texts = texts
        self._rarity = rarity
        counts = Counter(chain.from_iterable([text.terms for text in texts]))
        common = max(_MIN_COMMON, min(_MAX_COMMON, len(texts) // _COMMON_SHARE))
        rare = {term for term, count in counts.items() if count <= common}
        postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, text in enumerate(texts):
            for term in text.terms:
                if term in rare:
                    postings[term].append(number)
        self._postings = dict(postings)

    def find_candidates(self, text: WeightedText, count: int) -> list[int]:
        """Find the texts that share most of the rarer terms of `text`, the best first.

        The rarest terms are looked up, until they lead to enough texts. So the time is limited.
        """
        masses = self._shared_masses(text.terms)
        least = max(masses.values(), default=0.0) * _MIN_SHARE
        texts = self.texts
        scores = [
            (mass * mass / texts[other].mass, -other)
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
            if left < 0:
                return
            yield self._rarity[term], postings[term]
