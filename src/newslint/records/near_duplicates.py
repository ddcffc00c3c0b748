"""Near-duplicate headlines, which syndicated stories have."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from newslint.records.text_comparison import normalise_text
from newslint.records.words import split_words

_MIN_SIMILARITY = 0.5
"""Minimum Jaccard index of near-duplicate headlines."""


def distinct_headlines(headlines: Iterable[str], limit: int = 1000) -> list[str]:
    """Select one of each set of near-duplicate headlines.

    Two headlines are near-duplicates if they share at least half of the words that are in either
    (their Jaccard index is 0.5 or more), or if one contains all words of the other.

    Args:
        headlines: The headlines, in any order.
        limit: Stop after so many; the time is proportional to it and to the number of headlines.
    """
    selected: dict[str, set[str]] = {}
    for headline in sorted(set(headlines)):
        words = set(split_words(normalise_text(headline)))
        if not any(are_near_duplicates(words, other) for other in selected.values()):
            selected[headline] = words
            if len(selected) >= limit:
                break
    return list(selected)


def are_near_duplicates(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Check whether two sets of words belong to near-duplicate headlines."""
    shared = len(one & other)
    return shared >= _MIN_SIMILARITY * len(one | other) or shared == min(len(one), len(other))
