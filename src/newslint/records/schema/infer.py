"""Inference of a JSON Schema from records.

genson infers the types. The classes here add formats and enumerations of texts, minimums of numbers
and the fields of mappings. The schema accepts every record that it was inferred from.
"""

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from genson import SchemaNode
from genson.schema.strategies import BASIC_SCHEMA_STRATEGIES, Number, Object, String

from newslint.records.collection import NEWS_FIELDS
from newslint.records.schema.formats import (
    DATE_PATTERN,
    FORMATS,
    detect_formats,
    is_link,
    parse_date_text,
)
from newslint.syntax.redaction import SECRET_KEYS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_DATES = frozenset({"date", "date-time"})
_URL_FORMATS = frozenset({"uri", "uri-reference"})
_ANY = "any"
"""Marks the schema of a field that may have any value: texts, and dates without quotes."""

_MIN_ENUM_TOTAL = 20
"""Minimum number of values of an enumeration, repetitions included."""
_MIN_ENUM_COUNT = 3
"""Number of times that each value must occur; a rarer one may be a typo."""
_MAX_ENUM_VALUES = 12
"""Maximum number of distinct values of an enumeration."""
_MAX_ENUM_LENGTH = 40
"""Maximum length of a value of an enumeration, in characters."""
_MIN_NUMBERS = 10
"""Minimum number of values for a schema that rejects negative ones if none of them is negative."""
_FREE_TEXT = re.compile(
    "(?:title|name|headline|excerpt|description|summary|bio|text|body|content|html|caption|alt|url"
    "|link|website|domain|host|location|address|author|attribution|email|id|slug|path|file)s?$",
    re.IGNORECASE,
)
"""Names of fields that contain free text, which is no enumeration even if values repeat."""
_TERMS = re.compile("(?:tag|topic|categor(?:y|ie)|keyword|author|serie)s?$", re.IGNORECASE)
"""Names of fields that contain terms, of which a new record may well use a new one."""


def infer_schema(
    records: Iterable[Any], url_fields: Collection[str] = NEWS_FIELDS.url_fields
) -> dict[str, Any]:
    """Infer the JSON Schema (draft 2020-12) that all `records` match.

    - Fields are in the order of their first occurrence. Fields of all records are required, except
      flags, and unknown fields are forbidden.
    - Types are those of the values. Negative numbers are forbidden if there are at least ten values
      and none of them is negative.
    - Texts with up to 12 short distinct values, each used at least three times and all of them 20
      times, are an enumeration, except in fields for terms, names, headlines, URLs and the like.
    - A format (`date-time`, `date`, `uri`, `uri-reference`, `email`) is asserted if all non-empty
      texts have it, except for URLs in fields that rules check.
    - Nothing but the type of `secured` is included.

    Args:
        records: Front matter as plain Python (`Value.python`). Dates count as texts, as in JSON.
        url_fields: Names of the fields whose URLs the rule `invalid-url` checks.
    """
    node = _Node()
    for record in records:
        node.add_object(record)
    return {"$schema": DIALECT, **_remove_url_formats(node.to_schema(), url_fields)}


def _remove_url_formats(
    schema: dict[str, Any], url_fields: Collection[str], *, is_url: bool = False
) -> dict[str, Any]:
    """Remove the formats of URLs from the schemas of `url_fields`.

    Args:
        schema: The schema of a value.
        url_fields: Names of fields with URLs.
        is_url: Whether the value is that of such a field, or an item of it.
    """
    if is_url and not _URL_FORMATS.isdisjoint(
        part.get("format") for part in (schema, *schema.get("anyOf", ()))
    ):
        schema = {key: value for key, value in schema.items() if key not in ("format", "anyOf")}
    changed: dict[str, Any] = {}
    if "properties" in schema:
        changed["properties"] = {
            name: _remove_url_formats(inner, url_fields, is_url=name in url_fields)
            for name, inner in schema["properties"].items()
        }
    if "items" in schema:
        changed["items"] = _remove_url_formats(schema["items"], url_fields, is_url=is_url)
    return schema | changed


