"""Records match the schema inferred from them, which is as narrow as they allow."""

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from newslint.records.schema.formats import DATE_PATTERN, FORMATS, detect_formats, parse_date_text
from newslint.records.schema.infer import infer_schema
from newslint.records.schema.json_schema import JsonSchema

UTC = datetime.UTC
HOURS = st.integers(-12, 12).map(lambda hours: datetime.timezone(datetime.timedelta(hours=hours)))
WORDS = st.sampled_from(
    ["", "news", "video", " ", "a\nb", "https://example.org/a?b=%20#c", "https://example.org/ä",
     "/assets/a.png", "//example.org", "2022-09-12", "2022-09-12T21:33:00Z", "2022-13-45",
     "me@example.org", "http://[", "https://example.org/%", "na", "x" * 50]
)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 10_000)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC) | HOURS)
    | st.text(max_size=5)
    | WORDS
)
NAMES = st.sampled_from(["title", "type", "url", "topics", "heat", "secured", "provider", "läng"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=8,
)
RECORDS = st.lists(st.dictionaries(NAMES, VALUES, max_size=6) | VALUES, max_size=6)


def as_json(value: Any) -> Any:
    """Return front matter as JSON holds it."""
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def of_field(*values: Any, name: str = "kind") -> Any:
    """Infer the schema of a field from records with these values."""
    return infer_schema({name: value} for value in values)["properties"][name]


@given(RECORDS, st.integers(1, 25))
def test_the_records_match_their_schema(records: list[Any], times: int) -> None:
    schema = validator(infer_schema(records * times))
    for record in records:
        assert list(schema.iter_errors(as_json(record))) == []


@given(RECORDS)
def test_the_schema_is_json_and_deterministic(records: list[Any]) -> None:
    assert json.dumps(infer_schema(records)) == json.dumps(infer_schema(iter(records)))


@given(st.text(min_size=1) | st.integers() | st.floats(allow_nan=False) | st.lists(st.integers()))
def test_only_the_type_of_a_secret_is_included(secret: Any) -> None:
    kinds = {str: "string", int: "integer", float: "number", list: "array"}
    assert of_field(*[secret] * 30, name="secured") == {"type": kinds[type(secret)]}


def test_keys_of_a_secret_mapping_are_not_included() -> None:
    hidden = [{"secured": {"key": [1, 2]}}] * 30
    assert infer_schema([{"provider": each} for each in hidden])["properties"]["provider"] == {
        "type": "object",
        "properties": {"secured": {"type": "object"}},
        "required": ["secured"],
        "additionalProperties": False,
    }


def test_fields_keep_their_order_and_common_ones_are_required() -> None:
    schema = infer_schema([{"b": 1, "a": 2}, {"c": 3, "a": 4, "b": 5}])
    assert list(schema["properties"]) == ["b", "a", "c"]
    assert schema["required"] == ["b", "a"]
    assert schema["additionalProperties"] is False


def test_unknown_fields_are_forbidden() -> None:
    assert not validator(infer_schema([{"title": "a"}])).is_valid({"title": "a", "titel": "b"})


def test_fields_of_mappings_in_lists() -> None:
    assert of_field([], [{"url": "a", "width": 1}, {"url": "b"}]) == {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"url": {"type": "string"}, "width": {"type": "integer"}},
            "required": ["url"],
            "additionalProperties": False,
        },
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2], {"type": "integer"}),
        ([1, 2.5], {"type": "number"}),
        ([True], {"type": "boolean"}),
        ([None], {"type": "null"}),
        (["a", None, 1], {"type": ["string", "null", "integer"]}),
        ([[]], {"type": "array"}),
        ([{}], {"type": "object"}),
        ([0] * 10, {"type": "integer", "minimum": 0}),
        ([0] * 9 + [-1], {"type": "integer"}),
    ],
)
def test_types_are_inferred(values: list[Any], expected: dict[str, Any]) -> None:
    assert of_field(*values) == expected


def test_few_repeated_texts_are_an_enumeration() -> None:
    values = ["video"] * 3 + ["article"] * 17
    assert of_field(*values) == {"type": "string", "enum": ["article", "video"]}
    assert of_field(*values, None, "") == {
        "type": ["string", "null"],
        "enum": ["article", "video", "", None],
    }


@pytest.mark.parametrize(
    "values",
    [
        ["video"] * 3 + ["article"] * 16,
        ["vidoe"] * 2 + ["video"] * 30,
        [str(index) for index in range(13)] * 3,
        ["x" * 41] * 20,
        ["/assets/a b.png"] * 20,
        ["a\nb"] * 20,
        [""] * 20,
    ],
    ids=["too few", "a typo", "too many", "long", "paths", "several lines", "empty"],
)
def test_other_texts_are_no_enumeration(values: list[str]) -> None:
    assert of_field(*values) == {"type": "string"}


def test_texts_beside_numbers_are_no_enumeration() -> None:
    assert of_field(*["a"] * 30, 1) == {"type": ["string", "integer"]}


