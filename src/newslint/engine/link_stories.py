"""Records that tell the same story: their headlines agree, or are reworded, within days.

Words count by their rarity among all headlines. An index by the rarest words of each headline finds
the pairs to compare, and only neighbours in time are compared, so the time is linear in the number
of records. The pairs are the same for any order of records.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from newslint.records import Description
from newslint.records.headlines import Headline, HeadlineStems, read_headline, read_stems
from newslint.records.urls import host_name

_DAYS = timedelta(days=7)
_MIN_WORDS = 4
_MAX_COMPARED = 50
"""Maximum number of neighbours that a record is compared with under one word."""

_MAX_REPEATED = 5
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

Pair = tuple[str, str]


class StoryCandidate(NamedTuple):
    """A record, as far as the comparison of stories needs it.

    Attributes:
        published_at: Date and time of publication.
        url: Its canonical URL.
        title: Its headline.
        provider: Domain of its publisher, or else the host of `url`.
    """

    published_at: datetime
    url: str
    title: str
    provider: str

    @property
    def headline(self) -> Headline:
        """The words of the headline."""
        return read_headline(self.title)

    @property
    def stems(self) -> HeadlineStems:
        """The stems of the headline."""
        return read_stems(self.title)


def find_stories(records: Iterable[Description]) -> set[Pair]:
    """Find pairs of URLs whose records tell the same story.

    Args:
        records: Records' descriptions of their own articles, in any order.
    """
    found = {candidate for each in records if (candidate := _read_candidate(each)) is not None}
    candidates = sorted(found)
    weights = _weigh(candidates)
    repeated = _find_columns(candidates)
    return {
        (one.url, other.url)
        for one, other in _neighbours(candidates, weights)
        if one.url != other.url and _is_one_story(one, other, weights, repeated)
    }


def _read_candidate(description: Description) -> StoryCandidate | None:
    """Read the candidate of a record; None if it lacks URL, date or a headline of some words."""
    published_at, title = description.published_at, description.title
    if not (description.article and published_at and title):
        return None
    if len(read_stems(title).stems) < _MIN_WORDS:
        return None
    domain = (description.provider_domain or "").strip().lower()
    return StoryCandidate(
        published_at, description.article, title, domain or host_name(description.article)
    )


def _weigh(candidates: Iterable[StoryCandidate]) -> dict[str, int]:
    """Weigh each stem by its rarity among headlines, in coarse steps."""
    counts: Counter[str] = Counter()
    total = _PRIOR
    for candidate in candidates:
        counts.update(candidate.stems.stems)
        total += 1
    return {
        stem: max(1, round(_STEPS * math.log2(total / (count + 1))))
        for stem, count in counts.items()
    }


def _find_columns(candidates: Iterable[StoryCandidate]) -> frozenset[tuple[str, frozenset[str]]]:
    """Find the headlines that a provider repeats, such as that of a daily column."""
    counts = Counter((each.provider, each.stems.stems) for each in candidates)
    return frozenset(key for key, count in counts.items() if count > _MAX_REPEATED)


def _neighbours(
    candidates: Iterable[StoryCandidate], weights: Mapping[str, int]
) -> Iterator[tuple[StoryCandidate, StoryCandidate]]:
    """Yield pairs that share a rare word and are close in time.

    Args:
        candidates: Candidates, sorted by date.
        weights: Weights of stems.
    """
    recent: dict[str, list[StoryCandidate]] = {}
    for candidate in candidates:
        for stem in _rarest(candidate.stems.stems, weights):
            known = recent.setdefault(stem, [])
            while known and candidate.published_at - known[0].published_at > _DAYS:
                del known[0]
            yield from ((each, candidate) for each in known)
            known.append(candidate)
            del known[:-_MAX_COMPARED]


def _rarest(stems: frozenset[str], weights: Mapping[str, int]) -> Iterator[str]:
    """Yield the rarest stems, one of which any headline that shares enough weight has as well."""
    left = sum(weights[stem] for stem in stems)
    enough = _MIN_SHARED * left
    for stem in sorted(stems, key=lambda stem: (-weights[stem], stem)):
        if left < enough:
            return
        yield stem
        left -= weights[stem]


def _is_one_story(
    one: StoryCandidate,
    other: StoryCandidate,
    weights: Mapping[str, int],
    repeated: frozenset[tuple[str, frozenset[str]]],
) -> bool:
    """Check whether two records that are close in time tell the same story.

    A provider publishes many similar headlines of different stories, such as announcements about
    two products; so its headlines must have the same words, and be no column.
    """
    if one.provider == other.provider:
        return (
            one.headline.equals(other.headline) and (one.provider, one.stems.stems) not in repeated
        )
    shared = sum(weights[stem] for stem in one.stems.stems & other.stems.stems)
    union = sum(weights[stem] for stem in one.stems.stems | other.stems.stems)
    needed = _MIN_SHARED_OF_TEMPLATE if _begin_apart(one, other, weights) else _MIN_SHARED
    return shared >= needed * union


def _begin_apart(one: StoryCandidate, other: StoryCandidate, weights: Mapping[str, int]) -> bool:
    """Check whether each of two headlines begins with a rare word that the other lacks."""
    first, second = one.stems.first, other.stems.first
    if first in other.stems.stems or second in one.stems.stems:
        return False
    rarest = max(weights[stem] for stem in one.stems.stems | other.stems.stems)
    return min(weights[first], weights[second]) >= _RARE * rarest
