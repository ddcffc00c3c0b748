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
    from pyspark.sql.functions import min as least

    backward = edges.selectExpr("other as node", "node as other")
    loops = edges.unionAll(backward).selectExpr("node", "node as other")
    graph = edges.unionAll(backward).unionAll(loops).distinct().persist()
    names = graph.selectExpr("node", "node as name").distinct()
    is_new = True
    while is_new:
        named = graph.join(names.toDF("other", "name"), "other")
        named = named.selectExpr("node", "name", "if(other = node, name, null) as before")
        nearest = named.groupBy("node").agg(
            least("name").alias("next"), least("before").alias("before")
        )
        after = nearest.join(names.toDF("next", "name"), "next")
        after = after.selectExpr("node", "name", "name != before as is_new").localCheckpoint()
        is_new = not after.where("is_new").isEmpty()
        names = after.select("node", "name")
    graph.unpersist()
    return names.where("node != name")
