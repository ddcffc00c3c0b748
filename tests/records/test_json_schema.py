"""JSON Schemas as schemas of records: every keyword in our words, at its place."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import value_of
from newslint.records.schema.json_schema import JsonSchema
from newslint.records.schema.plain_scalars import find_plain_scalars
from newslint.syntax.yaml.resolve import resolve_plain
from newslint.text.quoting import quote_value

Found = list[tuple[str, str, str]]


def problems(schema: dict[str, Any], yaml: str) -> Found:
    found = JsonSchema(schema).check_record(value_of(yaml).python)
    return [(each.kind.value, each.pointer, each.message) for each in found]


def of_a(schema: Any, yaml: str) -> Found:
    return problems({"properties": {"a": schema}}, f"a: {yaml}")


@pytest.mark.parametrize(
    ("schema", "yaml", "kind", "message"),
    [
        ({"type": "string"}, "1984", "wrong-type", "a is a number, expected text"),
        ({"type": "string"}, "2022-09-12", "wrong-type", "a is a date, expected text"),
        ({"type": "string"}, "No", "wrong-type", "a is a boolean, expected text"),
        ({"type": "string"}, "[]", "wrong-type", "a is a list, expected text"),
        ({"type": "integer"}, "1.5", "wrong-type", "a is a number, expected a whole number"),
        ({"type": ["integer", "null"]}, "x", "wrong-type", "a is text, expected a whole number"),
        (
            {"type": ["array", "object"]},
            "x",
            "wrong-type",
            "a is text, expected a list or a mapping",
        ),
        ({"type": "null"}, "x", "wrong-type", "a is text, expected nothing"),
        (
            {"anyOf": [{"type": "boolean"}, {"type": "integer"}]},
            "x",
            "wrong-type",
            "a is text, expected true or false or a whole number",
        ),
        (
            {"enum": ["talk", "video", 3]},
            "vidoe",
            "invalid-value",
            "a is 'vidoe', expected one of talk, video, 3; did you mean video?",
        ),
        (
            {"enum": list("abcdefghij")},
            "x",
            "invalid-value",
            "a is 'x', expected one of a, b, c, d, e, f, g, h, …",
        ),
        ({"const": "news"}, "old", "invalid-value", "a is 'old', expected news"),
        ({"minimum": 3}, "1", "invalid-value", "a is '1', expected 3 or more"),
        ({"maximum": 3}, "4", "invalid-value", "a is '4', expected 3 or less"),
        ({"exclusiveMinimum": 3}, "3", "invalid-value", "a is '3', expected more than 3"),
        ({"exclusiveMaximum": 3}, "3", "invalid-value", "a is '3', expected less than 3"),
        ({"multipleOf": 2}, "3", "invalid-value", "a is 3, expected a multiple of 2"),
        ({"minLength": 3}, "ab", "invalid-value", "a is shorter than 3 characters"),
        ({"minLength": 1}, "''", "invalid-value", "a is empty"),
        ({"maxLength": 1}, "ab", "invalid-value", "a is longer than 1 characters"),
        ({"pattern": "^b+$"}, "abc", "invalid-value", "a is 'abc', which does not match ^b+$"),
        ({"format": "uri"}, "/x", "invalid-value", "a is '/x', expected a URL"),
        (
            {"format": "date-time"},
            "soon",
            "invalid-value",
            "a is 'soon', expected a date with a time, such as 2022-09-12T21:33:00Z",
        ),
        ({"minItems": 1}, "[]", "invalid-value", "a is an empty list"),
        ({"minItems": 2}, "[1]", "invalid-value", "a has fewer than 2 entries"),
        ({"maxItems": 1}, "[1, 2]", "invalid-value", "a has more than 1 entries"),
        ({"uniqueItems": True}, "[1, 1]", "invalid-value", "a contains an item twice"),
        ({"contains": {"const": 1}}, "[2]", "invalid-value", "a lacks a required item"),
        ({"not": {"const": 1}}, "1", "invalid-value", "a is '1', which is not allowed"),
        (
            {"oneOf": [{"minimum": 1}, {"minimum": 2}]},
            "3",
            "invalid-value",
            "a matches more than one of the allowed alternatives",
        ),
        (
            {"anyOf": [{"const": "x"}, {"const": "y"}]},
            "z",
            "invalid-value",
            "a matches none of 2 allowed alternatives",
        ),
        ({"minProperties": 1}, "{}", "invalid-value", "a has fewer than 1 fields"),
        (
            {"propertyNames": {"maxLength": 1}},
            "{bc: 1}",
            "invalid-value",
            "a has a field with a name that is not allowed",
        ),
    ],
)
def test_messages_for_invalid_values(schema: Any, yaml: str, kind: str, message: str) -> None:
    assert of_a(schema, yaml) == [(kind, "/a", message)]


def test_missing_and_unknown_fields() -> None:
    schema = {
        "required": ["title"],
        "properties": {
            "title": {},
            "provider": {
                "required": ["name"],
                "additionalProperties": False,
                "properties": {"name": {}},
            },
        },
        "unevaluatedProperties": False,
    }
    assert sorted(problems(schema, "provider: {nmae: x, zzz: 1}\nextra: 1")) == [
        ("missing-field", "", "required field title is missing"),
        ("missing-field", "/provider", "required field name of provider is missing"),
        ("unknown-field", "/extra", "unknown field extra"),
        ("unknown-field", "/provider/nmae", "unknown field nmae; did you mean name?"),
        ("unknown-field", "/provider/zzz", "unknown field zzz"),
    ]


def test_problems_are_those_of_the_branch_with_the_right_type() -> None:
    schema = {"anyOf": [{"type": "null"}, {"required": ["name"]}]}
    assert of_a({"anyOf": [{"type": "null"}, {"type": "object", "required": ["name"]}]}, "{}") == [
        ("missing-field", "/a", "required field name of a is missing")
    ]
    assert of_a(schema, "{name: x}") == []


@pytest.mark.parametrize(
    ("schema", "yaml"),
    [
        ({"type": "string", "format": "date-time"}, "2022-09-12T21:33:00Z"),
        ({"type": "string", "format": "date-time"}, "2022-09-12 21:33:00"),
        ({"type": "string", "format": "date"}, "2022-09-12"),
        ({"type": "string"}, '"2022-09-12"'),
        ({}, "2022-09-12"),
        ({"type": "number"}, ".nan"),
        ({"type": "number"}, "-.inf"),
        ({"type": "integer"}, "123456789012345678901234567890"),
        ({"type": "string"}, "!!binary aGk="),
        ({"type": "object"}, "{1: x, yes: y, 2022-01-01: z}"),
    ],
)
def test_yaml_values_are_validated_as_json(schema: Any, yaml: str) -> None:
    assert of_a(schema, yaml) == []


def test_related_entries_are_checked_separately() -> None:
    schema = JsonSchema(
        {
            "properties": {"related": {"minItems": 3, "items": {"$ref": "#/$defs/entry"}}},
            "$defs": {"entry": {"required": ["title"]}},
        }
    )
    fields = {"related": [{"title": "x"}, {}]}
    assert [each.message for each in schema.check_record(fields)] == [
        "related has fewer than 3 entries"
    ]
    assert [(each.pointer, each.message) for each in schema.check_entry({})] == [
        ("", "required field title is missing")
    ]


def test_entries_without_a_schema_are_checked_with_their_record() -> None:
    schema = JsonSchema({"properties": {"related": {"prefixItems": [{"type": "string"}]}}})
    assert [each.pointer for each in schema.check_record({"related": [1]})] == ["/related/0"]
    assert schema.check_entry({}) == ()


def test_another_name_for_related_entries() -> None:
    schema = JsonSchema({"properties": {"links": {"items": {"required": ["url"]}}}}, "links")
    assert schema.check_record({"links": [{}]}) == ()
    assert len(schema.check_entry({})) == 1


def test_a_secret_is_never_quoted() -> None:
    schema = {"properties": {"secured": {"pattern": "^x$", "enum": ["y"], "const": "z"}}}
    assert {message for *_, message in problems(schema, "secured: TopSecret")} == {
        "secured is not valid"
    }


def test_a_pattern_that_is_no_regular_expression_is_rejected() -> None:
    with pytest.raises(ValueError, match=re.escape('"[\\\\w" is not a "regex"')):
        JsonSchema({"properties": {"a": {"pattern": r"[\w"}}})


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("^(?!draft).*$", "final", "draft-x"),
        ("(?<!x)y", "ay", "xy"),
        ("^(?=.*[0-9])[a-z0-9]+$", "a1", "ab"),
        (r"^(['`]).*\1$", "'x'", "'x`"),
        (r"^(?<q>['`]).*\k<q>$", "`x`", "'x`"),
    ],
)
def test_patterns_may_look_around_and_back(pattern: str, good: str, bad: str) -> None:
    assert of_a({"pattern": pattern}, f'"{good}"') == []
    message = f"a is {quote_value(bad)}, which does not match {pattern}"
    assert of_a({"pattern": pattern}, f'"{bad}"') == [("invalid-value", "/a", message)]


EXPENSIVE = "^(?:(?!z)(a|aa))+$"


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": EXPENSIVE},
        {"not": {"pattern": EXPENSIVE}},
        {"anyOf": [{"type": "integer"}, {"pattern": EXPENSIVE}]},
        {"if": {"pattern": EXPENSIVE}, "then": False},
        {"$ref": "#/$defs/p", "$defs": {"p": {"pattern": EXPENSIVE}}},
    ],
)
def test_a_pattern_that_is_too_expensive_for_a_value_is_reported(schema: Any) -> None:
    found = JsonSchema(schema | {"$schema": "https://json-schema.org/draft/2020-12/schema"})
    message = (
        "the record: the pattern ^(?:(?!z)(a|aa))+$ is too expensive to match against this value"
    )
    assert [each.message for each in found.check_record("a" * 50 + "!")] == [message]
    assert found.check_record("a" * 50) == () or "not" in schema or "if" in schema


@pytest.mark.parametrize(
    "schema",
    [
        {"propertyNames": {"pattern": EXPENSIVE}},
        {"patternProperties": {EXPENSIVE: {}}, "additionalProperties": False},
    ],
)
def test_a_pattern_that_is_too_expensive_for_a_name_is_reported(schema: Any) -> None:
    (found,) = JsonSchema(schema).check_record({"a" * 50 + "!": "x"})
    assert found.message.endswith(f"{EXPENSIVE} is too expensive to match against this value")


def test_a_secret_is_not_named_if_a_pattern_is_too_expensive() -> None:
    schema = {"properties": {"secured": {"pattern": EXPENSIVE}}}
    assert [message for *_, message in problems(schema, f"secured: {'a' * 50}!")] == [
        "secured is not valid"
    ]


@pytest.mark.parametrize(
    ("schema", "date"),
    [
        ({"pattern": r"^\d{4}-\d{2}-\d{2}T\d\d:\d\d:\d\dZ$"}, "2022-01-23T10:00:00Z"),
        ({"pattern": r"^\d{4}-\d{2}-\d{2} \d\d:\d\d:\d\d$"}, "2022-01-23 10:00:00"),
        ({"pattern": r"^(?!.*\+)"}, "2022-01-23T10:00:00Z"),
        ({"enum": ["2022-01-23T10:00:00Z"]}, "2022-01-23T10:00:00Z"),
        ({"const": "2022-01-23 10:00:00"}, "2022-01-23 10:00:00"),
        ({"enum": ["2022-01-23"]}, "2022-01-23"),
        ({"minLength": 20, "maxLength": 20}, "2022-01-23T10:00:00Z"),
        ({"format": "date-time"}, "2022-01-23T10:00:00+02:00"),
        ({"format": "date-time"}, "2022-01-23 10:00:00"),
        ({"format": "date"}, "2022-01-23"),
        ({"oneOf": [{"const": "2022-01-23"}, {"type": "number"}]}, "2022-01-23"),
    ],
)
def test_a_date_is_checked_as_the_text_in_the_file(schema: Any, date: str) -> None:
    for yaml in (f"a: {date}", f"b: [&x {date}]\na: *x", f"a: !!timestamp {date}"):
        root = value_of(yaml)
        dates = find_plain_scalars(root).dates
        found = JsonSchema({"properties": {"a": schema}}).check_record(root.python, dates)
        assert found == ()


@pytest.mark.parametrize(
    ("schema", "date", "message"),
    [
        ({"enum": ["2022-01-23T10:00:00+00:00"]}, "2022-01-23T10:00:00Z", "expected one of"),
        ({"pattern": "Z$"}, "2022-01-23T10:00:00+00:00", "a is '2022-01-23T10:00:00+00:00'"),
        ({"minLength": 21}, "2022-01-23T10:00:00Z", "shorter than 21"),
        ({"type": "string", "maxLength": 10}, "2022-01-23T10:00:00Z", "longer than 10"),
        ({"format": "date"}, "2022-01-23T10:00:00Z", "expected a date, such as"),
        ({"format": "date-time"}, "2022-01-23", "expected a date with a time"),
        ({"type": "string"}, "2022-01-23", "a is a date, expected text"),
        ({"type": "integer"}, "2022-01-23", "a is a date, expected a whole number"),
    ],
)
def test_a_date_whose_text_is_not_allowed(schema: Any, date: str, message: str) -> None:
    root = value_of(f"a: {date}")
    dates = find_plain_scalars(root).dates
    (found,) = JsonSchema({"properties": {"a": schema}}).check_record(root.python, dates)
    assert message in found.message


def test_a_text_in_the_form_of_a_yaml_time_has_no_format() -> None:
    assert len(of_a({"format": "date-time"}, '"2022-01-23 10:00:00"')) == 1


@pytest.mark.parametrize("name", ["email", "idn-email"])
@pytest.mark.parametrize(
    "address", ["Ann <ann@example.org>", '"Ann" <ann@example.org>', "<ann@example.org>", "ann"]
)
def test_a_name_beside_an_address_is_no_email(name: str, address: str) -> None:
    message = f"a is {quote_value(address)}, expected an e-mail address"
    found = JsonSchema({"properties": {"a": {"format": name}}}).check_record({"a": address})
    assert [each.message for each in found] == [message]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("email", "ann@example.org"),
        ("email", "o'brien+news@mail.example.co.uk"),
        ("email", '"ann lee"@example.org'),
        ("idn-email", "ünï@bücher.example"),
    ],
)
def test_an_address_is_an_email(name: str, address: str) -> None:
    assert JsonSchema({"format": name}).check_record(address) == ()


def test_crafted_text_takes_no_longer_than_other_text() -> None:
    assert len(of_a({"pattern": "^(a+)+$"}, "a" * 20_000 + "!")) == 1


@given(
    st.recursive(
        st.text(max_size=20).map(resolve_plain),
        lambda each: st.lists(each) | st.dictionaries(st.text(max_size=3), each),
    )
)
def test_any_front_matter_can_be_checked(value: Any) -> None:
    schema = JsonSchema(
        {"properties": {"a": {"type": "string", "minLength": 1}}, "required": ["b"]}
    )
    assert schema.check_record({"a": value})
