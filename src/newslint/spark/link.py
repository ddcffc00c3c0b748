"""The link stage: ids of articles and stories for the URLs by which descriptions are grouped.

Records meet in the blocks of `engine.link_comparisons`; the pairs found there are the edges of a
graph, whose connected components are found by joins.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from newslint.engine.judge_members import MemberRules
from newslint.engine.link_articles import find_claims, has_path
from newslint.engine.link_candidate import Candidate, read_linked_record
from newslint.engine.link_comparisons import (
    Comparison,
    Keys,
    compare_stories,
    compare_variants,
    digest_column,
    list_page_keys,
)
from newslint.engine.link_stories import MAX_REPEATED, is_comparable, weigh_stem
from newslint.engine.link_variants import compare_parameters, find_ignored
from newslint.execution.blocks import Block
from newslint.execution.codec import decode_candidate, decode_text, encode_candidate, encode_text
from newslint.execution.partitions.spill import batches
from newslint.records import story_key
from newslint.spark.arrow import Row, decode, dump, gather, load, map_groups, map_rows
from newslint.spark.components import connect

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_BLOCK = 2000
"""Number of records of a block in memory."""

_VALUES = "published", "url", "title", "excerpt", "provider"
_CANDIDATES = "published bigint, url binary, title binary, excerpt binary, provider binary"
_RECORDS = f"urls array<binary>, amp_urls array<binary>, claims array<binary>, {_CANDIDATES}"
_EDGES = "node binary, other binary"
_ALL, _STEM, _COLUMN = range(3)


def link_keys(blocks: "DataFrame", tables: Sequence[MemberRules]) -> "DataFrame":
    """Find the id for each key that is a URL of a linked article or story."""
    records = map_rows(blocks, _read_records, _RECORDS).distinct().persist()
    candidates = records.where("url is not null").select(*_VALUES).distinct().persist()
    edges = _find_variants(candidates).unionAll(_join_urls(records)).where("node != other")
    edges = edges.distinct().persist()
    names = connect(edges)
    articles = names.unionAll(_find_amp_ids(records, names))
    linked = [(number, table.keyed.keys) for number, table in enumerate(tables) if table.has_links]
    has_stories = any(keys is story_key for _, keys in linked)
    stories = _find_stories(candidates, edges, names) if has_stories else articles
    first, *others = [
        (stories if keys is story_key else articles).selectExpr(
            f"{number} as table", "node as key", "name as id"
        )
        for number, keys in linked
    ]
    for each in others:
        first = first.unionAll(each)
    return first


def _read_records(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the values of records on which links depend."""
    for _, body in rows:
        for description in decode(Block, body).descriptions.values():
            record = read_linked_record(description) if description.is_record else None
            if record is not None:
                claims = [
                    encode_text(repr(each)) for each in find_claims(record) if has_path(each[0])
                ]
                yield (
                    [*map(encode_text, record.urls)],
                    [*map(encode_text, record.amp_urls)],
                    [encode_text(repr(each)) for each in claims],
                    *(encode_candidate(record.candidate) if record.candidate else [None] * 5),
                )


def _join_urls(records: "DataFrame") -> "DataFrame":
    """Join the URLs of each record, and records of one provider that share a page."""
    urls = records.selectExpr("urls[0] as node", "explode(urls) as other")
    claims = records.selectExpr("urls[0] as node", "explode(claims) as claim")
    return urls.unionAll(claims.selectExpr("node", "min(node) over (partition by claim) as other"))


def _find_amp_ids(records: "DataFrame", names: "DataFrame") -> "DataFrame":
    """Find the articles of AMP pages that are no URL of a record."""
    own = records.selectExpr("explode(urls) as node").distinct()
    pages = records.selectExpr("explode(amp_urls) as page", "urls[0] as node")
    named = pages.join(names, "node", "left").selectExpr("page", "coalesce(name, node) as name")
    found = named.groupBy("page").agg({"name": "min"}).toDF("node", "name")
    return found.join(own, "node", "left_anti").where("node != name")


