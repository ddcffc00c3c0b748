"""What a record must look like, whoever says so."""

from typing import Any, Protocol

from newslint.records.schema.check import SchemaProblem, check_fields
from newslint.records.schema.news import News, RelatedEntry


class Schema(Protocol):
    """Says how front matter differs from what it must look like."""

    def record(self, fields: Any) -> tuple[SchemaProblem, ...]:
        """Return the problems of a record's fields, but those inside its related entries."""

    def entry(self, fields: Any) -> tuple[SchemaProblem, ...]:
        """Return the problems of one related entry, pointers counted from there."""

    def json_schema(self) -> dict[str, Any]:
        """Return the schema as JSON Schema."""


class NewsSchema:
    """The built-in schema."""

    def record(self, fields: Any) -> tuple[SchemaProblem, ...]:
        """Return the problems of a record's fields, but those inside its related entries."""
        if isinstance(fields, dict) and isinstance(fields.get("related"), list):
            fields = fields | {"related": []}
        return check_fields(News, fields)

    def entry(self, fields: Any) -> tuple[SchemaProblem, ...]:
        """Return the problems of one related entry, pointers counted from there."""
        return check_fields(RelatedEntry, fields, "the related entry")

    def json_schema(self) -> dict[str, Any]:
        """Return the schema as JSON Schema."""
        return News.model_json_schema()


def news() -> Schema:
    """Return the built-in schema."""
    return NewsSchema()
