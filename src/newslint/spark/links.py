"""The link stage: ids of articles and stories for the URLs by which descriptions are grouped."""

from collections.abc import Sequence
from functools import partial, reduce
from typing import TYPE_CHECKING

from newslint.engine.judge_members import MemberRules
from newslint.engine.link_comparisons import Comparison, compare_variants, list_page_keys
from newslint.engine.link_stories import MAX_REPEATED
from newslint.execution import link_rows
from newslint.execution.link_rows import AMP, CANDIDATE, CLAIM, COLUMN, PAIR
from newslint.records import story_key
from newslint.spark.frames import gather, map_rows

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_EDGES = """
select key as node, part as other from {mapped} where tab = {pair} union all
select part, min(part) over (partition by key) from {mapped} where tab = {claim} union all
select node, other from {variants}
"""
_AMP_PAGES = """
select key as node, min(coalesce(other, part)) as other
from (select * from {mapped} where tab = {amp}) left join {articles} on part = node
left anti join (select part as url from {mapped} where tab = {pair}) on key = url
group by key having other != key
"""
_STORIES = """
with named as (
  select node, other as story from {stories} union select other, other from {stories}
), several as (
  select story from named left join {articles} as article on named.node = article.node
  group by story having count(distinct coalesce(article.other, named.node)) > 1
)
select node, story as other from named left semi join several using (story) where node != story
"""


def link_keys(mapped: "DataFrame", tables: Sequence[MemberRules]) -> "DataFrame":
    """Find the id for each key that is a URL of a linked article or story.

    Args:
        mapped: The rows of the map stage.
        tables: The rules, whose numbers the table of a key is.
    """
    query = partial(mapped.sparkSession.sql, mapped=mapped, pair=PAIR, claim=CLAIM, amp=AMP)
    candidates = mapped.where(f"tab = {CANDIDATE}").distinct().persist()
    names = connect(query(_EDGES, variants=_find_variants(candidates)))
    articles = names.unionAll(query(_AMP_PAGES, articles=names))
    keys = {number: each.keyed.keys for number, each in enumerate(tables) if each.has_links}
    stories = _find_stories(candidates, names) if story_key in keys.values() else articles
    found = [
        (stories if each is story_key else articles).selectExpr(
            f"{number} as tab", "node as key", "other as id"
        )
        for number, each in keys.items()
    ]
    return reduce(lambda one, other: one.unionAll(other), found)


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
    both = "node, other, other, node"
    graph = edges.selectExpr(f"stack(4, {both}, node, node, other, other) as (node, other)")
    before = None
    while True:
        graph = graph.distinct().localCheckpoint()
        state = graph.selectExpr("count(1)", "bit_xor(xxhash64(node, other))").first()
        if state == before:
            return graph.where("other < node")
        before = state
        near = graph.selectExpr("other as node", "min(other) over (partition by node) as other")
        graph = near.selectExpr(f"stack(2, {both}) as (node, other)")


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


def _find_stories(candidates: "DataFrame", articles: "DataFrame") -> "DataFrame":
    """Find the ids of stories of several articles (see `link_stories`).

    The weights of all stems are sent to each process; they are as many as words of headlines.
    """
    counted = map_rows(candidates, link_rows.list_all_words).groupBy("tab", "key").count()
    frequent = counted.where(f"tab != {COLUMN} or count > {MAX_REPEATED}").collect()
    pairs = _find_pairs(candidates, [link_rows.compare_words(frequent)])
    stories = connect(pairs.unionAll(articles))
    return articles.sparkSession.sql(_STORIES, stories=stories, articles=articles)
