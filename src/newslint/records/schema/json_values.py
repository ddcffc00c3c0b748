"""Front matter as JSON: what JSON Schema is about."""

import base64
import datetime
import math
from collections.abc import Iterator
from typing import Any

Keys = tuple[str | int, ...]

_LARGEST = 1.7e308


def as_json(value: Any, dates: Any = None) -> Any:
    """Return a front matter value as JSON has it.

    Dates become ISO 8601 text and binary data base64; what no JSON text holds is replaced: lone
    surrogates by question marks, and numbers that are none (`.nan`, `.inf`) by numbers.

    Args:
        value: As YAML reads it.
        dates: What to put in the place of every date; by default its text.
    """
    if isinstance(value, dict):
        return {_text(str(key)): as_json(each, dates) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each, dates) for each in value]
    if isinstance(value, datetime.date):  # a datetime is one, too
        return _date(value) if dates is None else dates
    return _plain(value)


def _plain(value: Any) -> Any:
    """Return a scalar that is no date."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        return _number(value)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def dates_in(value: Any, keys: Keys = ()) -> Iterator[Keys]:
    """Yield the keys that lead to the dates in a front matter value."""
    if isinstance(value, datetime.date):
        yield keys
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from dates_in(each, (*keys, _text(str(key))))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from dates_in(each, (*keys, index))


def _date(value: datetime.date) -> str:
    """Return a date as RFC 3339 has it: a time without a zone is UTC (YAML 1.1, timestamp)."""
    if isinstance(value, datetime.datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=datetime.UTC)
    return value.isoformat()


def _text(value: str) -> str:
    """Return `value` without lone surrogates."""
    return value.encode("utf-8", "replace").decode() if not value.isascii() else value


def _number(value: float) -> float:
    """Return `value`, or a number where it is none."""
    if math.isnan(value):
        return 0.0
    return math.copysign(_LARGEST, value) if math.isinf(value) else value
