"""Records and candidates as bytes, which Spark compares: equal for equal values."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

import msgspec

from newslint.engine.link_candidate import (
    Candidate,
    LinkedRecord,
    create_candidate,
    linked_values,
    read_linked_record,
)
from newslint.execution.blocks import Block
from newslint.records import Description
from newslint.spark.arrow import Row, decode, encode


class _Linked(msgspec.Struct, frozen=True, array_like=True):
    """The `linked_values` of a record, in order."""

    urls: tuple[str, ...]
    amp_urls: tuple[str, ...]
    title: str | None
    excerpt: str | None
    date: str | None
    provider_domain: str | None


class _Values(msgspec.Struct, frozen=True, array_like=True):
    """The values of a candidate that determine the others, in order."""

    published_at: datetime
    url: str
    title: str
    excerpt: str
    provider: str


_EMPTY = Description(
    digest=b"",
    is_record=True,
    is_mapping=True,
    content=b"",
    lines=None,
    title=None,
    excerpt=None,
    quality=None,
    published=None,
    draft=None,
    provider_name=None,
    provider_domain=None,
    images=None,
    url=None,
    urls=(),
    amp_urls=(),
    pointer_key="",
    date=None,
    fields={},
)


def read_records(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the values of records on which links depend."""
    for _, body in rows:
        for each in decode(Block, body).descriptions.values():
            if each.is_record and each.is_mapping and each.urls:
                yield (encode(_Linked(*linked_values(each))),)  # type: ignore[arg-type] # in order


def read_linked(body: bytes) -> LinkedRecord:
    """Decode a record."""
    values = decode(_Linked, body)
    description = msgspec.structs.replace(_EMPTY, **msgspec.structs.asdict(values))
    record = read_linked_record(description)
    assert record is not None  # noqa: S101 # it has a URL
    return record


def read_candidates(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the candidates among records."""
    for (body,) in rows:
        found = read_linked(body).candidate
        if found is not None:
            values = found.published_at, found.url, found.title, found.excerpt, found.provider
            yield (encode(_Values(*values)),)


def read_candidate(body: bytes) -> Candidate:
    """Decode a candidate."""
    return create_candidate(*msgspec.structs.astuple(decode(_Values, body)))


def read_blocks(rows: Iterator[Row]) -> Iterator[list[Candidate]]:
    """Yield the blocks of a partition with several candidates."""
    for _, block in groupby(rows, itemgetter(0, 1)):
        yield read_block(block)


def read_block(rows: Iterable[Row]) -> list[Candidate]:
    """Read the candidates of a block, sorted; none if there is only one."""
    found = sorted({read_candidate(body) for _, _, body in rows})
    return found if len(found) > 1 else []
