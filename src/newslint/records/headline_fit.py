"""Scores of how well an excerpt fits a headline, given all headlines and excerpts of a corpus.

Words that are rare in the corpus identify the subject of an article. The score of an excerpt and a
headline is `m * m / n`, with `m` the summed inverse document frequency of the terms that both
contain and `n` that of all terms of the headline, so that covering a headline counts as much as
sharing much with it. An excerpt is out of place if it fits another article's headline far better
than its own: if the odds `(1 + best other score) / (1 + own score)` are high.

The logarithms of two odds are added, for two kinds of terms: stems (with neighbours joined, so that
`power apps` matches `powerapps`), and runs of four letters, which match words with different stems
(`misconfigured`, `configuration`).

Matching pairs have odds too. In a measured archive (see `benchmarks/`) a share of about
`0.03 * exp(-1.25 * (x - x0))` of them has log odds of `x` or more, with
`x0 = 2.1 + ln(articles) / 4`, since among more headlines the best of the others fits better by
accident. This false positive rate and the observed number of pairs with such odds give the share of
false discoveries, which `find_threshold` limits to one in ten by the procedure of Benjamini and
Hochberg (1995).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import chain, pairwise
from typing import NamedTuple

from newslint.records.words import can_split, detect_language, normalise_words, split_words, stem
from newslint.text.cache import TextCache

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


class Misfit(NamedTuple):
    """An excerpt that does not fit its headline.

    Attributes:
        other: Index of the pair whose headline it fits best; None if it fits none.
        shared: Stems of rare words that the excerpt and its headline share, the rarest first.
    """

    other: int | None
    shared: list[str]


def false_positive_rate(log_odds: float, articles: int) -> float:
    """Estimate the share of matching pairs with at least these odds in a corpus of `articles`."""
    return _BASE_RATE * math.exp(-_DECAY * (log_odds - _usual_log_odds(articles)))


def min_log_odds(articles: int) -> float:
    """Compute the lowest threshold that `find_threshold` can return for so many articles."""
    return _usual_log_odds(articles) - math.log(_MAX_RATE / _BASE_RATE) / _DECAY


def _usual_log_odds(articles: int) -> float:
    """Compute the log odds at which the false positive rate is `_BASE_RATE`."""
    return _USUAL_ODDS + _ODDS_GROWTH * math.log(articles)


def find_threshold(log_odds: Sequence[float]) -> float:
    """Find the minimum log odds of the pairs in a corpus that are reported as misfits.

    At this threshold the false positive rate is between 0.3 % and 5 %, and at most one in ten of
    the reported pairs should be a false discovery.

    Args:
        log_odds: The log odds of each pair in the corpus.
    """
    articles = len(log_odds)
    lowest = _usual_log_odds(articles) + math.log(_BASE_RATE / _MIN_RATE) / _DECAY
    for count, value in enumerate(sorted(log_odds, reverse=True), start=1):
        share = false_positive_rate(value, articles)
        if share > _MAX_RATE:
            break
        if articles * share <= _MAX_FALSE_DISCOVERIES * count:
            lowest = min(lowest, value)
    return lowest


class _Index:
    """An index of the headlines of a corpus by their terms.

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
        self.rarity = {term: math.log(total / (count + 0.5)) for term, count in counts.items()}
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        for index, terms in enumerate(headlines):
            for term in terms:
                self._postings[term].append(index)
        self._common = max(_MIN_COMMON, min(_MAX_COMMON, len(headlines) // _COMMON_SHARE))
        self._weight = [self.mass(terms) or 1.0 for terms in headlines]
        self._heaviest = max(self._weight, default=0.0)

    def mass(self, terms: Iterable[str]) -> float:
        """Sum the rarity of `terms`, with a result that does not depend on their order."""
        return math.fsum(map(self.rarity.__getitem__, terms))

    def own_score(self, index: int, excerpt: set[str]) -> float:
        """Compute how well `excerpt` fits the headline `index`."""
        mass = self.mass(self._headlines[index] & excerpt)
        return mass * mass / self._weight[index]

    def score_bound(self, excerpt: set[str]) -> float:
        """Compute cheaply an upper bound of `best_score`.

        A headline and an excerpt cannot share more than the mass of either.
        """
        return min(self._heaviest, self.mass(excerpt & self._postings.keys()))

    def best_score(self, index: int, excerpt: set[str]) -> tuple[float, int | None]:
        """Find the other headline that `excerpt` fits best.

        Candidates are found by the rarer terms of the excerpt, and only the best of them are
        compared in full, since a headline that shares only common terms never fits well.

        Args:
            index: The excerpt's own headline, and with it all equal ones, are left out.
            excerpt: The terms of the excerpt.

        Returns:
            The score, and the index of the headline; None if there is none.
        """
        own = self._headlines[index]
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
        rarity, weight = self.rarity, self._weight
        for term in sorted(excerpt):  # sorted, since rounding depends on the order
            postings = self._postings.get(term, ())
            if len(postings) <= self._common:
                for other in postings:
                    masses[other] += rarity[term]
        scores = ((mass * mass / weight[other], -other) for other, mass in masses.items())
        return [-other for _, other in nlargest(_MAX_CANDIDATES, scores)]


class HeadlineFit:
    """Scores of how well the excerpts of distinct articles fit their own and other headlines.

    Args:
        pairs: Normalised headline and excerpt of each article.
    """

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._splittable = [can_split(headline + excerpt) for headline, excerpt in pairs]
        words = [_stem_pair(headline, excerpt) for headline, excerpt in pairs]
        self._joined = {word for _, excerpt in words for word in excerpt}
        self._words = words
        self._by_word = _Index(
            [self._terms(headline) for headline, _ in words],
            (self._terms(excerpt) for _, excerpt in words),
        )

    def log_odds(self, index: int, least: float = -math.inf) -> float:
        """Compute how much better the excerpt of a pair fits another headline than its own.

        Args:
            index: The pair.
            least: Results below this need not be exact. Callers pass `min_log_odds`.

        Returns:
            The natural logarithm of the odds; 0 if the excerpt fits its own headline best, or if
            its script has no spaces between words. Below `least` it may be an upper bound.
        """
        if not self._splittable[index]:
            return 0.0
        excerpt = self._terms(self._words[index][1])
        own = self._by_word.own_score(index, excerpt)
        best, _ = self._by_word.best_score(index, excerpt)
        by_words = math.log((1 + best) / (1 + own))
        if by_words <= 0:
            return 0.0
        return by_words + self._log_odds_by_grams(index, least - by_words)

    def explain(self, index: int) -> Misfit:
        """Collect the evidence that the excerpt of a pair is out of place."""
        excerpt = self._terms(self._words[index][1])
        _, other = self._by_word.best_score(index, excerpt)
        rarity = self._by_word.rarity
        words = set(self._words[index][0]) & excerpt
        shared = [word for word in words if rarity[word] >= _MIN_RARITY]
        return Misfit(other, sorted(shared, key=lambda word: (-rarity[word], word)))

    def _log_odds_by_grams(self, index: int, least: float) -> float:
        """Compute the log odds of a pair by runs of letters.

        If an upper bound is below `least`, the bound is returned. It takes a fraction of the time
        and is enough for most matching pairs.
        """
        grams = _split_grams(self._words[index][1])
        own = self._by_gram.own_score(index, grams)
        bound = math.log((1 + self._by_gram.score_bound(grams)) / (1 + own))
        if bound < least:
            return bound
        best, _ = self._by_gram.best_score(index, grams)
        return math.log((1 + best) / (1 + own))

    @cached_property
    def _by_gram(self) -> _Index:
        """The index by runs of letters, created on demand: some corpora never need it."""
        return _Index(
            [_split_grams(headline) for headline, _ in self._words],
            (_split_grams(excerpt) for _, excerpt in self._words),
        )

    def _terms(self, words: list[str]) -> set[str]:
        """Collect words, and joined neighbours that are one word elsewhere in the corpus."""
        pairs = (one + other for one, other in pairwise(words))
        return set(words) | {pair for pair in pairs if pair in self._joined}


def _stem_pair(headline: str, excerpt: str) -> tuple[list[str], list[str]]:
    """Stem the words of a headline and of its excerpt in the language of both."""
    title, text = split_words(headline), normalise_words(excerpt[:_EXCERPT_LENGTH]).split()
    language = detect_language(title + text)
    return stem(title, language), stem(text, language)


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
