"""Connected components of a graph, by joins."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def connect(edges: "DataFrame") -> "DataFrame":
    """Find the connected components of a graph.

    Each node takes the smallest name among its neighbours, and then the name of the node that it
    is named after, until no name changes: in as many rounds as the logarithm of the longest path.

    Args:
        edges: Pairs `node`, `other`.

    Returns:
        Each `node` that is not the smallest of its component, with that as its `name`.
    """
    backward = edges.selectExpr("other as node", "node as other")
    loops = edges.unionAll(backward).selectExpr("node", "node as other")
    graph = edges.unionAll(backward).unionAll(loops).distinct().persist()
    names = graph.groupBy("node").agg({"other": "min"}).toDF("node", "name").localCheckpoint()
    while True:
        found = names.toDF("other", "name")
        least = graph.join(found, "other").groupBy("node").agg({"name": "min"}).toDF("node", "next")
        jumps = names.toDF("next", "name")
        after = least.join(jumps, "next").select("node", "name").localCheckpoint()
        changed = after.join(names.toDF("node", "before"), "node").where("name != before")
        names = after
        if changed.isEmpty():
            graph.unpersist()
            return names.where("node != name")
