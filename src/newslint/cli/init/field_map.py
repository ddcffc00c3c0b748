"""Guesses of the fields that play each role in records that are not news."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from newslint.records import ROLES
from newslint.records.image_names import file_name
from newslint.records.links import IMAGE, kind_of_ending
from newslint.records.schema.news import parse_datetime
from newslint.records.urls import is_site_path

Record = Mapping[str, Any]

_NEARLY_ALL = 0.95
_MOST = 0.8
_OFTEN = 0.2
_HTML = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ABSOLUTE_URL = re.compile(r"https?://", re.IGNORECASE)


def field_value(record: Record, path: str) -> Any:
    """Look up the value of a field such as `provider/name`; None if it is missing."""
    value: Any = record
    for name in path.split("/"):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def has_image(record: Record, fields: Iterable[str]) -> bool:
    """Check if one of `fields` contains an image with a URL."""
    return any(_is_image(field_value(record, field)) for field in fields)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and _ABSOLUTE_URL.match(value) is not None


def _is_site_path(value: Any) -> bool:
    return isinstance(value, str) and is_site_path(value)


def _is_datetime(value: Any) -> bool:
    return parse_datetime(value) is not None


def _is_image(value: Any) -> bool:
    images = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return any(
        _is_text(image.get("url")) if isinstance(image, Mapping) else _is_image_path(image)
        for image in images
    )


def _is_image_path(value: Any) -> bool:
    if not isinstance(value, str) or "\n" in value:
        return False
    return kind_of_ending(PurePosixPath(file_name(value)).suffix) == IMAGE


def _is_mapping_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)


START_FIELDS = ("startDateTime", "startDate", "start", "start_date", "starts")
"""Fields with the start of an event, which may be in the future."""

_Predicate = Callable[[Any], bool]
_CANDIDATES: Mapping[str, tuple[_Predicate, tuple[str, ...]]] = {
    "title": (_is_text, ("name", "headline", "heading", "label", "subject")),
    "excerpt": (
        _is_text,
        ("summary", "description", "bio", "abstract", "lead", "teaser", "subtitle", "intro"),
    ),
    "date": (
        _is_datetime,
        (
            *("date", "pubDate", "publishDate", "publishedAt", "published_at", "datePublished"),
            *("published", "created", "createdAt", *START_FIELDS),
        ),
    ),
    "updated": (
        _is_datetime,
        ("updated", "updatedAt", "updatedDate", "lastmod", "last_modified_at", "modified"),
    ),
    "url": (
        _is_url,
        (
            *("url", "link", "permalink", "canonical", "canonicalUrl", "canonicalURL"),
            *("canonical_url", "website"),
        ),
    ),
    "provider-name": (_is_text, ("publisher/name", "source/name", "publisher", "source")),
    "provider-domain": (_is_text, ("publisher/domain", "source/domain")),
    "images": (
        _is_image,
        (
            *("pictures", "photos", "thumbnails", "image", "cover/image", "cover", "thumbnail"),
            *("featured_image", "featuredImage", "heroImage", "header/image", "image/path"),
        ),
    ),
    "permalink": (_is_site_path, ("path",)),
}
"""By role: a predicate for the values of its field, and the usual names, the best one first."""


_PARTLY = 0.5
_OPTIONAL = ("excerpt", "date", "updated")
"""Roles whose field may be missing in some records."""


def guess_fields(records: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    """Guess the fields of roles whose fields in the schema `news` do not occur.

    A field plays a role if nearly all records have it with a value of the right type; if the role
    is optional, most of the records that have it. Roles without such a field are omitted.

    Args:
        records: At least one record.
    """
    fields = {}
    for role, (is_valid, names) in _CANDIDATES.items():
        if not any(_occurs(records, name) for name in ROLES[role]):
            for name in names:
                if _plays(records, name, is_valid, is_optional=role in _OPTIONAL):
                    fields[role] = (name,)
                    break
    return fields | _unplayed_roles(records) | _html_fields(records)


def _plays(
    records: Sequence[Record], path: str, is_valid: _Predicate, *, is_optional: bool
) -> bool:
    """Check if nearly all records have a field, or some do and most of its values are valid."""
    if is_optional:
        having = [record for record in records if field_value(record, path) is not None]
        is_common = len(having) >= max(1, _PARTLY * len(records))
        return is_common and _valid_share(having, path, is_valid) >= _MOST
    return _valid_share(records, path, is_valid) >= _NEARLY_ALL


def _occurs(records: Iterable[Record], path: str) -> bool:
    """Check if a record has a field."""
    return any(field_value(record, path) is not None for record in records)


def _valid_share(records: Sequence[Record], path: str, is_valid: _Predicate) -> float:
    """Calculate the share of records in which a field is valid."""
    return sum(is_valid(field_value(record, path)) for record in records) / len(records)


def _unplayed_roles(records: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    """Map roles to no field if the field of `news` has another meaning in most records."""
    predicates = {"images": _is_image, "related": _is_mapping_list}
    fields: dict[str, tuple[str, ...]] = {}
    for role, is_valid in predicates.items():
        values = [value for record in records if (value := field_value(record, ROLES[role][0]))]
        if values and sum(map(is_valid, values)) < len(values) / 2:
            fields[role] = ()
    return fields


def _html_fields(records: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    """Map the role `html` to all fields that contain HTML, if there are others than in `news`."""
    names = dict.fromkeys(name for record in records for name in record)
    added = [name for name in names if name not in ROLES["html"] and _is_html(records, name)]
    return {"html": (*ROLES["html"], *added)} if added else {}


def _is_html(records: Iterable[Record], name: str) -> bool:
    """Check if many texts in a field contain HTML."""
    values = (record.get(name) for record in records)
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    return bool(texts) and sum(_HTML.search(text) is not None for text in texts) > _OFTEN * len(
        texts
    )