def _gather(candidates: "DataFrame", keys: Sequence[Keys]) -> "DataFrame":
    """Put candidates that share a key one after the other, sorted."""

    def run(rows: Iterator[Row]) -> Iterator[Row]:
        for values in rows:
            candidate = decode_candidate(values)
            for number, each in enumerate(keys):
                yield from ((number, encode_text(repr(key)), *values) for key in each(candidate))

    blocks = map_rows(candidates, run, f"table int, key binary, {_CANDIDATES}")
    return gather(blocks, "table", "key", order=_VALUES)


def _divide(rows: Iterator[Row], overlap: int) -> Iterator[list[Candidate]]:
    """Yield the candidates of a block of several; those of a large one in parts."""
    values = (each for each, _ in groupby(row[2:] for row in rows))
    for part in batches(values, _BLOCK, overlap):
        if len(part) > 1:
            yield [decode_candidate(each) for each in part]


def _find_pairs(candidates: "DataFrame", comparisons: Sequence[Comparison]) -> "DataFrame":
    """Find the pairs in all blocks of comparisons."""

    def find(key: Row, rows: Iterator[Row]) -> Iterator[Row]:
        comparison = comparisons[key[0]]
        for block in _divide(rows, comparison.reach):
            yield from (tuple(map(encode_text, pair)) for pair in comparison.find(block))

    return map_groups(_gather(candidates, [each.keys for each in comparisons]), find, _EDGES)


def _find_variants(candidates: "DataFrame") -> "DataFrame":
    """Pair the URLs of records of one article (see `link_variants`)."""

    def compare(_key: Row, rows: Iterator[Row]) -> Iterator[Row]:
        for block in _divide(rows, 1):
            evidence = compare_parameters(block)
            if evidence.agreeing or evidence.meaningful:
                yield (dump(evidence),)

    found = map_groups(_gather(candidates, [list_page_keys]), compare, "body binary").collect()
    ignored = find_ignored(load(bytes(body)) for (body,) in found)
    return _find_pairs(candidates, compare_variants(ignored))


def _find_stories(
    candidates: "DataFrame", edges: "DataFrame", articles: "DataFrame"
) -> "DataFrame":
    """Find the ids of stories of several articles (see `link_stories`).

    The weights of all stems are sent to each process; they are as many as words of headlines.
    """
    counts = map_rows(candidates, _list_parts, "kind int, name binary").groupBy("kind", "name")
    frequent = counts.count().where(f"kind != {_COLUMN} or count > {MAX_REPEATED}").collect()
    total = sum(count for kind, _, count in frequent if kind == _ALL)
    stems = {decode_text(name): count for kind, name, count in frequent if kind == _STEM}
    weights = {stem: weigh_stem(count, total) for stem, count in stems.items()}
    columns = {bytes(name) for kind, name, _ in frequent if kind == _COLUMN}
    comparison = compare_stories(weights, columns)
    names = connect(_find_pairs(candidates, [comparison]).unionAll(edges).distinct())
    every = names.selectExpr("node", "name as story")
    every = every.unionAll(names.selectExpr("name as node", "name as story").distinct())
    linked = every.join(articles, "node", "left").selectExpr("story", "coalesce(name, node) as id")
    several = linked.distinct().groupBy("story").count().where("count > 1").select("story")
    found = every.join(several, "story", "left_semi").where("node != story")
    return found.selectExpr("node", "story as name")


def _list_parts(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield a row that counts a headline, its column, and its stems."""
    for values in rows:
        candidate = decode_candidate(values)
        if is_comparable(candidate):
            yield _ALL, b""
            yield _COLUMN, digest_column(candidate)
            yield from ((_STEM, encode_text(stem)) for stem in candidate.stems.stems)
