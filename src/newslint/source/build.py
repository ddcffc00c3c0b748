"""Builds the tree from libyaml's events: values and spans in one pass, without recursion."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from yaml import events as ev
from yaml._yaml import CParser
from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

from newslint.source.pointer import join
from newslint.source.problem import Limits, Problem
from newslint.source.resolve import construct, known_tag, resolve
from newslint.source.shield import Shield, shield
from newslint.source.text import SourceText
from newslint.source.tree import Alias, Mapping, Node, Scalar, Sequence, real
from newslint.source.yaml_errors import explain

_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s+(?:#.*\s+)*|$)){1,2}")
_BLANK_TAIL = re.compile(r"(?<=\n)[ \r\n]+\Z|(?<=\r)[ \r]+\Z")


class Tree(NamedTuple):
    """What a YAML stream holds.

    Attributes:
        roots: The root of each document of the stream.
        problems: What is wrong but left the values readable, and what made reading stop.
        empties: By the offset of a key whose value is empty: the mapping, and the key in it.
        closed: No anchor, alias or tag occurs: the text means the same wherever it stands.
        size: Number of nodes, each alias counted with all that it stands for.
    """

    roots: list[Node]
    problems: list[Problem]
    empties: dict[int, tuple[Mapping, str]]
    closed: bool
    size: int


class _Stop(Exception):
    """Reading cannot go on."""

    def __init__(self, rule: str, message: str, start: int, end: int) -> None:
        self.rule = rule
        self.message = message
        self.start = start
        self.end = end


class _Open:
    """A list or mapping whose end has not come yet."""

    __slots__ = ("before", "key", "merges", "node")

    def __init__(self, node: Sequence | Mapping, before: int) -> None:
        self.node = node
        self.before = before
        self.key: Scalar | None = None
        self.merges: list[Node] = []


def build(source: SourceText, limits: Limits) -> Tree:
    """Return the tree of the YAML stream `source`.

    Nothing is raised for bad YAML: what could be read up to there is dropped, and the problem says
    what and where.
    """
    return _Builder(source, limits).run()


class _Builder:
    def __init__(self, source: SourceText, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.shield: Shield = shield(source.text)
        self.text = source.text
        self.plain = self.shield.restore is None
        self.stack: list[_Open] = []
        self.tree = Tree([], [], {}, True, 0)
        self.closed = True
        self.size = 0
        self.anchors: dict[str, Node] = {}
        self.sizes: dict[int, int] = {}

    def run(self) -> Tree:
        try:
            self.read()
        except _Stop as stop:
            self.problem(stop.rule, stop.message, stop.start, stop.end)
            self.tree.roots.clear()
        except (MarkedYAMLError, ReaderError) as error:
            message, start, end = explain(error, self.text)
            self.problem("yaml-syntax", message, start, end)
            self.tree.roots.clear()
        return self.tree._replace(closed=self.closed, size=self.size)

    def read(self) -> None:
        handlers: dict[type, Callable[[Any], None]] = {
            ev.ScalarEvent: self.scalar,
            ev.MappingStartEvent: self.open_mapping,
            ev.MappingEndEvent: self.close_mapping,
            ev.SequenceStartEvent: self.open_sequence,
            ev.SequenceEndEvent: self.close_sequence,
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
        start = event.start_mark.index
        end = event.end_mark.index
        value = event.value
        style = event.style
        tag = event.tag
        if tag is not None or event.anchor is not None:
            start = self.after_properties(start, end)
        if not self.plain:
            value = self.shield.value(value, start, end)
        if style == "|" or style == ">":
            end = self.block_end(start, end)
        node = Scalar(start, end, value, style)
        if tag is not None:
            self.tagged(node, tag, event.start_mark.index)
        elif not style:
            node.value = resolve(value)
        self.size += 1
        if event.anchor is not None:
            self.anchor(event.anchor, node, 1)
        self.attach(node)

    def tagged(self, node: Scalar, tag: str, start: int) -> None:
        self.closed = False
        if not known_tag(tag):
            raise _Stop("yaml-syntax", f"the tag {tag!r} is not known here", start, node.end)
        node.tagged = True
        node.value = node.value if tag == "!" else construct(node.value, tag)

    def after_properties(self, start: int, end: int) -> int:
        match = _PROPERTIES.match(self.text, start, end)
        return match.end() if match else start

    def block_end(self, start: int, end: int) -> int:
        header = self.text[start:end].split("\n", 1)[0]
        if "+" in header.split("#", 1)[0]:
            return end
        tail = _BLANK_TAIL.search(self.text, start, end)
        return tail.start() if tail else end

    def alias(self, event: Any) -> None:
        self.closed = False
        start, end = event.start_mark.index, event.end_mark.index
        target = self.anchors.get(event.anchor)
        if target is None:
            raise _Stop("yaml-syntax", f"the anchor &{event.anchor} is not defined", start, end)
        if id(target) not in self.sizes:
            raise _Stop("yaml-limits", f"the alias *{event.anchor} contains itself", start, end)
        self.size += self.sizes[id(target)]
        self.attach(Alias(start, end, target))

    def open_mapping(self, event: Any) -> None:
        self.open(event, Mapping(event.start_mark.index, event.end_mark.index, {}))

    def open_sequence(self, event: Any) -> None:
        self.open(event, Sequence(event.start_mark.index, event.end_mark.index, []))

    def open(self, event: Any, node: Sequence | Mapping) -> None:
        if len(self.stack) >= self.limits.depth:
            message = f"values are nested deeper than {self.limits.depth} levels"
            raise _Stop("yaml-limits", message, node.start, node.end)
        if event.tag is not None or event.anchor is not None:
            self.closed = False
            node.start = self.after_properties(node.start, len(self.text))
        self.stack.append(_Open(node, self.size))
        self.size += 1
        if event.anchor is not None:
            self.anchors[event.anchor] = node

    def close_sequence(self, event: Any) -> None:
        top = self.stack.pop()
        items = top.node.items  # type: ignore[union-attr]  # a sequence is closed by its own event
        self.close(top, event, items[-1].end if items else top.node.end)

    def close_mapping(self, event: Any) -> None:
        top = self.stack.pop()
        entries = top.node.entries  # type: ignore[union-attr]  # likewise
        last = next(reversed(entries.values()))[1].end if entries else top.node.end
        if top.merges:
            self.merge(entries, top.merges)
        self.close(top, event, max(last, top.node.end))

    def close(self, top: _Open, event: Any, last: int) -> None:
        node = top.node
        flow = event.end_mark.index > event.start_mark.index
        node.end = event.end_mark.index if flow else last
        self.sizes[id(node)] = self.size - top.before
        self.attach(node)

    def anchor(self, name: str, node: Node, size: int) -> None:
        self.closed = False
        self.anchors[name] = node
        self.sizes[id(node)] = size

    def attach(self, node: Node) -> None:
        if self.size > self.limits.nodes:
            message = f"more than {self.limits.nodes:,} values, with aliases expanded"
            raise _Stop("yaml-limits", message, node.start, node.end)
        if not self.stack:
            self.tree.roots.append(node)
            return
        top = self.stack[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
        elif top.key is None:
            top.key = self.as_key(node)
        else:
            self.pair(top, top.node, top.key, node)
            top.key = None

    def as_key(self, node: Node) -> Scalar:
        key = real(node)
        if isinstance(key, Scalar):
            return key
        message = "a mapping or list cannot be a key"
        raise _Stop("yaml-syntax", message, node.start, node.end)

    def pair(self, top: _Open, mapping: Mapping, key: Scalar, node: Node) -> None:
        if key.value == "<<" and not key.style:
            self.closed = False
            top.merges.append(node)
            return
        name = key.value if isinstance(key.value, str) else self.text[key.start : key.end]
        if name in mapping.entries:
            self.duplicate(mapping.entries.pop(name)[0], key, name)
        mapping.entries[name] = (key, node)
        if node.start == node.end and isinstance(node, Scalar) and not node.style:
            self.tree.empties[key.start] = (mapping, name)

    def duplicate(self, first: Scalar, second: Scalar, name: str) -> None:
        message = f"the key {name!r} is given twice; YAML parsers silently keep the last"
        at = self.source.span(first.start, first.end)
        related = ((at, "first given here, and lost"),)
        span = self.source.span(second.start, second.end)
        pointer = self.pointer_of_open()
        self.tree.problems.append(Problem("duplicate-key", message, span, pointer, related))

    def pointer_of_open(self) -> str:
        """Return the pointer of the innermost open mapping."""
        pointer = ""
        for parent in self.stack[:-1]:
            if isinstance(parent.node, Sequence):
                pointer = join(pointer, len(parent.node.items))
            elif parent.key is not None:
                pointer = join(pointer, str(parent.key.value))
        return pointer

    def merge(self, entries: dict[str, tuple[Scalar, Node]], merges: list[Node]) -> None:
        for merged in _merged(merges):
            if not isinstance(merged, Mapping):
                message = "only a mapping, or a list of mappings, can be merged by '<<'"
                raise _Stop("yaml-syntax", message, merged.start, merged.end)
            for name, entry in merged.entries.items():
                entries.setdefault(name, entry)

    def problem(self, rule: str, message: str, start: int, end: int) -> None:
        self.tree.problems.append(Problem(rule, message, self.source.span(start, end)))


def _merged(merges: list[Node]) -> Iterator[Node]:
    """Yield the mappings that `merges` bring in, the one that wins first."""
    for node in map(real, reversed(merges)):
        if isinstance(node, Sequence):
            yield from map(real, node.items)
        else:
            yield node


def _events(text: str) -> Iterator[Any]:
    parser = CParser(text)
    get_event = parser.get_event
    while (event := get_event()) is not None:
        yield event
