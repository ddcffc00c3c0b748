"""Pairs of a headline and an excerpt, and the terms by which they are compared."""

from collections.abc import Container, Iterable, Sequence
from hashlib import blake2b
from itertools import chain, pairwise
from typing import NamedTuple

from newslint.records.words import detect_language, normalise_words, split_words, stem

SAMPLE_SIZE = 50_000
"""Maximum number of pairs in a sample."""

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


def sample_digest(sample: Iterable[Pair]) -> bytes:
    """Compute the digest of a sample."""
    orders = b"".join(each.order.to_bytes(8) for each in sample)
    return blake2b(orders, digest_size=16).digest()


class Misfit(NamedTuple):
    """An excerpt that does not fit its headline.

    Attributes:
        other: The headline that it fits best; None if it fits none.
        shared: Stems of rare words that the excerpt and its headline share, the rarest first.
    """

    other: str | None
    shared: list[str]


class Stems(NamedTuple):
    """The stems of a headline and of its excerpt, in order and without repetition.

    Attributes:
        headline: Those of the headline.
        excerpt: Those of the excerpt.
    """

    headline: tuple[str, ...]
    excerpt: tuple[str, ...]


def stem_pair(headline: str, excerpt: str) -> Stems:
    """Stem the words of a headline and of its excerpt in the language of both."""
    title, text = split_words(headline), normalise_words(excerpt[:_EXCERPT_LENGTH]).split()
    language = detect_language(title + text)
    return Stems(_unique(stem(title, language)), _unique(stem(text, language)))


def join_neighbours(words: Sequence[str], known: Container[str]) -> tuple[str, ...]:
    """Add joined neighbours that are known words, so that `power apps` matches `powerapps`."""
    joined = [both for one, other in pairwise(words) if (both := one + other) in known]
    return _unique(chain(words, joined)) if joined else tuple(words)


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    """Remove repetitions and keep the order, so that sums over the words are reproducible."""
    return tuple(dict.fromkeys(words))
