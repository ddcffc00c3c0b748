"""Files that share one schema."""

from typing import NamedTuple

from newslint.records.schema import Schema, news
from newslint.records.shape import NEWS as NEWS_SHAPE
from newslint.records.shape import Shape


class Collection(NamedTuple):
    """Files that share one schema.

    Attributes:
        name: What messages and commands call it.
        schema: What its records must look like; None where anything goes.
        shape: Which of their fields play which part.
    """

    name: str
    schema: Schema | None
    shape: Shape = NEWS_SHAPE


NEWS = Collection("news", news())
"""The built-in collection, which all files belong to where settings name no other."""
