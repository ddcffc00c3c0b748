"""How well an excerpt fits a headline, given all headlines and excerpts of a corpus.

Words that are rare in the corpus say what an article is about. An excerpt fits a headline by the
rarity of what both hold: with `m` the summed inverse document frequency of the shared terms and
`n` that of all terms of the headline, the fit is `m * m / n`, so that covering a headline counts as
much as sharing much with it. An excerpt is out of place when it fits another article's headline
far better than its own, which the odds `(1 + best other fit) / (1 + own fit)` say.

Terms are taken twice, and the logarithms of both odds are added: as stems (with neighbours joined,
so that `power apps` meets `powerapps`), and as runs of four letters, which find what stems miss
(`misconfigured`, `configuration`).

Honest leads have odds too: of those of an archive, about `0.03 * exp(-1.25 * (x - x0))` have odds
of `x` or more, where `x0 = 2.1 + ln(articles) / 4`, since the more headlines there are the better
the best of the others fits by accident. (Measured, see `benchmarks/`.) How many pairs really have
such odds, compared with how many honest ones would, tells how many of them are out of place: the
procedure of Benjamini and Hochberg (1995) for a share of false discoveries of at most one in ten.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import chain, pairwise
from typing import NamedTuple

from newslint.records.words import can_split, detect_language, normalize_words, split_words, stem
from newslint.text.cache import TextCache

_GRAM = 4
_USUAL_NOISE = 0.03
_MOST_NOISE = 0.05
_DECAY = 1.25
_BASE, _GROWTH = 2.1, 0.25
_FALSE_SHARE = 0.1
_SURE_NOISE = 0.003
_RARE = 2.5
_LEAST_COMMON = 20
_COMMON_SHARE = 40
_MOST_COMMON = 250
_PROMISING = 20
_LENGTH = 500


class Misfit(NamedTuple):
    """An excerpt that does not fit its headline.

    Attributes:
        other: Index of the pair whose headline it fits best; None where it fits none.
        shared: The stems of its headline's rare words that do occur in it, the rarest first.
    """

    other: int | None
    shared: list[str]


def false_positive_rate(log_odds: float, articles: int) -> float:
    """Return the share of honest pairs with these odds or more in a corpus of so many articles."""
    usual = _BASE + _GROWTH * math.log(articles)
    return _USUAL_NOISE * math.exp(-_DECAY * (log_odds - usual))


def min_log_odds(articles: int) -> float:
    """Return the lowest value that `find_threshold` can return for so many articles."""
    return _BASE + _GROWTH * math.log(articles) - math.log(_MOST_NOISE / _USUAL_NOISE) / _DECAY


def find_threshold(log_odds: Sequence[float]) -> float:
    """Return the odds from which on the pairs of a corpus are out of place.

    It is never so low that more than 5 % of honest pairs reach it, and never so high that less than
    0.3 % do; in between at most one in ten of the pairs that reach it should be honest.

    Args:
        log_odds: Of each pair of the corpus.
    """
    articles = len(log_odds)
    sure = _BASE + _GROWTH * math.log(articles) + math.log(_USUAL_NOISE / _SURE_NOISE) / _DECAY
    lowest = sure
    for count, value in enumerate(sorted(log_odds, reverse=True), start=1):
        share = false_positive_rate(value, articles)
        if share > _MOST_NOISE:
            break
        if articles * share <= _FALSE_SHARE * count:
            lowest = min(lowest, value)
    return lowest


class _Index:
    """The headlines of a corpus by their terms.

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
        self._where: defaultdict[str, list[int]] = defaultdict(list)
        for index, terms in enumerate(headlines):
            for term in terms:
                self._where[term].append(index)
        self._common = max(_LEAST_COMMON, min(_MOST_COMMON, len(headlines) // _COMMON_SHARE))
        self._weight = [self.mass(terms) or 1.0 for terms in headlines]
        self._heaviest = max(self._weight, default=0.0)

    def mass(self, terms: Iterable[str]) -> float:
        """Return the summed rarity of `terms`, the same whatever their order."""
        return math.fsum(map(self.rarity.__getitem__, terms))

    def own_score(self, index: int, excerpt: set[str]) -> float:
        """Return how well `excerpt` fits the headline `index`."""
        mass = self.mass(self._headlines[index] & excerpt)
        return mass * mass / self._weight[index]

    def score_bound(self, excerpt: set[str]) -> float:
        """Return what `best_score` returns at the most, at less cost.

        What a headline shares with an excerpt is no more than either is.
        """
        return min(self._heaviest, self.mass(excerpt & self._where.keys()))

    def best_score(self, index: int, excerpt: set[str]) -> tuple[float, int | None]:
        """Return how well `excerpt` fits the best of the other headlines, and which that is.

        Headlines are looked for by the excerpt's rarer terms only, and the most promising of them
        are compared in full: a headline that shares common terms alone never fits well.
        """
        own = self._headlines[index]
        best, where = 0.0, None
        for other in self._promising(excerpt):
            headline = self._headlines[other]
            mass = self.mass(headline & excerpt)
            fit = mass * mass / self._weight[other]
            if fit > best and headline != own:
                best, where = fit, other
        return best, where

    def _promising(self, excerpt: set[str]) -> list[int]:
        """Return the headlines that share most with `excerpt` by its rarer terms."""
        masses: defaultdict[int, float] = defaultdict(float)
        rarity, weight = self.rarity, self._weight
        for term in sorted(excerpt):  # rounding depends on the order
            where = self._where.get(term, ())
            if len(where) <= self._common:
                for other in where:
                    masses[other] += rarity[term]
        fits = ((mass * mass / weight[other], -other) for other, mass in masses.items())
        return [-other for _, other in nlargest(_PROMISING, fits)]


class HeadlineFit:
    """The headlines and excerpts of distinct articles.

    Args:
        pairs: Headline and excerpt of each, repaired.
    """

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._splits = [can_split(headline + excerpt) for headline, excerpt in pairs]
        words = [_words(headline, excerpt) for headline, excerpt in pairs]
        self._joined = {word for _, excerpt in words for word in excerpt}
        self._words = words
        self._by_word = _Index(
            [self._terms(headline) for headline, _ in words],
            (self._terms(excerpt) for _, excerpt in words),
        )

    def log_odds(self, index: int, least: float = -math.inf) -> float:
        """Return how much better the excerpt of a pair fits another headline than its own.

        Args:
            index: The pair.
            least: Odds below this are of no interest, as those below `min_log_odds` are not.

        Returns:
            The natural logarithm of the odds; 0 where it fits its own best, and where its script
            cannot be split into words. What is below `least` may be less than told.
        """
        if not self._splits[index]:
            return 0.0
        excerpt = self._terms(self._words[index][1])
        own = self._by_word.own_score(index, excerpt)
        best, _ = self._by_word.best_score(index, excerpt)
        by_words = math.log((1 + best) / (1 + own))
        if by_words <= 0:
            return 0.0
        return by_words + self._odds_by_grams(index, least - by_words)

    def explain(self, index: int) -> Misfit:
        """Return why the excerpt of a pair seems to be out of place."""
        excerpt = self._terms(self._words[index][1])
        _, other = self._by_word.best_score(index, excerpt)
        rarity = self._by_word.rarity
        words = set(self._words[index][0]) & excerpt
        shared = [word for word in words if rarity[word] >= _RARE]
        return Misfit(other, sorted(shared, key=lambda word: (-rarity[word], word)))

    def _odds_by_grams(self, index: int, least: float) -> float:
        """Return the odds of a pair by runs of letters, or where `least` is out of reach, a bound.

        Most honest pairs are told by the latter, which takes a fraction of the time.
        """
        grams = _grams_of(self._words[index][1])
        own = self._by_gram.own_score(index, grams)
        bound = math.log((1 + self._by_gram.score_bound(grams)) / (1 + own))
        if bound < least:
            return bound
        best, _ = self._by_gram.best_score(index, grams)
        return math.log((1 + best) / (1 + own))

    @cached_property
    def _by_gram(self) -> _Index:
        """The headlines by runs of letters: in some corpora every excerpt fits without."""
        return _Index(
            [_grams_of(headline) for headline, _ in self._words],
            (_grams_of(excerpt) for _, excerpt in self._words),
        )

    def _terms(self, words: list[str]) -> set[str]:
        """Return words, and neighbours joined where the corpus writes them as one."""
        pairs = (one + other for one, other in pairwise(words))
        return set(words) | {pair for pair in pairs if pair in self._joined}


def _words(headline: str, excerpt: str) -> tuple[list[str], list[str]]:
    """Return the stems of a headline and of its excerpt, in the language of both."""
    title, text = split_words(headline), normalize_words(excerpt[:_LENGTH]).split()
    language = detect_language(title + text)
    return stem(title, language), stem(text, language)


def _grams_of(words: Iterable[str]) -> set[str]:
    """Return the runs of four letters in `words`, their ends marked."""
    return set(chain.from_iterable([_grams[word] for word in set(words)]))


def _runs(word: str) -> tuple[str, ...]:
    """Return the runs of four letters in a word, its ends marked."""
    marked = f"^{word}$"
    return tuple(marked[at : at + _GRAM] for at in range(max(1, len(marked) - _GRAM + 1)))


_grams = TextCache(_runs, longest=64, most=65536)
