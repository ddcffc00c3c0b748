"""Records that tell the same story: their headlines agree, or are reworded, within days.

Words count by their rarity among all headlines. An index by the rarest words of each headline finds
the pairs to compare, and only neighbours in time are compared, so the time is linear in the number
of records. The pairs are the same for any order of records.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import chain
from typing import TypeVar

from newslint.engine.link_articles import ArticleLinks
from newslint.engine.link_blocks import Blocks
from newslint.engine.link_candidate import Candidate
from newslint.engine.link_components import Components, Pair, PairGraph

_DAYS = timedelta(days=7)
_MIN_WORDS = 4
MAX_COMPARED = 50
"""Maximum number of neighbours that a record is compared with under one word."""

MAX_REPEATED = 5
"""Maximum number of records of one provider with one headline; more are a column, not a story."""

_MIN_SHARED = 0.5
"""Minimum share of the weight of all words in two headlines that they have in common."""

_MIN_SHARED_OF_TEMPLATE = 0.8
"""The same for headlines that begin with different rare words, such as two companies' names."""

_PRIOR = 100
"""Number of headlines without any of the words that are added to an archive, for small ones."""

_STEPS = 4
_RARE = 0.8
"""Share of the weight of the rarest word from which a word is rare."""

T = TypeVar("T")

Column = tuple[str, frozenset[str]]
"""A provider, and the stems of a headline of its."""


class StoryLinks:
    """Links from URLs to stories of several articles, which are updated if records change.

    The id of a story is the smallest id of its articles.

    Args:
        articles: The links of articles, which are updated before.

    Attributes:
        ids: Story ids by URL; a URL that is missing is an id, or of an article without a story.
        changes: The ids before the last update, by URL, of those that have another id now.
    """

    def __init__(self, articles: ArticleLinks) -> None:
        self._articles = articles
        self._pairs = PairGraph()
        self._stories = Stories(self._pairs)
        self._components = Components(self._neighbours, self._has_several_articles)
        self.ids = self._components.names
        self.changes: dict[str, str] = {}

    def update(
        self, gone: Iterable[Candidate], new: Iterable[Candidate], urls: Iterable[str]
    ) -> None:
        """Replace candidates, and link all URLs of stories that this affects.

        Args:
            gone: Candidates that are removed.
            new: Candidates that are added.
            urls: The URLs of records that are removed or added.
        """
        self._stories.update(gone, new)
        touched = {*urls, *self._articles.changes, *self._pairs.take_touched()}
        self.changes = self._components.renew(touched, self._articles.by_url)

    def _neighbours(self, url: Hashable) -> Iterator[str]:
        """Yield the URLs of the same article, and of similar records."""
        assert isinstance(url, str)  # noqa: S101 # all nodes are URLs
        yield from self._articles.members(url)
        yield from self._pairs.neighbours(url)

    def _has_several_articles(self, urls: Iterable[str]) -> bool:
        """Check if URLs lead to several articles."""
        return len({self._articles.ids.get(url, url) for url in urls}) > 1


class Stories:
    """Pairs of records that tell the same story.

    Args:
        pairs: Receives the pairs of URLs.
    """

    def __init__(self, pairs: PairGraph) -> None:
        self._blocks = Blocks(self._find_pairs, pairs)
        self._rarest: dict[Candidate, tuple[str, ...]] = {}
        self._counts: Counter[str] = Counter()
        self._total = 0
        self._columns: Counter[Column] = Counter()
        self._weights: dict[str, int] = {}

    def update(self, gone: Iterable[Candidate], new: Iterable[Candidate]) -> None:
        """Replace candidates."""
        gone, new = [*filter(is_comparable, gone)], [*filter(is_comparable, new)]
        stems = self._count(gone, new)
        known = self._rarest if stems else ()
        affected = [each for each in known if not stems.isdisjoint(each.stems.stems)]
        for each in {*affected, *gone}:
            self._blocks.remove(each, self._rarest.pop(each))
        for each in {*affected, *new}.difference(gone):
            self._rarest[each] = tuple(find_rarest(each.stems.stems, self._weights))
            self._blocks.add(each, self._rarest[each])
        self._blocks.renew()

    def _count(self, gone: Collection[Candidate], new: Collection[Candidate]) -> set[str]:
        """Count stems and columns; return the stems of other headlines whose weight changes."""
        self._counts.update(chain.from_iterable(each.stems.stems for each in new))
        self._columns.update(map(column_of, new))
        for each in gone:
            _subtract(self._counts, each.stems.stems)
            _subtract(self._columns, [column_of(each)])
        before = self._total
        self._total += len(new) - len(gone)
        stems = {stem for each in (*gone, *new) for stem in each.stems.stems}
        if self._total != before:
            stems.update(self._counts)
        return {stem for stem in stems if self._weigh(stem)}

    def _weigh(self, stem: str) -> bool:
        """Weigh a stem by its rarity among headlines, in coarse steps.

        Returns:
            Whether it has got another weight than it had among other headlines.
        """
        before, count = self._weights.pop(stem, None), self._counts.get(stem)
        if count is None:
            return False
        weight = self._weights[stem] = weigh_stem(count, self._total)
        return before is not None and weight != before

    def _find_pairs(self, block: list[Candidate]) -> Iterator[Pair]:
        """Yield the pairs in a block that are close in time and tell the same story."""
        return find_story_pairs(block, self._weights, self._is_column)

    def _is_column(self, candidate: Candidate) -> bool:
        """Check if a provider has too many records with one headline."""
        return self._columns[column_of(candidate)] > MAX_REPEATED


