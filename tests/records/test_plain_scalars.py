"""Dates and scalars of two readings, found in the tree and judged by a schema."""

from typing import Any

import pytest

from helpers import value_of
from newslint.records.schema.json_schema import JsonSchema
from newslint.records.schema.plain_scalars import (
    find_plain_scalars,
    judge_readings,
    replace_values,
)


def found(schema: Any, yaml: str) -> list[tuple[str, bool, bool]]:
    """List pointer, ambiguity and whether quotes help of each problem."""
    root = value_of(yaml)
    check = JsonSchema({"properties": {"a": schema}}).check_record
    problems = judge_readings(check, root.python, find_plain_scalars(root).readings)
    return [(each.pointer, each.is_ambiguous, each.wants_text) for each in problems]


def test_scalars_are_found_at_their_keys() -> None:
    scalars = find_plain_scalars(
        value_of(
            "a: &x 1e3\nb: [2022-01-23, 014, {c: *x, d: '1e3', e: !!str 1e3}]\n"
            "secured: 1e3\nf: !!timestamp '2022-01-23'\n2022-01-23: 84\n"
        )
    )
    assert scalars.dates == {("b", 0): "2022-01-23", ("f",): "2022-01-23"}
    assert set(scalars.readings) == {("a",), ("b", 1), ("b", 2, "c")}


def test_scalars_in_fragments_are_found() -> None:
    entry = "  - title: 1e3\n    excerpt: An entry that is long enough for a fragment of its own.\n"
    root = value_of("related:\n" + entry * 3 + "title: 08\n")
    assert set(find_plain_scalars(root).readings) == {
        *(("related", index, "title") for index in range(3)),
        ("title",),
    }
    assert set(find_plain_scalars(root, "related").readings) == {("title",)}


def test_a_document_that_is_one_scalar() -> None:
    assert find_plain_scalars(value_of("2022-01-23")).dates == {(): "2022-01-23"}
    assert set(find_plain_scalars(value_of("1e3")).readings) == {()}
    assert find_plain_scalars(value_of("'1e3'")) == ({}, {})


@pytest.mark.parametrize(
    ("schema", "scalar", "expected"),
    [
        ({"type": "string"}, "1e3", [("/a", True, True)]),
        ({"type": "string"}, "y", [("/a", True, True)]),
        ({"enum": ["1e3"]}, "1e3", [("/a", True, True)]),
        ({"type": "number"}, "1e3", [("/a", True, False)]),
        ({"type": "integer"}, "0o14", [("/a", True, False)]),
        ({"type": "integer"}, "014", [("/a", True, False)]),
        ({"type": "integer"}, "12:30", [("/a", True, False)]),
        ({"type": ["integer", "null"]}, "1_000", [("/a", True, False)]),
        ({"type": "string"}, "1_000", [("/a", False, True)]),
        ({"type": "string"}, "yes", [("/a", False, True)]),
        ({"type": "boolean"}, "y", [("/a", False, False)]),
        ({"type": "boolean"}, "1e3", [("/a", False, False)]),
        ({"type": "integer", "maximum": 10}, "0o14", [("/a", False, False)]),
        ({"type": "string", "pattern": "^b"}, "1e3", [("/a", False, False)]),
        ({"type": ["string", "number"]}, "1e3", []),
        ({"type": ["string", "number"]}, "014", []),
        ({"type": ["string", "boolean"]}, "y", []),
        ({}, "1e3", []),
        ({}, "014", []),
        (True, "y", []),
    ],
)
def test_a_scalar_is_reported_if_the_schema_allows_one_reading(
    schema: Any, scalar: str, expected: Any
) -> None:
    assert found(schema, f"a: {scalar}") == expected


def test_replaced_values_are_copies() -> None:
    value = {"a": [1, {"b": 2}], "c": 3}
    assert replace_values(value, {("a", 1, "b"): 4, ("c",): 5}) == {"a": [1, {"b": 4}], "c": 5}
    assert value == {"a": [1, {"b": 2}], "c": 3}
    assert replace_values(value, {(): 1}) == 1
