"""What a record must look like, whoever says so: a schema of pydantic models."""

import collections.abc
import types
import typing
from typing import Any, Protocol

from pydantic import BaseModel, TypeAdapter

from newslint.records.schema.fast_validation import fast_validator
from newslint.records.schema.model_problems import check_fields
from newslint.records.schema.news import News, RelatedEntry
from newslint.records.schema.problems import SchemaProblem

_ENTRY = "the related entry"
_RELATED = "related"
_LISTS = (list, tuple, collections.abc.Sequence, collections.abc.Iterable)


class Schema(Protocol):
    """Says how front matter differs from what it must look like.

    Attributes:
        skipped_field: Name of the list field whose entries `check_record` ignores, or None.
        cache_key: What tells it from schemas that say otherwise, given the code of `module`.
        module: Name of the module that decides what it says.
    """

    @property
    def skipped_field(self) -> str | None:
        """Name of the list field whose entries `check_record` never looks at."""

    @property
    def cache_key(self) -> str:
        """What tells it from schemas that say otherwise."""

    @property
    def module(self) -> str:
        """Name of the module that decides what it says."""

    def check_record(self, fields: Any) -> tuple[SchemaProblem, ...]:
        """Return the problems of a record's fields, but those inside its related entries."""

    def check_entry(self, fields: Any) -> tuple[SchemaProblem, ...]:
        """Return the problems of one related entry, pointers counted from there."""

    def json_schema(self) -> dict[str, Any]:
        """Return the schema as JSON Schema."""


class NewsSchema:
    """The built-in schema."""

    skipped_field = _RELATED
    cache_key = "news"
    module = __name__

    def __init__(self) -> None:
        self._record = TypeAdapter(News)
        self._entry = TypeAdapter(RelatedEntry)
        self._is_record = fast_validator(News)
        self._is_entry = fast_validator(RelatedEntry)

    def check_record(self, fields: Any) -> tuple[SchemaProblem, ...]:
        """Return the problems of a record's fields, but those inside its related entries."""
        if isinstance(fields, dict) and isinstance(fields.get(_RELATED), list):
            fields = fields | {_RELATED: []}  # any number of them is allowed
        return () if self._is_record(fields) else check_fields(self._record, fields)

    def check_entry(self, fields: Any) -> tuple[SchemaProblem, ...]:
        """Return the problems of one related entry, pointers counted from there."""
        return () if self._is_entry(fields) else check_fields(self._entry, fields, _ENTRY)

    def json_schema(self) -> dict[str, Any]:
        """Return the schema as JSON Schema."""
        return News.model_json_schema()


class ModelSchema:
    """A pydantic model of the user's.

    Args:
        model: What a record must look like.
        related: Name of its field that holds related entries; None where there is none. What an
            entry must look like is what the field's annotation says of the items of its list.
    """

    skipped_field = None

    def __init__(self, model: type[BaseModel], related: str | None = _RELATED) -> None:
        self.cache_key = f"{model.__module__}:{model.__qualname__}:{related}"
        self.module = model.__module__
        self._model = model
        self._record = TypeAdapter(model)
        self._related = related
        kind = _items_of(model, related)
        self._entry: TypeAdapter[Any] | None = None if kind is None else TypeAdapter(kind)

    def check_record(self, fields: Any) -> tuple[SchemaProblem, ...]:
        """Return the problems of a record's fields, but those inside its related entries."""
        problems = check_fields(self._record, fields)
        return problems if self._entry is None else exclude_related(problems, self._related)

    def check_entry(self, fields: Any) -> tuple[SchemaProblem, ...]:
        """Return the problems of one related entry, pointers counted from there."""
        return () if self._entry is None else check_fields(self._entry, fields, _ENTRY)

    def json_schema(self) -> dict[str, Any]:
        """Return the schema as JSON Schema."""
        return self._model.model_json_schema()


def exclude_related(
    problems: tuple[SchemaProblem, ...], related: str | None
) -> tuple[SchemaProblem, ...]:
    """Return those of `problems` that are not inside an entry of the list `related`."""
    inside = f"/{related}/"
    return tuple(each for each in problems if not each.pointer.startswith(inside))


def news_schema() -> Schema:
    """Return the built-in schema."""
    return NewsSchema()


def _items_of(model: type[BaseModel], name: str | None) -> Any:
    """Return the type of the items of a list field; None where it cannot be told."""
    for field_name, field in model.model_fields.items():
        if name in (field_name, field.alias, field.validation_alias):
            return _items(field.annotation)
    return None


def _items(annotation: Any) -> Any:
    """Return the type of the items of a list's annotation, `None |` set aside."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _items(arguments[0])
    if origin in (typing.Union, types.UnionType):
        lists = [each for each in arguments if each is not type(None)]
        return _items(lists[0]) if len(lists) == 1 else None
    if origin in _LISTS and arguments and set(arguments[1:]) <= {Ellipsis}:
        return arguments[0]
    return None
