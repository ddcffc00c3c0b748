"""The link stage: ids of articles and stories for the URLs by which descriptions are grouped.

Records meet in the blocks of `engine.link_variants` and `engine.link_stories`; the pairs
found there are the edges of a graph, whose connected components are found by joins.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from newslint.engine.judge_members import MemberRules
from newslint.engine.link_articles import find_claims, has_path
from newslint.engine.link_candidate import (
    Candidate,
)
from newslint.engine.link_components import Pair
from newslint.engine.link_stories import (
    MAX_REPEATED,
    column_of,
    find_rarest,
    find_story_pairs,
    is_comparable,
    weigh_stem,
)
from newslint.engine.link_variants import (
    Evidence,
    compare_parameters,
    find_ignored,
    find_new_slugs,
    find_same_numbers,
    find_same_page,
    meaningful_parameters,
    number_keys,
    page_keys,
    slug_keys,
)
from newslint.records import story_key
from newslint.spark.arrow import (
    Row,
    dump,
    gather,
    load,
    map_groups,
    map_rows,
    to_bytes,
)
from newslint.spark.candidates import (
    read_block,
    read_blocks,
    read_candidate,
    read_candidates,
    read_linked,
    read_records,
)
from newslint.spark.components import connect

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Find = Callable[[list[Candidate]], Iterable[Pair]]
"""Finds the pairs in a block of candidates."""

_BODY = "body binary"
_BLOCKS = "table int, key binary, body binary"
_EDGES = "node binary, other binary"
_PAGES = 0


def link_keys(blocks: "DataFrame", tables: Sequence[MemberRules]) -> "DataFrame":
    """Find the id for each key that is a URL of a linked article or story."""
    records = map_rows(blocks, read_records, _BODY).distinct().persist()
    candidates = map_rows(records, read_candidates, _BODY).distinct().persist()
    edges = (
        _pair_variants(candidates)
        .unionAll(_join_urls(records))
        .where("node != other")
        .distinct()
        .persist()
    )
    names = connect(edges)
    articles = names.unionAll(_find_amp_ids(records, names))
    stories = None
    found = None
    for number, table in enumerate(tables):
        if table.has_links and table.keyed.keys is story_key and stories is None:
            stories = _find_stories(candidates, edges, names)
        if table.has_links:
            ids = stories if table.keyed.keys is story_key else articles
            assert ids is not None  # noqa: S101 # found above
            part = ids.selectExpr(f"{number} as table", "node as key", "name as id")
            found = part if found is None else found.unionAll(part)
    assert found is not None  # noqa: S101 # the caller has such a table
    return found


def _pair_variants(candidates: "DataFrame") -> "DataFrame":
    """Pair the URLs of records of one article (see `Variants`)."""
    blocks = gather(map_rows(candidates, _block_variants, _BLOCKS), "table", "key").persist()
    evidence = map_rows(blocks.where(f"table = {_PAGES}"), _compare, _BODY).collect()
    ignored = find_ignored(load(bytes(body)) for (body,) in evidence)
    return map_groups(
        blocks,
        partial(_pair, (partial(_find_pages, ignored), find_same_numbers, find_new_slugs)),
        _EDGES,
    )


def _block_variants(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the blocks of each candidate with a path in its URL."""
    for (body,) in rows:
        candidate = read_candidate(body)
        if candidate.variant.page:
            for table, keys in enumerate((page_keys, number_keys, slug_keys)):
                for key in keys(candidate):
                    yield table, to_bytes("\0".join(key)), body


def _compare(rows: Iterator[Row]) -> Iterator[Row]:
    """Compare parameters in blocks of pages; yield the evidence of a partition."""
    agreeing: Counter[Pair] = Counter()
    meaningful: set[Pair] = set()
    for block in read_blocks(rows):
        evidence = compare_parameters(block)
        agreeing.update(evidence.agreeing)
        meaningful |= evidence.meaningful
    yield (dump(Evidence(agreeing, meaningful)),)


def _find_pages(ignored: frozenset[Pair], block: list[Candidate]) -> Iterator[Pair]:
    """Yield records whose URLs differ only in hosts, regions or parameters without meaning."""
    by_parameters: dict[tuple[str, ...], list[Candidate]] = {}
    for each in block:
        by_parameters.setdefault(meaningful_parameters(each, ignored), []).append(each)
    for same in by_parameters.values():
        yield from find_same_page(same)


