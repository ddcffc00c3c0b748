"""JSON Schemas as schemas of records."""

import base64
import datetime
import math
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import jsonschema_rs

from newslint.records.schema.expansion import count_safe_depth
from newslint.records.schema.json_problems import Validation, problems_of_error
from newslint.records.schema.patterns import PatternTranslator
from newslint.records.schema.plain_scalars import NO_DATES, DateTexts, replace_values
from newslint.records.schema.problems import SchemaProblem, field_name, invalid_value, wrong_type
from newslint.records.schema.schema import exclude_related

Keys = tuple[str | int, ...]

_LARGEST = 1.7e308
_ENTRY = "the related entry"
_RECORD = "the record"
_SHARED = ("$schema", "$id", "$defs", "definitions")
_MARK = "\ue000"
_BACKTRACK_LIMIT = 250_000
"""Steps of matching a pattern that looks around or back; some patterns take years on a long text.
All other patterns take linear time."""
_DATE_TIME = jsonschema_rs.validator_for({"format": "date-time"}, validate_formats=True)
_EMAILS = jsonschema_rs.EmailOptions(allow_display_text=False)
_REPLACEMENTS: tuple[Any, ...] = (_MARK, [_MARK])


class JsonSchema:
    """A schema of records given as JSON Schema.

    Formats are asserted, and patterns are matched in limited time. A date parsed by YAML counts as
    its text in the file. It has the wrong type, however, if any text is expected rather than a
    date, since site generators pass on the parsed date.

    Args:
        schema: The JSON Schema.
        related: Name of the field that lists related entries; None if there is none.
        base: URI that references in the schema are relative to.
        retrieve: Returns the schema of another URI; by default there is none.

    Raises:
        ValueError: The schema is invalid, or a reference cannot be resolved. The message is that of
            jsonschema_rs.
    """

    skipped_field = None
    module = __name__

    def __init__(
        self,
        schema: dict[str, Any],
        related: str | None = "related",
        base: str | None = None,
        retrieve: Any = None,
    ) -> None:
        self._schema = schema
        self._related = related
        others: dict[str, Any] = {}
        translator = PatternTranslator()

        def retrieve_once(uri: str) -> Any:
            others[uri] = (retrieve or _refuse)(uri)
            return translator.translate_schema(others[uri])

        self._safe_depth = count_safe_depth(schema, base or "", retrieve or _refuse)
        self._timestamps: frozenset[str] = frozenset()
        settings: dict[str, Any] = {
            "validate_formats": True,
            "formats": {"date-time": self._is_date_time},
            "pattern_options": jsonschema_rs.FancyRegexOptions(_BACKTRACK_LIMIT),
            "email_options": _EMAILS,
            "base_uri": base,
            "retriever": retrieve_once,
        }
        self._translated = translator.translate_schema(schema)
        self._originals = translator.originals
        try:
            self._record = jsonschema_rs.validator_for(self._translated, **settings)
        except jsonschema_rs.ValidationError:
            jsonschema_rs.validator_for(schema, **settings)  # its message shows patterns as written
            raise
        entry = entry_schema(self._translated, related)
        self._entry = None if entry is None else jsonschema_rs.validator_for(entry, **settings)
        self.cache_key = repr((schema, related, base, sorted(others.items(), key=itemgetter(0))))

    def check_record(self, fields: Any, dates: DateTexts = NO_DATES) -> tuple[SchemaProblem, ...]:
        """Check a record's fields, except those inside its related entries."""
        problems = self._check(self._record, fields, _RECORD, dates)
        return problems if self._entry is None else exclude_related(problems, self._related)

    def check_entry(self, fields: Any, dates: DateTexts = NO_DATES) -> tuple[SchemaProblem, ...]:
        """Check one related entry; pointers are relative to it."""
        if self._entry is None:
            return ()
        return self._check(self._entry, fields, _ENTRY, dates)

    def _check(
        self, validator: Any, fields: Any, whole: str, dates: DateTexts
    ) -> tuple[SchemaProblem, ...]:
        """Check the value called `whole` in messages."""
        self._timestamps = frozenset(
            text
            for keys, text in dates.items()
            if isinstance(_value_at(fields, keys), datetime.datetime)
        )
        if self._safe_depth is not None and _has_levels(fields, self._safe_depth + 1):
            return (self._depth_problem(whole),)
        validation = Validation(self._translated, self._originals, fields, whole)
        return tuple(_problems(validator, validation, dates))

    def _is_date_time(self, text: str) -> bool:
        """Check if a text has the format `date-time`, or is a time as YAML writes them."""
        return text in self._timestamps or _DATE_TIME.is_valid(text)

    def _depth_problem(self, whole: str) -> SchemaProblem:
        """Report that `whole` is nested too deeply for the schema."""
        message = (
            f"{whole} is nested more than {self._safe_depth} levels deep, for which the references "
            "of its schema are followed too often"
        )
        return invalid_value((), message)

    def json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return self._schema


