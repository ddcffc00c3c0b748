"""The full parser: builds the tree from libyaml's events in one pass, without recursion."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from yaml import events as ev
from yaml._yaml import CParser
from yaml.error import YAMLError

from newslint.syntax.problem import Limits, Problem
from newslint.syntax.yaml.errors import STRAY_BYTE_ORDER_MARK, explain, nesting_limit_offset
from newslint.syntax.yaml.forbidden import substitute_forbidden
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
from newslint.text.quoting import quote_value
from newslint.text.source_text import BYTE_ORDER_MARK, SourceText

MAX_DUPLICATE_KEYS = 1000
"""Duplicate keys of one text: no file contains more by mistake."""

EXPOSURE = "a secret value stands here by an alias; write it in 'secured' alone, without an anchor"


class ParseError(Exception):
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


class Anchor(NamedTuple):
    """The target of aliases.

    Attributes:
        node: The target.
        node_count: The number of its nodes; 0 until its end was parsed.
        height: The number of collections nested in it, itself included.
    """

    node: Node
    node_count: int
    height: int


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
        name: The text of the last key.
        merges: The values of its merge keys.
    """

    __slots__ = ("anchor", "count_before", "end", "flow", "height", "key", "merges", "name", "node")

    def __init__(self, node: Sequence | Mapping, count_before: int, event: Any) -> None:
        self.node = node
        self.count_before = count_before
        self.anchor: str | None = event.anchor
        self.flow: bool = event.flow_style
        self.end = node.end
        self.height = 1
        self.key: Scalar | None = None
        self.name = ""
        self.merges: list[Node] = []


def full_parse(source: SourceText, limits: Limits) -> Tree:
    """Parse a YAML stream with libyaml.

    Bad YAML raises nothing: the values parsed so far are dropped, and a problem explains the error.
    """
    return _TreeBuilder(source, limits).build()


