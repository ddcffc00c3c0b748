"""The YAML tree: values that know where they stand.

A node's `start` and `end` are 0-based offsets into the text that it was read from; `end` is
exclusive. Nodes are plain, slotted objects, since an archive holds millions of them.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from newslint.syntax.problem import Problem
from newslint.syntax.yaml.resolve import resolve_plain
from newslint.text.location import NO_RANGES, Ranges


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

    Keys are rarely asked for their places, so they become scalars only then.

    Attributes:
        values: By key text. Where a key is repeated the last one stands, as in every YAML parser.
            What is merged (`<<`) is included, and stands where it was merged from.
        starts: Where each key stands, if they are all plain; else empty.
    """

    __slots__ = ("_keys", "starts", "values")

    def __init__(
        self, start: int, end: int, values: dict[str, Node], starts: list[int] | None = None
    ) -> None:
        """Make a mapping.

        Args:
            start: Where it starts.
            end: Where it ends.
            values: As the attribute.
            starts: As the attribute; None where `put` is to tell.
        """
        self.start = start
        self.end = end
        self.values = values
        self.starts = [] if starts is None else starts
        self._keys: dict[str, Scalar] | None = {} if starts is None else None

    @property
    def keys(self) -> dict[str, Scalar]:
        """The keys, by their text."""
        if self._keys is None:
            places = zip(self.values, self.starts, strict=True)
            self._keys = {
                name: Scalar(start, start + len(name), resolve_plain(name))
                for name, start in places
            }
        return self._keys

    @property
    def entries(self) -> dict[str, tuple[Scalar, Node]]:
        """Key and value, by the key's text."""
        return {name: (self.keys[name], value) for name, value in self.values.items()}

    def put(self, name: str, key: Scalar, value: Node) -> None:
        """Add a key, called `name`, and its value."""
        self.keys[name] = key
        self.values[name] = value

    def pop(self, name: str) -> Scalar:
        """Take out the key called `name`, and return it."""
        del self.values[name]
        return self.keys.pop(name)

    def get(self, key: str) -> Node | None:
        """Return the value at `key`, or None where there is no such key."""
        return self.values.get(key)

    @property
    def own(self) -> dict[str, Node]:
        """The values of the keys that are here, not merged from elsewhere."""
        if self._keys is None:
            return self.values
        return {name: value for name, value in self.values.items() if self.owns(name)}

    def owns(self, key: str) -> bool:
        """Tell whether the key called `key` is here, not merged (`<<`) from elsewhere.

        An anchor comes before its aliases, so what is merged comes before the mapping.
        """
        return self._keys is None or self._keys[key].start >= self.start

    def to_python(self) -> Any:  # noqa: D102 # likewise
        return {key: value.to_python() for key, value in self.values.items()}


class Alias(Node):
    """A reference (`*name`) to a node that stands elsewhere."""

    __slots__ = ("target",)

    def __init__(self, start: int, end: int, target: Node) -> None:
        self.start = start
        self.end = end
        self.target = target

    def to_python(self) -> Any:  # noqa: D102 # likewise
        return self.target.to_python()


def dereference(node: Node) -> Node:
    """Return what `node` stands for: an alias's target, else the node itself."""
    while isinstance(node, Alias):
        node = node.target
    return node


def children(node: Node) -> "Iterator[tuple[str, Node]]":
    """Yield key (a list's index as text) and value of each child of `node`, in order."""
    if isinstance(node, Mapping):
        yield from node.values.items()
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield str(index), item


class Tree(NamedTuple):
    """What a YAML stream holds.

    Attributes:
        roots: The root of each document of the stream.
        problems: What is wrong but left the values readable, and what made reading stop.
        empty_values: By the offset of a key of a block mapping whose value is empty: the mapping
            and the key in it. One that is given again, and so lost, is left out.
        closed: No anchor, alias or tag occurs: the text means the same wherever it stands.
        size: Number of nodes, each alias counted with all that it stands for.
        plain: No character occurs that YAML forbids.
        shared: Where what aliases stand for starts and ends.
    """

    roots: list[Node]
    problems: list[Problem]
    empty_values: dict[int, tuple[Mapping, str]]
    closed: bool
    size: int
    plain: bool
    shared: Ranges = NO_RANGES


MERGE = "<<"


def is_merge_key(key: Scalar) -> bool:
    """Tell whether `key` is the merge key, and no text that looks like it."""
    return key.value == MERGE and not key.style and not key.tagged


def merge_mappings(mapping: Mapping, merges: list[Node]) -> Node | None:
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
    for node in map(dereference, reversed(merges)):
        if isinstance(node, Sequence):
            yield from map(dereference, node.items)
        else:
            yield node
