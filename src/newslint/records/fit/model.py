"""A model of how well excerpts fit their headlines, given a sample of the pairs of an archive.

The score of a pair is the log odds that its halves were combined at random. It is a weighted sum of
features, which compare what the halves have in common with what each of them has in common with
those of other stories, and these with the pair. The features are standardised by the archive's own
pairs combined at random, so that one set of coefficients serves all archives. They come from a
logistic regression on three archives; on each of them, those of the other two did as well as its
own. Shuffled pairs differ from the archive's in nothing else, and no excerpt that is out of place
changes them, so an archive in which each excerpt is shifted is judged like others.

Scores are rounded down to a multiple of `1 / STEPS`, so that a histogram of them contains integers.
In the archives, a share of at most `0.15 * exp(-1.05 * (x - 3))` of the honest pairs that have a
positive score has a score of `x` or more. This rate and the observed number of such pairs give the
share of false discoveries, which `find_threshold` limits to one in five by the procedure of
Benjamini and Hochberg (1995).
"""

import math
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import NamedTuple

from newslint.records.fit.index import Similarity, WeightedText, compare, compare_fit
from newslint.records.fit.pairs import Misfit, Pair, sample_digest
from newslint.records.fit.sample import PairTexts, Sample
from newslint.records.words import can_split

STEPS = 16
"""Scores are rounded down to a multiple of `1 / STEPS`."""

MIN_STEP = 2 * STEPS
"""The lowest threshold that `find_threshold` can return, in `STEPS`."""

_INTERCEPT = 4.76
_OWN_FIT = 0.19
_HEADLINES = (0.87, 1.22, -0.2)
_EXCERPTS = (0.56, 0.91, -0.28)
_MAX_OWN_FIT = 4.4
_MIN_BY_HEADLINES = 0.5
_OWN_FLOOR = (0.2,)
_FLOORS = (0.15, 0.5, 0.1)
"""The least standard deviations of features, about those of small real archives."""

_SHUFFLED = 300
_NEIGHBOURS = 5
_DIGITS = 2
_TAIL, _TAIL_SCORE, _DECAY = 0.15, 3.0, 1.05
_MIN_TAIL, _MAX_TAIL = 0.002, 0.012
_MAX_FALSE_DISCOVERIES = 0.2
_MIN_RARITY = 2.5


class _Others(NamedTuple):
    """Comparison of a pair with texts of other stories that are most similar to one half.

    Attributes:
        cosine: By how much their greatest cosine with that half is greater than the pair's own.
        fit: By how much their greatest fit with that half is greater than the pair's own.
        near: Sum of the cosines of the most similar of them with the other half.
    """

    cosine: float
    fit: float
    near: float


