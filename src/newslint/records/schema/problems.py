"""Schema problems: four kinds of differences, with the same messages for every kind of schema."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from newslint.syntax.redaction import MASK, SECRET_KEYS
from newslint.text.pointer import join_pointer
from newslint.text.quoting import describe_type

Keys = Sequence[str | int]
"""The keys and indexes that lead to a value."""


_MIN_SHARE = 0.3
"""The share of the characters of two names that occur in both, below which `difflib` finds them
dissimilar. To count them first takes a tenth of the time."""

_MIN_SIMILARITY = 0.65
"""The similarity of two names, from 0 to 1, that a suggestion needs: `webURL` is like `webUrl`, but
`price` is not like `provider`."""


class SchemaKind(StrEnum):
    """The kinds of schema problems, named after the rules that report them."""

    MISSING_FIELD = "missing-field"
    WRONG_TYPE = "wrong-type"
    INVALID_VALUE = "invalid-value"
    UNKNOWN_FIELD = "unknown-field"


class SchemaProblem(NamedTuple):
    """A difference between front matter and its schema.

    Attributes:
        kind: The kind of difference.
        pointer: Pointer of the value, or of the mapping that lacks a field.
        field: Name of the field.
        message: The message, without a full stop.
        wants_text: Whether text is expected and the value has another type.
        is_ambiguous: Whether the type is wrong only in YAML 1.1, or only in YAML 1.2; then
            `wants_text` is whether text is expected.
    """

    kind: SchemaKind
    pointer: str
    field: str
    message: str
    wants_text: bool = False
    is_ambiguous: bool = False


def field_name(keys: Keys) -> str:
    """Format the name of the value at `keys`: `title`, `topics/1`; empty for no keys."""
    last = next((n for n, key in enumerate(reversed(keys), 1) if isinstance(key, str)), 0)
    return "/".join(map(str, keys[-last:] if last else keys))


def missing_field(mapping: Keys, name: str) -> SchemaProblem:
    """Report that the mapping at `mapping` lacks the required field `name`."""
    above = field_name(mapping)
    message = f"required field {name}{f' of {above}' if above else ''} is missing"
    return SchemaProblem(SchemaKind.MISSING_FIELD, join_pointer("", *mapping), name, message)


def unknown_field(keys: Keys, known: Iterable[str]) -> SchemaProblem:
    """Report that the field at `keys` is not one of the `known` fields."""
    name = field_name(keys)
    message = f"unknown field {name}{suggestion(str(keys[-1]), known)}"
    return SchemaProblem(SchemaKind.UNKNOWN_FIELD, join_pointer("", *keys), name, message)


def wrong_type(
    keys: Keys, value: Any, expected: str, whole: str, *, wants_text: bool = False
) -> SchemaProblem:
    """Report that a value has the wrong type.

    Args:
        keys: The keys of the value.
        value: The value.
        expected: The expected type in words, such as `a list`.
        whole: The name of the value at no keys.
        wants_text: Whether text is expected.
    """
    name = field_name(keys)
    message = f"{name or whole} is {describe_type(value)}, expected {expected}"
    return SchemaProblem(SchemaKind.WRONG_TYPE, join_pointer("", *keys), name, message, wants_text)


def invalid_value(keys: Keys, message: str) -> SchemaProblem:
    """Report that a value of the right type is not allowed."""
    return SchemaProblem(
        SchemaKind.INVALID_VALUE, join_pointer("", *keys), field_name(keys), message
    )


def mask_secrets(value: Any) -> Any:
    """Copy a value for a message, with a bullet in place of each secret in it."""
    if isinstance(value, dict):
        return {
            key: MASK if key in SECRET_KEYS else mask_secrets(each) for key, each in value.items()
        }
    return list(map(mask_secrets, value)) if isinstance(value, list) else value


def suggestion(name: str, known: Iterable[str]) -> str:
    """Format the end of a message that suggests the most similar name in `known`, if any."""
    return _suggestion(name, tuple(known))


@lru_cache(maxsize=1024)
def _suggestion(name: str, known: tuple[str, ...]) -> str:
    """Format the end of a message, which is usually needed for the same name again."""
    import difflib

    length = len(name)
    similar = [
        each
        for each in known
        if sum(map(_characters(each).__contains__, name)) >= _MIN_SHARE * (length + len(each))
    ]
    close = difflib.get_close_matches(name, similar, 1, _MIN_SIMILARITY) if similar else []
    return f"; did you mean {close[0]}?" if close else ""


@lru_cache(maxsize=1024)
def _characters(name: str) -> frozenset[str]:
    """Collect the characters of a name."""
    return frozenset(name)


def existing_keys(fields: Any, keys: Iterable[str | int]) -> list[str | int]:
    """Shorten `keys` to those that exist in `fields`."""
    found: list[str | int] = []
    for key in keys:
        try:
            fields = fields[key]
        except (LookupError, TypeError):
            break
        found.append(key)
    return found
