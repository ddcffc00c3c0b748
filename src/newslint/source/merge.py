"""The merge key `<<` of YAML 1.1."""

from collections.abc import Iterator

from newslint.source.tree import Mapping, Node, Scalar, Sequence, real

MERGE = "<<"


def is_merge(key: Scalar) -> bool:
    """Tell whether `key` is the merge key, and no text that looks like it."""
    return key.value == MERGE and not key.style and not key.tagged


def merge(mapping: Mapping, merges: list[Node]) -> Node | None:
    """Add to `mapping` the entries that it lacks of those in `merges`.

    Args:
        mapping: Its own entries win over merged ones.
        merges: The values of its merge keys, in order; the last one wins.

    Returns:
        What cannot be merged; None where everything could.
    """
    for merged in _mappings(merges):
        if not isinstance(merged, Mapping):
            return merged
        for name, value in merged.values.items():
            if name not in mapping.values:
                mapping.put(name, merged.keys[name], value)
    return None


def _mappings(merges: list[Node]) -> Iterator[Node]:
    """Yield the mappings that `merges` bring in, the one that wins first."""
    for node in map(real, reversed(merges)):
        if isinstance(node, Sequence):
            yield from map(real, node.items)
        else:
            yield node
