"""Plain scalars of two readings: each is found, and no other."""

import math
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newslint.syntax.readings import _DIFFERENT, find_readings, may_differ
from newslint.syntax.yaml.resolve import resolve_plain

CORE = (
    (re.compile(r"null|Null|NULL|~|"), lambda _: None),
    (re.compile(r"true|True|TRUE|false|False|FALSE"), lambda text: text.lower() == "true"),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
    (re.compile(r"[-+]?\.(inf|Inf|INF)"), lambda text: float(text.replace(".", ""))),
    (re.compile(r"\.(nan|NaN|NAN)"), lambda _: math.nan),
)
"""The core schema of YAML 1.2, from its section 10.3.2."""


def core(text: str) -> Any:
    for pattern, convert in CORE:
        if pattern.fullmatch(text):
            return convert(text)
    return text


@pytest.mark.parametrize(
    ("text", "yaml11", "yaml12"),
    [
        ("1e3", "1e3", 1000.0),
        ("1.5e3", "1.5e3", 1500.0),
        (".5E3", ".5E3", 500.0),
        ("1e400", "1e400", math.inf),
        ("0o14", "0o14", 12),
        ("014", 12, 14),
        ("-014", -12, -14),
        ("08", "08", 8),
        ("1_000", 1000, "1_000"),
        ("1_000.5", 1000.5, "1_000.5"),
        (".000_1", 0.0001, ".000_1"),
        ("0b11", 3, "0b11"),
        ("-0x1F", -31, "-0x1F"),
        ("12:30", 750, "12:30"),
        ("1:02:03.5", 3723.5, "1:02:03.5"),
        ("y", True, "y"),
        ("N", False, "N"),
    ],
)
def test_scalars_of_two_readings(text: str, yaml11: Any, yaml12: Any) -> None:
    assert may_differ(text)
    found = find_readings(text)
    assert found is not None
    assert (found.yaml11, found.yaml12) == (yaml11, yaml12)
    assert found.own == resolve_plain(text)
    assert found.other != found.own


@pytest.mark.parametrize(
    "text", ["0", "00", "007", "84", "-1", "+12", "1.5", ".5", "1.", "1.5e+3", "0x1F", "09:30", "x"]
)
def test_scalars_of_one_reading(text: str) -> None:
    assert not may_differ(text) or find_readings(text) is None


@given(
    st.text("0123456789abefoxyYnN_.:+-E", max_size=9)
    | st.from_regex(_DIFFERENT, fullmatch=True)
    | st.text(max_size=5)
)
@example("9" * 400)
@example("0" + "7" * 399)
@example("1e" + "9" * 398)
def test_every_difference_is_found(text: str) -> None:
    own, other = resolve_plain(text), core(text)
    differs = own != other and not (own != own and other != other)  # noqa: PLR0124 # NaN
    if isinstance(own, date) or text.lower() in ("yes", "no", "on", "off"):
        return
    found = find_readings(text) if may_differ(text) else None
    assert (found is not None) == (differs or text in ("y", "Y", "n", "N"))
    if found is not None:
        assert (found.own, found.yaml12) == (own, other)


def test_a_scalar_too_long_for_a_number_is_text() -> None:
    assert find_readings("0" + "7" * 400) is None
