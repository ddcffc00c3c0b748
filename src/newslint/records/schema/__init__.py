"""Schemas: what a record must look like, and what one says that does not."""

from newslint.records.schema.check import SchemaKind, SchemaProblem, check_fields
from newslint.records.schema.news import News, RelatedEntry
from newslint.records.schema.schema import Schema, news

__all__ = ["News", "RelatedEntry", "Schema", "SchemaKind", "SchemaProblem", "check_fields", "news"]
