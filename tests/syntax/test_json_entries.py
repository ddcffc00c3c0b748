"""Entries of JSON lists that are whole lines are parsed once, with the same result."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from newslint.documents.row_lines import RowColumns, join_entries, split_entries
from newslint.syntax import Limits, Reader, Value

TEXTS = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    ['},{"a":1}', "[{", "\\u00e9", "]"]
)
SCALARS = TEXTS | st.integers() | st.booleans() | st.none()
ENTRIES = st.dictionaries(TEXTS, SCALARS | st.lists(SCALARS, max_size=2), max_size=3)
LISTS = st.lists(ENTRIES | SCALARS, max_size=4) | st.lists(ENTRIES, max_size=4)
ROWS = st.dictionaries(TEXTS, SCALARS | LISTS | st.dictionaries(TEXTS, LISTS, max_size=2))
SPACES = st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : ")])


def leaves(reader: Reader, text: str) -> Any:
    """Read a text, and list its values with their places, and the problems."""
    fragments, problems = reader.read(text, 0, "json")
    return [
        (each.pointer, each.span, each.python)
        for fragment in fragments
        for each in Value(fragment, fragment.node).scalars()
    ], sorted(problems)


@given(ROWS, SPACES)
def test_rows_can_be_split_and_joined(row: dict[str, Any], separators: tuple[str, str]) -> None:
    data = json.dumps(row, separators=separators, ensure_ascii=False).encode()
    split = split_entries(data)
    assert join_entries(split) == data
    assert json.loads(split) == row
    has_entries = any(
        isinstance(each, list) and each and all(isinstance(one, dict) for one in each)
        for each in row.values()
    )
    assert (split != data) == has_entries


@given(ROWS, SPACES)
def test_entries_are_read_as_without_a_cache(
    row: dict[str, Any], separators: tuple[str, str]
) -> None:
    data = json.dumps(row, separators=separators, ensure_ascii=False)
    split = split_entries(data.encode()).decode()
    expected = leaves(Reader(share_fragments=False), split)
    shared = Reader()
    assert leaves(shared, split) == expected
    assert leaves(shared, split) == expected
    whole = leaves(Reader(share_fragments=False), data)
    columns = RowColumns(split)
    starts = [columns.column(*span.start) for _, span, _ in expected[0]]
    assert starts == [span.start.column for _, span, _ in whole[0]]


@given(st.binary(max_size=60))
def test_any_bytes_can_be_split(data: bytes) -> None:
    split = split_entries(data)
    assert split == data or join_entries(split) == data


def test_a_key_given_twice_in_an_entry_is_reported_at_each_place() -> None:
    text = '{"a": [\n{"b": 1, "b": 2}\n, \n{"b": 1, "b": 2}\n]}'
    expected = leaves(Reader(share_fragments=False), text)
    assert len(expected[1]) == 2
    assert leaves(Reader(), text) == expected


def test_limits_count_the_values_of_cached_entries() -> None:
    text = '{"a": [' + ",".join(['\n{"b": [1, 2, 3]}\n'] * 4) + "]}"
    for nodes in range(1, 40):
        limits = Limits(nodes=nodes)
        expected = leaves(Reader(limits, share_fragments=False), text)
        found = leaves(Reader(limits), text)
        assert found[0] == expected[0]
        assert [each.message for each in found[1]] == [each.message for each in expected[1]]


def test_the_cache_of_entries_is_limited() -> None:
    reader = Reader(cache_size=30)
    for number in range(100):
        leaves(reader, f'{{"a": [\n{{"b": {number}}}\n]}}')
        assert sum(map(len, reader.cached_texts)) <= 30
    reader.clear_cache()
    assert not reader.cached_texts
