"""Rows: names, and the lines of containers."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.documents.rows import name_row, read_lines, row_order, split_row

LINES = st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=8))


@given(LINES, st.sampled_from(["\n", "\r\n"]), st.integers(1, 12), st.sampled_from(["", "\n"]))
def test_lines_are_those_of_the_text(lines: list[str], end: str, limit: int, last: str) -> None:
    lines = [line.rstrip("\r") for line in lines]
    data = (end.join(lines) + last).encode()
    found = list(read_lines(io.BytesIO(data), limit))
    split = [line.rstrip(b"\r") for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n")]
    expected = [(number, line) for number, line in enumerate(split, 1) if line.strip()]
    assert [(line.number, data[line.start : line.end].rstrip(b"\r")) for line in found] == expected
    for line in found:
        assert line.data in (None, data[line.start : line.end])


@given(st.text(min_size=1, max_size=300), st.integers(1, 10**9))
def test_a_name_can_be_split_into_container_and_row(key: str, number: int) -> None:
    assert split_row(name_row("a/b.jsonl", number)) == ("a/b.jsonl", str(number))
    name = name_row("a/b.jsonl", number, ("id", key))
    found = split_row(name)
    assert found is not None
    assert found[0] == "a/b.jsonl"
    assert found[1].startswith("id=")


@pytest.mark.parametrize("name", ["a.md", "a#1.md", "a.jsonl", "a.jsonl#", "a.jsonl#1/b.md"])
def test_other_names_are_no_rows(name: str) -> None:
    assert split_row(name) is None


def test_rows_with_numbers_are_in_their_order() -> None:
    names = ["b.md", "a.jsonl#10", "a.jsonl#9", "a.jsonl#1", "a.jsonl"]
    assert sorted(names, key=row_order) == [*reversed(names)]