def weigh_stem(count: int, total: int) -> int:
    """Weigh a stem by its rarity, in coarse steps, given how many of all headlines have it."""
    return max(1, round(_STEPS * math.log2((total + _PRIOR) / (count + 1))))


def find_story_pairs(
    block: list[Candidate], weights: Mapping[str, int], is_column: Callable[[Candidate], bool]
) -> Iterator[Pair]:
    """Yield the pairs in a sorted block that are close in time and tell the same story.

    Args:
        block: Candidates whose headlines share a rare stem.
        weights: The weights of all stems in their headlines.
        is_column: Checks if a provider has too many records with the headline of a candidate.
    """
    for at, candidate in enumerate(block):
        for other in block[max(0, at - MAX_COMPARED) : at]:
            if (
                candidate.published_at - other.published_at <= _DAYS
                and candidate.url != other.url
                and _is_one_story(other, candidate, weights, is_column)
            ):
                yield other.url, candidate.url


def _is_one_story(
    one: Candidate,
    other: Candidate,
    weights: Mapping[str, int],
    is_column: Callable[[Candidate], bool],
) -> bool:
    """Check whether two records that are close in time tell the same story.

    A provider publishes many similar headlines of different stories, such as announcements about
    two products; so its headlines must have the same words, and be no column.
    """
    if one.provider == other.provider:
        return one.headline.equals(other.headline) and not is_column(one)
    shared = sum(weights[stem] for stem in one.stems.stems & other.stems.stems)
    union = sum(weights[stem] for stem in one.stems.stems | other.stems.stems)
    needed = _MIN_SHARED_OF_TEMPLATE if _begin_apart(one, other, weights) else _MIN_SHARED
    return shared >= needed * union


def is_comparable(candidate: Candidate) -> bool:
    """Check if a record has a date and a headline of some words."""
    return candidate.is_dated and len(candidate.stems.stems) >= _MIN_WORDS


def column_of(candidate: Candidate) -> Column:
    """Create the key that all records of a provider's column share."""
    return candidate.provider, candidate.stems.stems


def _subtract(counts: Counter[T], keys: Iterable[T]) -> None:
    """Subtract 1 from the counts of keys, and remove those that become 0."""
    for key in keys:
        counts[key] -= 1
        if not counts[key]:
            del counts[key]


def find_rarest(stems: frozenset[str], weights: Mapping[str, int]) -> Iterator[str]:
    """Yield the rarest stems, one of which any headline that shares enough weight has as well."""
    left = sum(weights[stem] for stem in stems)
    enough = _MIN_SHARED * left
    for stem in sorted(stems, key=lambda stem: (-weights[stem], stem)):
        if left < enough:
            return
        yield stem
        left -= weights[stem]


def _begin_apart(one: Candidate, other: Candidate, weights: Mapping[str, int]) -> bool:
    """Check whether each of two headlines begins with a rare word that the other lacks."""
    first, second = one.stems.first, other.stems.first
    if first in other.stems.stems or second in one.stems.stems:
        return False
    rarest = max(weights[stem] for stem in one.stems.stems | other.stems.stems)
    return min(weights[first], weights[second]) >= _RARE * rarest
