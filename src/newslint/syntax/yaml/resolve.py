"""Values of scalars in YAML 1.1: implicit types of plain scalars, tags, anchors."""

import datetime
import re
from functools import lru_cache
from typing import Any

from yaml.constructor import SafeConstructor
from yaml.error import YAMLError
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from newslint.text.lazy_pattern import lazy_pattern
from newslint.text.source_text import BYTE_ORDER_MARK

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
"""All plain scalars that are not text and start neither with a digit nor with a sign."""

_STARTS_NUMBER = frozenset("-+.0123456789")
_INSTANT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")
_INSTANT_LENGTH = len("2022-09-12T21:33:00Z")
"""The most frequent form of dates in archives, which PyYAML parses slowly."""

_MAX_LENGTH = 400
"""The greatest length of a plain scalar that is not text. A longer number counts as text:
to convert it can take hours, and Python refuses to print it."""


def resolve_plain(text: str) -> Any:
    """Convert the text of a plain scalar to its value.

    The regular expressions and the conversions are PyYAML's. A text that looks like a date or a
    number but is none (`2022-13-45`) stays text; PyYAML would raise an exception.
    """
    if text[:1] not in _STARTS_NUMBER:
        return _WORDS.get(text, text)
    if len(text) == _INSTANT_LENGTH and _INSTANT.fullmatch(text):
        return _parse_instant(text)
    return _resolve_number_or_date(text) if len(text) <= _MAX_LENGTH else text


def _parse_instant(text: str) -> datetime.datetime | str:
    """Convert a text to a time; return the text itself if there is no such day."""
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        return text


@lru_cache(maxsize=16384)
def _resolve_number_or_date(text: str) -> Any:
    """Convert a plain scalar that may be a number or a date."""
    for tag, pattern in _candidates(text):
        if pattern.match(text):
            return construct(text, tag)
    return text


def construct(text: str, tag: str) -> Any:
    """Convert `text` to the type `tag`; return the text itself if it or the tag is not valid."""
    convert = _CONSTRUCT.get(tag)
    if convert is None or (tag in _NUMBERS and len(text) > _MAX_LENGTH):
        return text
    try:
        return convert(ScalarNode(tag, text))
    except (YAMLError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError):
        return text


def is_known_tag(tag: str) -> bool:
    """Check if scalars with the explicit `tag` are supported."""
    return tag in _CONSTRUCT


def is_known_collection_tag(tag: str, kind: str) -> bool:
    """Check if collections with the explicit `tag` are supported.

    The tag does not change the value: a set stays a mapping to nothing, an ordered map a list.

    Args:
        tag: The tag, resolved.
        kind: `map` or `seq`.
    """
    return tag in _COLLECTIONS[kind]


def _candidates(text: str) -> list[tuple[str, re.Pattern[str]]]:
    """Look up PyYAML's implicit resolvers for the first letter of `text`."""
    table: dict[str | None, list[tuple[str, re.Pattern[str]]]] = Resolver.yaml_implicit_resolvers
    return table.get(text[:1], []) + table.get(None, [])


_PROPERTIES = lazy_pattern(
    rf"""(?:
        (?: &[0-9A-Za-z_-]+ | !<[^>\s]*> | ![^\s,\[\]{{}}]* )
        (?: [\ \t\r\n]++ (?: (?<=[\r\n]) {BYTE_ORDER_MARK} )?+ (?: \#[^\r\n]*+ )?+ )*+
    ){{1,2}}""",
    re.VERBOSE,
)
"""An anchor and a tag, in any order; libyaml skips byte-order marks at the start of a line."""


def skip_properties(text: str, start: int, end: int) -> int:
    """Find the start of a value after its anchor, its tag and comments below them.

    libyaml counts them as part of the value.
    """
    match = _PROPERTIES.match(text, start, end)
    return match.end() if match else start
