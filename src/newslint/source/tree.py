"""The YAML tree: values that know where they stand.

A node's `start` and `end` are 0-based offsets into the text that it was read from; `end` is
exclusive. Nodes are plain, slotted objects, since an archive holds millions of them.
"""

from collections.abc import Iterator
from typing import Any


class Node:
    """A value of the tree."""

    __slots__ = ("end", "start")

    start: int
    end: int

    def to_python(self) -> Any:
        """Return the value as plain Python, as `yaml.safe_load` would."""
        raise NotImplementedError


class Scalar(Node):
    """A single value.

    Attributes:
        value: What YAML 1.1 reads: text, bool, int, float, date, datetime, bytes or None.
        style: The quote or block indicator (`'`, `"`, `|`, `>`), or empty for a plain scalar.
        tagged: The scalar carries an explicit tag, so its text alone does not tell its type.
    """

    __slots__ = ("style", "tagged", "value")

    def __init__(
        self,
        start: int,
        end: int,
        value: Any,
        style: str = "",
        tagged: bool = False,  # noqa: FBT001, FBT002 # keywords cost, and millions are made
    ) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.style = style
        self.tagged = tagged

    def to_python(self) -> Any:  # noqa: D102 # as its parent says
        return self.value


class Sequence(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, start: int, end: int, items: "list[Node]") -> None:
        self.start = start
        self.end = end
        self.items = items

    def to_python(self) -> Any:  # noqa: D102 # likewise
        return [item.to_python() for item in self.items]


class Mapping(Node):
    """Keys and values.

    Attributes:
        entries: By key text: the key's own scalar and the value. Where a key is repeated the last
            one stands, as in every YAML parser. Merged keys (`<<`) are included, with the places
            that they were merged from.
    """

    __slots__ = ("entries",)

    def __init__(self, start: int, end: int, entries: "dict[str, tuple[Scalar, Node]]") -> None:
        self.start = start
        self.end = end
        self.entries = entries

    def get(self, key: str) -> Node | None:
        """Return the value at `key`, or None where there is no such key."""
        entry = self.entries.get(key)
        return None if entry is None else entry[1]

    def to_python(self) -> Any:  # noqa: D102 # likewise
        return {key: value.to_python() for key, (_, value) in self.entries.items()}


class Alias(Node):
    """A reference (`*name`) to a node that stands elsewhere."""

    __slots__ = ("target",)

    def __init__(self, start: int, end: int, target: Node) -> None:
        self.start = start
        self.end = end
        self.target = target

    def to_python(self) -> Any:  # noqa: D102 # likewise
        return self.target.to_python()


def real(node: Node) -> Node:
    """Return what `node` stands for: an alias's target, else the node itself."""
    while isinstance(node, Alias):
        node = node.target
    return node


def children(node: Node) -> "Iterator[tuple[str, Node]]":
    """Yield key (a list's index as text) and value of each child of `node`, in order."""
    if isinstance(node, Mapping):
        for key, (_, value) in node.entries.items():
            yield key, value
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield str(index), item
