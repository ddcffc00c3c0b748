"""Scores of how well an excerpt fits a headline, given a sample of the headlines of an archive.

Words that are rare in the sample identify the subject of an article. The score of an excerpt and a
headline is `m * m / n`, with `m` the summed inverse document frequency of the terms that both
contain and `n` that of all terms of the headline, so that covering a headline counts as much as
sharing much with it. An excerpt is out of place if it fits another article's headline far better
than its own: if the odds `(1 + best other score) / (1 + own score)` are high.

The logarithms of two odds are added, for two kinds of terms: stems (with neighbours joined, so that
`power apps` matches `powerapps`), and runs of four letters, which match words with different stems
(`misconfigured`, `configuration`). The sum is rounded to a sixteenth, so that a histogram of it is
small and contains integers only.

Matching pairs have odds too. In a measured archive (see `benchmarks/`) a share of about
`0.03 * exp(-1.25 * (x - x0))` of them has log odds of `x` or more, with
`x0 = 2.1 + ln(headlines) / 4`, since among more headlines the best of the others fits better by
accident. This false positive rate and the observed number of pairs with such odds give the share of
false discoveries, which `find_threshold` limits to one in ten by the procedure of Benjamini and
Hochberg (1995).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from heapq import nlargest
from itertools import chain, pairwise
from typing import NamedTuple

from newslint.records.words import can_split, detect_language, normalise_words, split_words, stem
from newslint.text.cache import TextCache

SAMPLE_SIZE = 16384
"""Maximum number of pairs in a sample."""

STEPS = 16
"""Log odds are rounded down to a multiple of `1 / STEPS`."""

_GRAM_LENGTH = 4
_BASE_RATE = 0.03
_MAX_RATE = 0.05
_DECAY = 1.25
_USUAL_ODDS, _ODDS_GROWTH = 2.1, 0.25
_MAX_FALSE_DISCOVERIES = 0.1
_MIN_RATE = 0.003
_MIN_RARITY = 2.5
_MIN_COMMON = 20
_COMMON_SHARE = 40
_MAX_COMMON = 250
_MAX_CANDIDATES = 20
_EXCERPT_LENGTH = 500


class Pair(NamedTuple):
    """A headline and an excerpt, and the number that decides whether they belong to a sample.

    Attributes:
        order: Digest of both. A sample consists of the pairs with the lowest numbers.
        headline: The headline, normalised.
        excerpt: The excerpt, normalised.
    """

    order: int
    headline: str
    excerpt: str

    @classmethod
    def create(cls, headline: str, excerpt: str) -> "Pair":
        """Create the pair of a normalised headline and excerpt."""
        data = f"{headline}\0{excerpt}".encode("utf-8", "surrogatepass")
        return cls(int.from_bytes(blake2b(data, digest_size=8).digest()), headline, excerpt)


class Misfit(NamedTuple):
    """An excerpt that does not fit its headline.

    Attributes:
        other: The headline that it fits best; None if it fits none.
        shared: Stems of rare words that the excerpt and its headline share, the rarest first.
    """

    other: str | None
    shared: list[str]


def false_positive_rate(log_odds: float, headlines: int) -> float:
    """Estimate the share of matching pairs with at least these odds among so many headlines."""
    return _BASE_RATE * math.exp(-_DECAY * (log_odds - _usual_log_odds(headlines)))


def min_log_odds(headlines: int) -> float:
    """Compute the lowest threshold that `find_threshold` can return for so many headlines."""
    return _usual_log_odds(headlines) - math.log(_MAX_RATE / _BASE_RATE) / _DECAY


def _usual_log_odds(headlines: int) -> float:
    """Compute the log odds at which the false positive rate is `_BASE_RATE`."""
    return _USUAL_ODDS + _ODDS_GROWTH * math.log(headlines)


def find_threshold(histogram: Mapping[int, int], headlines: int) -> int:
    """Find the minimum log odds of the pairs that are reported as misfits, in `STEPS`.

    At this threshold the false positive rate is between 0.3 % and 5 %, and at most one in ten of
    the reported pairs should be a false discovery.

    Args:
        histogram: Numbers of pairs by their log odds, in `STEPS`.
        headlines: Number of headlines that each excerpt was compared with.
    """
    articles = sum(histogram.values())
    limit = _usual_log_odds(headlines) + math.log(_BASE_RATE / _MIN_RATE) / _DECAY
    lowest, count = math.ceil(limit * STEPS), 0
    for step in sorted(histogram, reverse=True):
        count += histogram[step]
        share = false_positive_rate(step / STEPS, headlines)
        if share > _MAX_RATE:
            break
        if articles * share <= _MAX_FALSE_DISCOVERIES * count:
            lowest = min(lowest, step)
    return lowest


class _Index:
    """An index of the headlines of a sample by their terms.

    Args:
        headlines: The terms of each headline.
        excerpts: The terms of each excerpt.
    """

    def __init__(self, headlines: Sequence[set[str]], excerpts: Iterable[set[str]]) -> None:
        self._headlines = headlines
        counts: Counter[str] = Counter()
        for terms, others in zip(headlines, excerpts, strict=True):
            counts.update(terms | others)
        total = len(headlines) + 1
        self._rarity = {term: math.log(total / (count + 0.5)) for term, count in counts.items()}
        self._unknown = math.log(total / 1.5)
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        for index, terms in enumerate(headlines):
            for term in terms:
                self._postings[term].append(index)
        self._common = max(_MIN_COMMON, min(_MAX_COMMON, len(headlines) // _COMMON_SHARE))
        self._weight = [self.mass(terms) or 1.0 for terms in headlines]
        self._heaviest = max(self._weight, default=0.0)

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of a term; that of the rarest if it is unknown."""
        return self._rarity.get(term, self._unknown)

    def mass(self, terms: Iterable[str]) -> float:
        """Sum the rarity of `terms`, with a result that does not depend on their order."""
        known, unknown = self._rarity, self._unknown
        return math.fsum([known.get(term, unknown) for term in terms])

    def own_score(self, headline: set[str], excerpt: set[str]) -> float:
        """Compute how well an excerpt fits its own headline, given the terms of both."""
        mass = self.mass(headline & excerpt)
        return mass * mass / (self.mass(headline) or 1.0)

    def score_bound(self, excerpt: set[str]) -> float:
        """Compute cheaply an upper bound of `best_score`.

        A headline and an excerpt cannot share more than the mass of either.
        """
        return min(self._heaviest, self.mass(excerpt & self._postings.keys()))

    def best_score(self, own: set[str], excerpt: set[str]) -> tuple[float, int | None]:
        """Find the other headline that `excerpt` fits best.

        Candidates are found by the rarer terms of the excerpt, and only the best of them are
        compared in full, since a headline that shares only common terms never fits well.

        Args:
            own: The terms of the excerpt's own headline. It and all equal ones are left out.
            excerpt: The terms of the excerpt.

        Returns:
            The score, and the index of the headline; None if there is none.
        """
        best, best_index = 0.0, None
        for other in self._candidates(excerpt):
            headline = self._headlines[other]
            mass = self.mass(headline & excerpt)
            score = mass * mass / self._weight[other]
            if score > best and headline != own:
                best, best_index = score, other
        return best, best_index

    def _candidates(self, excerpt: set[str]) -> list[int]:
        """Find the headlines that share most of the rarer terms of `excerpt`."""
        masses: defaultdict[int, float] = defaultdict(float)
        rarity, weight = self._rarity, self._weight
        for term in sorted(excerpt & self._postings.keys()):  # rounding depends on the order
            postings = self._postings[term]
            if len(postings) <= self._common:
                value = rarity[term]
                for other in postings:
                    masses[other] += value
        scores = ((mass * mass / weight[other], -other) for other, mass in masses.items())
        return [-other for _, other in nlargest(_MAX_CANDIDATES, scores)]


