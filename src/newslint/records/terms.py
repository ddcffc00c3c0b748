"""The terms of a record: its tags, topics, categories and authors."""

from collections.abc import Iterator

from newslint.records.collection import FieldMap
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence, dereference
from newslint.text.pointer import join_pointer

_MAX_TERMS = 100


def find_terms(record: Node, field_map: FieldMap) -> Iterator[tuple[str, Node, Scalar]]:
    """Yield the pointer, the node and the scalar of each term of a record."""
    count = 0
    for keys in field_map.keys("terms"):
        node = record
        for key in keys:
            found = dereference(node)
            child = found.values.get(key) if isinstance(found, Mapping) else None
            if child is None:
                break
            node = child
        else:
            for at, item in _items(node):
                scalar = dereference(item)
                if isinstance(scalar, Scalar) and isinstance(scalar.value, str):
                    count += 1
                    if count > _MAX_TERMS:
                        return
                    yield join_pointer("", *keys, *at), item, scalar


def _items(node: Node) -> list[tuple[tuple[int, ...], Node]]:
    """List the items of a list, each with its index; the node itself if it is none."""
    found = dereference(node)
    if not isinstance(found, Sequence):
        return [((), node)]
    return [((index,), item) for index, item in enumerate(found.items)]