def _pair(find: Sequence[Find], key: Row, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the pairs in a block."""
    for one, other in find[key[0]](read_block(rows)):
        yield to_bytes(one), to_bytes(other)


def _join_urls(records: "DataFrame") -> "DataFrame":
    """Join the URLs of each record, and of records of one provider with one page."""
    urls = map_rows(records, _list_urls, _EDGES)
    claims = gather(map_rows(records, _list_claims, "node binary, other binary"), "node", "other")
    return urls.unionAll(map_groups(claims, _join_claims, _EDGES, keys=1))


def _list_urls(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the first URL of each record with each of its URLs."""
    for (body,) in rows:
        first, *others = map(to_bytes, read_linked(body).urls)
        yield from ((first, each) for each in (first, *others))


def _list_claims(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the pages that providers have, with the first URL of the record."""
    for (body,) in rows:
        record = read_linked(body)
        for url, domain in find_claims(record):
            if has_path(url):
                yield to_bytes(f"{url}\0{domain}"), to_bytes(record.urls[0])


def _join_claims(_key: Row, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the first record with a claim, and each other."""
    _, first = next(rows)
    yield from ((first, other) for _, other in rows)


def _find_amp_ids(records: "DataFrame", names: "DataFrame") -> "DataFrame":
    """Find the articles of AMP pages that are no URL of a record."""
    own = map_rows(records, _list_urls, _EDGES).selectExpr("other as node").distinct()
    pages = map_rows(records, _list_amp_urls, "page binary, node binary")
    named = pages.join(names, "node", "left").selectExpr("page", "coalesce(name, node) as name")
    found = named.groupBy("page").agg({"name": "min"}).toDF("node", "name")
    return found.join(own, "node", "left_anti").where("node != name")


def _list_amp_urls(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the AMP pages of each record, with its first URL."""
    for (body,) in rows:
        record = read_linked(body)
        yield from ((to_bytes(each), to_bytes(record.urls[0])) for each in record.amp_urls)


def _find_stories(
    candidates: "DataFrame", edges: "DataFrame", articles: "DataFrame"
) -> "DataFrame":
    """Find the ids of stories of several articles (see `StoryLinks`).

    The weights of all stems are sent to each process; they are as many as words of headlines.
    """
    words = map_rows(candidates, _list_stems, "stem string").groupBy("stem").count()
    counts = dict(map(tuple, words.collect()))
    total = counts.pop("", 0)
    weights = {stem: weigh_stem(number, total) for stem, number in counts.items()}
    titles = map_rows(candidates, _list_columns, "title string").groupBy("title").count()
    columns = {each[0] for each in titles.where(f"count > {MAX_REPEATED}").collect()}

    def block(rows: Iterator[Row]) -> Iterator[Row]:
        for (body,) in rows:
            candidate = read_candidate(body)
            if is_comparable(candidate):
                for stem in find_rarest(candidate.stems.stems, weights):
                    yield 0, to_bytes(stem), body

    def pair(_key: Row, rows: Iterator[Row]) -> Iterator[Row]:
        block = read_block(rows)
        for one, other in find_story_pairs(block, weights, lambda c: _name_column(c) in columns):
            yield to_bytes(one), to_bytes(other)

    blocks = gather(map_rows(candidates, block, _BLOCKS), "table", "key")
    names = connect(map_groups(blocks, pair, _EDGES).unionAll(edges).distinct())
    every = names.selectExpr("node", "name as story")
    every = every.unionAll(names.selectExpr("name as node", "name as story").distinct())
    linked = every.join(articles, "node", "left").selectExpr("story", "coalesce(name, node) as id")
    several = linked.distinct().groupBy("story").count().where("count > 1").select("story")
    return (
        every.join(several, "story", "left_semi")
        .where("node != story")
        .selectExpr("node", "story as name")
    )


def _list_stems(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the stems of each headline, and an empty text that counts it."""
    for (body,) in rows:
        candidate = read_candidate(body)
        if is_comparable(candidate):
            yield from ((stem,) for stem in ("", *candidate.stems.stems))


def _list_columns(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the provider and headline of each candidate."""
    found = (read_candidate(body) for (body,) in rows)
    yield from ((_name_column(each),) for each in found if is_comparable(each))


def _name_column(candidate: Candidate) -> str:
    """Name the records that share a provider and the stems of a headline."""
    provider, stems = column_of(candidate)
    return "\0".join((provider, *sorted(stems)))
