"""Types of plain scalars, as PyYAML has them, and their names."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.syntax.yaml.resolve import (
    construct,
    is_known_collection_tag,
    is_known_tag,
    resolve_plain,
)
from newslint.text.quoting import describe_type
from oracle import loads, same

TAG = "tag:yaml.org,2002:"
UTC = datetime.UTC


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("Null", None),
        ("nULL", "nULL"),
        ("yes", True),
        ("Off", False),
        ("y", "y"),
        ("12", 12),
        ("0o7", "0o7"),
        ("017", 15),
        ("0x1F", 31),
        ("0b101", 5),
        ("1_000", 1000),
        ("1:30", 90),
        ("-5", -5),
        ("1.5", 1.5),
        ("1e3", "1e3"),
        ("1.0e+3", 1000.0),
        ("-.INF", float("-inf")),
        ("2022-09-12", datetime.date(2022, 9, 12)),
        ("2022-09-12T21:33:00Z", datetime.datetime(2022, 9, 12, 21, 33, tzinfo=UTC)),
        ("=", "="),
        ("<<", "<<"),
        ("title", "title"),
    ],
)
def test_plain_scalars_have_the_types_of_yaml_1_1(text: str, value: Any) -> None:
    assert resolve_plain(text) == value
    assert type(resolve_plain(text)) is type(value)


@pytest.mark.parametrize(
    "text", ["2022-13-45", "2022-02-30T00:00:00Z", "2001-01-01T00:00:00+99:99", "-", "0x_"]
)
def test_text_that_resembles_a_value_stays_text(text: str) -> None:
    assert resolve_plain(text) == text


@pytest.mark.parametrize("digit", ["1", "0x1", "0b1", "01", "1:1", "1.1", "1:1.5"])
def test_huge_numbers_stay_text(digit: str) -> None:
    text = digit + digit[1:] * 500_000 + "1" * 500_000
    assert resolve_plain(text) == text
    assert construct(text, TAG + "int") == text
    assert construct(text, TAG + "float") == text


def test_a_float_beyond_all_bounds_is_no_failure() -> None:
    assert resolve_plain("1.0e+400") == float("inf")
    assert isinstance(resolve_plain("1" + ":59" * 120 + ".5"), float | str)


@given(st.text(st.sampled_from("0123456789-+.:_eExobTZ~ntfyaluesoN=<"), min_size=1, max_size=25))
def test_types_agree_with_pyyaml(text: str) -> None:
    expected = loads(text)
    if expected is not None and not isinstance(expected[0], dict | list):
        assert same(expected[0], resolve_plain(text))


@given(
    st.text(max_size=30), st.sampled_from(["null", "bool", "int", "float", "timestamp", "binary"])
)
def test_construct_never_fails(text: str, name: str) -> None:
    construct(text, TAG + name)


def test_text_that_does_not_fit_its_tag_stays_text() -> None:
    assert construct("x", TAG + "int") == "x"
    assert construct("é", TAG + "binary") == "é"
    assert construct("aGk=", TAG + "binary") == b"hi"
    assert construct("x", "tag:example.org:y") == "x"


def test_known_tags() -> None:
    assert is_known_tag(TAG + "str")
    assert not is_known_tag(TAG + "python/object")
    assert is_known_collection_tag(TAG + "set", "map")
    assert is_known_collection_tag("!", "seq")
    assert not is_known_collection_tag(TAG + "seq", "map")
    assert not is_known_collection_tag(TAG + "python/tuple", "seq")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (True, "a boolean"),
        (1, "a number"),
        (1.5, "a number"),
        (datetime.date(2022, 1, 1), "a date"),
        (datetime.datetime(2022, 1, 1, tzinfo=UTC), "a date"),
        ("x", "text"),
        (b"x", "binary data"),
        ({}, "a mapping"),
        ([], "a list"),
        (None, "empty"),
    ],
)
def test_types_have_names(value: Any, name: str) -> None:
    assert describe_type(value) == name