class _Text(String):  # type: ignore[misc] # genson ships no types
    """The strategy of genson for texts and dates: infers their common format or enumeration."""

    PYTHON_TYPE = (str, bytes, datetime.date, datetime.time)
    is_free = False

    def __init__(self, node_class: type[SchemaNode]) -> None:
        super().__init__(node_class)
        self._formats = frozenset(FORMATS)
        self._seen: Counter[str] | None = None if self.is_free else Counter()
        self._has_empty = self._has_other = self._has_date = False
        self._are_dates = self._are_standard_dates = True

    def add_object(self, obj: Any) -> None:
        """Add a text or date to those that the schema is inferred from."""
        if obj == "":
            self._has_empty = True
            return
        self._has_other = True
        formats = detect_formats(obj) if self._formats or self._are_dates else frozenset()
        self._formats &= formats
        is_standard = not _DATES.isdisjoint(formats)
        self._are_standard_dates = self._are_standard_dates and is_standard
        if self._are_dates and not is_standard:
            self._are_dates = isinstance(obj, str) and parse_date_text(obj) is not None
        self._has_date = self._has_date or isinstance(obj, datetime.date | datetime.time)
        if self._seen is not None:
            self._seen = self._count(self._seen, obj)

    @staticmethod
    def _count(seen: Counter[str], value: Any) -> Counter[str] | None:
        """Count `value` in `seen`; return None if the texts cannot be an enumeration."""
        if not isinstance(value, str) or len(value) > _MAX_ENUM_LENGTH or not value.isprintable():
            return None
        seen[value] += 1
        return None if len(seen) > _MAX_ENUM_VALUES or is_link(value) else seen

    def to_schema(self) -> dict[str, Any]:
        """Create the schema of the texts added."""
        schema: dict[str, Any] = super().to_schema()
        found = next((name for name in FORMATS if name in self._formats), None)
        if found is not None and self._has_other:
            return schema | self._alternatives({"format": found})
        if self._has_other and (self._are_dates or self._has_date):
            return schema | self._date_schema()
        if (
            self._seen
            and self._seen.total() >= _MIN_ENUM_TOTAL
            and min(self._seen.values()) >= _MIN_ENUM_COUNT
        ):
            schema["enum"] = sorted(self._seen) + [""] * self._has_empty
        return schema

    def _date_schema(self) -> dict[str, Any]:
        """Create the schema of texts of which some are dates."""
        if self._are_standard_dates:
            return self._alternatives({"format": "date"}, {"format": "date-time"})
        if self._are_dates:
            return self._alternatives({"pattern": DATE_PATTERN})
        return {_ANY: True}  # a schema for any text would forbid dates without quotes

    def _alternatives(self, *schemas: dict[str, Any]) -> dict[str, Any]:
        """Combine schemas, and that of the empty text if there was one."""
        options = [*schemas, *([{"maxLength": 0}] if self._has_empty else [])]
        return options[0] if len(options) == 1 else {"anyOf": options}


class _FreeText(_Text):
    """Free texts."""

    is_free = True


class _Amount(Number):  # type: ignore[misc] # genson ships no types
    """Numbers, with the minimum zero if none is negative."""

    def __init__(self, node_class: type[SchemaNode]) -> None:
        super().__init__(node_class)
        self._count = 0
        self._none_negative = True

    def add_object(self, obj: float) -> None:
        """Add a number."""
        super().add_object(obj)
        self._count += 1
        self._none_negative = self._none_negative and obj >= 0

    def to_schema(self) -> dict[str, Any]:
        """Create the schema of the numbers added."""
        schema: dict[str, Any] = super().to_schema()
        if self._none_negative and self._count >= _MIN_NUMBERS:
            schema["minimum"] = 0
        return schema


class _Fields(Object):  # type: ignore[misc] # genson ships no types
    """Mappings, with their required and allowed fields."""

    def __init__(self, node_class: type[SchemaNode]) -> None:
        super().__init__(node_class)
        self._required: set[str] | None = None

    def add_object(self, obj: dict[str, Any]) -> None:
        """Add a mapping."""
        for name, value in obj.items():
            if name not in self._properties:
                self._properties[name] = _create_node(name)
            self._properties[name].add_object(_blank(value) if name in SECRET_KEYS else value)
        seen = set(obj)
        self._required = seen if self._required is None else self._required & seen

    def to_schema(self) -> dict[str, Any]:
        """Create the schema of the mappings added."""
        schema: dict[str, Any] = super().to_schema()
        schema.pop("required", None)
        if required := self._required_fields(schema.get("properties", {})):
            schema["required"] = required
        if self._properties:
            schema["additionalProperties"] = False
        return schema

    def _required_fields(self, schemas: dict[str, Any]) -> list[str]:
        """List the fields that all mappings have, except flags: a missing one means false."""
        always = self._required or ()
        return [
            name
            for name, schema in schemas.items()
            if name in always and schema.get("type") != "boolean"
        ]


class _Node(SchemaNode):  # type: ignore[misc] # genson ships no types
    """The values of one field, of any types.

    Each keyword of JSON Schema applies to one type only, except `enum`. The keywords of several
    types are therefore merged without `anyOf`, whose errors are hard to explain.
    """

    STRATEGIES = (_Text, _Amount, _Fields, *BASIC_SCHEMA_STRATEGIES)

    def to_schema(self) -> dict[str, Any]:
        """Create the schema of the values added."""
        schemas = [strategy.to_schema() for strategy in self._active_strategies]
        if any(_ANY in schema for schema in schemas):
            return {}
        types = [schema["type"] for schema in schemas]
        merged = {key: value for schema in schemas for key, value in schema.items()}
        if len(types) > 1:
            merged["type"] = types
        if "enum" in merged and set(types) == {"string", "null"}:
            merged["enum"] = [*merged["enum"], None]
        elif "enum" in merged and len(types) > 1:
            del merged["enum"]
        return merged


class _FreeTextNode(_Node):
    """The values of a field with free texts."""

    STRATEGIES = (_FreeText, *_Node.STRATEGIES[1:])


def _create_node(name: str) -> SchemaNode:
    """Create the node for the values of the field `name`."""
    if name in SECRET_KEYS:
        return SchemaNode()
    is_free = _FREE_TEXT.search(name) or _TERMS.search(name)
    return _FreeTextNode() if is_free else _Node()


def _blank(value: Any) -> Any:
    """Create an empty value of the type of `value`."""
    if isinstance(value, (datetime.date, datetime.time, bytes)):
        return ""
    return value if value is None else type(value)()