def _has_levels(value: Any, count: int) -> bool:
    """Check if a value has at least `count` levels of mappings and lists inside each other."""
    level = [value]
    for _ in range(count):
        level = [each for each in level if isinstance(each, dict | list)]
        if not level:
            return False
        level = [
            inner for each in level for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return True


def entry_schema(schema: dict[str, Any], related: str | None) -> dict[str, Any] | None:
    """Extract the schema of the items in a list field; None if there is none."""
    field = _resolve(schema, schema.get("properties", {}).get(related))
    items = field.get("items") if field is not None else None
    if not isinstance(items, dict):
        return None
    shared: dict[str, Any] = {key: schema[key] for key in _SHARED if key in schema}
    return shared | {"allOf": [items]}


def _resolve(schema: dict[str, Any], node: Any) -> dict[str, Any] | None:
    """Follow local references from a node; None if they do not lead to an object."""
    followed = 0
    while isinstance(node, dict) and str(node.get("$ref", "")).startswith("#/") and followed < 10:  # noqa: PLR2004 # ends circular references
        followed += 1
        target: Any = schema
        for key in node["$ref"][2:].split("/"):
            target = target.get(key) if isinstance(target, dict) else None
        node = target
    return node if isinstance(node, dict) else None


def _problems(validator: Any, validation: Validation, dates: DateTexts) -> Iterator[SchemaProblem]:
    """Yield the problems that `validator` finds in the fields of `validation`."""
    fields, wrong = validation.fields, set()
    for error in validator.iter_errors(to_json_value(replace_values(fields, dates))):
        wrong.add(tuple(error.instance_path))
        yield from problems_of_error(error, validation)
    found = [keys for keys in find_dates(fields) if keys not in wrong]
    if found:
        yield from _misplaced_dates(validator, fields, found, validation.whole)


def _misplaced_dates(
    validator: Any, fields: Any, dates: Sequence[Keys], whole: str
) -> Iterator[SchemaProblem]:
    """Yield a problem for each date in a place that accepts any text, but no other type.

    The validator is run twice with every date replaced: by a text that is not a date, which is
    accepted if any text is, and by a list, which is rejected if other types are.
    """
    as_text, as_list = (
        {tuple(error.instance_path) for error in validator.iter_errors(to_json_value(fields, mark))}
        for mark in _REPLACEMENTS
    )
    for keys in dates:
        if keys not in as_text and keys in as_list:
            value = _value_at(fields, keys)
            yield wrong_type(keys, value, "text", field_name(keys) or whole, wants_text=True)


def _value_at(fields: Any, keys: Keys) -> Any:
    """Look up the value at `keys`."""
    for key in keys:
        fields = fields[key]
    return fields


def _refuse(uri: str) -> Any:
    """Refuse to retrieve a schema."""
    raise ValueError(f"there is no schema {uri}")


def to_json_value(value: Any, dates: Any = None) -> Any:
    """Convert a front matter value to JSON types.

    Dates become ISO 8601 text and binary data base64. Lone surrogates are replaced by question
    marks, and `.nan` and `.inf` by numbers.

    Args:
        value: The value as plain Python.
        dates: Replaces every date; by default its text does.
    """
    if isinstance(value, dict):
        return {
            _replace_surrogates(str(key)): to_json_value(each, dates) for key, each in value.items()
        }
    if isinstance(value, list):
        return [to_json_value(each, dates) for each in value]
    if isinstance(value, datetime.date | datetime.time):  # a datetime is one, too
        return _format_date(value) if dates is None else dates
    return _scalar_to_json(value)


def _scalar_to_json(value: Any) -> Any:
    """Convert a scalar that is not a date."""
    if isinstance(value, str):
        return _replace_surrogates(value)
    if isinstance(value, float):
        return _replace_non_number(value)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def find_dates(value: Any, keys: Keys = ()) -> Iterator[Keys]:
    """Yield the keys that lead to the dates in a front matter value."""
    if isinstance(value, datetime.date | datetime.time):
        yield keys
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from find_dates(each, (*keys, _replace_surrogates(str(key))))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from find_dates(each, (*keys, index))


def _format_date(value: datetime.date | datetime.time) -> str:
    """Format a date according to RFC 3339; a time without a zone is UTC (YAML 1.1, timestamp)."""
    if isinstance(value, datetime.datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=datetime.UTC)
    return value.isoformat()


def _replace_surrogates(value: str) -> str:
    """Replace lone surrogates by question marks."""
    return value.encode("utf-8", "replace").decode() if not value.isascii() else value


def _replace_non_number(value: float) -> float:
    """Replace `.nan` and `.inf` by numbers."""
    if math.isnan(value):
        return 0.0
    return math.copysign(_LARGEST, value) if math.isinf(value) else value
