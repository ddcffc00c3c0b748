"""Quotations that show where two texts differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.text.differences import quote_difference

LONG = "Microsoft has announced a new cloud platform for developers to build services that scale"
TEXTS = st.text("ab cd", max_size=200)


@pytest.mark.parametrize(
    ("other", "shown"),
    [
        (
            LONG.replace("platform", "plan"),
            ("'…announced a new cloud platform for developers to…'",
             "'…announced a new cloud plan for developers to…'"),
        ),
        (
            f"{LONG} well",
            ("'…services that scale'", "'…services that scale well'"),
        ),
        (f"The {LONG}", ("'Microsoft has announced…'", "'The Microsoft has announced…'")),
        (
            "Nothing",
            ("'Microsoft has announced a new cloud platform for developers…'", "'Nothing'"),
        ),
    ],
)  # fmt: skip
def test_only_the_parts_that_differ_are_quoted(other: str, shown: tuple[str, str]) -> None:
    assert quote_difference(LONG, other) == shown


def test_short_texts_are_quoted_as_a_whole() -> None:
    assert quote_difference("PyTorch moves", "PyTorch stays") == (
        "'PyTorch moves'",
        "'PyTorch stays'",
    )


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_quotations_of_different_texts_differ(start: str, one: str, other: str, end: str) -> None:
    shown = quote_difference(start + one + end, start + other + end)
    assert all(len(each) <= 62 for each in shown)
    assert (shown[0] == shown[1]) == (one == other)
