"""Guesses which fields of records play which part."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from newslint.records import ROLES
from newslint.records.schema.news import parse_datetime

Record = Mapping[str, Any]

_NEARLY_ALL = 0.95
_HTML = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)


def field_value(record: Record, path: str) -> Any:
    """Return the value of the field `path`, such as `provider/name`; None where there is none."""
    value: Any = record
    for name in path.split("/"):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def has_image(record: Record, fields: Iterable[str]) -> bool:
    """Tell whether one of `fields` is a list that holds an image with a URL."""
    return any(_is_image_list(field_value(record, field)) for field in fields)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and _ABSOLUTE.match(value) is not None


def _is_instant(value: Any) -> bool:
    return parse_datetime(value) is not None


def _is_image_list(value: Any) -> bool:
    images = value if isinstance(value, list) else []
    return any(isinstance(image, Mapping) and _is_text(image.get("url")) for image in images)


STARTS = ("startDateTime", "startDate", "start", "start_date", "starts")
"""When something begins, which may lie ahead."""

_Test = Callable[[Any], bool]
_CANDIDATES: Mapping[str, tuple[_Test, tuple[str, ...]]] = {
    "title": (_is_text, ("name", "headline", "heading", "label", "subject")),
    "excerpt": (
        _is_text,
        ("summary", "description", "bio", "abstract", "lead", "teaser", "subtitle", "intro"),
    ),
    "date": (
        _is_instant,
        (
            *("date", "pubDate", "publishDate", "publishedAt", "published_at", "datePublished"),
            *("published", "created", "createdAt", *STARTS),
        ),
    ),
    "updated": (
        _is_instant,
        ("updated", "updatedAt", "updatedDate", "lastmod", "last_modified_at", "modified"),
    ),
    "url": (
        _is_url,
        ("url", "link", "permalink", "canonical", "canonicalUrl", "canonical_url", "website"),
    ),
    "provider-name": (_is_text, ("publisher/name", "source/name", "publisher", "source")),
    "provider-domain": (_is_text, ("publisher/domain", "source/domain")),
    "images": (_is_image_list, ("pictures", "photos", "thumbnails")),
}
"""By part: what a field that plays it holds, and what it may be called, the most telling first."""


def guess_fields(records: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    """Return which fields play parts that those of the schema `news` do not.

    A field is taken where none of the names in `news` occurs and nearly all records have it, of the
    right type. Parts that nothing fits are left out.

    Args:
        records: At least one.
    """
    found = {}
    for role, (fits, names) in _CANDIDATES.items():
        if not any(_occurs(records, name) for name in ROLES[role]):
            fitting = (name for name in names if _share(records, name, fits) >= _NEARLY_ALL)
            name = next(fitting, None)
            if name is not None:
                found[role] = (name,)
    return found | _unlike_news(records) | _html(records)


def _occurs(records: Iterable[Record], path: str) -> bool:
    """Tell whether any record has a field."""
    return any(field_value(record, path) is not None for record in records)


def _share(records: Sequence[Record], path: str, fits: _Test) -> float:
    """Return the share of records whose field `path` fits."""
    return sum(fits(field_value(record, path)) for record in records) / len(records)


def _unlike_news(records: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    """Return the parts whose fields in `news` mean something else here: none plays them."""
    found: dict[str, tuple[str, ...]] = {}
    lists = {"images": _is_image_list, "related": _is_entries}
    for role, fits in lists.items():
        values = [value for record in records if (value := field_value(record, ROLES[role][0]))]
        if values and sum(map(fits, values)) < len(values) / 2:
            found[role] = ()
    return found


def _is_entries(value: Any) -> bool:
    """Tell whether a value is a list of descriptions."""
    return isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)


def _html(records: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    """Return the fields that hold HTML besides the one of `news`, where there are any."""
    names = dict.fromkeys(name for record in records for name in record)
    more = [name for name in names if name not in ROLES["html"] and _is_html(records, name)]
    return {"html": (*ROLES["html"], *more)} if more else {}


def _is_html(records: Iterable[Record], name: str) -> bool:
    """Tell whether most texts in a field hold HTML."""
    values = (record.get(name) for record in records)
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    return bool(texts) and sum(_HTML.search(text) is not None for text in texts) > len(texts) / 2
