"""Assembly of the tree: the stack of lists and mappings whose end was not parsed yet."""

from typing import Any

from newslint.syntax.problem import Limits, Problem
from newslint.syntax.redaction import SECRET_KEYS
from newslint.syntax.tree import Mapping, Node, Scalar, Sequence, dereference
from newslint.syntax.yaml.tree import free_name, is_merge_key, key_identity, merge_mappings
from newslint.text.pointer import join_pointer
from newslint.text.quoting import quote_value
from newslint.text.source_text import SourceText

MAX_DUPLICATE_KEYS = 1000
"""Duplicate keys of one text: no file contains more by mistake."""


class YamlParseError(Exception):
    """A problem that stops the parser.

    Attributes:
        rule: The rule that reports it.
        message: Its message.
        start: The 0-based offset at which the text concerned starts.
        end: The offset at which it ends.
    """

    def __init__(self, rule: str, message: str, start: int, end: int) -> None:
        self.rule = rule
        self.message = message
        self.start = start
        self.end = end


class OpenCollection:
    """A list or mapping whose end was not parsed yet.

    Attributes:
        node: The list or mapping, as far as it was parsed.
        count_before: The number of nodes before it.
        anchor: Its anchor; None if it has none.
        flow: It is written in brackets.
        end: The end of its last value.
        height: The number of collections nested here, itself included.
        key: The key whose value is parsed next; None if a key is parsed next.
        name: The name of the last key.
        names: The names of its keys, by their values.
        merges: The values of its merge keys.
    """

    __slots__ = (
        "anchor",
        "count_before",
        "end",
        "flow",
        "height",
        "key",
        "merges",
        "name",
        "names",
        "node",
    )

    def __init__(self, node: Sequence | Mapping, count_before: int, event: Any) -> None:
        self.node = node
        self.count_before = count_before
        self.anchor: str | None = event.anchor
        self.flow: bool = event.flow_style
        self.end = node.end
        self.height = 1
        self.key: Scalar | None = None
        self.name = ""
        self.names: dict[Any, str] = {}
        self.merges: list[Node] = []


class CollectionStack:
    """A stack of open collections, to which complete nodes are added.

    Attributes:
        source: The text.
        limits: The limits that apply to it.
        stack: The open collections, the innermost last.
        roots: The complete root of each document.
        problems: See `Tree`.
        empty_values: See `Tree`.
        standalone: See `Tree`.
        node_count: See `Tree`.
        secrets: The values of keys called `secured`.
        aliased_keys: The targets of aliases that are keys.
    """

    def __init__(self, source: SourceText, limits: Limits) -> None:
        self.source = source
        self.text = source.text
        self.limits = limits
        self.stack: list[OpenCollection] = []
        self.roots: list[Node] = []
        self.problems: list[Problem] = []
        self.empty_values: dict[int, tuple[Mapping, str]] = {}
        self.standalone = True
        self.node_count = 0
        self.secrets: list[Node] = []
        self.aliased_keys: list[Node] = []

    def check_entries(self, node: Sequence) -> None:
        """Check the number of entries of a list."""
        if len(node.items) > self.limits.entries:
            message = f"a list of more than {self.limits.entries:,} entries"
            raise YamlParseError("yaml-limits", message, node.start, node.end)

    def attach(self, node: Node) -> None:
        """Add a complete node to the innermost open collection, or as a root."""
        if self.node_count > self.limits.nodes:
            message = f"more than {self.limits.nodes:,} values, with aliases expanded"
            raise YamlParseError("yaml-limits", message, node.start, node.end)
        if not self.stack:
            self.roots.append(node)
            return
        top = self.stack[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
        elif top.key is None:
            top.key, name = self.create_key(node)
            top.name = free_name(top.node, name, top.names.get(key_identity(top.key)))
        else:
            self.add_pair(top, top.node, top.key, node)
            top.key = None
        top.end = max(top.end, node.end)

    def create_key(self, node: Node) -> tuple[Scalar, str]:
        """Convert a node to a key and the text of the key."""
        key = dereference(node)
        if not isinstance(key, Scalar):
            message = "a mapping or a list cannot be a key; put it in quotes if it is text"
            raise YamlParseError("yaml-syntax", message, node.start, node.end)
        name = self.key_text(key)
        if node is not key:
            self.aliased_keys.append(key)
            key = Scalar(node.start, node.end, key.value, key.style, tagged=key.tagged)
        return key, name

    def key_text(self, key: Scalar) -> str:
        """Return the text of a key: its value, or its source text if that is no text."""
        if isinstance(key.value, str):
            return key.value
        return self.text[key.start : key.end].strip(key.style or None)

    def add_pair(self, top: OpenCollection, mapping: Mapping, key: Scalar, node: Node) -> None:
        """Add a key and its value to the innermost open collection, which is a mapping."""
        name = top.name
        if is_merge_key(key):
            self.standalone = False
            top.merges.append(node)
            return
        if name in SECRET_KEYS:
            self.secrets.append(node)
        identity = key_identity(key)
        equal = top.names.get(identity)
        if equal is not None:
            self.report_duplicate(mapping.pop(equal), key)
        top.names[identity] = name
        mapping.put(name, key, node)
        if isinstance(node, Scalar) and node.start == node.end:
            if self.text[node.start - 1 : node.start].isspace():
                node.start = node.end = key.end
            if not top.flow:
                self.empty_values[key.start] = (mapping, name)

    def merge(self, mapping: Mapping, merges: list[Node]) -> None:
        """Apply the merge keys of a mapping."""
        refused = merge_mappings(mapping, merges)
        if refused is not None:
            message = "only a mapping, or a list of mappings, can be merged by '<<'"
            raise YamlParseError("yaml-syntax", message, refused.start, refused.end)

    def report_duplicate(self, first: Scalar, second: Scalar) -> None:
        """Add a problem for a key that is given twice, possibly in another form."""
        if len(self.problems) == MAX_DUPLICATE_KEYS:
            message = f"more than {MAX_DUPLICATE_KEYS:,} keys are given twice"
            raise YamlParseError("yaml-limits", message, second.start, second.end)
        self.empty_values.pop(first.start, None)
        names = [self.key_text(first), self.key_text(second)]
        subject = (
            f"the key {quote_value(names[1])} is given twice"
            if names[0] == names[1]
            else f"the keys {quote_value(names[0])} and {quote_value(names[1])} are equal"
        )
        message = f"{subject}; YAML parsers keep the last"
        note = "the first value, which parsers ignore"
        related = ((self.source.span(first.start, first.end), note),)
        span = self.source.span(second.start, second.end)
        pointer = self.open_pointer()
        self.problems.append(
            Problem("duplicate-key", message, span, pointer, related, identity=names[1])
        )

    def open_pointer(self) -> str:
        """Build the pointer of the innermost open mapping."""
        pointer = ""
        for parent in self.stack[:-1]:
            node = parent.node
            key = len(node.items) if isinstance(node, Sequence) else parent.name
            pointer = join_pointer(pointer, key)
        return pointer
