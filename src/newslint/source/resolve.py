"""What a plain scalar means in YAML 1.1, and how to say so to a person."""

import datetime
import re
from functools import lru_cache
from typing import Any

from yaml.constructor import SafeConstructor
from yaml.error import YAMLError
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

_constructor = SafeConstructor()
_CONSTRUCT = {
    f"tag:yaml.org,2002:{name}": getattr(_constructor, f"construct_yaml_{name}")
    for name in ("null", "bool", "int", "float", "timestamp", "binary", "str")
}
_NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})
_COLLECTIONS = {
    "map": frozenset({"!", *(f"tag:yaml.org,2002:{name}" for name in ("map", "set"))}),
    "seq": frozenset({"!", *(f"tag:yaml.org,2002:{name}" for name in ("seq", "omap", "pairs"))}),
}
_LOOKS_TYPED = frozenset(["", *"-+0123456789.~=<nNyYtTfFoO"])
"""A plain scalar that starts otherwise is text: a cheap superset of PyYAML's first letters."""

_LONGEST = 400
"""Characters of a plain scalar that can be more than text. What looks like a longer number is none:
reading it can take hours, and Python refuses to write it."""


def resolve(text: str) -> Any:
    """Return the value of the plain scalar `text`.

    The regular expressions and the conversions are PyYAML's. A text that looks like a date or a
    number but is none (`2022-13-45`) stays text, where PyYAML would raise.
    """
    if text[:1] not in _LOOKS_TYPED or len(text) > _LONGEST:
        return text
    return _resolve(text)


@lru_cache(maxsize=65536)
def _resolve(text: str) -> Any:
    """Return the value of a plain scalar that may be more than text."""
    for tag, pattern in _candidates(text):
        if pattern.match(text):
            return construct(text, tag)
    return text


def construct(text: str, tag: str) -> Any:
    """Return `text` read as the core type `tag`; the text itself where that fails or is unknown."""
    convert = _CONSTRUCT.get(tag)
    if convert is None or (tag in _NUMBERS and len(text) > _LONGEST):
        return text
    try:
        return convert(ScalarNode(tag, text))
    except (YAMLError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError):
        return text


def known_tag(tag: str) -> bool:
    """Tell whether a scalar with the explicit `tag` can be read."""
    return tag in _CONSTRUCT


def known_collection_tag(tag: str, kind: str) -> bool:
    """Tell whether a collection with the explicit `tag` can be read.

    It is read as what it is written as: a set as a mapping to nothing, an ordered map as a list.

    Args:
        tag: The tag, resolved.
        kind: `map` or `seq`.
    """
    return tag in _COLLECTIONS[kind]


def _candidates(text: str) -> list[tuple[str, re.Pattern[str]]]:
    """Return the implicit resolvers for the first letter of `text`."""
    table: dict[str | None, list[tuple[str, re.Pattern[str]]]] = Resolver.yaml_implicit_resolvers
    return table.get(text[:1], []) + table.get(None, [])


def describe(value: Any) -> str:
    """Return the type of a front matter value as a person calls it: "a number", "a list"."""
    for kind, name in _NAMES:
        if isinstance(value, kind):
            return name
    return "empty"


_NAMES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "a boolean"),
    ((int, float), "a number"),
    ((datetime.date, datetime.datetime), "a date"),
    (str, "text"),
    (bytes, "binary data"),
    (dict, "a mapping"),
    (list, "a list"),
)
