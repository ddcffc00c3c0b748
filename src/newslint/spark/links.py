"""The link stage: ids of articles and stories for the URLs by which descriptions are grouped."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from newslint.engine.judge_members import MemberRules
from newslint.engine.link_comparisons import Comparison, compare_variants, list_page_keys
from newslint.engine.link_stories import MAX_REPEATED
from newslint.execution import link_rows
from newslint.execution.link_rows import AMP, CANDIDATE, CLAIM, COLUMN, PAIR
from newslint.records import article_key, story_key
from newslint.spark.frames import gather, map_rows

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def link_keys(mapped: "DataFrame", tables: Sequence[MemberRules]) -> "DataFrame":
    """Find the id for each key that is a URL of a linked article or story.

    Args:
        mapped: The rows of the map stage.
        tables: The rules, whose numbers the table of a key is.
    """
    numbers = {each.keyed.keys: number for number, each in enumerate(tables) if each.has_links}
    candidates = mapped.where(f"tab = {CANDIDATE}").distinct().persist()
    pairs = mapped.where(f"tab = {PAIR}").selectExpr("key as node", "part as other")
    claims = mapped.where(f"tab = {CLAIM}")
    claims = claims.selectExpr("part", "min(part) over (partition by key)")
    edges = pairs.unionAll(claims).unionAll(_find_variants(candidates)).distinct().persist()
    names = connect(edges)
    articles = names.unionAll(_find_amp_ids(mapped, names, pairs))
    linked = articles.selectExpr(
        f"{numbers.get(article_key, 'null')} as tab", "node as key", "other as id"
    )
    if story_key not in numbers:
        return linked
    stories = _find_stories(candidates, edges, names)
    return linked.unionAll(stories.selectExpr(f"{numbers[story_key]}", "node", "other"))


def connect(edges: "DataFrame") -> "DataFrame":
    """Find the connected components of a graph by joins.

    In each round, each node sends the smallest of its neighbours, of which it is one, to all of
    them, until nothing changes (hash-to-min): in about as many rounds as the logarithm of the
    longest path.

    Args:
        edges: Pairs `node`, `other`.

    Returns:
        Each `node` that is not the smallest of its component, with that as `other`.
    """
    graph = edges.selectExpr(_pair("node, other", "other, node", "node, node", "other, other"))
    before = None
    while True:
        graph = graph.distinct().localCheckpoint()
        state = graph.selectExpr("count(1)", "bit_xor(xxhash64(node, other))").first()
        if state == before:
            return graph.where("other < node")
        before = state
        near = graph.selectExpr("other as node", "min(other) over (partition by node) as other")
        graph = near.selectExpr(_pair("node, other", "other, node"))


def _pair(*pairs: str) -> str:
    """Create the expression of several rows with `node` and `other` for each row."""
    structs = (each.split(", ") for each in pairs)
    every = (f"named_struct('node', {node}, 'other', {other})" for node, other in structs)
    return f"inline(array({', '.join(every)}))"


def _find_amp_ids(mapped: "DataFrame", names: "DataFrame", pairs: "DataFrame") -> "DataFrame":
    """Find the articles of AMP pages that are no URL of a record."""
    pages = mapped.where(f"tab = {AMP}").selectExpr("key as page", "part as node")
    named = pages.join(names, "node", "left").selectExpr("page", "coalesce(other, node) as other")
    found = named.groupBy("page").agg({"other": "min"}).toDF("node", "other")
    own = pairs.selectExpr("other as node")
    return found.join(own, "node", "left_anti").where("node != other")


def _find_pairs(candidates: "DataFrame", comparisons: Sequence[Comparison]) -> "DataFrame":
    """Find the pairs of URLs in all blocks of comparisons."""
    keys = [each.keys for each in comparisons]
    keyed = map_rows(candidates, partial(link_rows.key_candidates, keys))
    found = map_rows(gather(keyed), partial(link_rows.find_pairs, comparisons))
    return found.selectExpr("key as node", "part as other")


def _find_variants(candidates: "DataFrame") -> "DataFrame":
    """Pair the URLs of records of one article (see `link_variants`)."""
    keyed = map_rows(candidates, partial(link_rows.key_candidates, [list_page_keys]))
    ignored = link_rows.read_ignored(map_rows(gather(keyed), link_rows.compare_pages).collect())
    return _find_pairs(candidates, compare_variants(ignored))


def _find_stories(
    candidates: "DataFrame", edges: "DataFrame", articles: "DataFrame"
) -> "DataFrame":
    """Find the ids of stories of several articles (see `link_stories`).

    The weights of all stems are sent to each process; they are as many as words of headlines.
    """
    counted = map_rows(candidates, link_rows.list_all_words).groupBy("tab", "key").count()
    frequent = counted.where(f"tab != {COLUMN} or count > {MAX_REPEATED}").collect()
    comparison = link_rows.compare_words(frequent)
    names = connect(_find_pairs(candidates, [comparison]).unionAll(edges).distinct())
    parts = articles.selectExpr("node", "other as article")
    compared = names.join(parts, "node", "left").where("coalesce(article, node) != other")
    return names.join(compared.select("other"), "other", "left_semi").select("node", "other")
