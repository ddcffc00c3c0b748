"""Fields with several texts: the terms of a record, and the addresses of its page."""

from collections.abc import Iterator

from newslint.records.collection import FieldMap
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence, dereference, find_node
from newslint.text.pointer import join_pointer

LISTED_ROLES = ("terms", "permalink", "slug", "aliases", "language")
"""Roles of which all fields count, each with one text or a list of texts."""

_MAX_TEXTS = 100


def find_texts(record: Node, field_map: FieldMap, role: str) -> Iterator[tuple[str, Node, Scalar]]:
    """Yield the pointer, the node and the scalar of each text in the fields that play a role."""
    count = 0
    fields = record.values if isinstance(record, Mapping) else None
    for keys in field_map.keys(role):
        if fields is not None and keys and keys[0] not in fields:
            continue  # true of most fields, and cheap to find out
        node = find_node(record, keys)
        if node is None:
            continue
        for at, item in _items(node):
            scalar = dereference(item)
            if isinstance(scalar, Scalar) and isinstance(scalar.value, str):
                count += 1
                if count > _MAX_TEXTS:
                    return
                yield join_pointer("", *keys, *at), item, scalar


def _items(node: Node) -> list[tuple[tuple[int, ...], Node]]:
    """List the items of a list, each with its index; the node itself if it is none."""
    found = dereference(node)
    if not isinstance(found, Sequence):
        return [((), node)]
    return [((index,), item) for index, item in enumerate(found.items)]
