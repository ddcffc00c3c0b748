"""Whether headlines tell of one story or of several."""

from collections.abc import Iterable

from newslint.records.defects import repaired
from newslint.records.words import raw_words

_ALIKE = 0.5


def stories(headlines: Iterable[str]) -> list[str]:
    """Return one headline for each story: near-identical headlines are one syndicated story.

    Two headlines are alike where they share at least half of the words of the shorter one's and
    the longer one's union (Jaccard index), or where one holds all words of the other.
    """
    found: list[tuple[str, set[str]]] = []
    for headline in sorted(set(headlines)):
        words = set(raw_words(repaired(headline)))
        if not any(_alike(words, other) for _, other in found):
            found.append((headline, words))
    return [headline for headline, _ in found]


def _alike(one: set[str], other: set[str]) -> bool:
    """Tell whether two sets of words are those of near-identical headlines."""
    shared = len(one & other)
    return shared >= _ALIKE * len(one | other) or shared == min(len(one), len(other))
