"""What a JSON Schema validator finds, in our words and as our four kinds."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from newslint.diagnostics import shown
from newslint.records.schema.problems import (
    SchemaProblem,
    field_name,
    invalid_value,
    missing_field,
    suggestion,
    unknown_field,
    wrong_type,
)
from newslint.syntax.yaml.redaction import SECURED

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
_MOST_OPTIONS = 8


def problems_of_error(
    error: Any, schema: Mapping[str, Any], fields: Any, whole: str
) -> Iterator[SchemaProblem]:
    """Yield what an error of jsonschema_rs says: of several unknown fields, one each.

    Args:
        error: A `jsonschema_rs.ValidationError`.
        schema: The schema, to tell which names are known.
        fields: What was validated, as plain Python.
        whole: What messages call it.
    """
    keys, kind = list(error.instance_path), error.kind
    match kind.name:
        case "required" | "dependentRequired":
            yield missing_field(keys, kind.property)
        case "additionalProperties" | "unevaluatedProperties":
            known = _names(schema, error.schema_path)
            yield from (unknown_field([*keys, name], known) for name in kind.unexpected)
        case "falseSchema" if keys and isinstance(keys[-1], str):
            yield unknown_field(keys, ())
        case "type":
            yield _wrong_type(keys, _at(fields, keys), kind.types, whole)
        case "anyOf" | "oneOf" if any(kind.context):
            yield from _of_branches(error, schema, fields, whole)
        case name:
            yield invalid_value(keys, _said(name, error, field_name(keys) or whole))


def _wrong_type(
    keys: Sequence[str | int], value: Any, types: Sequence[str], whole: str
) -> SchemaProblem:
    """Return the problem of a value of none of `types`."""
    named = [_TYPES.get(name, name) for name in types if name != "null"] or ["nothing"]
    expected = " or ".join(named)
    wants_text = "string" in types and not isinstance(value, (dict, list, str))
    return wrong_type(keys, value, expected, whole, wants_text=wants_text)


def _of_branches(
    error: Any, schema: Mapping[str, Any], fields: Any, whole: str
) -> Iterator[SchemaProblem]:
    """Yield what is wrong with a value that fits none of several schemas.

    Where it is of the type that just one of them asks for, that one is meant.
    """
    keys = list(error.instance_path)
    branches = error.kind.context
    types = [_type_asked_for(errors, keys) for errors in branches]
    if all(types):
        asked = [name for names in types if names for name in names]
        yield _wrong_type(keys, _at(fields, keys), list(dict.fromkeys(asked)), whole)
        return
    meant = [errors for errors, names in zip(branches, types, strict=True) if not names]
    if len(meant) == 1:
        for each in meant[0]:
            yield from problems_of_error(each, schema, fields, whole)
        return
    name = field_name(keys) or whole
    yield invalid_value(keys, f"{name} is none of the {len(branches)} things that it may be")


def _type_asked_for(errors: Sequence[Any], keys: Sequence[str | int]) -> list[str] | None:
    """Return the types that a value at `keys` should have had; None where its type is right."""
    for error in errors:
        if error.kind.name == "type" and list(error.instance_path) == list(keys):
            return list(error.kind.types)
    return None


def _said(keyword: str, error: Any, name: str) -> str:
    """Return the message for a value of the right type that is not allowed."""
    if SECURED in error.instance_path:
        return f"{name} is not valid"
    words = _WORDS.get(keyword)
    if words is not None:
        return words(name, error.kind, error.instance)
    return f"{name} is not allowed by '{keyword}' of the schema"


def _enum(name: str, kind: Any, value: Any) -> str:
    """Return the message for a value that is not in a list."""
    options = [_written(each) for each in kind.options]
    listed = ", ".join(options[:_MOST_OPTIONS]) + (", …" if len(options) > _MOST_OPTIONS else "")
    near = suggestion(value, options) if isinstance(value, str) else ""
    return f"{name} is {shown(_written(value))}, expected one of {listed}{near}"


def _written(value: Any) -> str:
    """Return a JSON value as a person writes it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _limited(text: str) -> Callable[[str, Any, Any], str]:
    """Return what words a limit."""
    return lambda name, kind, value: text.format(
        name=name, limit=getattr(kind, "limit", ""), value=shown(_written(value))
    )


_FORMATS = {
    "date": "a date, such as 2022-09-12",
    "date-time": "a date with a time, such as 2022-09-12T21:33:00Z",
    "time": "a time, such as 21:33:00Z",
    "uri": "a URL",
    "uri-reference": "a URL, or part of one",
    "iri": "a URL",
    "email": "an e-mail address",
    "hostname": "a host name",
    "duration": "a duration, such as PT13M50S",
}

_WORDS: Mapping[str, Callable[[str, Any, Any], str]] = MappingProxyType(
    {
        "enum": _enum,
        "const": lambda name, kind, value: (
            f"{name} is {shown(_written(value))}, expected {_written(kind.expected_value)}"
        ),
        "format": lambda name, kind, value: (
            f"{name} is {shown(_written(value))}, expected {_FORMATS.get(kind.format, kind.format)}"
        ),
        "pattern": lambda name, kind, value: (
            f"{name} is {shown(_written(value))}, which does not match {kind.pattern}"
        ),
        "minimum": _limited("{name} is {value}, expected {limit} or more"),
        "maximum": _limited("{name} is {value}, expected {limit} or less"),
        "exclusiveMinimum": _limited("{name} is {value}, expected more than {limit}"),
        "exclusiveMaximum": _limited("{name} is {value}, expected less than {limit}"),
        "multipleOf": lambda name, kind, value: (
            f"{name} is {_written(value)}, expected a multiple of {kind.multiple_of}"
        ),
        "minLength": lambda name, kind, value: (
            f"{name} is shorter than {kind.limit} characters" if value else f"{name} is empty"
        ),
        "maxLength": _limited("{name} is longer than {limit} characters"),
        "minItems": lambda name, kind, value: (
            f"{name} has fewer than {kind.limit} entries" if value else f"{name} is an empty list"
        ),
        "maxItems": _limited("{name} has more than {limit} entries"),
        "uniqueItems": _limited("{name} holds an entry twice"),
        "minProperties": _limited("{name} has fewer than {limit} fields"),
        "maxProperties": _limited("{name} has more than {limit} fields"),
        "contains": _limited("{name} lacks an entry that it must have"),
        "not": _limited("{name} is {value}, which is not allowed"),
        "oneOf": _limited("{name} is more than one of the things that it may be"),
        "falseSchema": _limited("{name} is not allowed here"),
        "unevaluatedItems": _limited("{name} has more entries than it may have"),
        "additionalItems": _limited("{name} has more entries than it may have"),
        "propertyNames": _limited("{name} has a field with a name that is not allowed"),
    }
)


def _names(schema: Any, path: Sequence[str | int]) -> list[str]:
    """Return the names of the properties known beside the keyword that `path` leads to."""
    for key in path[:-1]:
        try:
            schema = schema[key]
        except (LookupError, TypeError):
            return []
    return list(schema.get("properties", {})) if isinstance(schema, dict) else []


def _at(fields: Any, keys: Sequence[str | int]) -> Any:
    """Return the value at `keys`, or the closest one above it."""
    for key in keys:
        try:
            fields = fields[key]
        except (LookupError, TypeError):
            return fields
    return fields
