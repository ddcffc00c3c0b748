"""Validation of front matter by pydantic models, with messages for editors."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from newslint.diagnostics import quote_value
from newslint.records.schema.problems import (
    SchemaProblem,
    existing_keys,
    field_name,
    invalid_value,
    mask_secrets,
    missing_field,
    unknown_field,
    wrong_type,
)
from newslint.syntax.redaction import SECRET_KEYS

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
_SAFE_ERRORS = frozenset({"secured"})
"""Errors of the field `secured` whose messages never quote its value."""
_MISSING = frozenset({"missing", "missing_argument"})


def check_fields(
    adapter: TypeAdapter[Any], fields: Any, whole: str = "the record"
) -> tuple[SchemaProblem, ...]:
    """Validate `fields` and convert pydantic's errors to problems, in their order.

    Any exception from the code of a user's model becomes a problem of the whole value.

    Args:
        adapter: The schema.
        fields: Front matter, or a part of it, as plain Python.
        whole: The name of `fields` in messages.
    """
    try:
        adapter.validate_python(fields)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return tuple(_problem(adapter, fields, detail, whole) for detail in details)
    except (Exception, SystemExit) as error:  # noqa: BLE001 # a model's own code may raise anything
        return (invalid_value((), f"the schema's own code failed with {type(error).__name__}"),)
    return ()


def _problem(
    adapter: TypeAdapter[Any], fields: Any, error: ErrorDetails, whole: str
) -> SchemaProblem:
    """Convert a pydantic error to a problem."""
    location, kind = error["loc"], error["type"]
    keys = existing_keys(fields, location)
    if kind in _MISSING:
        return missing_field(keys, str(location[-1]))
    if kind == "extra_forbidden":
        return unknown_field(keys or location, _field_names(adapter, location[:-1]))
    if kind in _EXPECTED:
        wants_text = kind in _TEXTS
        return wrong_type(keys, error["input"], _EXPECTED[kind], whole, wants_text=wants_text)
    if not SECRET_KEYS.isdisjoint(keys) and kind not in _SAFE_ERRORS:
        return invalid_value(keys, "secured is not valid")  # a model's message may quote the value
    return invalid_value(keys, _invalid_message(field_name(keys) or whole, error))


def _invalid_message(name: str, error: ErrorDetails) -> str:
    """Format the message for a value of the right type that is not allowed."""
    value = mask_secrets(error["input"])
    if value != error["input"] and error["type"] not in _QUOTING:
        return f"{name} is not valid"  # a model's message may quote all of the value
    format_message = _FORMATTERS.get(error["type"])
    if format_message is not None:
        return format_message(name, value, error.get("ctx", {}), error["msg"])
    message = error["msg"]
    return f"{name}: {message[:1].lower()}{message[1:]}"


_QUOTING = frozenset({"too_short", "not_a_date", "literal_error", "enum"})
"""Types of errors whose messages quote nothing but the value that the formatter gets."""

_Formatter = Callable[[str, Any, Mapping[str, Any], str], str]
_FORMATTERS: Mapping[str, _Formatter] = MappingProxyType(
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
        "blank": lambda name, *_: f"{name} is blank",
        "secured": lambda _, __, ___, message: f"secured is not valid: {message}",
        "not_a_date": lambda name, value, _, message: f"{name} is {quote_value(value)}: {message}",
        "literal_error": lambda name, value, context, _: (
            f"{name} is {quote_value(value)}, expected {context['expected']}"
        ),
        "enum": lambda name, value, context, _: (
            f"{name} is {quote_value(value)}, expected {context['expected']}"
        ),
        "value_error": lambda name, _, context, message: f"{name}: {context.get('error', message)}",
    }
)
"""Functions that format a message from name, value, context and message of a pydantic error, by its
type."""


@lru_cache(maxsize=1024)
def _field_names(adapter: TypeAdapter[Any], location: tuple[int | str, ...]) -> list[str]:
    """List the names of the fields that the schema allows at `location`."""
    schema = _json_schema(adapter)
    node: dict[str, Any] = schema
    for key in location:
        node = _resolve(schema, node)
        node = node.get("items", {}) if isinstance(key, int) else _property(node, key)
    return list(_resolve(schema, node).get("properties", {}))


@lru_cache(maxsize=64)
def _json_schema(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    """Create the JSON Schema of `adapter`; cached, since it takes milliseconds."""
    return adapter.json_schema()


def _property(node: dict[str, Any], key: str) -> dict[str, Any]:
    """Look up the schema of a property."""
    found: dict[str, Any] = node.get("properties", {}).get(key, {})
    return found


def _resolve(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Follow the reference in a node of a JSON Schema, if it has one."""
    reference = node.get("$ref")
    if reference is None:
        return node
    found: dict[str, Any] = schema.get("$defs", {}).get(reference.rsplit("/", 1)[-1], {})
    return found
