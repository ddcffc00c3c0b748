"""Limits of JSON Schemas whose references repeat themselves.

A validator follows each reference. Twenty definitions that each refer twice to the next one make it
check a value a million times, and so does a definition that refers twice to itself, in a record of
twenty levels. The number of checks is counted here before anything is validated.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

MAX_CHECKS = 100_000
"""Schemas that may be applied while one record is validated, as far as references cause it."""

MAX_SCHEMAS = 50_000
"""Schemas in a schema and those that it refers to."""

MAX_DEPTH = 100
"""Levels of a record that are counted."""

_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLE = ("not", "if", "then", "else")
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_ANY_CHILD = (
    *("items", "additionalItems", "unevaluatedItems", "contains", "prefixItems"),
    *("additionalProperties", "unevaluatedProperties", "propertyNames"),
)
_ANY = ""
"""The label of schemas of all children."""

_NAMED: dict[str, str | None] = {
    "properties": _ANY,
    "patternProperties": _ANY,
    "dependentSchemas": None,
    "dependencies": None,
}
"""Keywords with several schemas by name, and the label of these."""


class ExpansionError(ValueError):
    """A schema whose references expand to too many schemas; the message contains the place."""


class _Node(NamedTuple):
    """A schema inside another.

    Attributes:
        place: Its pointer.
        same: Schemas of the same value.
        children: Schemas of each named child of the value, and of all children.
    """

    place: str
    same: list[int]
    children: dict[str, list[int]]


def count_safe_depth(schema: Any, base: str, retrieve: Callable[[str], Any]) -> int | None:
    """Count the levels of a record that can be validated within `MAX_CHECKS`.

    Args:
        schema: The JSON Schema.
        base: The URI that references are relative to.
        retrieve: Returns the schema of another URI.

    Returns:
        The number of levels; None for any number.

    Raises:
        ExpansionError: Not even a single value can be validated.
    """
    graph = _Graph(schema, base, retrieve)
    closures = [graph.closure(number) for number in range(len(graph.nodes))]
    checks = [closure.total() for closure in closures]
    for depth in range(MAX_DEPTH):
        if max(checks, default=0) > MAX_CHECKS:
            return depth
        before, checks = (
            checks,
            [closure.total() + graph.count_children(closure, checks) for closure in closures],
        )
        if checks == before:
            break
    return None


class _Graph:
    """The schemas in a schema and in those that it refers to, as a graph.

    Attributes:
        nodes: The schemas; the first one is the whole.
    """

    def __init__(self, schema: Any, base: str, retrieve: Callable[[str], Any]) -> None:
        self._retrieve = retrieve
        self._documents: dict[str, Any] = {}
        self._numbers: dict[int, int] = {}
        self._named: dict[str, Any] = {}
        self._closures: dict[int, Counter[int]] = {}
        self._size = 0
        self.nodes: list[_Node] = []
        self._pending: list[tuple[Any, str, str]] = []
        self._add_document(base, schema)
        self._add(schema, base, "")
        for index, (value, uri, place) in enumerate(self._iterate()):
            self.nodes[index] = self._connect(value, uri, place)

    def closure(self, number: int) -> "Counter[int]":
        """Count how often each schema is applied to a value that the schema `number` is applied to.

        Raises:
            ExpansionError: Too many are.
        """
        stack = [number]
        open_numbers: set[int] = set()
        while stack:
            top = stack[-1]
            missing = [
                each
                for each in self.nodes[top].same
                if each not in self._closures and each not in open_numbers
            ]
            if missing and top not in open_numbers:
                open_numbers.add(top)
                stack += missing
                continue
            stack.pop()
            if top not in self._closures:
                self._closures[top] = self._merge(top)
        return self._closures[number]

    def _merge(self, number: int) -> "Counter[int]":
        """Add up the closures of the schemas of the same value; a circle is followed once."""
        total = Counter((number,))
        for each in self.nodes[number].same:
            total.update(self._closures.get(each, ()))
            if total.total() > MAX_CHECKS:
                break
        self._size += len(total)
        if total.total() > MAX_CHECKS or self._size > MAX_CHECKS:
            place = self.nodes[number].place or "/"
            raise ExpansionError(
                f"at {place}, its references expand to more than {MAX_CHECKS:,} schemas for a value"
            )
        return total

    def count_children(self, closure: "Counter[int]", checks: list[int]) -> int:
        """Count the schemas that are applied to the child that most are applied to."""
        totals: defaultdict[str, int] = defaultdict(int)
        for number, times in closure.items():
            for label, children in self.nodes[number].children.items():
                totals[label] += times * sum(checks[child] for child in children)
        common = totals.pop(_ANY, 0)
        return min(common + max(totals.values(), default=0), MAX_CHECKS + 1)

    def _iterate(self) -> Iterator[tuple[Any, str, str]]:
        """Yield the schemas that are not connected yet, while others are added."""
        index = 0
        while index < len(self._pending):
            yield self._pending[index]
            index += 1

    def _add(self, value: Any, uri: str, place: str) -> list[int]:
        """Add a schema unless it is known, and return its number; none for another value."""
        if not isinstance(value, dict):
            return []
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self.nodes)
            if number >= MAX_SCHEMAS:
                raise ExpansionError(f"it contains more than {MAX_SCHEMAS:,} schemas")
            self.nodes.append(_Node(place, [], {}))
            self._pending.append((value, uri, place))
        return [number]

    def _connect(self, value: dict[str, Any], uri: str, place: str) -> _Node:
        """Add the schemas inside of a schema, and those that it refers to."""
        node = _Node(place, [], {})
        uri = _join(uri, value.get("$id"))
        for key in _REFERENCES:
            if key in value:
                node.same.extend(self._add(*self._resolve(uri, value[key])))
        for label, inside, inner in _parts(value):
            target = node.same if label is None else node.children.setdefault(label, [])
            target.extend(self._add(inner, uri, f"{place}/{inside}"))
        return node

    def _resolve(self, uri: str, reference: Any) -> tuple[Any, str, str]:
        """Look up the schema that a reference leads to, with its base and its place."""
        target = _join(uri, reference)
        if target in self._named:
            return self._named[target], target, target
        document, fragment = urldefrag(target)
        if document not in self._documents:
            try:
                self._add_document(document, self._retrieve(document))
            except ValueError:  # the validator reports it
                return None, target, target
        found = self._named.get(target, self._documents[document])
        for escaped in unquote(fragment).split("/")[1:]:
            key = escaped.replace("~1", "/").replace("~0", "~")
            if isinstance(found, list):
                found = found[int(key)] if key.isdecimal() and int(key) < len(found) else None
            else:
                found = found.get(key) if isinstance(found, dict) else None
        return found, document, fragment or target

    def _add_document(self, uri: str, schema: Any) -> None:
        """Collect the identifiers and anchors in a document."""
        self._documents[uri] = schema
        stack = [(schema, uri)]
        while stack:
            value, base = stack.pop()
            if isinstance(value, dict):
                base = _join(base, value.get("$id"))
                self._named.setdefault(base if "$id" in value else "", value)
                for key in ("$anchor", "$dynamicAnchor"):
                    if isinstance(value.get(key), str):
                        self._named.setdefault(_join(base, f"#{value[key]}"), value)
                stack += ((each, base) for each in value.values())
            elif isinstance(value, list):
                stack += ((each, base) for each in value)


def _parts(schema: dict[str, Any]) -> Iterator[tuple[str | None, str, Any]]:
    """Yield the label of the values that an inner schema applies to, its pointer, and the schema.

    The label is None for the value itself, `_ANY` for all of its children.
    """
    for key, inner in schema.items():
        if key in _SINGLE:
            yield None, key, inner
        elif key in _LISTS and isinstance(inner, list):
            yield from ((None, f"{key}/{index}", each) for index, each in enumerate(inner))
        elif key in _NAMED and isinstance(inner, dict):
            for name, each in inner.items():
                label = f"/{name}" if key == "properties" else _NAMED[key]
                yield label, f"{key}/{name}", each
        elif key in _ANY_CHILD:
            yield from (
                (_ANY, key, each) for each in (inner if isinstance(inner, list) else [inner])
            )


def _join(base: str, reference: Any) -> str:
    """Resolve a reference; the base if it is none."""
    if not isinstance(reference, str):
        return base
    try:
        return urljoin(base, reference)
    except ValueError:
        return base
