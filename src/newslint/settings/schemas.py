"""Finds the schema that a collection names."""

from pathlib import Path

from newslint.records.schema import Schema, news


class SchemaError(ValueError):
    """A schema cannot be used; the message says why."""


def load_schema(reference: str, folder: Path, related: str | None) -> Schema:
    """Return the schema that `reference` names.

    Raises:
        SchemaError: There is none.
    """
    del folder, related
    if reference == "news":
        return news()
    raise SchemaError(f"there is no schema '{reference}'")
