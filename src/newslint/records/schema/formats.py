"""Detection of JSON Schema formats in texts.

Validators disagree about edge cases of a format, so only texts that all of them accept count.
"""

import datetime
import re
from collections.abc import Callable
from typing import Any

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ZONE = "(?:[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)"
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
DATE_PATTERN = (
    "^[0-9]{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12][0-9]|3[01])"
    rf"(?:(?:[Tt]| +){_CLOCK}(?: *{_ZONE})?)?$"
)
"""The pattern of dates and times as site generators read them, in the syntax of JSON Schema."""
_DATE_TEXT = re.compile(DATE_PATTERN)
_NUMBER = re.compile("[0-9]+")
_CHAR = r"(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_URI = re.compile(
    rf"https?://{_LABEL}(?:\.{_LABEL})*(?::\d{{1,5}})?(?:[/?]{_CHAR}*)?(?:\#{_CHAR}*)?",
    re.ASCII,
)
_PATH = re.compile(rf"/(?!/){_CHAR}*(?:\#{_CHAR}*)?", re.ASCII)
_EMAIL = re.compile(
    rf"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@{_LABEL}(?:\.{_LABEL})*\.[A-Za-z]{{2,63}}"
)
_MAX_EMAIL_LENGTH = 64


def detect_formats(value: Any) -> frozenset[str]:
    """List the names of the formats that a value has.

    Args:
        value: Text, or a datetime or date as parsed by YAML.
    """
    if isinstance(value, datetime.datetime):
        return frozenset({"date-time"})
    if isinstance(value, datetime.date):
        return frozenset({"date"})
    if not isinstance(value, str):
        return frozenset()
    return frozenset(name for name, has in _TESTS.items() if has(value))


def is_date_text(text: str) -> bool:
    """Check whether a text is a date, with or without a time, as site generators read it."""
    if not text.isascii() or _DATE_TEXT.fullmatch(text) is None:
        return False
    year, month, day = map(int, _NUMBER.findall(text)[:3])
    return _exists(datetime.date, f"{year:04}-{month:02}-{day:02}")


def is_link(text: str) -> bool:
    """Check whether a text looks like a URL, or like a path from the site's root."""
    return "://" in text or text.startswith(("/", "www.", "mailto:"))


def _is_time(text: str) -> bool:
    """Check whether a text is a date and time with a time zone."""
    return _TIME.fullmatch(text) is not None and _exists(datetime.datetime, text)


def _is_date(text: str) -> bool:
    """Check whether a text is a date."""
    return _DATE.fullmatch(text) is not None and _exists(datetime.date, text)


def _exists(kind: type[datetime.date], text: str) -> bool:
    """Check whether the date or time exists: whether the month has that day."""
    try:
        kind.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_reference(text: str) -> bool:
    """Check whether a text is a URL, or a path from the site's root."""
    return bool(_PATH.fullmatch(text) or _URI.fullmatch(text))


_TESTS: dict[str, Callable[[str], bool]] = {
    "date-time": _is_time,
    "date": _is_date,
    "uri": lambda text: _URI.fullmatch(text) is not None,
    "uri-reference": _is_reference,
    "email": lambda text: len(text) <= _MAX_EMAIL_LENGTH and _EMAIL.fullmatch(text) is not None,
}
FORMATS = tuple(_TESTS)
"""All detected formats, the most specific first."""