class _TreeBuilder:
    """A tree under construction.

    Args:
        source: The text.
        limits: The limits that apply to it.
        stop: The offset at which parsing stops; None for the end of the text.
    """

    def __init__(self, source: SourceText, limits: Limits, stop: int | None = None) -> None:
        self.source = source
        self.limits = limits
        self.stop = stop
        self.substitution = substitute_forbidden(source.text)
        self.text = source.text
        self.printable = self.substitution.originals is None
        self.stack: list[OpenCollection] = []
        self.tree = Tree([], [], {}, standalone=True, node_count=0, printable=self.printable)
        self.standalone = True
        self.node_count = 0
        self.alias_count = 0
        self.anchors: dict[str, Anchor] = {}
        self.aliased: dict[tuple[int, int], None] = {}
        self.secrets: list[Node] = []
        self.aliased_keys: list[Node] = []

    def build(self) -> Tree:
        """Build the tree, or report the problem that prevents it."""
        if self.text.startswith(BYTE_ORDER_MARK):
            self.fail("yaml-syntax", STRAY_BYTE_ORDER_MARK, 0, 1)
            return self.tree
        try:
            self.read_events(self.substitution.text[: self.stop])
            self.check_secrets()
        except ParseError as stop:
            self.fail(stop.rule, stop.message, stop.start, stop.end)
        except (YAMLError, UnicodeDecodeError) as error:
            # From 0.2.6 on, libyaml has a nesting limit of its own. It is far above the highest
            # one of ours, but libyaml reads ahead: the text before it exceeds our limit.
            offset = nesting_limit_offset(error)
            if offset is not None:
                return _TreeBuilder(self.source, self.limits, offset).build()
            self.fail("yaml-syntax", *explain(error, self.text))
        return self.tree._replace(
            standalone=self.standalone, node_count=self.node_count, aliased=Ranges(self.aliased)
        )

    def fail(self, rule: str, message: str, start: int, end: int) -> None:
        """Add a problem that leaves no values."""
        self.tree.problems.append(Problem(rule, message, self.source.span(start, end)))
        self.tree.roots.clear()

    def check_secrets(self) -> None:
        """Reject a text in which an alias exposes a secret value under another name."""
        if not self.aliased or not self.secrets:
            return
        exposed = find_exposed_secret([*self.tree.roots, *self.aliased_keys], self.secrets)
        if exposed is not None:
            self.tree.problems.clear()
            self.fail("yaml-syntax", EXPOSURE, exposed.start, exposed.end)
            self.tree.problems[-1:] = [self.tree.problems[-1]._replace(is_private=True)]

    def read_events(self, text: str) -> None:
        """Build the tree from the events of `text`."""
        handlers: dict[type, Callable[[Any], None]] = {
            ev.ScalarEvent: self.add_scalar,
            ev.MappingStartEvent: self.open_mapping,
            ev.MappingEndEvent: self.close,
            ev.SequenceStartEvent: self.open_sequence,
            ev.SequenceEndEvent: self.close,
            ev.AliasEvent: self.add_alias,
            ev.DocumentStartEvent: self.start_document,
        }
        for event in _events(text):
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)

    def start_document(self, _event: Any) -> None:
        """Forget the anchors of the document before."""
        self.anchors = {}

    def add_scalar(self, event: Any) -> None:
        """Add a scalar."""
        value = event.value if self.printable else self.substitution.restore(event.value)
        style = event.style
        node = Scalar(event.start_mark.index, event.end_mark.index, value, style)
        if event.anchor is not None or event.tag is not None:
            self.apply_properties(node, event)
        elif not style:
            node.value = resolve_plain(value)
        if style in BLOCK_STYLES:
            node.end = block_end(self.text, node.start, node.end, value)
        self.node_count += 1
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchor(node, 1, 0)
        self.attach(node)

    def apply_properties(self, node: Scalar, event: Any) -> None:
        """Exclude the anchor and the tag of a scalar from its span, and apply the tag."""
        self.standalone = False
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
        """Create the error for the tag among the properties that start at `start`."""
        start = self.text.index("!", start)
        tag = self.text[start:].split(maxsplit=1)[0]
        message = f"the tag '{tag}' is not known; put the value in quotes if it is text"
        return ParseError("yaml-syntax", message, start, start + len(tag))

    def add_alias(self, event: Any) -> None:
        """Add an alias."""
        self.standalone = False
        start, end = event.start_mark.index, event.end_mark.index
        anchor = self.anchors.get(event.anchor)
        if anchor is None:
            message = (
                f"'*{event.anchor}' refers to an anchor that is not defined above; put the value "
                "in quotes if it is text"
            )
            raise ParseError("yaml-syntax", message, start, end)
        if not anchor.node_count:
            message = f"'*{event.anchor}' stands inside the value that it refers to"
            raise ParseError("yaml-limits", message, start, end)
        self.aliased[anchor.node.start, anchor.node.end] = None
        self.node_count += anchor.node_count
        self.check_depth(anchor.height, start, end)
        self.attach(Alias(start, end, anchor.node))
        self.alias_count += anchor.node_count
        if self.alias_count > self.limits.aliases:
            message = f"aliases stand for more than {self.limits.aliases:,} values"
            raise ParseError("yaml-limits", message, start, end)

    def check_depth(self, height: int, start: int, end: int) -> None:
        """Check the depth if `height` nested collections are added to the innermost open one."""
        if len(self.stack) + height > self.limits.depth:
            message = f"values are nested deeper than {self.limits.depth} levels"
            raise ParseError("yaml-limits", message, start, end)
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, height + 1)

    def open_mapping(self, event: Any) -> None:
        """Start a mapping."""
        self.open(event, Mapping(event.start_mark.index, event.end_mark.index, {}), "map")

    def open_sequence(self, event: Any) -> None:
        """Start a list."""
        self.open(event, Sequence(event.start_mark.index, event.end_mark.index, []), "seq")

    def open(self, event: Any, node: Sequence | Mapping, kind: str) -> None:
        """Start a collection of the `kind` `map` or `seq`."""
        self.check_depth(1, node.start, node.end)
        if event.tag is not None or event.anchor is not None:
            self.standalone = False
            start = node.start
            node.start = skip_properties(self.text, start, len(self.text))
            if event.tag is not None and not is_known_collection_tag(event.tag, kind):
                raise self.unknown_tag(start)
        self.stack.append(OpenCollection(node, self.node_count, event))
        self.node_count += 1
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchor(node, 0, 0)

    def close(self, event: Any) -> None:
        """End the innermost open collection."""
        top = self.stack.pop()
        node = top.node
        is_closed_by_bracket = event.end_mark.index > event.start_mark.index
        node.end = event.end_mark.index if is_closed_by_bracket else top.end
        if isinstance(node, Sequence):
            self.check_entries(node)
        elif top.merges:
            self.merge(node, top.merges)
        if top.anchor is not None and self.anchors[top.anchor].node is node:
            count = self.node_count - top.count_before
            self.anchors[top.anchor] = Anchor(node, count, top.height)
        if self.stack:
            above = self.stack[-1]
            above.height = max(above.height, top.height + 1)
        self.attach(node)

    def check_entries(self, node: Sequence) -> None:
        """Check the number of entries of a list."""
        if len(node.items) > self.limits.entries:
            message = f"a list of more than {self.limits.entries:,} entries"
            raise ParseError("yaml-limits", message, node.start, node.end)

    def attach(self, node: Node) -> None:
        """Add a complete node to the innermost open collection, or as a root."""
        if self.node_count > self.limits.nodes:
            message = f"more than {self.limits.nodes:,} values, with aliases expanded"
            raise ParseError("yaml-limits", message, node.start, node.end)
        if not self.stack:
            self.tree.roots.append(node)
            return
        top = self.stack[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
        elif top.key is None:
            top.key, top.name = self.create_key(node)
        else:
            self.add_pair(top, top.node, top.key, node)
            top.key = None
        top.end = max(top.end, node.end)

    def create_key(self, node: Node) -> tuple[Scalar, str]:
        """Convert a node to a key and the text of the key."""
        key = dereference(node)
        if not isinstance(key, Scalar):
            message = "a mapping or a list cannot be a key; put it in quotes if it is text"
            raise ParseError("yaml-syntax", message, node.start, node.end)
        name = key.value
        if not isinstance(name, str):
            name = self.text[key.start : key.end].strip(key.style or None)
        if node is not key:
            self.aliased_keys.append(key)
            key = Scalar(node.start, node.end, key.value, key.style, tagged=key.tagged)
        return key, name

    def add_pair(self, top: OpenCollection, mapping: Mapping, key: Scalar, node: Node) -> None:
        """Add a key and its value to the innermost open collection, which is a mapping."""
        name = top.name
        if is_merge_key(key):
            self.standalone = False
            top.merges.append(node)
            return
        if name == SECURED:
            self.secrets.append(node)
        if name in mapping.values:
            self.report_duplicate(mapping.pop(name), key, name)
        mapping.put(name, key, node)
        if isinstance(node, Scalar) and node.start == node.end:
            if self.text[node.start - 1 : node.start].isspace():
                node.start = node.end = key.end
            if not top.flow:
                self.tree.empty_values[key.start] = (mapping, name)

    def merge(self, mapping: Mapping, merges: list[Node]) -> None:
        """Apply the merge keys of a mapping."""
        refused = merge_mappings(mapping, merges)
        if refused is not None:
            message = "only a mapping, or a list of mappings, can be merged by '<<'"
            raise ParseError("yaml-syntax", message, refused.start, refused.end)

    def report_duplicate(self, first: Scalar, second: Scalar, name: str) -> None:
        """Add a problem for a key that is given twice."""
        if len(self.tree.problems) == MAX_DUPLICATE_KEYS:
            message = f"more than {MAX_DUPLICATE_KEYS:,} keys are given twice"
            raise ParseError("yaml-limits", message, second.start, second.end)
        self.tree.empty_values.pop(first.start, None)
        message = f"the key {quote_value(name)} is given twice; YAML parsers silently keep the last"
        related = ((self.source.span(first.start, first.end), "first given here, and lost"),)
        span = self.source.span(second.start, second.end)
        self.tree.problems.append(
            Problem("duplicate-key", message, span, self.open_pointer(), related)
        )

    def open_pointer(self) -> str:
        """Build the pointer of the innermost open mapping."""
        pointer = ""
        for parent in self.stack[:-1]:
            node = parent.node
            key = len(node.items) if isinstance(node, Sequence) else parent.name
            pointer = join_pointer(pointer, key)
        return pointer


def _events(text: str) -> Iterator[Any]:
    """Yield libyaml's events."""
    parser = CParser(text)
    get_event = parser.get_event
    while (event := get_event()) is not None:
        yield event
