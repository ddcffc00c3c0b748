"""Records that are probably of one article: their URLs are variants, and their headlines agree.

Records are compared only with those that share a key, such as a page or the number of an article,
and only with their closest neighbours in time. So the time is linear in the number of records, and
the pairs are the same for any order.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from newslint.engine.link_blocks import Blocks
from newslint.engine.link_candidate import Candidate
from newslint.engine.link_components import Pair, PairGraph
from newslint.records.text_comparison import is_same_or_truncated

MAX_COMPARED = 20
"""Maximum number of neighbours that a record is compared with under one key."""

_DAYS_OF_NUMBER = timedelta(days=30)
_DAYS_OF_PARAMETERS = timedelta(days=7)
_DAYS_OF_NEW_SLUG = timedelta(days=3)
_MIN_EXCERPT = 20
_MAX_SLUG_KEYS = 2
_MIN_WORDS = 4
"""Minimum number of words in a headline that says more than the URL."""

_SELECTORS = (
    "article",
    "date",
    "id",
    "key",
    "name",
    "no",
    "num",
    "number",
    "page",
    "story",
    "title",
)
_SHORT_NAME = 2
_MANY_PAGES = 3


class Variants:
    """Pairs of records that are of one article although they share no declared URL.

    Args:
        pairs: Receives the pairs of URLs.
    """

    def __init__(self, pairs: PairGraph) -> None:
        self._pages = Blocks(self._find_same_pages, pairs)
        self._numbers = Blocks(find_same_numbers, pairs)
        self._slugs = Blocks(find_new_slugs, pairs)
        self._evidence: dict[Hashable, Evidence] = {}
        self._ignored: frozenset[Pair] = frozenset()

    def update(self, gone: Iterable[Candidate], new: Iterable[Candidate]) -> None:
        """Replace candidates."""
        for candidate in gone:
            for blocks, keys in self._keys(candidate):
                blocks.remove(candidate, keys)
        for candidate in new:
            for blocks, keys in self._keys(candidate):
                blocks.add(candidate, keys)
        if self._learn_parameters():
            self._pages.renew_all()
        for blocks in (self._pages, self._numbers, self._slugs):
            blocks.renew()

    def _keys(self, candidate: Candidate) -> Iterator[tuple[Blocks, Iterable[Hashable]]]:
        """Yield the keys of a candidate in each kind of blocks; none without a path in its URL."""
        if candidate.variant.page:
            yield self._pages, page_keys(candidate)
            yield self._numbers, number_keys(candidate)
            yield self._slugs, slug_keys(candidate)

    def _learn_parameters(self) -> bool:
        """Learn which parameters do not tell articles apart; return whether that has changed."""
        for key in self._pages.changed:
            self._evidence.pop(key, None)
            block = self._pages.several(key)
            evidence = compare_parameters(block) if block else None
            if evidence and (evidence.agreeing or evidence.meaningful):
                self._evidence[key] = evidence
        before, self._ignored = self._ignored, find_ignored(self._evidence.values())
        return before != self._ignored

    def _find_same_pages(self, block: list[Candidate]) -> Iterator[Pair]:
        """Yield records whose URLs differ only in hosts, regions or parameters without meaning."""
        if len({each.url for each in block}) > 1:
            by_parameters: dict[tuple[str, ...], list[Candidate]] = {}
            for each in block:
                by_parameters.setdefault(meaningful_parameters(each, self._ignored), []).append(
                    each
                )
            for same in by_parameters.values():
                yield from find_same_page(same)


class Evidence(NamedTuple):
    """Comparisons of records whose URLs differ in parameters only.

    Attributes:
        agreeing: Number of pairs with one headline, by provider and name of the parameter.
        meaningful: Providers and names of the parameters that tell articles apart.
    """

    agreeing: Counter[Pair]
    meaningful: set[Pair]


def meaningful_parameters(candidate: Candidate, ignored: frozenset[Pair]) -> tuple[str, ...]:
    """List the parameters of a URL that tell articles of its provider apart."""
    parameters = candidate.variant.parameters
    return tuple(text for name, text in parameters if (candidate.provider, name) not in ignored)


def compare_parameters(block: list[Candidate]) -> Evidence:
    """Compare neighbours in a block of records whose URLs differ in parameters only."""
    evidence = Evidence(Counter(), set())
    for one, other in pairwise(block):
        keys = {(one.provider, name) for name in _differing_parameters(one, other)}
        is_same = one.headline.equals(other.headline)
        if is_same and _are_close(one, other, _DAYS_OF_PARAMETERS):
            evidence.agreeing.update(keys)
        else:
            evidence.meaningful.update(keys)
    return evidence


def find_ignored(evidence: Iterable[Evidence]) -> frozenset[Pair]:
    """Find the parameters of providers that make no difference to headlines.

    A name that often selects an article, such as `id`, needs several pages as evidence.
    """
    agreeing: Counter[Pair] = Counter()
    meaningful: set[Pair] = set()
    for each in evidence:
        agreeing.update(each.agreeing)
        meaningful |= each.meaningful
    return frozenset(
        key for key, pages in agreeing.items() if key not in meaningful and pages >= _min_pages(key)
    )


def _differing_parameters(one: Candidate, other: Candidate) -> set[str]:
    """List the names of parameters that only one of two URLs has, or with another value."""
    return {name for name, _ in {*one.variant.parameters} ^ {*other.variant.parameters}}


def _min_pages(key: Pair) -> int:
    """Number of pairs of URLs that must agree before a parameter is taken to mean nothing."""
    _, name = key
    return _MANY_PAGES if len(name) <= _SHORT_NAME or name.endswith(_SELECTORS) else 1


def find_same_page(block: list[Candidate]) -> Iterator[Pair]:
    """Yield records with similar headlines whose pages and meaningful parameters are the same."""
    return _pairs(block, lambda one, other: one.headline.resembles(other.headline))


def page_keys(candidate: Candidate) -> list[Pair]:
    """List the key of records whose URLs differ in hosts, regions or parameters only."""
    return [(candidate.variant.page, candidate.provider)]


def number_keys(candidate: Candidate) -> list[Pair]:
    """List keys of which records of one provider share one if their URLs contain one number."""
    return [(candidate.provider, number) for number in candidate.variant.numbers]


def find_same_numbers(block: list[Candidate]) -> Iterator[Pair]:
    """Yield records of one provider with the same number in their URLs, and similar headlines."""
    return _pairs(
        block,
        lambda one, other: (
            one.headline.resembles(other.headline) and _are_close(one, other, _DAYS_OF_NUMBER)
        ),
    )


def find_new_slugs(block: list[Candidate]) -> Iterator[Pair]:
    """Yield records in one folder of a site whose headlines and slugs were edited."""
    return _pairs(block, _have_edited_headlines)


def slug_keys(candidate: Candidate) -> list[tuple[str, str]]:
    """List keys of which records share one if their headlines differ in one word at most."""
    words, variant = candidate.headline.joined, candidate.variant
    if not candidate.is_dated or len(words) < _MIN_WORDS or variant.parameters:
        return []
    longest = sorted(words, key=lambda word: (-len(word), word))[:_MAX_SLUG_KEYS]
    return [(variant.folder, word) for word in longest]


def _have_edited_headlines(one: Candidate, other: Candidate) -> bool:
    """Check whether two records of one folder are of one article whose headline was edited."""
    numbers = one.variant.numbers, other.variant.numbers
    if not _are_close(one, other, _DAYS_OF_NEW_SLUG) or (all(numbers) and numbers[0] != numbers[1]):
        return False
    if one.headline.equals(other.headline):
        return True
    added = one.headline.extends(other.headline)
    if added is None or len(added) == 1 or not added.isalpha():  # a model or a version
        return False
    return added in one.headline.lower | other.headline.lower or _have_one_excerpt(one, other)


def _have_one_excerpt(one: Candidate, other: Candidate) -> bool:
    """Check whether two records have the same excerpt, and it is long enough to be their own."""
    shorter = min(len(one.excerpt), len(other.excerpt))
    return shorter >= _MIN_EXCERPT and is_same_or_truncated(one.excerpt, other.excerpt)


def _are_close(one: Candidate, other: Candidate, limit: timedelta) -> bool:
    """Check whether two records were published within a time, if both have a date."""
    if not (one.is_dated and other.is_dated):
        return True
    return abs(one.published_at - other.published_at) <= limit


def _pairs(
    block: list[Candidate], is_same: Callable[[Candidate, Candidate], bool]
) -> Iterator[Pair]:
    """Yield the pairs of neighbours in a block that are of one article."""
    for at, one in enumerate(block):
        for other in block[at + 1 : at + 1 + MAX_COMPARED]:
            if one.url != other.url and one.provider == other.provider and is_same(one, other):
                yield one.url, other.url
