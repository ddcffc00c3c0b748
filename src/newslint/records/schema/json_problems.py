"""Conversion of JSON Schema validation errors to schema problems."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from newslint.diagnostics import quote_value
from newslint.records.schema.formats import DATE_PATTERN
from newslint.records.schema.problems import (
    SchemaProblem,
    field_name,
    invalid_value,
    mask_secrets,
    missing_field,
    suggestion,
    unknown_field,
    wrong_type,
)
from newslint.syntax.redaction import SECRET_KEYS

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
_MAX_OPTIONS = 8


class Validation(NamedTuple):
    """The validation that an error comes from.

    Attributes:
        schema: The schema, as validated against.
        originals: The patterns that users wrote, by those in `schema` if they differ.
        fields: The validated value, as plain Python.
        whole: The name of `fields` in messages.
    """

    schema: Mapping[str, Any]
    originals: Mapping[str, str]
    fields: Any
    whole: str


def problems_of_error(error: Any, validation: Validation) -> Iterator[SchemaProblem]:
    """Yield the problems of an error; an error about several unknown fields yields one each.

    Args:
        error: A `jsonschema_rs.ValidationError`.
        validation: What was validated against what.
    """
    schema, _, fields, whole = validation
    keys, kind = list(error.instance_path), error.kind
    match kind.name:
        case "required" | "dependentRequired":
            yield missing_field(keys, kind.property)
        case "additionalProperties" | "unevaluatedProperties":
            known = _known_names(schema, error.schema_path)
            yield from (unknown_field([*keys, name], known) for name in kind.unexpected)
        case "falseSchema" if keys and isinstance(keys[-1], str):
            yield unknown_field(keys, ())
        case "type":
            yield _wrong_type(keys, _value_near(fields, keys), kind.types, whole)
        case "anyOf" | "oneOf" if any(kind.context):
            yield from _branch_problems(error, validation)
        case name:
            message = _invalid_message(name, error, field_name(keys) or whole, validation)
            yield invalid_value(keys, message)


def _wrong_type(
    keys: Sequence[str | int], value: Any, types: Sequence[str], whole: str
) -> SchemaProblem:
    """Report a value that has none of `types`."""
    named = [_TYPES.get(name, name) for name in types if name != "null"] or ["nothing"]
    expected = " or ".join(named)
    wants_text = "string" in types and not isinstance(value, (dict, list, str))
    return wrong_type(keys, value, expected, whole, wants_text=wants_text)


def _branch_problems(error: Any, validation: Validation) -> Iterator[SchemaProblem]:
    """Yield the problems of a value that matches none of several schemas.

    If its type matches exactly one of them, these are the problems with that one.
    """
    keys = list(error.instance_path)
    whole = validation.whole
    branches = error.kind.context
    types = [_expected_types(errors, keys) for errors in branches]
    if all(types):
        expected = [name for names in types if names for name in names]
        value = _value_near(validation.fields, keys)
        yield _wrong_type(keys, value, list(dict.fromkeys(expected)), whole)
        return
    if all(len(errors) == 1 and errors[0].kind.name == "format" for errors in branches):
        shown = quote_value(_to_text(mask_secrets(error.instance)))
        names = (errors[0].kind.format for errors in branches)
        wanted = " or ".join(_FORMATS.get(each, each) for each in names)
        yield invalid_value(keys, f"{field_name(keys) or whole} is {shown}, expected {wanted}")
        return
    matching = [errors for errors, names in zip(branches, types, strict=True) if not names]
    if len(matching) == 1:
        for each in matching[0]:
            yield from problems_of_error(each, validation)
        return
    name = field_name(keys) or whole
    yield invalid_value(keys, f"{name} matches none of {len(branches)} allowed alternatives")


def _expected_types(errors: Sequence[Any], keys: Sequence[str | int]) -> list[str] | None:
    """Find the types that the value at `keys` should have; None if its type is right."""
    for error in errors:
        if error.kind.name == "type" and list(error.instance_path) == list(keys):
            return list(error.kind.types)
    return None


def _invalid_message(keyword: str, error: Any, name: str, validation: Validation) -> str:
    """Format the message for a value of the right type that is not allowed."""
    if not SECRET_KEYS.isdisjoint(error.instance_path):
        return f"{name} is not valid"
    if keyword == "pattern":
        return _pattern_message(name, error, validation)
    format_message = _FORMATTERS.get(keyword)
    if format_message is not None:
        return format_message(name, error.kind, mask_secrets(error.instance))
    return f"{name} is not allowed by '{keyword}' of the schema"


def _pattern_message(name: str, error: Any, validation: Validation) -> str:
    """Format the message for a value that does not match a pattern, or that takes too long to."""
    pattern = getattr(error.kind, "pattern", None)  # missing if the engine gave up
    if pattern is not None:
        written = validation.originals.get(pattern, pattern)
        shown = quote_value(_to_text(error.instance))
        if written == DATE_PATTERN:
            return f"{name} is {shown}, expected {_FORMATS['date']}"
        return f"{name} is {shown}, which does not match {written}"
    pattern = _pattern_at(validation.schema, error.schema_path)
    written = validation.originals.get(pattern, pattern)
    return f"{name}: the pattern {written} is too expensive to match against this value"


def _pattern_at(schema: Any, path: Sequence[str | int]) -> str:
    """Look up the pattern at `path`: the value of `pattern`, or a key of `patternProperties`."""
    found = _value_near(schema, path)
    if isinstance(found, str):
        return found
    return str(path[-1]) if "patternProperties" in path[-2:-1] else "of another schema"


def _enum_message(name: str, kind: Any, value: Any) -> str:
    """Format the message for a value that is not in an enumeration."""
    options = [_to_text(each) for each in kind.options]
    listed = ", ".join(options[:_MAX_OPTIONS]) + (", …" if len(options) > _MAX_OPTIONS else "")
    near = suggestion(value, options) if isinstance(value, str) else ""
    return f"{name} is {quote_value(_to_text(value))}, expected one of {listed}{near}"


def _to_text(value: Any) -> str:
    """Format a JSON value; text stays without quotes."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _template(text: str) -> Callable[[str, Any, Any], str]:
    """Create a function that formats a message from a template."""
    return lambda name, kind, value: text.format(
        name=name, limit=getattr(kind, "limit", ""), value=quote_value(_to_text(value))
    )


