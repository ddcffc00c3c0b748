"""Guesses of the fields that play each role in records that are not news."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from newslint.records import ROLES
from newslint.records.image_names import file_name
from newslint.records.links import IMAGE, kind_of_ending
from newslint.records.schema.news import parse_datetime
from newslint.records.valid_urls import is_site_path

Record = Mapping[str, Any]

_NEARLY_ALL = 0.95
_MOST = 0.8
_SOME = 0.2
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
_SEPARATORS = re.compile(r"[/_-]")
_CUSTOM = re.compile("^(?:extra|params)/")
_CANDIDATES: Mapping[str, tuple[_Predicate, str]] = {
    "title": (_is_text, "name headline heading label subject"),
    "excerpt": (
        _is_text,
        """
        summary description bio abstract lead teaser tease subtitle intro blurb standfirst
        """,
    ),
    "date": (
        _is_datetime,
        f"""
        date pubdate pubdatetime publishdate publishedat publisheddate publicationdate datepublished
        published postdate datetime created createdat {" ".join(START_FIELDS)}
        """,
    ),
    "updated": (
        _is_datetime,
        """
        updated updatedat updateddate datemodified lastmod lastmodified lastmodifiedat lastupdated
        modified modifiedat moddatetime
        """,
    ),
    "url": (
        _is_url,
        """
        url link permalink canonical canonicalurl website articleurl sourceurl sourcelink
        originalurl externalurl externallink
        """,
    ),
    "provider-name": (_is_text, "publishername sourcename publisher source"),
    "provider-domain": (_is_text, "publisherdomain sourcedomain"),
    "images": (
        _is_image,
        """
        pictures photos thumbnails image coverimage cover thumbnail featuredimage featureimage
        heroimage headimage headerimage bannerimage imagepath ogimage socialimage
        """,
    ),
    "permalink": (_is_site_path, "path"),
}
"""By role: a predicate for the values of its field, and the keys of usual names, the best first."""


_PARTLY = 0.5
_ABSENT: Mapping[str, tuple[Any, ...]] = {
    **dict.fromkeys(("excerpt", "date", "updated"), (None,)),
    "images": (None, "", []),
}
"""By role whose field may be missing in some records: the values that mean so."""


def guess_fields(records: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    """Guess the fields of roles whose fields in the schema `news` do not occur.

    A field plays a role if nearly all records have it with a value of the right type; if the role
    is optional, most of the records that have it. A URL that many records share, such as that of a
    site, is none of a record. Roles without such a field are omitted.

    Args:
        records: At least one record.
    """
    fields = {}
    paths = _paths_by_key(records)
    for role, (is_valid, keys) in _CANDIDATES.items():
        if any(_occurs(records, name) for name in ROLES[role]):
            continue
        playing = [
            path
            for key in keys.split()
            for path in paths.get(_key(key), ())
            if _plays(records, path, is_valid, _ABSENT.get(role, ()))
            and (role != "url" or _is_distinct(records, path))
        ]
        if playing:
            fields[role] = (_best(records, playing),)
    return fields | _unplayed_roles(records) | _html_fields(records)


def _key(path: str) -> str:
    """Compute the key of a path: `cover/image`, `cover_image` and `coverImage` have one.

    Mappings of fields that the generator does not know do not count: `extra/image` is `image`.
    """
    return _SEPARATORS.sub("", _CUSTOM.sub("", path)).lower()


def _paths_by_key(records: Iterable[Record]) -> dict[str, list[str]]:
    """List the paths of fields, and of fields inside them, by their keys."""
    paths: dict[str, list[str]] = {}
    for path in dict.fromkeys(path for record in records for path in _paths(record)):
        paths.setdefault(_key(path), []).append(path)
    return paths


def _paths(record: Record) -> Iterator[str]:
    """Yield the paths of the fields of a record, and of the fields inside mappings."""
    for name, value in record.items():
        yield name
        if isinstance(value, Mapping):
            yield from (f"{name}/{inner}" for inner in value)


def _is_distinct(records: Sequence[Record], path: str) -> bool:
    """Check if a field has at least half as many values as there are records."""
    return len({str(field_value(record, path)) for record in records}) >= len(records) * _PARTLY


def _best(records: Sequence[Record], paths: Sequence[str]) -> str:
    """Choose the first path that is common, or else the one that most records have."""
    shares = {
        path: sum(field_value(record, path) is not None for record in records) / len(records)
        for path in paths
    }
    return next(
        (path for path in paths if shares[path] >= _PARTLY), max(paths, key=shares.__getitem__)
    )


def _plays(
    records: Sequence[Record], path: str, is_valid: _Predicate, absent: tuple[Any, ...]
) -> bool:
    """Check if nearly all records have a field, or some do and most of its values are valid."""
    if absent:
        having = [record for record in records if field_value(record, path) not in absent]
        is_common = len(having) >= max(1, _SOME * len(records))
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
