"""Validates front matter against a schema model, and says what differs in four kinds."""

import difflib
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from newslint.source.pointer import join
from newslint.source.resolve import describe


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


_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dict_type": "a mapping",
    "datetime_type": "a date with a time, such as 2022-09-12T21:33:00Z",
}


def check_fields(
    model: type[BaseModel], fields: Any, whole: str = "the front matter"
) -> tuple[SchemaProblem, ...]:
    """Return how `fields` differ from `model`, in the order that pydantic finds them.

    Args:
        model: The schema.
        fields: Front matter, or a part of it, as plain Python.
        whole: What messages call it.
    """
    try:
        model.model_validate(fields)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return tuple(_problem(model, fields, detail, whole) for detail in details)
    return ()


def _problem(model: type[BaseModel], fields: Any, error: ErrorDetails, whole: str) -> SchemaProblem:
    """Return what a pydantic error says, in our words."""
    keys = _existing(fields, error["loc"])
    kind = error["type"]
    pointer = join("", *keys)
    name = _name(error["loc"])
    if kind == "missing":
        return SchemaProblem(SchemaKind.MISSING_FIELD, pointer, name, _missing(name, keys))
    if kind == "extra_forbidden":
        known = _field_names(model, error["loc"][:-1])
        return SchemaProblem(SchemaKind.UNKNOWN_FIELD, pointer, name, _unknown(name, known))
    if kind in _EXPECTED:
        message = f"{name or whole} is {describe(error['input'])}"
        message += f", expected {_EXPECTED[kind]}"
        text = kind == "string_type"
        return SchemaProblem(SchemaKind.WRONG_TYPE, pointer, name, message, wants_text=text)
    return SchemaProblem(SchemaKind.INVALID_VALUE, pointer, name, _invalid(name, error))


def _name(keys: Sequence[str | int]) -> str:
    """Return what messages call the value at `keys`: `title`, `topics/1`; empty for the whole."""
    last = next((at for at, key in enumerate(reversed(keys), 1) if isinstance(key, str)), 0)
    return "/".join(map(str, keys[-last:] if last else keys))


def _missing(name: str, keys: list[str | int]) -> str:
    """Return the message for a required field that is absent."""
    holder = _name(keys)
    return f"required field {name}{f' of {holder}' if holder else ''} is missing"


def _unknown(name: str, known: Iterable[str]) -> str:
    """Return the message for a field that the schema does not know."""
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    return f"unknown field {name}{hint}"


def _invalid(name: str, error: ErrorDetails) -> str:
    """Return the message for a value of the right type that is not allowed."""
    context = error.get("ctx", {})
    match error["type"]:
        case "greater_than_equal":
            return f"{name} is {error['input']}, expected {context['ge']} or more"
        case "too_short":
            return f"{name} is an empty list" if not error["input"] else f"{name} is too short"
        case "string_too_short":
            return f"{name} is empty"
        case "secured":
            return f"secured is not valid: {error['msg']}"
        case "not_a_date":
            return f"{name} is {str(error['input'])!r}: {error['msg']}"
    message = error["msg"]
    return f"{name}: {message[:1].lower()}{message[1:]}"


def _existing(fields: Any, location: tuple[int | str, ...]) -> list[str | int]:
    """Return the keys of `location` as far as they lead to something in `fields`."""
    keys: list[str | int] = []
    for key in location:
        try:
            fields = fields[key]
        except (LookupError, TypeError):
            break
        keys.append(key)
    return keys


def _field_names(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Return the names of the fields that the schema allows at `location`."""
    schema = model.model_json_schema()
    node: dict[str, Any] = schema
    for key in location:
        node = _resolved(schema, node)
        node = node.get("items", {}) if isinstance(key, int) else node["properties"].get(key, {})
    return list(_resolved(schema, node).get("properties", {}))


def _resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Return what a node of a JSON Schema refers to."""
    reference = node.get("$ref")
    return node if reference is None else schema["$defs"][reference.rsplit("/", 1)[-1]]
