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
_WORDS = {
    "": None,
    "~": None,
    **{
        form: value
        for word, value in (
            *(("null", None), ("yes", True), ("no", False), ("true", True)),
            *(("false", False), ("on", True), ("off", False)),
        )
        for form in (word, word.capitalize(), word.upper())
    },
}
"""All plain scalars that are more than text and start neither with a digit nor with a sign."""

_STARTS_NUMBER = frozenset("-+.0123456789")
_INSTANT = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z")
"""The form that most dates of archives have, which PyYAML takes its time to read."""

_LONGEST = 400
"""Characters of a plain scalar that can be more than text. What looks like a longer number is none:
reading it can take hours, and Python refuses to write it."""


def resolve(text: str) -> Any:
    """Return the value of the plain scalar `text`.

    The regular expressions and the conversions are PyYAML's. A text that looks like a date or a
    number but is none (`2022-13-45`) stays text, where PyYAML would raise.
    """
    if text[:1] not in _STARTS_NUMBER:
        return _WORDS.get(text, text)
    return _resolve(text) if len(text) <= _LONGEST else text


@lru_cache(maxsize=65536)
def _resolve(text: str) -> Any:
    """Return the value of a plain scalar that may be a number or a date."""
    instant = _INSTANT.fullmatch(text)
    if instant is not None:
        return _instant(text, *map(int, instant.groups()))
    for tag, pattern in _candidates(text):
        if pattern.match(text):
            return construct(text, tag)
    return text


def _instant(text: str, *parts: int) -> datetime.datetime | str:
    """Return the time, in UTC, of which `parts` are year to second; `text` where there is none."""
    try:
        return datetime.datetime(*parts, tzinfo=datetime.UTC)  # type: ignore[misc,arg-type] # six
    except ValueError:
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
