"""How front matter can differ from its schema: four kinds, worded alike whoever finds them."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from newslint.text.pointer import join_pointer
from newslint.text.quoting import describe_type

Keys = Sequence[str | int]


class SchemaKind(StrEnum):
    """What can be wrong; the names are those of the rules."""

    MISSING_FIELD = "missing-field"
    WRONG_TYPE = "wrong-type"
    INVALID_VALUE = "invalid-value"
    UNKNOWN_FIELD = "unknown-field"


class SchemaProblem(NamedTuple):
    """One difference between front matter and its schema.

    Attributes:
        kind: What kind of difference.
        pointer: The value; for a missing field the mapping that lacks it.
        field: Name of the field.
        message: What is wrong, without a full stop.
        wants_text: Text is expected and something else stands there.
    """

    kind: SchemaKind
    pointer: str
    field: str
    message: str
    wants_text: bool = False


def field_name(keys: Keys) -> str:
    """Return what messages call the value at `keys`: `title`, `topics/1`; empty for the whole."""
    last = next((at for at, key in enumerate(reversed(keys), 1) if isinstance(key, str)), 0)
    return "/".join(map(str, keys[-last:] if last else keys))


def missing_field(holder: Keys, name: str) -> SchemaProblem:
    """Return the problem of a required field `name` that the mapping at `holder` lacks."""
    above = field_name(holder)
    message = f"required field {name}{f' of {above}' if above else ''} is missing"
    return SchemaProblem(SchemaKind.MISSING_FIELD, join_pointer("", *holder), name, message)


def unknown_field(keys: Keys, known: Iterable[str]) -> SchemaProblem:
    """Return the problem of a field at `keys` that is none of those `known`."""
    name = field_name(keys)
    message = f"unknown field {name}{suggestion(str(keys[-1]), known)}"
    return SchemaProblem(SchemaKind.UNKNOWN_FIELD, join_pointer("", *keys), name, message)


def wrong_type(
    keys: Keys, value: Any, expected: str, whole: str, *, wants_text: bool = False
) -> SchemaProblem:
    """Return the problem of a value of another type than `expected`.

    Args:
        keys: Where it is.
        value: What stands there.
        expected: What is expected, in words.
        whole: What messages call the value at no keys.
        wants_text: Text is expected.
    """
    name = field_name(keys)
    message = f"{name or whole} is {describe_type(value)}, expected {expected}"
    return SchemaProblem(SchemaKind.WRONG_TYPE, join_pointer("", *keys), name, message, wants_text)


def invalid_value(keys: Keys, message: str) -> SchemaProblem:
    """Return the problem of a value of the right type that is not allowed."""
    return SchemaProblem(
        SchemaKind.INVALID_VALUE, join_pointer("", *keys), field_name(keys), message
    )


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return the end of a message: the one of `known` that was probably meant, if any is."""
    import difflib

    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def existing_keys(fields: Any, keys: Iterable[str | int]) -> list[str | int]:
    """Return the keys as far as they lead to something in `fields`."""
    found: list[str | int] = []
    for key in keys:
        try:
            fields = fields[key]
        except (LookupError, TypeError):
            break
        found.append(key)
    return found
