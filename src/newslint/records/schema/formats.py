"""Detection of JSON Schema formats in texts.

Validators disagree about edge cases of a format, so only texts that all of them accept count.
"""

import datetime
import re
from collections.abc import Callable
from typing import Any

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ZONE = "(?:[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)"
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
DATE_PATTERN = (
    "^[0-9]{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12][0-9]|3[01])"
    rf"(?:(?:[Tt]| +){_CLOCK}(?: *{_ZONE})?)?$"
)
"""The pattern of dates and times as site generators read them, in the syntax of JSON Schema."""
_DATE_TEXT = re.compile(
    rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}})(?:(?:[Tt]| +)({_CLOCK})(?: *({_ZONE}))?)?"
)
_UTC = frozenset({"z", "UTC", "GMT"})
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


def parse_date_text(text: str) -> datetime.datetime | None:
    """Parse a date, with or without a time, as site generators read it; None if it is none.

    Unlike in ISO 8601, months, days and hours need no leading zero, and `UTC` is a time zone:
    `2013-8-8 9:30:00 UTC`. A date without a time is midnight. The result is naive without a zone.
    """
    found = _DATE_TEXT.fullmatch(text)
    if found is None:
        return None
    year, month, day, clock, zone = found.groups()
    clock = f"{'0' * (clock.index(':') == 1)}{clock}" if clock else "00:00"
    zone = "Z" if zone in _UTC else zone or ""
    try:
        return datetime.datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{clock}{zone}")
    except ValueError:
        return None


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
