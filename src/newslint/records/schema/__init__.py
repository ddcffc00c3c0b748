"""Schemas: what a record must look like, and what one says that does not."""

from newslint.records.schema.check import check_fields
from newslint.records.schema.news import News, RelatedEntry
from newslint.records.schema.problem import SchemaKind, SchemaProblem
from newslint.records.schema.schema import ModelSchema, Schema, news

__all__ = [
    "ModelSchema",
    "News",
    "RelatedEntry",
    "Schema",
    "SchemaKind",
    "SchemaProblem",
    "check_fields",
    "news",
]
