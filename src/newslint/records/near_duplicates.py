"""Whether headlines tell of one story or of several."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from newslint.records.text_damage import normalize_text
from newslint.records.words import split_words

_ALIKE = 0.5


def distinct_headlines(headlines: Iterable[str]) -> list[str]:
    """Return one headline for each story: near-identical headlines are one syndicated story.

    Two headlines are alike where they share at least half of the words of the shorter one's and
    the longer one's union (Jaccard index), or where one holds all words of the other.
    """
    words = {each: set(split_words(normalize_text(each))) for each in sorted(set(headlines))}
    known = _Stories(words.values())
    return [headline for headline, said in words.items() if known.is_new(said)]


class _Stories:
    """The headlines of different stories by their words, so that few have to be compared.

    Of two that are alike, one holds a word of the rarer half of the other's, or the rarest of it.

    Args:
        headlines: The words of all that there are.
    """

    def __init__(self, headlines: Iterable[set[str]]) -> None:
        self._common = Counter(chain.from_iterable(headlines))
        self._by_word: defaultdict[str, list[set[str]]] = defaultdict(list)
        self._by_rarest: defaultdict[str, list[set[str]]] = defaultdict(list)
        self._all: list[set[str]] = []

    def is_new(self, words: set[str]) -> bool:
        """Tell whether a headline is like none before it, and take note of it if so."""
        rarest = sorted(words, key=lambda word: (self._common[word], word))
        if any(_alike(words, other) for other in self._near(rarest)):
            return False
        self._all.append(words)
        for word in words:
            self._by_word[word].append(words)
        self._by_rarest["".join(rarest[:1])].append(words)
        return True

    def _near(self, rarest: list[str]) -> Iterator[set[str]]:
        """Yield those that may be like a headline, given its words, the rarest first."""
        if not rarest:
            yield from self._all
        for word in rarest[: len(rarest) // 2 + 1]:
            yield from self._by_word[word]
        for word in ("", *rarest):
            yield from self._by_rarest[word]


def _alike(one: set[str], other: set[str]) -> bool:
    """Tell whether two sets of words are those of near-identical headlines."""
    shared = len(one & other)
    return shared >= _ALIKE * len(one | other) or shared == min(len(one), len(other))
