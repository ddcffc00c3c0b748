"""Drafts the settings of one collection."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from newslint.cli.init.clustering import Cluster
from newslint.cli.init.field_map import STARTS, Record, field_value, guess_fields, has_image
from newslint.records import ROLES, FieldMap
from newslint.records.schema import News
from newslint.records.schema.infer import infer
from newslint.rules.urls.invalid_url import is_path
from newslint.syntax.yaml.redaction import SECURED

NEWS = "news"
_NEARLY_ALL = 0.9
_COMMON = 0.1


class IgnoredRule(NamedTuple):
    """A rule that makes no sense for some records.

    Attributes:
        rule: Its name.
        why: The reason, as a comment says it.
    """

    rule: str
    why: str


class CollectionDraft(NamedTuple):
    """Settings of a collection.

    Attributes:
        name: What it is called.
        paths: Patterns of its files.
        files: How many there are.
        records: How many records these hold.
        fits: How many of them fit the schema `news`.
        schema: Their own JSON Schema; None where they are news.
        fields: Which fields play which part, where they are not called as in `news`.
        ignored: Rules that make no sense for them.
        relative: Fields that hold paths from the root of the site.
    """

    name: str
    paths: tuple[str, ...]
    files: int
    records: int
    fits: int
    schema: dict[str, Any] | None
    fields: dict[str, tuple[str, ...]]
    ignored: tuple[IgnoredRule, ...]
    relative: tuple[str, ...]


def draft_collection(cluster: Cluster) -> CollectionDraft:
    """Return settings that suit the records of `cluster`."""
    records = cluster.records
    fits = sum(map(_fits_news, records))
    is_news = fits >= _NEARLY_ALL * len(records)
    fields = {} if is_news else guess_fields(records)
    return CollectionDraft(
        cluster.name,
        cluster.paths,
        len(cluster.samples),
        len(records),
        fits,
        None if is_news else infer(records),
        fields,
        tuple(_ignored(records, fields)),
        _relative(records, FieldMap(fields)),
    )


def _fits_news(record: Record) -> bool:
    """Tell whether a record is as the schema `news` wants it, its related entries too."""
    try:
        News.model_validate(record)
    except ValidationError:
        return False
    return True


def _ignored(
    records: Sequence[Record], fields: Mapping[str, tuple[str, ...]]
) -> Iterator[IgnoredRule]:
    """Yield the rules that would say of most records what these were never meant to have."""
    images = fields.get("images", ROLES["images"])
    count = sum(has_image(record, images) for record in records)
    if 3 * count < len(records):
        yield IgnoredRule("missing-image", f"{count:,} of {len(records):,} records have images")
    if count and not any(_says_cached(record, images) for record in records):
        yield IgnoredRule("uncached-image", "no image says whether it is cached")
    starts = [field for field in fields.get("date", ()) if field in STARTS]
    if starts:
        yield IgnoredRule("future-date", f"what is dated by {starts[0]} may lie ahead")


def _says_cached(record: Record, fields: Sequence[str]) -> bool:
    """Tell whether an image of a record says whether the site keeps a copy."""
    lists = (found for field in fields if isinstance(found := field_value(record, field), list))
    return any(isinstance(image, dict) and "isCached" in image for each in lists for image in each)


def _relative(records: Sequence[Record], field_map: FieldMap) -> tuple[str, ...]:
    """Return the fields of URLs in which paths from the root of the site are common."""
    counts: Counter[str] = Counter()
    paths: Counter[str] = Counter()
    for record in records:
        for field, text in _urls(record, field_map):
            counts[field] += 1
            paths[field] += is_path(text)
    return tuple(sorted(field for field in paths if paths[field] >= _COMMON * counts[field] > 0))


def _urls(record: Record, field_map: FieldMap) -> Iterator[tuple[str, str]]:
    """Yield the texts where a URL is expected, with the fields they are in, places left out.

    The fields of related entries are counted from there, as rules see them.
    """
    for name, value in record.items():
        yield from _below({name: value} if name != field_map.related else value, "", field_map)


def _below(value: Any, field: str, field_map: FieldMap) -> Iterator[tuple[str, str]]:
    """Yield the texts below `value` where a URL is expected."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != SECURED:
                yield from _below(inner, f"{field}/{name}" if field else name, field_map)
    elif isinstance(value, list):
        for inner in value:
            yield from _below(inner, field, field_map)
    elif isinstance(value, str) and field.rsplit("/", 1)[-1] in field_map.url_fields:
        yield field, value
