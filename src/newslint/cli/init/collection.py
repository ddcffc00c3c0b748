"""Drafting of the settings of one collection."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from newslint.cli.init.clustering import Cluster
from newslint.cli.init.field_map import START_FIELDS, Record, field_value, guess_fields, has_image
from newslint.records import ROLES, FieldMap
from newslint.records.schema import News
from newslint.records.schema.infer import infer_schema
from newslint.records.urls import is_site_path
from newslint.syntax.redaction import SECRET_KEYS

NEWS = "news"
_NEARLY_ALL = 0.9
_COMMON = 0.1


class IgnoredRule(NamedTuple):
    """A rule that does not make sense for a collection.

    Attributes:
        rule: The name of the rule.
        reason: The reason, for a comment in the settings.
    """

    rule: str
    reason: str


class CollectionDraft(NamedTuple):
    """Drafted settings of a collection.

    Attributes:
        name: The name of the collection.
        paths: The patterns of its files.
        records: The number of records.
        fits: The number of records that fit the schema `news`.
        schema: The inferred JSON Schema; None if the records are news.
        fields: The fields that play roles, if they have other names than in `news`.
        ignored: Rules that do not make sense for the records.
        relative: Fields that often contain URLs relative to the root of the site.
    """

    name: str
    paths: tuple[str, ...]
    records: int
    fits: int
    schema: dict[str, Any] | None
    fields: dict[str, tuple[str, ...]]
    ignored: tuple[IgnoredRule, ...]
    relative: tuple[str, ...]


def draft_collection(cluster: Cluster) -> CollectionDraft:
    """Draft the settings of a collection from the records of a cluster."""
    records = cluster.records
    fits = sum(map(_fits_news, records))
    is_news = fits >= _NEARLY_ALL * len(records)
    fields = {} if is_news else guess_fields(records)
    return CollectionDraft(
        cluster.name,
        cluster.paths,
        len(records),
        fits,
        None if is_news else infer_schema(records),
        fields,
        tuple(_ignored_rules(records, fields)),
        _relative_fields(records, FieldMap(fields)),
    )


def _fits_news(record: Record) -> bool:
    """Check if a record and its related entries fit the schema `news`."""
    try:
        News.model_validate(record)
    except ValidationError:
        return False
    return True


def _ignored_rules(
    records: Sequence[Record], fields: Mapping[str, tuple[str, ...]]
) -> Iterator[IgnoredRule]:
    """Yield the rules that would report most records because of the kind of collection."""
    images = fields.get("images", ROLES["images"])
    count = sum(has_image(record, images) for record in records)
    if 3 * count < len(records):
        yield IgnoredRule("missing-image", f"{count:,} of {len(records):,} records have images")
    if count and not any(_has_cached_flag(record, images) for record in records):
        yield IgnoredRule("uncached-image", "no image has the field isCached")
    starts = [field for field in fields.get("date", ()) if field in START_FIELDS]
    if starts:
        yield IgnoredRule("future-date", f"{starts[0]} may be in the future")


def _has_cached_flag(record: Record, fields: Sequence[str]) -> bool:
    """Check if an image of a record has the field `isCached`."""
    values = [field_value(record, field) for field in fields]
    images = [image for value in values if isinstance(value, list) for image in value]
    return any(isinstance(image, dict) and "isCached" in image for image in images)


def _relative_fields(records: Sequence[Record], field_map: FieldMap) -> tuple[str, ...]:
    """List the URL fields in which paths from the root of the site are common."""
    counts: Counter[str] = Counter()
    paths: Counter[str] = Counter()
    for record in records:
        for field, text in _url_texts(record, field_map):
            counts[field] += 1
            paths[field] += is_site_path(text)
    return tuple(sorted(field for field in paths if paths[field] >= _COMMON * counts[field] > 0))


def _url_texts(record: Record, field_map: FieldMap) -> Iterator[tuple[str, str]]:
    """Yield the path, without indexes, and the text of each URL field.

    The path of a field in a related entry starts at the entry, as for rules.
    """
    for name, value in record.items():
        root = value if name == field_map.related else {name: value}
        yield from _walk_urls(root, "", field_map)


def _walk_urls(value: Any, field: str, field_map: FieldMap) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each URL field inside `value`, which is at the path `field`."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in SECRET_KEYS:
                yield from _walk_urls(inner, f"{field}/{name}" if field else name, field_map)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk_urls(inner, field, field_map)
    elif isinstance(value, str) and field.rsplit("/", 1)[-1] in field_map.url_fields:
        yield field, value
