"""What was read from short texts is read once, as long as there is room."""

import pytest

from newslint.text.cache import TextCache


def test_a_text_is_read_once() -> None:
    read: list[str] = []
    memo = TextCache(lambda text: read.append(text) or len(text), max_length=9, max_entries=9)
    assert [memo["ab"], memo["abc"], memo["ab"]] == [2, 3, 2]
    assert read == ["ab", "abc"]


def test_long_texts_are_not_remembered() -> None:
    memo = TextCache(len, max_length=2, max_entries=9)
    assert [memo["ab"], memo["abc"]] == [2, 3]
    assert dict(memo) == {"ab": 2}


def test_all_is_forgotten_where_there_is_no_room() -> None:
    memo = TextCache(len, max_length=9, max_entries=2)
    assert [memo["a"], memo["b"], memo["ab"]] == [1, 1, 2]
    assert dict(memo) == {"ab": 2}


def test_failures_are_not_remembered() -> None:
    memo = TextCache(int, max_length=9, max_entries=9)
    with pytest.raises(ValueError, match="invalid literal"):
        memo["x"]
    assert dict(memo) == {}
