"""Builds the tree from libyaml's events: values and spans in one pass, without recursion."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from yaml import events as ev
from yaml._yaml import CParser
from yaml.error import YAMLError

from newslint.syntax.problem import Limits, Problem
from newslint.syntax.yaml.errors import STRAY_BYTE_ORDER_MARK, explain
from newslint.syntax.yaml.forbidden import Substitution, substitute_forbidden
from newslint.syntax.yaml.redaction import SECURED, find_exposed_secret
from newslint.syntax.yaml.resolve import (
    construct,
    is_known_collection_tag,
    is_known_tag,
    resolve_plain,
    skip_properties,
)
from newslint.syntax.yaml.scalars import BLOCK_STYLES, block_end
from newslint.syntax.yaml.tree import (
    Alias,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Tree,
    dereference,
    is_merge_key,
    merge_mappings,
)
from newslint.text.location import Ranges
from newslint.text.pointer import join_pointer
from newslint.text.quoting import shown
from newslint.text.source_text import BYTE_ORDER_MARK, SourceText

MAX_DUPLICATE_KEYS = 1000
"""Duplicate keys of one text: no file holds as many by mistake."""

EXPOSURE = "a secret value stands here by an alias; write it in 'secured' alone, without an anchor"


class ParseError(Exception):
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


class OpenCollection:
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


def full_parse(source: SourceText, limits: Limits) -> Tree:
    """Return the tree of the YAML stream `source`.

    Nothing is raised for bad YAML: what could be read up to there is dropped, and the problem says
    what and where.
    """
    return _Builder(source, limits).run()


class _Builder:
    def __init__(self, source: SourceText, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.shield: Substitution = substitute_forbidden(source.text)
        self.text = source.text
        self.plain = self.shield.restore is None
        self.stack: list[OpenCollection] = []
        self.tree = Tree([], [], {}, closed=True, size=0, plain=self.plain)
        self.closed = True
        self.size = 0
        self.expanded = 0
        self.anchors: dict[str, Anchor] = {}
        self.shared: dict[tuple[int, int], None] = {}
        self.secrets: list[Node] = []
        self.named: list[Node] = []

    def run(self) -> Tree:
        if self.text.startswith(BYTE_ORDER_MARK):
            self.give_up("yaml-syntax", STRAY_BYTE_ORDER_MARK, 0, 1)
            return self.tree
        try:
            self.read()
            self.keep_secrets()
        except ParseError as stop:
            self.give_up(stop.rule, stop.message, stop.start, stop.end)
        except (YAMLError, UnicodeDecodeError) as error:
            self.give_up("yaml-syntax", *explain(error, self.text))
        return self.tree._replace(closed=self.closed, size=self.size, shared=Ranges(self.shared))

    def give_up(self, rule: str, message: str, start: int, end: int) -> None:
        self.tree.problems.append(Problem(rule, message, self.source.span(start, end)))
        self.tree.roots.clear()

    def keep_secrets(self) -> None:
        """Refuse a text whose aliases show what is secret: little could be told."""
        if not self.shared or not self.secrets:
            return
        open_value = find_exposed_secret([*self.tree.roots, *self.named], self.secrets)
        if open_value is not None:
            self.tree.problems.clear()
            self.give_up("yaml-syntax", EXPOSURE, open_value.start, open_value.end)
            self.tree.problems[-1:] = [self.tree.problems[-1]._replace(is_private=True)]

    def read(self) -> None:
        handlers: dict[type, Callable[[Any], None]] = {
            ev.ScalarEvent: self.scalar,
            ev.MappingStartEvent: self.open_mapping,
            ev.MappingEndEvent: self.close,
            ev.SequenceStartEvent: self.open_sequence,
            ev.SequenceEndEvent: self.close,
            ev.AliasEvent: self.alias,
            ev.DocumentStartEvent: self.document,
        }
        for event in _events(self.shield.text):
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)

    def document(self, _event: Any) -> None:
        self.anchors = {}

    def scalar(self, event: Any) -> None:
        value = event.value if self.plain else self.shield.value(event.value)
        style = event.style
        node = Scalar(event.start_mark.index, event.end_mark.index, value, style)
        if event.anchor is not None or event.tag is not None:
            self.with_properties(node, event)
        elif not style:
            node.value = resolve_plain(value)
        if style in BLOCK_STYLES:
            node.end = block_end(self.text, node.start, node.end, value)
        self.size += 1
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchor(node, 1, 0)
        self.attach(node)

    def with_properties(self, node: Scalar, event: Any) -> None:
        self.closed = False
        start = node.start
        node.start = skip_properties(self.text, start, node.end)
        tag = event.tag
        node.tagged = tag is not None
        if tag is None or tag == "!":
            node.value = resolve_plain(node.value) if event.implicit[0] else node.value
        elif is_known_tag(tag):
            node.value = construct(node.value, tag)
        else:
            raise self.unknown_tag(start)

    def unknown_tag(self, start: int) -> ParseError:
        """Return what to raise for the tag among the properties that start at `start`."""
        start = self.text.index("!", start)
        tag = self.text[start:].split(maxsplit=1)[0]
        message = f"the tag '{tag}' is not known; put the value in quotes if it is text"
        return ParseError("yaml-syntax", message, start, start + len(tag))

    def alias(self, event: Any) -> None:
        self.closed = False
        start, end = event.start_mark.index, event.end_mark.index
        anchor = self.anchors.get(event.anchor)
        if anchor is None:
            message = (
                f"'*{event.anchor}' refers to an anchor that is not defined above; put the value "
                "in quotes if it is text"
            )
            raise ParseError("yaml-syntax", message, start, end)
        if not anchor.size:
            message = f"'*{event.anchor}' stands inside the value that it refers to"
            raise ParseError("yaml-limits", message, start, end)
        self.shared[anchor.node.start, anchor.node.end] = None
        self.size += anchor.size
        self.deepen(anchor.height, start, end)
        self.attach(Alias(start, end, anchor.node))
        self.expanded += anchor.size
        if self.expanded > self.limits.aliases:
            message = f"aliases stand for more than {self.limits.aliases:,} values"
            raise ParseError("yaml-limits", message, start, end)

    def deepen(self, height: int, start: int, end: int) -> None:
        """Take note that `height` collections stand inside each other in the innermost open one."""
        if len(self.stack) + height > self.limits.depth:
            message = f"values are nested deeper than {self.limits.depth} levels"
            raise ParseError("yaml-limits", message, start, end)
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, height + 1)

    def open_mapping(self, event: Any) -> None:
        self.open(event, Mapping(event.start_mark.index, event.end_mark.index, {}), "map")

    def open_sequence(self, event: Any) -> None:
        self.open(event, Sequence(event.start_mark.index, event.end_mark.index, []), "seq")

    def open(self, event: Any, node: Sequence | Mapping, kind: str) -> None:
        self.deepen(1, node.start, node.end)
        if event.tag is not None or event.anchor is not None:
            self.closed = False
            start = node.start
            node.start = skip_properties(self.text, start, len(self.text))
            if event.tag is not None and not is_known_collection_tag(event.tag, kind):
                raise self.unknown_tag(start)
        self.stack.append(OpenCollection(node, self.size, event))
        self.size += 1
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchor(node, 0, 0)

    def close(self, event: Any) -> None:
        top = self.stack.pop()
        node = top.node
        is_closed_by_bracket = event.end_mark.index > event.start_mark.index
        node.end = event.end_mark.index if is_closed_by_bracket else top.end
        if isinstance(node, Sequence):
            self.count(node)
        elif top.merges:
            self.merge_into(node, top.merges)
        if top.anchor is not None and self.anchors[top.anchor].node is node:
            self.anchors[top.anchor] = Anchor(node, self.size - top.before, top.height)
        if self.stack:
            above = self.stack[-1]
            above.height = max(above.height, top.height + 1)
        self.attach(node)

    def count(self, node: Sequence) -> None:
        if len(node.items) > self.limits.entries:
            message = f"a list of more than {self.limits.entries:,} entries"
            raise ParseError("yaml-limits", message, node.start, node.end)

    def attach(self, node: Node) -> None:
        if self.size > self.limits.nodes:
            message = f"more than {self.limits.nodes:,} values, with aliases expanded"
            raise ParseError("yaml-limits", message, node.start, node.end)
        if not self.stack:
            self.tree.roots.append(node)
            return
        top = self.stack[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
        elif top.key is None:
            top.key, top.name = self.as_key(node)
        else:
            self.pair(top, top.node, top.key, node)
            top.key = None
        top.end = max(top.end, node.end)

    def as_key(self, node: Node) -> tuple[Scalar, str]:
        """Return `node` as a key, and the text that it is called by."""
        key = dereference(node)
        if not isinstance(key, Scalar):
            message = "a mapping or a list cannot be a key; put it in quotes if it is text"
            raise ParseError("yaml-syntax", message, node.start, node.end)
        name = key.value
        if not isinstance(name, str):
            name = self.text[key.start : key.end].strip(key.style or None)
        if node is not key:
            self.named.append(key)
            key = Scalar(node.start, node.end, key.value, key.style, tagged=key.tagged)
        return key, name

    def pair(self, top: OpenCollection, mapping: Mapping, key: Scalar, node: Node) -> None:
        name = top.name
        if is_merge_key(key):
            self.closed = False
            top.merges.append(node)
            return
        if name == SECURED:
            self.secrets.append(node)
        if name in mapping.values:
            self.duplicate(mapping.pop(name), key, name)
        mapping.put(name, key, node)
        if isinstance(node, Scalar) and node.start == node.end:
            if self.text[node.start - 1 : node.start].isspace():
                node.start = node.end = key.end
            if not top.flow:
                self.tree.empty_values[key.start] = (mapping, name)

    def merge_into(self, mapping: Mapping, merges: list[Node]) -> None:
        refused = merge_mappings(mapping, merges)
        if refused is not None:
            message = "only a mapping, or a list of mappings, can be merged by '<<'"
            raise ParseError("yaml-syntax", message, refused.start, refused.end)

    def duplicate(self, first: Scalar, second: Scalar, name: str) -> None:
        if len(self.tree.problems) == MAX_DUPLICATE_KEYS:
            message = f"more than {MAX_DUPLICATE_KEYS:,} keys are given twice"
            raise ParseError("yaml-limits", message, second.start, second.end)
        self.tree.empty_values.pop(first.start, None)
        message = f"the key {shown(name)} is given twice; YAML parsers silently keep the last"
        at = self.source.span(first.start, first.end)
        related = ((at, "first given here, and lost"),)
        span = self.source.span(second.start, second.end)
        pointer = self.pointer_of_open()
        self.tree.problems.append(Problem("duplicate-key", message, span, pointer, related))

    def pointer_of_open(self) -> str:
        """Return the pointer of the innermost open mapping."""
        pointer = ""
        for parent in self.stack[:-1]:
            node = parent.node
            pointer = join_pointer(
                pointer, len(node.items) if isinstance(node, Sequence) else parent.name
            )
        return pointer


def _events(text: str) -> Iterator[Any]:
    parser = CParser(text)
    get_event = parser.get_event
    while (event := get_event()) is not None:
        yield event
