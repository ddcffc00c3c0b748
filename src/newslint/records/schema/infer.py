"""Drafts a JSON Schema from records: the one that says no more than what they have in common.

genson finds the types; what it finds of texts, numbers and mappings is made more telling here. What
comes out accepts every record that went in.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from genson import SchemaNode
from genson.schema.strategies import BASIC_SCHEMA_STRATEGIES, Number, Object, String

from newslint.records.collection import NEWS_FIELDS
from newslint.records.schema.formats import FORMATS, detect_formats, is_link

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SECURED = "secured"
_FEWEST = 20
"""So many values must have been seen before the distinct ones count as all there are."""
_EACH = 3
"""So often each of them must have been seen: what stands there once may be a typo."""
_MOST = 12
"""More distinct values than that are no enumeration."""
_LONGEST = 40
"""Characters of a value of an enumeration."""
_FEWEST_NUMBERS = 10
"""So many numbers must have been seen, none below zero, before a negative one is refused."""
_OPEN = re.compile(
    "(?:title|name|headline|excerpt|description|summary|bio|text|body|content|html|caption|alt|url"
    "|link|website|domain|host|location|address|author|attribution|email|id|slug|path|file)s?$",
    re.IGNORECASE,
)
"""Fields whose names end so hold texts of their own, however often one of them is repeated."""


def infer(records: Iterable[Any]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that `records` have in common.

    - Fields stand in the order in which they are first seen; those that all have are required, and
      others than those seen are refused.
    - Types are as seen. Numbers of which none is negative must not be, once ten were seen.
    - Texts that repeat up to 12 short values, each at least three times and 20 times altogether,
      are an enumeration, but in fields that hold names, headlines, URLs and the like.
    - A format (`date-time`, `date`, `uri`, `uri-reference`, `email`) is that of all texts which are
      not empty, but that of URLs in fields whose URLs rules judge.
    - Of `secured` nothing but its type is told.

    Args:
        records: Front matter as plain Python (`Value.python`). Dates count as texts, as they are in
            JSON.
    """
    node = _Node()
    for record in records:
        node.add_object(record)
    return {"$schema": DIALECT, **node.to_schema()}


class _Text(String):  # type: ignore[misc] # genson ships no types
    """Texts and dates: their format, or the few values that they take."""

    PYTHON_TYPE = (str, bytes, datetime.date)
    is_open = False
    formats = frozenset(FORMATS)

    def __init__(self, node_class: type[SchemaNode]) -> None:
        super().__init__(node_class)
        self._formats = self.formats
        self._seen: Counter[str] | None = None if self.is_open else Counter()
        self._has_empty = self._has_other = False

    def add_object(self, obj: Any) -> None:
        """Take note of a text."""
        if obj == "":
            self._has_empty = True
            return
        self._has_other = True
        if self._formats:
            self._formats &= detect_formats(obj)
        if self._seen is not None:
            self._seen = self._counted(self._seen, obj)

    @staticmethod
    def _counted(seen: Counter[str], value: Any) -> Counter[str] | None:
        """Return `seen` with `value`; None where it tells that there is no enumeration."""
        if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
            return None
        seen[value] += 1
        return None if len(seen) > _MOST or is_link(value) else seen

    def to_schema(self) -> dict[str, Any]:
        """Return what the texts have in common."""
        schema: dict[str, Any] = super().to_schema()
        found = next((name for name in FORMATS if name in self._formats), None)
        if found is not None and self._has_other:
            own = {"format": found}
            return schema | ({"anyOf": [own, {"maxLength": 0}]} if self._has_empty else own)
        if self._seen and self._seen.total() >= _FEWEST and min(self._seen.values()) >= _EACH:
            schema["enum"] = sorted(self._seen) + [""] * self._has_empty
        return schema


class _OpenText(_Text):
    """Texts that take any value."""

    is_open = True


class _LinkText(_OpenText):
    """Texts that the rule `invalid-url` judges, so that a schema need not."""

    formats = frozenset(FORMATS) - {"uri", "uri-reference"}


class _Amount(Number):  # type: ignore[misc] # genson ships no types
    """Numbers, and whether any is negative."""

    def __init__(self, node_class: type[SchemaNode]) -> None:
        super().__init__(node_class)
        self._count = 0
        self._none_below = True

    def add_object(self, obj: float) -> None:
        """Take note of a number."""
        super().add_object(obj)
        self._count += 1
        self._none_below = self._none_below and obj >= 0

    def to_schema(self) -> dict[str, Any]:
        """Return what the numbers have in common."""
        schema: dict[str, Any] = super().to_schema()
        if self._none_below and self._count >= _FEWEST_NUMBERS:
            schema["minimum"] = 0
        return schema


class _Fields(Object):  # type: ignore[misc] # genson ships no types
    """Mappings, which hold no other fields than those seen."""

    def __init__(self, node_class: type[SchemaNode]) -> None:
        super().__init__(node_class)
        self._required: set[str] | None = None

    def add_object(self, obj: dict[str, Any]) -> None:
        """Take note of a mapping."""
        for name, value in obj.items():
            if name not in self._properties:
                self._properties[name] = _node_for(name)
            self._properties[name].add_object(_hollow(value) if name == _SECURED else value)
        seen = set(obj)
        self._required = seen if self._required is None else self._required & seen

    def to_schema(self) -> dict[str, Any]:
        """Return what the mappings have in common."""
        schema: dict[str, Any] = super().to_schema()
        if self._required:
            schema["required"] = [name for name in self._properties if name in self._required]
        if self._properties:
            schema["additionalProperties"] = False
        return schema


class _Node(SchemaNode):  # type: ignore[misc] # genson ships no types
    """What stands in one place, of whichever types.

    A keyword of JSON Schema speaks of one type only, so that what is said of several types needs no
    `anyOf`, which validators find hard to explain. `enum` is the exception.
    """

    STRATEGIES = (_Text, _Amount, _Fields, *BASIC_SCHEMA_STRATEGIES)

    def to_schema(self) -> dict[str, Any]:
        """Return what the values have in common."""
        schemas = [strategy.to_schema() for strategy in self._active_strategies]
        types = [schema["type"] for schema in schemas]
        merged = {key: value for schema in schemas for key, value in schema.items()}
        if len(types) > 1:
            merged["type"] = types
        if "enum" in merged and set(types) == {"string", "null"}:
            merged["enum"] = [*merged["enum"], None]
        elif "enum" in merged and len(types) > 1:
            del merged["enum"]
        return merged


class _OpenNode(_Node):
    """Likewise, where texts take any value."""

    STRATEGIES = (_OpenText, *_Node.STRATEGIES[1:])


class _LinkNode(_Node):
    """Likewise, where texts are URLs."""

    STRATEGIES = (_LinkText, *_Node.STRATEGIES[1:])


def _node_for(name: str) -> SchemaNode:
    """Return what takes note of the values of the field `name`."""
    if name == _SECURED:
        return SchemaNode()
    if name in NEWS_FIELDS.url_fields:
        return _LinkNode()
    return _OpenNode() if _OPEN.search(name) else _Node()


def _hollow(value: Any) -> Any:
    """Return a value of the type of `value` that tells nothing about it."""
    if isinstance(value, (datetime.date, bytes)):
        return ""
    return value if value is None else type(value)()
