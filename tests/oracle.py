"""PyYAML as the reference for values, and helpers to build and walk trees."""

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from newslint.syntax import Fragment, Limits, Value
from newslint.syntax.tree import Alias, Mapping, dereference
from newslint.syntax.yaml.full_parser import full_parse
from newslint.syntax.yaml.tree import Tree
from newslint.text import SourceText, Span

NOT_YAML_1_1 = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that PyYAML rejects, drops or treats as line ends."""

LIMITS = Limits()
LONGEST_NUMBER = 400


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader with newslint's deviations."""

    def _or_text(self, node: Any, construct: Any) -> Any:
        if len(node.value) > LONGEST_NUMBER:
            return node.value
        try:
            return construct(self, node)
        except (ValueError, ArithmeticError, LookupError, AttributeError):
            return node.value

    def _mapping(self, node: Any) -> dict[str, Any]:
        self.flatten_mapping(node)
        if not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key is no scalar")
        values: dict[Any, tuple[str, Any]] = {}
        for key, value in node.value:
            named = self.construct_object(key, deep=True)
            identity = named if named == named else ("not a number",)  # noqa: PLR0124
            values.pop(identity, None)
            values[identity] = key.value, self.construct_object(value, deep=True)
        return _named(values.values())


def _named(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Create a mapping in which keys with the text of earlier ones are in quotes."""
    named: dict[str, Any] = {}
    for text, value in pairs:
        name = text
        while name in named:
            name = f'"{name}"'
        named[name] = value
    return named


for _kind in ("int", "float", "timestamp"):
    _construct = getattr(SafeConstructor, f"construct_yaml_{_kind}")
    _Loader.add_constructor(
        f"tag:yaml.org,2002:{_kind}",
        lambda loader, node, construct=_construct: loader._or_text(node, construct),  # noqa: SLF001
    )
for _kind in ("value", "merge"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", lambda _, node: node.value)
_Loader.add_constructor("tag:yaml.org,2002:map", _Loader._mapping)  # noqa: SLF001


def loads(text: str) -> list[Any] | None:
    """Return the values of a YAML stream; None if PyYAML rejects it."""
    try:
        return list(yaml.load_all(text, _Loader))  # a safe loader's child
    except (yaml.YAMLError, UnicodeError):
        return None


def same(one: Any, other: Any) -> bool:
    """Check whether two values and their types are equal; NaN equals NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and math.isnan(one):
        return math.isnan(other)
    return bool(one == other)


def tree(text: str, limits: Limits = LIMITS) -> Tree:
    return full_parse(SourceText(text), limits)


def root(text: str) -> Value:
    source = SourceText(text)
    built = full_parse(source, LIMITS)
    assert not built.problems
    return Value(Fragment(source, built.roots[0]), built.roots[0])


def walk(value: Value) -> Iterator[Value]:
    """Yield `value` and all values below it, aliases followed at each place."""
    yield value
    if not isinstance(value.node, Alias):
        for key, child in value.items():
            if value.owns(key):
                yield from walk(child)


def places(fragments: list[Fragment]) -> list[tuple[str, Span, list[Span | None]]]:
    """Return pointer, span and the spans of the keys of every node."""
    return [
        (value.pointer, value.span, [value.key_span(key) for key in _keys(value)])
        for fragment in fragments
        for value in walk(Value(fragment, fragment.node))
    ]


def _keys(value: Value) -> list[str]:
    node = dereference(value.node)
    return list(node.values) if isinstance(node, Mapping) else []