class _Scale(NamedTuple):
    """Means and standard deviations of features."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]

    @classmethod
    def create(cls, rows: Sequence[Sequence[float]], floors: Sequence[float]) -> "_Scale":
        """Compute the scale of the features of `rows`, rounded.

        Deviations are at least `floors`, for archives in which all pairs are alike.
        """
        means = [math.fsum(column) / len(column) for column in zip(*rows, strict=True)]
        squares = [
            math.fsum([(value - mean) ** 2 for value in column]) / len(column)
            for column, mean in zip(zip(*rows, strict=True), means, strict=True)
        ]
        deviations = [
            round(max(math.sqrt(square), floor), _DIGITS)
            for square, floor in zip(squares, floors, strict=True)
        ]
        return cls(tuple(round(each, _DIGITS) for each in means), tuple(deviations))

    def weigh(self, values: Sequence[float], coefficients: Sequence[float]) -> float:
        """Add up standardised values by their coefficients."""
        terms = zip(values, self.means, self.deviations, coefficients, strict=True)
        return sum([(value - mean) / deviation * each for value, mean, deviation, each in terms])


def find_threshold(histogram: Mapping[int, int]) -> int:
    """Find the minimum score of the pairs that are reported as misfits, in `STEPS`.

    Args:
        histogram: Numbers of pairs by their scores, in `STEPS`.
    """
    pairs = sum(histogram.values())
    positive = sum([count for step, count in histogram.items() if step > 0])
    tail = min(pairs * _MAX_TAIL, max(pairs * _MIN_TAIL, positive * _TAIL))
    lowest, count = max(histogram, default=0) + 1, 0
    for step in sorted(histogram, reverse=True):
        count += histogram[step]
        if step < MIN_STEP:
            break
        expected = tail * math.exp(-_DECAY * (step / STEPS - _TAIL_SCORE))
        if expected <= _MAX_FALSE_DISCOVERIES * count:
            lowest = step
    return lowest


class HeadlineFit:
    """Scores of how well excerpts fit their own headlines and those of a sample.

    Args:
        pairs: The pairs in the sample, in ascending order.
        before: Scores by another sample. What is known of its pairs is not computed again.

    Attributes:
        sample: The sample.
    """

    def __init__(self, pairs: Sequence[Pair], before: "HeadlineFit | None" = None) -> None:
        self.sample: Sample = Sample() if before is None else copy(before.sample)
        self.sample.change(pairs)
        shuffled = [
            (number, texts, compare(*texts, self.sample.rarity))
            for number, texts in self.sample.shuffled(_SHUFFLED)
        ]
        self._own = _Scale.create([(own.fit,) for _, _, own in shuffled], _OWN_FLOOR)
        self._by_headlines = _Scale.create(
            [self._compare_headlines(texts, own) for _, texts, own in shuffled], _FLOORS
        )
        self._by_excerpts = _Scale.create(
            [self._compare_excerpts(texts, own, number) for number, texts, own in shuffled], _FLOORS
        )

    @cached_property
    def digest(self) -> bytes:
        """Digest of the sample, on which all scores depend."""
        return sample_digest(self.sample.pairs.values())

    def step(self, pair: Pair) -> int:
        """Compute the score of a pair in `STEPS`; 0 if it is not positive.

        Pairs are not scored if their excerpt is nearly the same as the headline that it fits best:
        that is an article of the same story, with the lead for a headline.
        """
        terms = self.sample.terms(pair)
        own_fit = self._own.weigh((compare_fit(*terms, self.sample.rarity),), (1.0,))
        if own_fit > _MAX_OWN_FIT or not can_split(pair.headline + pair.excerpt):
            return 0
        texts = self.sample.weigh(*terms)
        step = math.floor(round(self._score(texts, is_quick=True) * STEPS, _DIGITS))
        if step >= MIN_STEP and self._repeats_headline(texts):
            return 0
        return max(0, step)

    def score(self, pair: Pair) -> float:
        """Compute the score of a pair; no bound saves time, whatever the score."""
        texts = self.sample.weigh(*self.sample.terms(pair))
        return self._score(texts, is_quick=False)

    def explain(self, pair: Pair) -> Misfit:
        """Collect the evidence that the excerpt of a pair is out of place."""
        texts = self.sample.weigh(*self.sample.terms(pair))
        terms, rarity = frozenset(texts.excerpt.terms), self.sample.rarity
        shared = [
            term for term in texts.headline.terms if term in terms and rarity[term] >= _MIN_RARITY
        ]
        other = self._best_headline(texts)
        name = None if other is None else self.sample.pairs[other].headline
        return Misfit(name, sorted(shared, key=lambda term: (-rarity[term], term)))

    def find_threshold(self, histogram: Mapping[int, int]) -> int:
        """Find the minimum score of the pairs that are reported as misfits, in `STEPS`."""
        return find_threshold(histogram)

    def _score(self, texts: PairTexts, *, is_quick: bool) -> float:
        """Compute the score of a pair.

        Args:
            texts: The pair.
            is_quick: Stop, with a score of 0, if no other headline fits. Few pairs that would be
                reported are lost.
        """
        own = compare(*texts, self.sample.rarity)
        own_fit = self._own.weigh((own.fit,), (1.0,))
        score = _INTERCEPT + _OWN_FIT * own_fit
        score += self._by_headlines.weigh(self._compare_headlines(texts, own), _HEADLINES)
        if is_quick and score < _MIN_BY_HEADLINES:
            return 0.0
        return score + self._by_excerpts.weigh(self._compare_excerpts(texts, own), _EXCERPTS)

    def _compare_headlines(self, texts: PairTexts, own: Similarity) -> _Others:
        """Compare the excerpt with headlines of other stories, and these with its own headline."""
        found = [*map(self.sample.headlines.text, self.sample.other_headlines(texts))]
        fits = [compare(each, texts.excerpt, self.sample.rarity) for each in found]
        best = sorted(range(len(found)), key=lambda at: -fits[at].fit)
        near = [compare(found[at], texts.headline, self.sample.rarity) for at in best[:_NEIGHBOURS]]
        return _summarise(fits, near, own)

    def _compare_excerpts(
        self, texts: PairTexts, own: Similarity, displaced: int | None = None
    ) -> _Others:
        """Compare the headline with excerpts of other stories, and these with its own excerpt."""
        others = self.sample.other_excerpts(texts, displaced)
        found = [*map(self.sample.excerpts.text, others)]
        fits = [compare(texts.headline, each, self.sample.rarity) for each in found]
        best = sorted(range(len(found)), key=lambda at: -fits[at].cosine)
        near = [compare(texts.excerpt, found[at], self.sample.rarity) for at in best[:_NEIGHBOURS]]
        return _summarise(fits, near, own)

    def _best_headline(self, texts: PairTexts) -> int | None:
        """Find the headline of another story that the excerpt fits best."""
        terms, rarity = self.sample.headlines.terms, self.sample.rarity
        return max(
            self.sample.other_headlines(texts),
            key=lambda each: compare_fit(terms[each], texts.excerpt.terms, rarity),
            default=None,
        )

    def _repeats_headline(self, texts: PairTexts) -> bool:
        """Check whether the excerpt is nearly the same as the headline that it fits best."""
        other = self._best_headline(texts)
        return other is not None and _is_near(self.sample.headlines.text(other), texts.excerpt)


def _is_near(headline: WeightedText, excerpt: WeightedText) -> bool:
    """Check whether a headline and an excerpt are near-duplicates, other than by their length."""
    shared = len(frozenset(headline.terms) & frozenset(excerpt.terms))
    return 2 * shared >= len({*headline.terms, *excerpt.terms})


def _summarise(fits: Sequence[Similarity], near: Sequence[Similarity], own: Similarity) -> _Others:
    """Summarise the comparison of a pair with other texts."""
    return _Others(
        max((each.cosine for each in fits), default=0.0) - own.cosine,
        max((each.fit for each in fits), default=0.0) - own.fit,
        sum([each.cosine for each in near]),
    )
