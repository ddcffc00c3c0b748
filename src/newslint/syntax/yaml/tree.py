"""The YAML tree: values and their offsets in the text.

A node's `start` and `end` are 0-based offsets into the text that was parsed; `end` is exclusive.
Nodes are plain objects with slots, since an archive contains millions of them.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from newslint.syntax.problem import Problem
from newslint.syntax.yaml.resolve import resolve_plain
from newslint.text.location import NO_RANGES, Ranges

MERGE_KEY = "<<"
_NAN = ("not a number",)


class Node:
    """A value of the tree."""

    __slots__ = ("end", "start")

    start: int
    end: int

    def to_python(self) -> Any:
        """Convert the value to plain Python, like `yaml.safe_load`."""
        raise NotImplementedError


class Scalar(Node):
    """A single value.

    Attributes:
        value: The value in YAML 1.1: text, bool, int, float, date, datetime, bytes or None.
        style: The quote or block indicator (`'`, `"`, `|`, `>`), or empty for a plain scalar.
        tagged: The scalar has an explicit tag, so its text alone does not determine its type.
    """

    __slots__ = ("style", "tagged", "value")

    def __init__(
        self,
        start: int,
        end: int,
        value: Any,
        style: str = "",
        tagged: bool = False,  # noqa: FBT001, FBT002 # keywords cost time, in millions of calls
    ) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.style = style
        self.tagged = tagged

    def to_python(self) -> Any:  # noqa: D102 # inherited
        return self.value


class Sequence(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, start: int, end: int, items: "list[Node]") -> None:
        self.start = start
        self.end = end
        self.items = items

    def to_python(self) -> Any:  # noqa: D102 # inherited
        return [item.to_python() for item in self.items]


class Mapping(Node):
    """Keys and values.

    Nodes for the keys are created on first use, since few keys' positions are ever needed.

    Attributes:
        values: By key text. Of a repeated key the last value counts, as in every YAML parser. If
            keys of different values have the same text, as `1` and `"1"`, the text of all but the
            first is in quotes. Merged entries (`<<`) are included; their nodes lie outside the
            mapping.
        key_starts: The offset of each key, if all keys are plain scalars; else empty.
    """

    __slots__ = ("_keys", "key_starts", "values")

    def __init__(
        self, start: int, end: int, values: dict[str, Node], key_starts: list[int] | None = None
    ) -> None:
        """Create a mapping.

        Args:
            start: Its start.
            end: Its end.
            values: See the attribute.
            key_starts: See the attribute; None if keys are added by `put`.
        """
        self.start = start
        self.end = end
        self.values = values
        self.key_starts = [] if key_starts is None else key_starts
        self._keys: dict[str, Scalar] | None = {} if key_starts is None else None

    @property
    def keys(self) -> dict[str, Scalar]:
        """The nodes of the keys, by their text."""
        if self._keys is None:
            self._keys = {
                name: Scalar(start, start + len(name), resolve_plain(name))
                for name, start in zip(self.values, self.key_starts, strict=True)
            }
        return self._keys

    @property
    def entries(self) -> dict[str, tuple[Scalar, Node]]:
        """Key and value, by the key's text."""
        return {name: (self.keys[name], value) for name, value in self.values.items()}

    def put(self, name: str, key: Scalar, value: Node) -> None:
        """Add a key with the text `name`, and its value."""
        self.keys[name] = key
        self.values[name] = value

    def pop(self, name: str) -> Scalar:
        """Remove the key with the text `name` and return it."""
        del self.values[name]
        return self.keys.pop(name)

    def get(self, key: str) -> Node | None:
        """Look up the value of `key`; None if there is no such key."""
        return self.values.get(key)

    @property
    def own_values(self) -> dict[str, Node]:
        """The values of the mapping's own keys, without merged ones."""
        if self._keys is None:
            return self.values
        return {name: value for name, value in self.values.items() if self.owns(name)}

    def owns(self, key: str) -> bool:
        """Check if `key` is written in this mapping, not merged (`<<`) into it.

        An anchor comes before its aliases, so merged keys come before the mapping.
        """
        return self._keys is None or self._keys[key].start >= self.start

    def to_python(self) -> Any:  # noqa: D102 # inherited
        return {key: value.to_python() for key, value in self.values.items()}


class Alias(Node):
    """A reference (`*name`) to an anchored node."""

    __slots__ = ("target",)

    def __init__(self, start: int, end: int, target: Node) -> None:
        self.start = start
        self.end = end
        self.target = target

    def to_python(self) -> Any:  # noqa: D102 # inherited
        return self.target.to_python()


def dereference(node: Node) -> Node:
    """Follow an alias to its target; return any other node itself."""
    while isinstance(node, Alias):
        node = node.target
    return node


def children(node: Node) -> "Iterator[tuple[str, Node]]":
    """Yield the key (a list's index as text) and the value of each child of `node`, in order."""
    if isinstance(node, Mapping):
        yield from node.values.items()
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield str(index), item


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
