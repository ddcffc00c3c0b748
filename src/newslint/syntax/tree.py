"""The tree of front matter: values and their offsets in the text.

A node's `start` and `end` are 0-based offsets into the text that was parsed; `end` is exclusive.
Nodes are plain objects with slots, since an archive contains millions of them.
"""

from collections.abc import Iterable, Iterator
from typing import Any


class Node:
    """A value of the tree."""

    __slots__ = ("end", "start")

    start: int
    end: int

    def to_python(self) -> Any:
        """Convert the value to plain Python."""
        raise NotImplementedError


class Scalar(Node):
    """A single value.

    Attributes:
        value: The value: text, bool, int, float, date, datetime, time, bytes or None.
        style: How it is written (see `newslint.syntax.style`).
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
        values: By key text. Of a repeated key the last value counts. If keys of different values
            have the same text, as `1` and `"1"`, the text of all but the first is in quotes. Merged
            entries (`<<`) are included; their nodes lie outside the mapping.
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
                name: Scalar(start, start + len(name), name)
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


def find_node(node: Node, keys: Iterable[str]) -> Node | None:
    """Follow `keys` through mappings and aliases of them; None if one is missing."""
    for key in keys:
        if isinstance(node, Alias):
            node = dereference(node)
        if not isinstance(node, Mapping):
            return None
        child = node.values.get(key)
        if child is None:
            return None
        node = child
    return node


def children(node: Node) -> "Iterator[tuple[str, Node]]":
    """Yield the key (a list's index as text) and the value of each child of `node`, in order."""
    if isinstance(node, Mapping):
        yield from node.values.items()
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield str(index), item
