"""The comparisons by which records are linked, for runs that sort records by the keys they share.

A run in memory updates the same pairs as records change (see `engine.link`).
"""

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple

from newslint.engine import link_stories
from newslint.engine.link_candidate import Candidate
from newslint.engine.link_components import Pair
from newslint.engine.link_stories import column_of, find_rarest, find_story_pairs, is_comparable
from newslint.engine.link_variants import (
    MAX_COMPARED,
    find_new_slugs,
    find_same_numbers,
    find_same_page,
    meaningful_parameters,
    number_keys,
    page_keys,
    slug_keys,
)

Keys = Callable[[Candidate], Iterable[Hashable]]


class Comparison(NamedTuple):
    """A comparison of the records that share a key.

    Attributes:
        keys: Lists the keys of a record.
        find: Yields the pairs among records with one key, which are sorted.
        reach: The maximum number of neighbours that a record is compared with.
    """

    keys: Keys
    find: Callable[[list[Candidate]], Iterable[Pair]]
    reach: int


def list_page_keys(candidate: Candidate) -> Iterable[Hashable]:
    """List the key of records whose URLs may differ in parameters (see `compare_parameters`)."""
    return page_keys(candidate) if candidate.variant.page else ()


def compare_variants(ignored: frozenset[Pair]) -> tuple[Comparison, ...]:
    """List the comparisons of records of one article (see `link_variants`).

    Args:
        ignored: The parameters that do not tell articles of a provider apart.
    """

    def list_parameters(candidate: Candidate) -> Iterator[Hashable]:
        for page in page_keys(candidate):
            yield (*page, meaningful_parameters(candidate, ignored))

    kinds: tuple[tuple[Keys, Callable[[list[Candidate]], Iterable[Pair]]], ...] = (
        (list_parameters, find_same_page),
        (number_keys, find_same_numbers),
        (slug_keys, find_new_slugs),
    )
    return tuple(Comparison(_of_pages(keys), find, MAX_COMPARED) for keys, find in kinds)


def compare_stories(weights: Mapping[str, int], columns: Container[bytes]) -> Comparison:
    """Create the comparison of records that tell the same story (see `link_stories`).

    Args:
        weights: The weights of all stems.
        columns: Digests of the headlines that a provider repeats.
    """
    return Comparison(
        lambda each: find_rarest(each.stems.stems, weights) if is_comparable(each) else (),
        lambda block: find_story_pairs(block, weights, lambda each: digest_column(each) in columns),
        link_stories.MAX_COMPARED,
    )


def digest_column(candidate: Candidate) -> bytes:
    """Compute a digest of the provider and the words of the headline."""
    provider, stems = column_of(candidate)
    text = repr((provider, sorted(stems)))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _of_pages(keys: Keys) -> Keys:
    """Limit keys to candidates with a path in their URL."""
    return lambda each: keys(each) if each.variant.page else ()
