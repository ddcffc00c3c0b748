"""The full parser: builds the tree from libyaml's events in one pass, without recursion."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from yaml import events as ev
from yaml._yaml import CParser
from yaml.error import YAMLError

from newslint.syntax.forbidden import substitute_forbidden
from newslint.syntax.problem import Limits, Problem
from newslint.syntax.redaction import find_exposed_secret
from newslint.syntax.tree import Alias, Mapping, Node, Scalar, Sequence
from newslint.syntax.yaml.collection_stack import CollectionStack, OpenCollection, YamlParseError
from newslint.syntax.yaml.errors import STRAY_BYTE_ORDER_MARK, explain, nesting_limit_offset
from newslint.syntax.yaml.resolve import (
    construct,
    is_known_collection_tag,
    is_known_tag,
    resolve_plain,
    skip_properties,
)
from newslint.syntax.yaml.scalars import BLOCK_STYLES, block_end
from newslint.syntax.yaml.tree import Tree
from newslint.text.location import Ranges
from newslint.text.source_text import BYTE_ORDER_MARK, SourceText

EXPOSURE = "an alias shows a secret value here; write it in 'secured' alone, without an anchor"


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


def full_parse(source: SourceText, limits: Limits) -> Tree:
    """Parse a YAML stream with libyaml.

    Bad YAML raises nothing: the values parsed so far are dropped, and a problem explains the error.
    """
    return _TreeBuilder(source, limits).build()


class _TreeBuilder(CollectionStack):
    """A tree under construction.

    Args:
        source: The text.
        limits: The limits that apply to it.
        stop: The offset at which parsing stops; None for the end of the text.
    """

    def __init__(self, source: SourceText, limits: Limits, stop: int | None = None) -> None:
        super().__init__(source, limits)
        self.stop = stop
        self.substitution = substitute_forbidden(source.text)
        self.printable = self.substitution.originals is None
        self.alias_count = 0
        self.anchors: dict[str, Anchor] = {}
        self.aliased: dict[tuple[int, int], None] = {}

    def build(self) -> Tree:
        """Build the tree, or report the problem that prevents it."""
        if self.text.startswith(BYTE_ORDER_MARK):
            self.fail("yaml-syntax", STRAY_BYTE_ORDER_MARK, 0, 1)
            return self.tree()
        try:
            self.read_events(self.substitution.text[: self.stop])
            self.check_secrets()
        except YamlParseError as stop:
            self.fail(stop.rule, stop.message, stop.start, stop.end)
        except (YAMLError, UnicodeDecodeError) as error:
            # From 0.2.6 on, libyaml has a nesting limit of its own. It is far above the highest
            # one of ours, but libyaml reads ahead: the text before it exceeds our limit.
            offset = nesting_limit_offset(error)
            if offset is not None:
                return _TreeBuilder(self.source, self.limits, offset).build()
            self.fail("yaml-syntax", *explain(error, self.text))
        return self.tree()

    def tree(self) -> Tree:
        """Create the tree as far as it was built."""
        return Tree(
            self.roots,
            self.problems,
            self.empty_values,
            standalone=self.standalone,
            node_count=self.node_count,
            printable=self.printable,
            aliased=Ranges(self.aliased),
        )

    def fail(self, rule: str, message: str, start: int, end: int) -> None:
        """Add a problem that leaves no values."""
        self.problems.append(Problem(rule, message, self.source.span(start, end)))
        self.roots.clear()

    def check_secrets(self) -> None:
        """Reject a text in which an alias exposes a secret value under another name."""
        if not self.aliased or not self.secrets:
            return
        exposed = find_exposed_secret([*self.roots, *self.aliased_keys], self.secrets)
        if exposed is not None:
            self.problems.clear()
            self.fail("yaml-syntax", EXPOSURE, exposed.start, exposed.end)
            self.problems[-1:] = [self.problems[-1]._replace(is_private=True)]

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

    def unknown_tag(self, start: int) -> YamlParseError:
        """Create the error for the tag among the properties that start at `start`."""
        start = self.text.index("!", start)
        tag = self.text[start:].split(maxsplit=1)[0]
        message = f"the tag '{tag}' is not known; put the value in quotes if it is text"
        return YamlParseError("yaml-syntax", message, start, start + len(tag))

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
            raise YamlParseError("yaml-syntax", message, start, end)
        if not anchor.node_count:
            message = f"'*{event.anchor}' is inside the value that it refers to"
            raise YamlParseError("yaml-limits", message, start, end)
        self.aliased[anchor.node.start, anchor.node.end] = None
        self.node_count += anchor.node_count
        self.check_depth(anchor.height, start, end)
        self.attach(Alias(start, end, anchor.node))
        self.alias_count += anchor.node_count
        if self.alias_count > self.limits.aliases:
            message = f"aliases expand to more than {self.limits.aliases:,} values"
            raise YamlParseError("yaml-limits", message, start, end)

    def check_depth(self, height: int, start: int, end: int) -> None:
        """Check the depth if `height` nested collections are added to the innermost open one."""
        if len(self.stack) + height > self.limits.depth:
            message = f"values are nested deeper than {self.limits.depth} levels"
            raise YamlParseError("yaml-limits", message, start, end)
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


def _events(text: str) -> Iterator[Any]:
    """Yield libyaml's events."""
    parser = CParser(text)
    get_event = parser.get_event
    while (event := get_event()) is not None:
        yield event
