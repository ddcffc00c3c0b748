"""What is remembered while a tree is built."""

from typing import Any, NamedTuple

from newslint.source.tree import Mapping, Node, Scalar, Sequence


class UnreadableError(Exception):
    """Reading cannot go on: the rule that says so, its message, and the offsets concerned."""

    def __init__(self, rule: str, message: str, start: int, end: int) -> None:
        self.rule = rule
        self.message = message
        self.start = start
        self.end = end


class Anchor(NamedTuple):
    """What an alias stands for; its size is 0 while its end has not come."""

    node: Node
    size: int
    height: int


class Open:
    """A list or mapping whose end has not come yet.

    Attributes:
        node: What is known of it.
        before: How many nodes came before.
        anchor: Its name; None where it has none.
        flow: It stands in brackets.
        end: Where the last of what it holds ends.
        height: How many collections stand inside each other here, itself included.
        key: The key whose value comes next; None where a key comes next.
        name: The text of the last key.
        merges: The values of its merge keys.
    """

    __slots__ = ("anchor", "before", "end", "flow", "height", "key", "merges", "name", "node")

    def __init__(self, node: Sequence | Mapping, before: int, event: Any) -> None:
        self.node = node
        self.before = before
        self.anchor: str | None = event.anchor
        self.flow: bool = event.flow_style
        self.end = node.end
        self.height = 1
        self.key: Scalar | None = None
        self.name = ""
        self.merges: list[Node] = []
