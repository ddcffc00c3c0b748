"""The built-in schema of the collection `news`."""

import base64
import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from newslint.records.schema.formats import parse_date_text


def _validate_instant(value: Any) -> datetime.datetime:
    """Validate a YAML timestamp or an ISO 8601 text, and convert it to a datetime.

    Raises:
        PydanticCustomError: `value` is neither.
    """
    instant = parse_datetime(_parse_iso(value) if isinstance(value, str) else value)
    if instant is not None:
        return instant
    if isinstance(value, str):
        raise PydanticCustomError("not_a_date", "not a date; write it like 2022-09-12T21:33:00Z")
    raise PydanticCustomError("datetime_type", "a date with a time")


def parse_datetime(value: Any) -> datetime.datetime | None:
    """Convert a YAML timestamp or the text of a date to an aware datetime, anything else to None.

    A date without a time is midnight, and a time without a zone is UTC (YAML 1.1, timestamp).
    """
    if isinstance(value, str):
        value = _parse_iso(value) or parse_date_text(value.strip())
    if isinstance(value, datetime.datetime):
        return value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.UTC)
    return None


def _parse_iso(text: str) -> datetime.datetime | None:
    """Parse an ISO 8601 text; None if it is none."""
    try:
        return datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def day_at(instant: datetime.datetime, offset: datetime.timedelta) -> datetime.date:
    """Convert an instant to the date at an offset from UTC.

    Before the year 1 and after 9999 there are no dates: then it is the first or the last one.
    """
    try:
        return (instant.astimezone(datetime.UTC) + offset).date()
    except OverflowError:
        is_last = instant.year == datetime.MAXYEAR
        return datetime.date.max if is_last else datetime.date.min


def _validate_secured(value: str) -> str:
    """Validate that `value` is two base64 texts joined by `;`.

    Raises:
        PydanticCustomError: It is not. The message never quotes the value.
    """
    parts = value.split(";")
    if len(parts) != 2:  # noqa: PLR2004 # cipher text and initialisation vector
        raise PydanticCustomError("secured", "it must be two base64 parts joined by ';'")
    for name, part in zip(("first", "second"), parts, strict=True):
        try:
            base64.b64decode(part, validate=True)
        except ValueError:
            raise PydanticCustomError("secured", f"its {name} part is not base64") from None
    return value


def _reject_blank(value: str) -> str:
    """Validate that `value` does not consist of white space.

    Raises:
        PydanticCustomError: It does.
    """
    if value.isspace():
        raise PydanticCustomError("blank", "blank")
    return value


Instant = Annotated[
    datetime.datetime,
    BeforeValidator(_validate_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Text = Annotated[str, Field(strict=True)]
Address = Annotated[str, Field(strict=True, min_length=1)]
Name = Annotated[
    str,
    Field(strict=True, min_length=1, json_schema_extra={"pattern": r"\S"}),
    AfterValidator(_reject_blank),
]
Count = Annotated[int, Field(strict=True, ge=0)]


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Image(_Fields):
    """A picture that illustrates an article or a provider."""

    url: Annotated[Text, Field(description="Where the picture is.")]
    width: Annotated[int, Field(strict=True, description="In pixels.")]
    height: Annotated[int, Field(strict=True, description="In pixels.")]
    isCached: Annotated[bool, Field(description="Whether the site keeps a copy.")] = False
    title: Annotated[Text, Field(description="What the picture shows.")] = ""


class Provider(_Fields):
    """Who published an article."""

    name: Annotated[Name, Field(description="As readers know it.")]
    domain: Annotated[Name, Field(description="Host name, such as `arstechnica.com`.")]
    images: Annotated[tuple[Image, ...], Field(strict=False, description="Its logos.")] = ()


class RelatedEntry(_Fields):
    """A copy of another article's description."""

    title: Annotated[Name, Field(description="The headline.")]
    excerpt: Annotated[Text, Field(description="The lead, as plain text.")]
    publishedDateTime: Annotated[Instant, Field(description="When it was published.")]
    webUrl: Annotated[Address, Field(description="Where readers find it.")]
    type: Annotated[Name, Field(description="Kind of article, such as `article` or `video`.")]
    provider: Provider
    quality: Annotated[Count, Field(description="Score; no upper bound.")]
    ampWebUrl: Annotated[Text, Field(description="Its AMP page.")] = ""
    cdnAmpWebUrl: Annotated[Text, Field(description="Its AMP page on the AMP cache.")] = ""
    images: Annotated[tuple[Image, ...], Field(strict=False, description="Pictures.")] = ()


class News(_Fields):
    """The front matter of one news record."""

    category: Annotated[Name, Field(description="The collection's category, such as `news`.")]
    title: Annotated[Name, Field(description="The headline.")]
    excerpt: Annotated[Text, Field(description="The lead, as plain text.")]
    publishedDateTime: Annotated[Instant, Field(description="When it was published.")]
    webUrl: Annotated[Address, Field(description="Where readers find it.")]
    type: Annotated[Name, Field(description="Kind of article, such as `article` or `video`.")]
    quality: Annotated[Count, Field(description="Score; no upper bound.")]
    heat: Annotated[int, Field(strict=True, ge=-1, description="Popularity; -1 where unknown.")]
    published: Annotated[bool, Field(description="Whether the site shows it.")]
    provider: Provider
    topics: Annotated[
        tuple[Text, ...], Field(strict=False, min_length=1, description="What it is about.")
    ]
    originalUrl: Annotated[Text, Field(description="Where it was found.")] = ""
    ampWebUrl: Annotated[Text, Field(description="Its AMP page.")] = ""
    cdnAmpWebUrl: Annotated[Text, Field(description="Its AMP page on the AMP cache.")] = ""
    images: Annotated[tuple[Image, ...], Field(strict=False, description="Pictures.")] = ()
    related: Annotated[
        tuple[RelatedEntry, ...], Field(strict=False, description="Copies of other articles.")
    ] = ()
    secured: Annotated[
        Text,
        AfterValidator(_validate_secured),
        Field(description="Secret data: two base64 parts joined by `;`. Never shown."),
    ] = ""
    featuredContent: Annotated[Text, Field(description="HTML shown above the article.")] = ""
    updatedDateTime: Annotated[Instant | None, Field(description="When it last changed.")] = None
    removed: Annotated[bool, Field(description="Whether it was taken down.")] = False
