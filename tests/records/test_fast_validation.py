"""Fast validation accepts valid records only, and most of them."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from newslint.records.schema import News
from newslint.records.schema.fast_validation import fast_validator
from newslint.rules.example_records import NEWS_RECORD

SEEDS = Path(__file__).parents[2] / "seeds"
ODD = st.sampled_from(
    [
        *(None, True, 0, -2, 3, 1.5, "", "x", "naïve", "\ud800", "2022-09-12", "not a date"),
        *([], ["x"], [""], [1], {}, {"url": "x", "width": 1, "height": 1}, b"x"),
        *([{"url": "x", "width": 1, "height": 1}], [{"url": "x", "width": True, "height": 1}]),
        *(
            "YQ==;YQ==",
            "YQ==;Y",
            yaml.safe_load("2022-09-12"),
            yaml.safe_load("2022-09-12 01:02:03"),
        ),
    ]
)
ADAPTER = TypeAdapter(News)
ACCEPTS = fast_validator(News)


def is_valid(record: Any) -> bool:
    """Check a record with pydantic."""
    try:
        ADAPTER.validate_python(record)
    except ValidationError:
        return False
    return True


def entry() -> dict[str, Any]:
    record = yaml.safe_load(NEWS_RECORD)
    left_out = {"category", "heat", "published", "topics"}
    return {name: value for name, value in record.items() if name not in left_out}


@given(
    where=st.sampled_from([(), ("provider",), ("related", 0), ("related", 0, "provider")]),
    name=st.sampled_from([*News.model_fields, "name", "domain", "other", 1]),
    value=ODD,
)
def test_accepted_records_are_valid(
    where: tuple[str | int, ...], name: str | int, value: Any
) -> None:
    record = yaml.safe_load(NEWS_RECORD) | {"related": [entry()]}
    node: Any = record
    for key in where:
        node = node[key]
    node[name] = copy.deepcopy(value)
    assert is_valid(record) or not ACCEPTS(record)


@given(st.lists(st.sampled_from(sorted(News.model_fields)), unique=True))
def test_accepted_records_without_some_fields_are_valid(names: list[str]) -> None:
    record = {
        name: value for name, value in yaml.safe_load(NEWS_RECORD).items() if name not in names
    }
    assert is_valid(record) or not ACCEPTS(record)


@pytest.mark.parametrize("value", [None, [], "x", {}, {"title": "x"}])
def test_other_values_are_rejected(value: Any) -> None:
    assert not ACCEPTS(value)


@pytest.mark.parametrize("path", sorted(SEEDS.glob("00[0134]_*.txt")))
def test_real_records_are_accepted(path: Any) -> None:
    text = path.read_text("utf-8-sig").split("\n---", 1)[0].removeprefix("---\n")
    assert ACCEPTS(yaml.safe_load(text))
