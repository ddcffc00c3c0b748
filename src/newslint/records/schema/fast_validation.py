"""Tells values that are clearly valid from those that pydantic has to judge.

Most records are valid. Saying so here takes a fraction of the time that pydantic takes, and none of
what building its validators takes, which is a fifth of a short run. What is not clearly valid may
be valid all the same.
"""

import typing
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from annotated_types import Ge, MinLen
from pydantic import AfterValidator, BaseModel, BeforeValidator, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

Validator = Callable[[Any], bool]
"""Tells whether a value is clearly valid."""


def fast_validator(model: type[BaseModel]) -> Validator:
    """Build the check of a mapping against `model`, which forbids extras."""
    fields = model.model_fields
    takes = {name: _takes(field.annotation, field.metadata) for name, field in fields.items()}
    required = {name for name, field in fields.items() if field.is_required()}

    def accepts(value: Any) -> bool:
        if type(value) is not dict or not value.keys() >= required:
            return False
        return all(name in takes and takes[name](each) for name, each in value.items())

    return accepts


def _takes(annotation: Any, metadata: Sequence[Any]) -> Validator:
    """Return what tells whether a value is clearly what a field takes."""
    takes = _of_type(annotation)
    for each in metadata:
        takes = _and_constrained(takes, each)
    return takes


def _of_type(annotation: Any) -> Validator:
    """Return the check of a field's type; few types have one."""
    if annotation is str:
        return lambda value: type(value) is str and (value.isascii() or _is_unicode(value))
    if annotation in (int, bool, datetime):
        return lambda value: type(value) is annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return fast_validator(annotation)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _takes(arguments[0], arguments[1].metadata)
    if origin is tuple and arguments[1] is Ellipsis:
        takes = _of_type(arguments[0])
        return lambda value: type(value) is list and all(map(takes, value))
    return lambda _: False


def _and_constrained(takes: Validator, constraint: Any) -> Validator:
    """Return what tells whether a value is taken and clearly meets a constraint."""
    match constraint:
        case MinLen(min_length=least):
            return lambda value: takes(value) and len(value) >= least
        case Ge(ge=int(least)):
            return lambda value: takes(value) and value >= least
        case BeforeValidator(func=function):
            return lambda value: _passes(function, value, takes)
        case AfterValidator(func=function):
            return lambda value: takes(value) and _passes(function, value, takes)
        case Strict() | WithJsonSchema():
            return takes
    return lambda _: False


def _passes(function: Any, value: Any, takes: Validator) -> bool:
    """Tell whether a validator's function makes of a value what is taken."""
    try:
        return takes(function(value))
    except PydanticCustomError:
        return False


def _is_unicode(text: str) -> bool:
    """Tell whether a text is without lone surrogates, which pydantic refuses."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
