"""Records that are probably of one article: their URLs are variants, and their headlines agree.

Records are compared only with those that share a key, such as a page or the number of an article,
and only with their closest neighbours in time. So the time is linear in the number of records, and
the pairs are the same for any order.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from newslint.records import Description
from newslint.records.group import LONG_AGO
from newslint.records.headlines import Headline, read_headline
from newslint.records.text_comparison import is_same_or_truncated, normalise_text
from newslint.records.url_variants import UrlVariant, read_variant

_MAX_COMPARED = 20
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

Pair = tuple[str, str]


class VariantCandidate(NamedTuple):
    """A record, as far as the comparison of variants needs it.

    Attributes:
        published_at: Date and time of publication.
        url: Its canonical URL.
        variant: The parts of `url`.
        headline: The words of its headline.
        excerpt: Its normalised excerpt.
        provider: Domain of its publisher, or the host of `url` without a prefix.
    """

    published_at: datetime
    url: str
    variant: UrlVariant
    headline: Headline
    excerpt: str
    provider: str


def find_variants(records: Iterable[Description]) -> set[Pair]:
    """Find pairs of URLs whose records are of one article although they share no declared URL.

    Args:
        records: Records' descriptions of their own articles, in any order.
    """
    found = {candidate for each in records if (candidate := _read_candidate(each)) is not None}
    candidates = sorted(found, key=_sort_key)
    return {*_same_pages(candidates), *_same_numbers(candidates), *_new_slugs(candidates)}


def _read_candidate(description: Description) -> VariantCandidate | None:
    """Read the candidate of a record; None if it lacks a headline or the URL of an article."""
    variant = read_variant(description.article) if description.article else None
    if variant is None or not description.title:
        return None
    domain = (description.provider_domain or "").strip().lower().removeprefix("www.")
    return VariantCandidate(
        description.published_at or LONG_AGO,
        description.article,
        variant,
        read_headline(description.title),
        normalise_text(description.excerpt) if description.excerpt else "",
        domain or variant.page.partition("/")[0],
    )


def _sort_key(candidate: VariantCandidate) -> tuple[datetime, str, list[str], str]:
    """Compute the order of candidates: by date, and the same for any order of records."""
    return (
        candidate.published_at,
        candidate.url,
        sorted(candidate.headline.words),
        candidate.excerpt,
    )


def _same_pages(candidates: Iterable[VariantCandidate]) -> Iterator[Pair]:
    """Yield records whose URLs differ only in hosts, regions or parameters without meaning."""
    by_page = _group(candidates, lambda each: [_page_key(each)])
    ignored = _learn_parameters(by_page)
    for block in by_page:
        if len({each.url for each in block}) > 1:
            for same in _group(block, lambda each: [_meaningful(each, ignored)]):
                yield from _pairs(same, lambda one, other: one.headline.resembles(other.headline))


def _page_key(candidate: VariantCandidate) -> tuple[str, ...]:
    return candidate.variant.page, candidate.provider


def _meaningful(candidate: VariantCandidate, ignored: frozenset[Pair]) -> tuple[str, ...]:
    """List the parameters of a URL that tell articles of its provider apart."""
    parameters = candidate.variant.parameters
    return tuple(text for name, text in parameters if (candidate.provider, name) not in ignored)


def _learn_parameters(blocks: Iterable[list[VariantCandidate]]) -> frozenset[Pair]:
    """Learn which parameters of providers do not tell articles apart.

    Args:
        blocks: Records whose URLs differ in parameters only, each block sorted by date.

    Returns:
        Provider and name of each parameter that makes no difference to headlines. A name that often
        selects an article, such as `id`, needs several pages as evidence.
    """
    agreeing: Counter[Pair] = Counter()
    meaningful: set[Pair] = set()
    for block in blocks:
        for one, other in pairwise(block):
            keys = {(one.provider, name) for name in _differing_parameters(one, other)}
            is_same = one.headline.equals(other.headline)
            if is_same and _are_close(one, other, _DAYS_OF_PARAMETERS):
                agreeing.update(keys)
            else:
                meaningful |= keys
    return frozenset(
        key for key, pages in agreeing.items() if key not in meaningful and pages >= _min_pages(key)
    )


def _differing_parameters(one: VariantCandidate, other: VariantCandidate) -> set[str]:
    """List the names of parameters that only one of two URLs has, or with another value."""
    return {name for name, _ in {*one.variant.parameters} ^ {*other.variant.parameters}}


def _min_pages(key: Pair) -> int:
    """Number of pairs of URLs that must agree before a parameter is taken to mean nothing."""
    _, name = key
    return _MANY_PAGES if len(name) <= _SHORT_NAME or name.endswith(_SELECTORS) else 1


def _same_numbers(candidates: Iterable[VariantCandidate]) -> Iterator[Pair]:
    """Yield records of one provider with the same number in their URLs, and similar headlines."""
    keys: Callable[[VariantCandidate], Iterable[tuple[str, str]]] = lambda each: [  # noqa: E731
        (each.provider, number) for number in each.variant.numbers
    ]
    for block in _group(candidates, keys):
        yield from _pairs(
            block,
            lambda one, other: (
                one.headline.resembles(other.headline) and _are_close(one, other, _DAYS_OF_NUMBER)
            ),
        )


def _new_slugs(candidates: Iterable[VariantCandidate]) -> Iterator[Pair]:
    """Yield records in one folder of a site whose headlines and slugs were edited."""
    for block in _group(candidates, _slug_keys):
        yield from _pairs(block, _have_edited_headlines)


def _slug_keys(candidate: VariantCandidate) -> Iterator[tuple[str, str]]:
    """Yield keys of which records share one if their headlines differ in one word at most."""
    words = sorted(candidate.headline.joined, key=lambda word: (-len(word), word))
    is_dated = candidate.published_at > LONG_AGO
    if is_dated and len(words) >= _MIN_WORDS and not candidate.variant.parameters:
        for word in words[:_MAX_SLUG_KEYS]:
            yield candidate.variant.folder, word


def _have_edited_headlines(one: VariantCandidate, other: VariantCandidate) -> bool:
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


def _have_one_excerpt(one: VariantCandidate, other: VariantCandidate) -> bool:
    """Check whether two records have the same excerpt, and it is long enough to be their own."""
    shorter = min(len(one.excerpt), len(other.excerpt))
    return shorter >= _MIN_EXCERPT and is_same_or_truncated(one.excerpt, other.excerpt)


def _are_close(one: VariantCandidate, other: VariantCandidate, limit: timedelta) -> bool:
    """Check whether two records were published within a time, if both have a date."""
    dates = one.published_at, other.published_at
    return LONG_AGO in dates or abs(dates[0] - dates[1]) <= limit


def _group(
    candidates: Iterable[VariantCandidate],
    keys: Callable[[VariantCandidate], Iterable[tuple[str, ...]]],
) -> list[list[VariantCandidate]]:
    """Group candidates by their keys, each group in the order of `candidates`; drop single ones."""
    blocks: dict[tuple[str, ...], list[VariantCandidate]] = {}
    for candidate in candidates:
        for key in keys(candidate):
            blocks.setdefault(key, []).append(candidate)
    return [block for block in blocks.values() if len(block) > 1]


def _pairs(
    block: list[VariantCandidate], is_same: Callable[[VariantCandidate, VariantCandidate], bool]
) -> Iterator[Pair]:
    """Yield the pairs of neighbours in a block that are of one article."""
    for at, one in enumerate(block):
        for other in block[at + 1 : at + 1 + _MAX_COMPARED]:
            if one.url != other.url and one.provider == other.provider and is_same(one, other):
                yield one.url, other.url
