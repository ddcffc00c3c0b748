"""The protocol of schemas, and schemas made of pydantic models."""

import collections.abc
import types
import typing
from typing import Any, Protocol

from pydantic import BaseModel, TypeAdapter

from newslint.records.schema.fast_validation import fast_validator
from newslint.records.schema.model_problems import check_fields
from newslint.records.schema.news import News, RelatedEntry
from newslint.records.schema.plain_scalars import NO_DATES, DateTexts
from newslint.records.schema.problems import SchemaProblem

_ENTRY = "the related entry"
_RELATED = "related"
_LISTS = (list, tuple, collections.abc.Sequence, collections.abc.Iterable)


class Schema(Protocol):
    """A schema of records and of their related entries.

    Attributes:
        skipped_field: Name of the list field whose entries `check_record` ignores, or None.
        cache_key: Identifies the schema among those whose code is in `module`.
        module: Name of the module whose code the results depend on.
    """

    @property
    def skipped_field(self) -> str | None:
        """Name of the list field whose entries `check_record` ignores, or None."""

    @property
    def cache_key(self) -> str:
        """Identifies the schema among those whose code is in `module`."""

    @property
    def module(self) -> str:
        """Name of the module whose code the results depend on."""

    def check_record(self, fields: Any, dates: DateTexts = NO_DATES) -> tuple[SchemaProblem, ...]:
        """Check a record's fields, except those inside its related entries.

        Args:
            fields: The fields, as plain Python.
            dates: The source texts of the dates in them.
        """

    def check_entry(self, fields: Any, dates: DateTexts = NO_DATES) -> tuple[SchemaProblem, ...]:
        """Check one related entry; pointers are relative to it.

        Args:
            fields: The entry, as plain Python.
            dates: The source texts of the dates in it.
        """

    def json_schema(self) -> dict[str, Any]:
        """Convert the schema to JSON Schema."""


class NewsSchema:
    """The built-in schema `news`."""

    skipped_field = _RELATED
    cache_key = "news"
    module = __name__

    def __init__(self) -> None:
        self._record = TypeAdapter(News)
        self._entry = TypeAdapter(RelatedEntry)
        self._is_record = fast_validator(News)
        self._is_entry = fast_validator(RelatedEntry)

    def __reduce__(self) -> tuple[Any, ...]:
        """Create the schema anew in another process."""
        return NewsSchema, ()

    def check_record(self, fields: Any, dates: DateTexts = NO_DATES) -> tuple[SchemaProblem, ...]:
        """Check a record's fields, except those inside its related entries."""
        del dates
        if isinstance(fields, dict) and isinstance(fields.get(_RELATED), list):
            fields = fields | {_RELATED: []}  # any number of them is allowed
        return () if self._is_record(fields) else check_fields(self._record, fields)

    def check_entry(self, fields: Any, dates: DateTexts = NO_DATES) -> tuple[SchemaProblem, ...]:
        """Check one related entry; pointers are relative to it."""
        del dates
        return () if self._is_entry(fields) else check_fields(self._entry, fields, _ENTRY)

    def json_schema(self) -> dict[str, Any]:
        """Convert the schema to JSON Schema."""
        return News.model_json_schema()


class ModelSchema:
    """A schema given by a user's pydantic model.

    Args:
        model: The model of a record.
        related: Name of its field that lists related entries; None if there is none. Entries are
            checked against the item type in the field's annotation.
    """

    skipped_field = None

    def __init__(self, model: type[BaseModel], related: str | None = _RELATED) -> None:
        self.cache_key = f"{model.__module__}:{model.__qualname__}:{related}"
        self.module = model.__module__
        self._model = model
        self._record = TypeAdapter(model)
        self._related = related
        kind = _item_type(model, related)
        self._entry: TypeAdapter[Any] | None = None if kind is None else TypeAdapter(kind)

    def __reduce__(self) -> tuple[Any, ...]:
        """Create the schema anew in another process."""
        return ModelSchema, (self._model, self._related)

    def check_record(self, fields: Any, dates: DateTexts = NO_DATES) -> tuple[SchemaProblem, ...]:
        """Check a record's fields, except those inside its related entries."""
        del dates
        problems = check_fields(self._record, fields)
        return problems if self._entry is None else exclude_related(problems, self._related)

    def check_entry(self, fields: Any, dates: DateTexts = NO_DATES) -> tuple[SchemaProblem, ...]:
        """Check one related entry; pointers are relative to it."""
        del dates
        return () if self._entry is None else check_fields(self._entry, fields, _ENTRY)

    def json_schema(self) -> dict[str, Any]:
        """Convert the schema to JSON Schema."""
        return self._model.model_json_schema()


def exclude_related(
    problems: tuple[SchemaProblem, ...], related: str | None
) -> tuple[SchemaProblem, ...]:
    """Drop the problems inside entries of the list `related`."""
    inside = f"/{related}/"
    return tuple(each for each in problems if not each.pointer.startswith(inside))


def news_schema() -> Schema:
    """Create the built-in schema `news`."""
    return NewsSchema()


def _item_type(model: type[BaseModel], name: str | None) -> Any:
    """Find the type of the items in a list field of `model`; None if it has none."""
    for field_name, field in model.model_fields.items():
        if name in (field_name, field.alias, field.validation_alias):
            return _list_item_type(field.annotation)
    return None


def _list_item_type(annotation: Any) -> Any:
    """Find the item type in the annotation of a list, also of an optional one."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _list_item_type(arguments[0])
    if origin in (typing.Union, types.UnionType):
        lists = [each for each in arguments if each is not type(None)]
        return _list_item_type(lists[0]) if len(lists) == 1 else None
    if origin in _LISTS and arguments and set(arguments[1:]) <= {Ellipsis}:
        return arguments[0]
    return None