@pytest.mark.parametrize(
    "name", ["tags", "categories", "category", "topics", "keywords", "authors", "series"]
)
def test_terms_are_no_enumeration(name: str) -> None:
    values = [["rail", "water"], ["roads", "schools"]] * 12
    assert of_field(*values, name=name) == {"type": "array", "items": {"type": "string"}}
    nested = of_field(*({name: value} for value in values), name="taxonomies")
    assert nested["properties"][name] == {"type": "array", "items": {"type": "string"}}


def test_flags_are_not_required() -> None:
    schema = infer_schema([{"title": "a", "draft": False}, {"draft": True, "title": "b"}])
    assert schema["required"] == ["title"]
    assert "required" not in infer_schema([{"draft": False}])


@pytest.mark.parametrize("name", ["title", "siteName", "otherNames", "webUrl", "address"])
def test_names_are_no_enumeration_even_if_repeated(name: str) -> None:
    assert of_field(*["Microsoft"] * 30, name=name) == {"type": "string"}
    assert of_field(*[["Microsoft"]] * 30, name=name)["items"] == {"type": "string"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["2022-09-12T21:33:00Z", datetime.datetime(2022, 9, 12, tzinfo=UTC)], "date-time"),
        (["2022-09-12", datetime.date(2022, 9, 12)], "date"),
        (["https://example.org/a?b#c"], "uri"),
        (["https://example.org", "/assets/a.png"], "uri-reference"),
        (["me@example.org"], "email"),
    ],
)
def test_formats_are_inferred(values: list[Any], expected: str) -> None:
    assert of_field(*values) == {"type": "string", "format": expected}


def test_an_empty_text_does_not_hide_a_format() -> None:
    assert of_field("", "2022-09-12", None) == {
        "type": ["string", "null"],
        "anyOf": [{"format": "date"}, {"maxLength": 0}],
    }


def test_one_text_without_a_format_removes_it() -> None:
    assert of_field("https://example.org", "none") == {"type": "string"}


def test_dates_and_times_are_alternatives() -> None:
    day, time = datetime.date(2022, 9, 12), datetime.datetime(2022, 9, 12, tzinfo=UTC)
    assert of_field(day, time) == {
        "type": "string",
        "anyOf": [{"format": "date"}, {"format": "date-time"}],
    }


DAY = datetime.date(2022, 9, 12)


@pytest.mark.parametrize(
    "values",
    [
        ["2022-09-12", "2020-05-18 14:42:05+00:00"],
        ["2020-05-18 14:42:05 +0200", DAY],
        ["2022-9-1"],
        ["2022-09-12T10:00", "2022-09-12T10:00:00.5Z", DAY],
    ],
)
def test_dates_in_forms_of_generators_are_a_pattern(values: list[Any]) -> None:
    schema = of_field(*values)
    assert schema == {"type": "string", "pattern": DATE_PATTERN}
    accepts = JsonSchema({"properties": {"a": schema}}).check_record
    for date in (*values, DAY, datetime.datetime(2022, 9, 12, 10, tzinfo=UTC), "2022-09-12 10:00"):
        assert accepts({"a": date}) == ()
    [problem] = accepts({"a": "tomorrow"})
    assert problem.message == "a is 'tomorrow', expected a date, such as 2022-09-12"


@pytest.mark.parametrize(
    "text", ["2022-09-31", "2022-13-01", "0000-01-01", "2022-09-12x", "٢٠٢٢-09-12"]
)
def test_texts_that_are_no_dates(text: str) -> None:
    assert parse_date_text(text) is None
    assert of_field("2022-09-12", text) == {"type": "string"}
    assert of_field(DAY, text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013-08-08 12:30:00 UTC", "2013-08-08T12:30:00+00:00"),
        ("2014-03-15 14:00:00 +0100", "2014-03-15T14:00:00+01:00"),
        ("2014-3-5 9:07 GMT", "2014-03-05T09:07:00+00:00"),
        ("2014-03-15T14:00:00.5z", "2014-03-15T14:00:00.500000+00:00"),
        ("2014-3-5", "2014-03-05T00:00:00"),
    ],
)
def test_dates_that_site_generators_read(text: str, expected: str) -> None:
    found = parse_date_text(text)
    assert found is not None
    assert found.isoformat() == expected
    assert of_field(text, "2022-9-1") == {"type": "string", "pattern": DATE_PATTERN}
    assert validator({"pattern": DATE_PATTERN}).is_valid(text)


@given(WORDS | st.text() | st.from_regex(r"https?://[ -~]{1,20}", fullmatch=True) | st.emails())
def test_other_validators_accept_detected_formats(text: str) -> None:
    assert detect_formats(text) <= set(FORMATS)
    for name in detect_formats(text):
        assert validator({"format": name}).is_valid(text)


def test_no_records_give_an_empty_schema() -> None:
    assert infer_schema([]) == {"$schema": "https://json-schema.org/draft/2020-12/schema"}
