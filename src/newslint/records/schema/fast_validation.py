"""Fast validation: accepts most valid values without pydantic.

Most records are valid. Finding that out here takes a fraction of pydantic's time, and saves the
time to build its validators, a fifth of a short run. A value that is rejected here may still be
valid: pydantic then decides.
"""

import typing
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from annotated_types import Ge, MinLen
from pydantic import AfterValidator, BaseModel, BeforeValidator, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

Validator = Callable[[Any], bool]
"""Accepts a value only if it is valid; may reject valid ones."""


def fast_validator(model: type[BaseModel]) -> Validator:
    """Build the validator of mappings for `model`, which must forbid extra fields."""
    fields = model.model_fields
    validators = {
        name: _field_validator(field.annotation, field.metadata) for name, field in fields.items()
    }
    required = {name for name, field in fields.items() if field.is_required()}

    def accepts(value: Any) -> bool:
        if type(value) is not dict or not value.keys() >= required:
            return False
        for name, each in value.items():
            validator = validators.get(name)
            if validator is None or not validator(each):
                return False
        return True

    return accepts


def _field_validator(annotation: Any, metadata: Sequence[Any]) -> Validator:
    """Build the validator of a field from its type and constraints."""
    accepts = _type_validator(annotation)
    for constraint in metadata:
        accepts = _constrain(accepts, constraint)
    return accepts


def _type_validator(annotation: Any) -> Validator:
    """Build the validator of a type; one that rejects everything if the type is not supported."""
    if annotation is str:
        return lambda value: type(value) is str and (value.isascii() or _is_unicode(value))
    if annotation in (int, bool, datetime):
        return lambda value: type(value) is annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return fast_validator(annotation)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _field_validator(arguments[0], arguments[1].metadata)
    if origin is tuple and arguments[1] is Ellipsis:
        accepts = _type_validator(arguments[0])
        return lambda value: type(value) is list and all(map(accepts, value))
    return lambda _: False


def _constrain(accepts: Validator, constraint: Any) -> Validator:
    """Add a constraint to a validator."""
    match constraint:
        case MinLen(min_length=least):
            return lambda value: accepts(value) and len(value) >= least
        case Ge(ge=int(least)):
            return lambda value: accepts(value) and value >= least
        case BeforeValidator(func=function):
            return lambda value: _passes(function, value, accepts)
        case AfterValidator(func=function):
            return lambda value: accepts(value) and _passes(function, value, accepts)
        case Strict() | WithJsonSchema():
            return accepts
    return lambda _: False


def _passes(function: Any, value: Any, accepts: Validator) -> bool:
    """Check whether the function of a pydantic validator returns an accepted value."""
    try:
        return accepts(function(value))
    except PydanticCustomError:
        return False


def _is_unicode(text: str) -> bool:
    """Check that a text has no lone surrogates, which pydantic rejects."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
