"""Validates front matter against a pydantic model."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from newslint.diagnostics import shown
from newslint.records.schema.problems import (
    SchemaProblem,
    existing_keys,
    field_name,
    invalid_value,
    missing_field,
    unknown_field,
    wrong_type,
)
from newslint.syntax.yaml.redaction import SECURED

_EXPECTED = {
    "string_type": "text",
    "string_sub_type": "text",
    "url_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "none_required": "nothing",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "iterable_type": "a list",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dataclass_type": "a mapping",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "datetime_type": "a date with a time, such as 2022-09-12T21:33:00Z",
    "date_type": "a date, such as 2022-09-12",
}
_TEXTS = frozenset({"string_type", "string_sub_type", "url_type"})
_OURS = frozenset({"secured"})
_MISSING = frozenset({"missing", "missing_argument"})


def check_fields(
    adapter: TypeAdapter[Any], fields: Any, whole: str = "the front matter"
) -> tuple[SchemaProblem, ...]:
    """Return how `fields` differ from what `adapter` accepts, in the order that pydantic finds it.

    Code of a user's model may raise anything: that is a problem of the value it was given.

    Args:
        adapter: The schema.
        fields: Front matter, or a part of it, as plain Python.
        whole: What messages call it.
    """
    try:
        adapter.validate_python(fields)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return tuple(_problem(adapter, fields, detail, whole) for detail in details)
    except Exception as error:  # noqa: BLE001 # a model's own code may raise anything
        return (invalid_value((), f"the schema's own code failed with {type(error).__name__}"),)
    return ()


def _problem(
    adapter: TypeAdapter[Any], fields: Any, error: ErrorDetails, whole: str
) -> SchemaProblem:
    """Return what a pydantic error says, in our words."""
    location, kind = error["loc"], error["type"]
    keys = existing_keys(fields, location)
    if kind in _MISSING:
        return missing_field(keys, str(location[-1]))
    if kind == "extra_forbidden":
        return unknown_field(keys or location, _field_names(adapter, location[:-1]))
    if kind in _EXPECTED:
        wants_text = kind in _TEXTS
        return wrong_type(keys, error["input"], _EXPECTED[kind], whole, wants_text=wants_text)
    if SECURED in keys and kind not in _OURS:
        return invalid_value(keys, "secured is not valid")  # what a model says may quote it
    return invalid_value(keys, _invalid(field_name(keys) or whole, error))


def _invalid(name: str, error: ErrorDetails) -> str:
    """Return the message for a value of the right type that is not allowed."""
    words = _WORDS.get(error["type"])
    if words is not None:
        return words(name, error["input"], error.get("ctx", {}), error["msg"])
    message = error["msg"]
    return f"{name}: {message[:1].lower()}{message[1:]}"


_Words = Callable[[str, Any, Mapping[str, Any], str], str]
_WORDS: Mapping[str, _Words] = MappingProxyType(
    {
        "greater_than_equal": lambda name, value, context, _: (
            f"{name} is {value}, expected {context['ge']} or more"
        ),
        "less_than_equal": lambda name, value, context, _: (
            f"{name} is {value}, expected {context['le']} or less"
        ),
        "too_short": lambda name, value, _, __: (
            f"{name} is too short" if value else f"{name} is an empty list"
        ),
        "string_too_short": lambda name, value, _, message: (
            f"{name}: {message[:1].lower()}{message[1:]}" if value else f"{name} is empty"
        ),
        "secured": lambda _, __, ___, message: f"secured is not valid: {message}",
        "not_a_date": lambda name, value, _, message: f"{name} is {shown(value)}: {message}",
        "literal_error": lambda name, value, context, _: (
            f"{name} is {shown(value)}, expected {context['expected']}"
        ),
        "enum": lambda name, value, context, _: (
            f"{name} is {shown(value)}, expected {context['expected']}"
        ),
        "value_error": lambda name, _, context, message: f"{name}: {context.get('error', message)}",
    }
)
"""What to say of a value, by the type of pydantic's error: name, value, context and its message."""


@lru_cache(maxsize=1024)
def _field_names(adapter: TypeAdapter[Any], location: tuple[int | str, ...]) -> list[str]:
    """Return the names of the fields that the schema allows at `location`."""
    schema = _json_schema(adapter)
    node: dict[str, Any] = schema
    for key in location:
        node = _resolved(schema, node)
        node = node.get("items", {}) if isinstance(key, int) else _property(node, key)
    return list(_resolved(schema, node).get("properties", {}))


@lru_cache(maxsize=64)
def _json_schema(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    """Return the JSON Schema of `adapter`, which takes milliseconds to make."""
    return adapter.json_schema()


def _property(node: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the schema of a property."""
    found: dict[str, Any] = node.get("properties", {}).get(key, {})
    return found


def _resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Return what a node of a JSON Schema refers to."""
    reference = node.get("$ref")
    if reference is None:
        return node
    found: dict[str, Any] = schema.get("$defs", {}).get(reference.rsplit("/", 1)[-1], {})
    return found
