"""Drafting of the settings of one collection."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from pydantic import ValidationError

from newslint.cli.init.cluster import Cluster
from newslint.cli.init.field_map import START_FIELDS, Record, field_value, guess_fields, has_image
from newslint.cli.init.sample import FileState
from newslint.cli.init.suspects import Suspects, find_suspects
from newslint.cli.init.verification import correct_schema, relax_schema
from newslint.records import ROLES, FieldMap
from newslint.records.addresses import file_date
from newslint.records.schema import News
from newslint.records.schema.infer import infer_schema
from newslint.records.schema.news import parse_datetime
from newslint.records.valid_urls import is_site_path
from newslint.syntax import Value
from newslint.syntax.redaction import SECRET_KEYS

NEWS = "news"
_NEARLY_ALL = 0.9
_COMMON = 0.1
_FEW = 0.05
_WITH_IMAGE = 0.8
_WITH_NEWS_IMAGE = 1 / 3
"""Shares of records with an image from which one without is a mistake; all news has images."""
_FEW_DATES = 2
_MANY_DATES = 0.25
_EAST, _WEST = timedelta(hours=-14), timedelta(hours=36)
"""In some time zone, an instant between these is on the day that starts at 00:00 UTC."""
_DATED = re.compile(r"\d{4}-\d\d-\d\d")


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
        suspects: Fields and values that are probably mistakes, and not in the schema.
    """

    name: str
    paths: tuple[str, ...]
    records: int
    fits: int
    schema: dict[str, Any] | None
    fields: dict[str, tuple[str, ...]]
    ignored: tuple[IgnoredRule, ...]
    relative: tuple[str, ...]
    suspects: Suspects = Suspects()


def draft_collection(
    cluster: Cluster,
    read_roots: Callable[[Cluster], Iterable[Value]] = lambda _: (),
    *,
    is_site: bool = False,
) -> CollectionDraft:
    """Draft the settings of a collection from the records of a cluster.

    Args:
        cluster: The files with the records.
        read_roots: Reads the front matter of each record again.
        is_site: Whether the files belong to a site, where paths from its root are at home.
    """
    records = cluster.records
    fits = sum(map(_fits_news, records))
    is_news = fits >= _NEARLY_ALL * len(records)
    fields = {} if is_news else guess_fields(records)
    field_map = FieldMap(fields)
    schema, suspects = None, Suspects()
    if not is_news:
        needed = _needed_fields(cluster, field_map)
        suspects, clean = find_suspects(records, field_map.roles["title"], needed)
        schema = infer_schema(clean, field_map.url_fields)
        schema = _adapt_schema(schema, suspects, is_open=cluster.is_open)
        schema = correct_schema(schema, read_roots(cluster), field_map, suspects)
    return CollectionDraft(
        cluster.name,
        cluster.paths,
        len(records),
        fits,
        schema,
        fields,
        tuple(
            chain(
                _ignored_rules(records, fields),
                _bare_files(cluster),
                _other_dates(cluster, field_map),
            )
        ),
        _relative_fields(records, field_map, 0 if is_site else _COMMON),
        suspects,
    )


def _needed_fields(cluster: Cluster, field_map: FieldMap) -> Iterator[str]:
    """Yield the fields that records need if nearly all have them: the headline and the date.

    Generators take the date of a file from its name if there is one.
    """
    if cluster.is_open:
        return
    yield from field_map.roles["title"]
    if not any(_DATED.match(PurePosixPath(each.path).name) for each in cluster.samples):
        yield from field_map.roles["date"]


def _adapt_schema(schema: dict[str, Any], suspects: Suspects, *, is_open: bool) -> dict[str, Any]:
    """Require the fields that nearly all records have, or allow others in an open cluster."""
    if is_open:
        return relax_schema(schema)
    if suspects.required:
        schema["required"] = [*schema.get("required", ()), *suspects.required]
    return schema


def _bare_files(cluster: Cluster) -> Iterator[IgnoredRule]:
    """Yield the rule `missing-front-matter` if many files of a cluster need no front matter."""
    bare = sum(each.state is FileState.NO_FRONT_MATTER for each in cluster.samples)
    total = len(cluster.samples)
    if bare > max(1, _FEW * total):
        yield IgnoredRule("missing-front-matter", f"{bare:,} of {total:,} files have none")


def _other_dates(cluster: Cluster, field_map: FieldMap) -> Iterator[IgnoredRule]:
    """Yield `filename-date-mismatch` if names of many files tell another date than publication."""
    other = dated = 0
    for sample in cluster.samples:
        name = parse_datetime(file_date(sample.path).rstrip("-"))
        for record in filter(_is_mapping, sample.records if name else ()):
            values = (field_value(record, field) for field in field_map.roles["date"])
            published = next(filter(None, map(parse_datetime, values)), None)
            if name and published:
                dated += 1
                other += not _EAST <= published - name < _WEST
    if other > max(_FEW_DATES, _MANY_DATES * dated):
        reason = f"{other:,} of {dated:,} files are named after another date"
        yield IgnoredRule("filename-date-mismatch", reason)


def _is_mapping(record: Any) -> bool:
    return isinstance(record, Mapping)


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
    if count < (_WITH_IMAGE if "images" in fields else _WITH_NEWS_IMAGE) * len(records):
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


def _relative_fields(
    records: Sequence[Record], field_map: FieldMap, share: float
) -> tuple[str, ...]:
    """List the URL fields of which at least a share are paths from the root of the site."""
    counts: Counter[str] = Counter()
    paths: Counter[str] = Counter()
    for record in records:
        for field, text in _url_texts(record, field_map):
            counts[field] += 1
            paths[field] += is_site_path(text)
    return tuple(
        sorted(
            field for field in paths if paths[field] > 0 and paths[field] >= share * counts[field]
        )
    )


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