class _Words(NamedTuple):
    """The stems of a headline and of its excerpt.

    Attributes:
        headline: Those of the headline.
        excerpt: Those of the excerpt.
    """

    headline: list[str]
    excerpt: list[str]


class HeadlineFit:
    """Scores of how well excerpts fit their own headlines and those of a sample.

    Args:
        sample: The pairs in the sample, in ascending order.

    Attributes:
        size: Number of pairs in the sample.
    """

    def __init__(self, sample: Sequence[Pair]) -> None:
        self.size = len(sample)
        self._sample = sample
        self._words = {(one.headline, one.excerpt): _stem_pair(*one[1:]) for one in sample}
        self._joined = {word for each in self._words.values() for word in each.excerpt}
        self._by_word = _Index(
            [self._terms(each.headline) for each in self._words.values()],
            (self._terms(each.excerpt) for each in self._words.values()),
        )

    @cached_property
    def digest(self) -> bytes:
        """Digest of the sample, on which all scores depend."""
        orders = b"".join(each.order.to_bytes(8) for each in self._sample)
        return blake2b(orders, digest_size=16).digest()

    @cached_property
    def min_step(self) -> int:
        """The lowest threshold that `find_threshold` can return, in `STEPS`."""
        return math.floor(min_log_odds(self.size) * STEPS)

    def step(self, headline: str, excerpt: str) -> int:
        """Compute the log odds of a pair in `STEPS`; 0 if they are below `min_step`."""
        found = math.floor(self.log_odds(headline, excerpt, self.min_step / STEPS) * STEPS)
        return found if found >= self.min_step else 0

    def log_odds(self, headline: str, excerpt: str, least: float = -math.inf) -> float:
        """Compute how much better an excerpt fits another headline than its own.

        Args:
            headline: Its own headline, normalised.
            excerpt: The excerpt, normalised.
            least: Results below this need not be exact. Callers pass the lowest threshold.

        Returns:
            The natural logarithm of the odds; 0 if the excerpt fits its own headline best, or if
            its script has no spaces between words. Below `least` it may be an upper bound.
        """
        if not can_split(headline + excerpt):
            return 0.0
        words = self._stems(headline, excerpt)
        return self._log_odds(words, least)

    def explain(self, headline: str, excerpt: str) -> Misfit:
        """Collect the evidence that the excerpt of a pair is out of place."""
        words = self._stems(headline, excerpt)
        own, terms = self._terms(words.headline), self._terms(words.excerpt, words.excerpt)
        _, other = self._by_word.best_score(own, terms)
        rarity = self._by_word.rarity
        shared = [word for word in {*words.headline} & terms if rarity(word) >= _MIN_RARITY]
        name = None if other is None else self._sample[other].headline
        return Misfit(name, sorted(shared, key=lambda word: (-rarity(word), word)))

    def _log_odds(self, words: _Words, least: float) -> float:
        """Compute the log odds of a pair; see `log_odds`."""
        own = self._terms(words.headline, words.excerpt)
        excerpt = self._terms(words.excerpt, words.excerpt)
        by_word = self._by_word
        own_score = by_word.own_score(own, excerpt)
        best, _ = by_word.best_score(own, excerpt)
        if best <= own_score:
            return 0.0
        by_words = math.log((1 + best) / (1 + own_score))
        return by_words + self._log_odds_by_grams(words, least - by_words)

    def _log_odds_by_grams(self, words: _Words, least: float) -> float:
        """Compute the log odds of a pair by runs of letters.

        If an upper bound is below `least`, the bound is returned. It takes a fraction of the time
        and is enough for most matching pairs.
        """
        own, excerpt = _split_grams(words.headline), _split_grams(words.excerpt)
        own_score = self._by_gram.own_score(own, excerpt)
        bound = math.log((1 + self._by_gram.score_bound(excerpt)) / (1 + own_score))
        if bound < least:
            return bound
        best, _ = self._by_gram.best_score(own, excerpt)
        return math.log((1 + best) / (1 + own_score))

    def _stems(self, headline: str, excerpt: str) -> _Words:
        """Return the stems of a pair."""
        return self._words.get((headline, excerpt)) or _stem_pair(headline, excerpt)

    @cached_property
    def _by_gram(self) -> _Index:
        """The index by runs of letters, created on demand: small archives never need it."""
        return _Index(
            [_split_grams(each.headline) for each in self._words.values()],
            (_split_grams(each.excerpt) for each in self._words.values()),
        )

    def _terms(self, words: list[str], others: Iterable[str] = ()) -> set[str]:
        """Collect words, and joined neighbours that are one word in the sample or in `others`."""
        pairs = {one + other for one, other in pairwise(words)}
        return {*words, *(pairs & self._joined), *pairs.intersection(others)}


def _stem_pair(headline: str, excerpt: str) -> _Words:
    """Stem the words of a headline and of its excerpt in the language of both."""
    title, text = split_words(headline), normalise_words(excerpt[:_EXCERPT_LENGTH]).split()
    language = detect_language(title + text)
    return _Words(stem(title, language), stem(text, language))


def _split_grams(words: Iterable[str]) -> set[str]:
    """Collect the runs of four letters in `words`, with their ends marked."""
    return set(chain.from_iterable([_grams[word] for word in set(words)]))


def _word_grams(word: str) -> tuple[str, ...]:
    """Split a word into runs of four letters, with its ends marked."""
    marked = f"^{word}$"
    return tuple(
        marked[at : at + _GRAM_LENGTH] for at in range(max(1, len(marked) - _GRAM_LENGTH + 1))
    )


_grams = TextCache(_word_grams, max_length=64, max_entries=65536)