_FORMATS = {
    "date": "a date, such as 2022-09-12",
    "date-time": "a date with a time, such as 2022-09-12T21:33:00Z",
    "time": "a time, such as 21:33:00Z",
    "uri": "a URL",
    "uri-reference": "a URL, or part of one",
    "iri": "a URL",
    "email": "an e-mail address",
    "idn-email": "an e-mail address",
    "hostname": "a host name",
    "duration": "a duration, such as PT13M50S",
}

_FORMATTERS: Mapping[str, Callable[[str, Any, Any], str]] = MappingProxyType(
    {
        "enum": _enum_message,
        "const": lambda name, kind, value: (
            f"{name} is {quote_value(_to_text(value))}, expected {_to_text(kind.expected_value)}"
        ),
        "format": lambda name, kind, value: (
            f"{name} is {quote_value(_to_text(value))}, "
            f"expected {_FORMATS.get(kind.format, kind.format)}"
        ),
        "minimum": _template("{name} is {value}, expected {limit} or more"),
        "maximum": _template("{name} is {value}, expected {limit} or less"),
        "exclusiveMinimum": _template("{name} is {value}, expected more than {limit}"),
        "exclusiveMaximum": _template("{name} is {value}, expected less than {limit}"),
        "multipleOf": lambda name, kind, value: (
            f"{name} is {_to_text(value)}, expected a multiple of {kind.multiple_of}"
        ),
        "minLength": lambda name, kind, value: (
            f"{name} is shorter than {kind.limit} characters" if value else f"{name} is empty"
        ),
        "maxLength": _template("{name} is longer than {limit} characters"),
        "minItems": lambda name, kind, value: (
            f"{name} has fewer than {kind.limit} entries" if value else f"{name} is an empty list"
        ),
        "maxItems": _template("{name} has more than {limit} entries"),
        "uniqueItems": _template("{name} contains an item twice"),
        "minProperties": _template("{name} has fewer than {limit} fields"),
        "maxProperties": _template("{name} has more than {limit} fields"),
        "contains": _template("{name} lacks a required item"),
        "not": _template("{name} is {value}, which is not allowed"),
        "oneOf": _template("{name} matches more than one of the allowed alternatives"),
        "falseSchema": _template("{name} is not allowed here"),
        "unevaluatedItems": _template("{name} has more entries than it may have"),
        "additionalItems": _template("{name} has more entries than it may have"),
        "propertyNames": _template("{name} has a field with a name that is not allowed"),
    }
)


def _known_names(schema: Any, path: Sequence[str | int]) -> list[str]:
    """List the properties defined beside the keyword that `path` leads to."""
    for key in path[:-1]:
        try:
            schema = schema[key]
        except (LookupError, TypeError):
            return []
    return list(schema.get("properties", {})) if isinstance(schema, dict) else []


def _value_near(fields: Any, keys: Sequence[str | int]) -> Any:
    """Find the value at `keys`, or the closest one above it."""
    for key in keys:
        try:
            fields = fields[key]
        except (LookupError, TypeError):
            return fields
    return fields
