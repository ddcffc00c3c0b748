"""The content of a YAML stream, and keys that YAML merges."""

from collections.abc import Iterator
from typing import NamedTuple

from newslint.syntax.problem import Problem
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence, dereference
from newslint.text.location import NO_RANGES, Ranges

MERGE_KEY = "<<"
_NAN = ("not a number",)


class Tree(NamedTuple):
    """The content of a YAML stream.

    Attributes:
        roots: The root of each document of the stream.
        problems: Duplicate keys and similar problems, and the problem that stopped the parser.
        empty_values: The block mapping and the key of each empty value, by the offset of the key.
            A duplicate key whose value is lost is left out.
        standalone: There is no anchor, alias or tag, so the text means the same in any place.
        node_count: The number of nodes; an alias counts as many as its target.
        printable: There is no character that YAML forbids.
        aliased: The ranges of the targets of aliases.
    """

    roots: list[Node]
    problems: list[Problem]
    empty_values: dict[int, tuple[Mapping, str]]
    standalone: bool
    node_count: int
    printable: bool
    aliased: Ranges = NO_RANGES


def is_merge_key(key: Scalar) -> bool:
    """Check if `key` is the merge key `<<` of YAML 1.1, and not quoted or tagged text."""
    return key.value == MERGE_KEY and not key.style and not key.tagged


def key_identity(key: Scalar) -> object:
    """Convert a key to an object that equals those of equal keys.

    Keys are equal if PyYAML's mappings, which are Python's, keep only one of them: `yes` and
    `true`, `1` and `0x1`, but not `1` and `"1"`. Only `.nan` equals itself here.
    """
    value: object = key.value
    return value if value == value else _NAN  # noqa: PLR0124 # not-a-number differs from itself


def free_name(mapping: Mapping, name: str, equal: str | None = None) -> str:
    """Put a key's text in quotes if another key of the mapping, of a different value, has it.

    Args:
        mapping: The mapping.
        name: The text of the new key.
        equal: The name of the key that the new one replaces, if any.
    """
    while name != equal and name in mapping.values:
        name = f'"{name}"'
    return name


def merge_mappings(mapping: Mapping, merges: list[Node]) -> Node | None:
    """Add entries of other mappings to `mapping`, which keeps its own.

    Args:
        mapping: The mapping that contains the merge keys.
        merges: The values of its merge keys, in order; the last one takes precedence.

    Returns:
        The first node that is no mapping and cannot be merged; None if all could be.
    """
    taken = set(map(key_identity, mapping.keys.values()))
    for merged in _mappings_by_precedence(merges):
        if not isinstance(merged, Mapping):
            return merged
        keys = merged.keys
        for name, value in merged.values.items():
            identity = key_identity(keys[name])
            if identity not in taken:
                taken.add(identity)
                mapping.put(free_name(mapping, name), keys[name], value)
    return None


def _mappings_by_precedence(merges: list[Node]) -> Iterator[Node]:
    """Yield the mappings that the values of merge keys refer to, the strongest first."""
    for node in map(dereference, reversed(merges)):
        if isinstance(node, Sequence):
            yield from map(dereference, node.items)
        else:
            yield node
