"""The link stage of a distributed run as functions of rows (see `row_stages`).

Records meet in the blocks of `engine.link_comparisons`; the pairs found there are the edges of a
graph, whose connected components are articles or stories.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from newslint.engine.link_articles import find_claims, has_path
from newslint.engine.link_candidate import Candidate, read_linked_record
from newslint.engine.link_comparisons import Comparison, Keys, compare_stories, digest_column
from newslint.engine.link_components import Pair
from newslint.engine.link_stories import MAX_REPEATED, is_comparable, weigh_stem
from newslint.engine.link_variants import Evidence, compare_parameters, find_ignored
from newslint.execution.codec import decode_candidate, decode_text, encode_candidate, encode_text
from newslint.execution.partitions.spill import batches
from newslint.records import Description

Row = tuple[int, bytes, bytes, bytes]
"""A table, a key, the order among rows with that key, and a value.

Tables are the numbers of rules that judge groups, and the constants below and in `row_stages`.
"""

PAIR, CLAIM, AMP, CANDIDATE = range(-9, -5)
"""URLs of one article, pages of a provider, AMP pages, and records to compare with others."""

MAX_BLOCK = 2000
"""Number of records of a block in memory."""

HEADLINE, STEM, COLUMN = range(3)
"""Tables of the counts by which words of headlines are weighed."""


def list_links(descriptions: Iterable[Description]) -> Iterator[Row]:
    """Yield the values of records on which links depend."""
    for description in descriptions:
        record = read_linked_record(description) if description.is_record else None
        if record is None:
            continue
        first, *others = map(encode_text, record.urls)
        yield PAIR, first, first, b""
        yield from ((PAIR, first, each, b"") for each in others)
        yield from ((AMP, encode_text(each), first, b"") for each in record.amp_urls)
        for claim in find_claims(record):
            if has_path(claim[0]):
                yield CLAIM, encode_text(repr(claim)), first, b""
        if record.candidate is not None:
            yield CANDIDATE, encode_candidate(record.candidate), b"", b""


def key_candidates(keys: Sequence[Keys], rows: Iterable[Row]) -> Iterator[Row]:
    """Yield each candidate with its keys; the table is the number of the key function."""
    for _, body, _, _ in rows:
        candidate = decode_candidate(body)
        for number, each in enumerate(keys):
            yield from ((number, encode_text(repr(key)), body, b"") for key in each(candidate))


def find_pairs(comparisons: Sequence[Comparison], rows: Iterable[Row]) -> Iterator[Row]:
    """Compare the candidates that share a key; yield pairs of URLs."""
    for (number, _), found in groupby(rows, itemgetter(0, 1)):
        comparison = comparisons[number]
        for block in _divide(found, comparison.reach):
            for one, other in comparison.find(block):
                yield PAIR, encode_text(one), encode_text(other), b""


def compare_pages(rows: Iterable[Row]) -> Iterator[Row]:
    """Compare candidates that share a page, in which the parameters of their URLs may differ.

    Yields:
        Numbers of pages, or 0 if a parameter distinguishes articles, with provider and parameter.
    """
    agreeing: Counter[Pair] = Counter()
    meaningful: set[Pair] = set()
    for _, found in groupby(rows, itemgetter(1)):
        for block in _divide(found, 1):
            evidence = compare_parameters(block)
            agreeing.update(evidence.agreeing)
            meaningful |= evidence.meaningful
    yield from ((pages, *_encode_pair(key), b"") for key, pages in agreeing.items())
    yield from ((0, *_encode_pair(key), b"") for key in meaningful)


def read_ignored(rows: Iterable[Row]) -> frozenset[Pair]:
    """Find the parameters that do not tell articles of a provider apart."""
    every = [(pages, (decode_text(one), decode_text(other))) for pages, one, other, _ in rows]
    meaningful = {key for pages, key in every if not pages}
    return find_ignored(Evidence(Counter({key: pages}), meaningful) for pages, key in every)


def _encode_pair(pair: Pair) -> tuple[bytes, bytes]:
    """Encode a pair of texts."""
    return encode_text(pair[0]), encode_text(pair[1])


def _divide(rows: Iterable[Row], overlap: int) -> Iterator[list[Candidate]]:
    """Yield the candidates of a block of several; those of a large one in parts."""
    values = (each for each, _ in groupby(rows, itemgetter(2)))
    for part in batches(values, MAX_BLOCK, overlap):
        if len(part) > 1:
            yield [*map(decode_candidate, part)]


def list_words(candidate: Candidate) -> Iterator[tuple[int, bytes]]:
    """Yield what is counted to weigh the words of a headline: itself, its column, and its stems."""
    if is_comparable(candidate):
        yield HEADLINE, b""
        yield COLUMN, digest_column(candidate)
        yield from ((STEM, encode_text(stem)) for stem in candidate.stems.stems)


def list_all_words(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield a row for each headline, column and stem of candidates."""
    for _, body, _, _ in rows:
        yield from ((table, name, b"", b"") for table, name in list_words(decode_candidate(body)))


def compare_words(counted: Iterable[tuple[int, bytes, int]]) -> Comparison:
    """Create the comparison of headlines from the counts of the rows of `list_words`."""
    every = [*counted]
    total = sum(count for table, _, count in every if table == HEADLINE)
    stems = {decode_text(name): count for table, name, count in every if table == STEM}
    weights = {stem: weigh_stem(count, total) for stem, count in stems.items()}
    columns = {name for table, name, count in every if table == COLUMN and count > MAX_REPEATED}
    return compare_stories(weights, columns)
