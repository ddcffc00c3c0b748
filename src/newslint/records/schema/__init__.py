"""Schemas of records, and the problems of records that do not match them."""

from newslint.records.schema.model_problems import check_fields
from newslint.records.schema.news import News, RelatedEntry
from newslint.records.schema.problems import SchemaKind, SchemaProblem
from newslint.records.schema.schema import ModelSchema, Schema, news_schema

__all__ = [
    "ModelSchema",
    "News",
    "RelatedEntry",
    "Schema",
    "SchemaKind",
    "SchemaProblem",
    "check_fields",
    "news_schema",
]
