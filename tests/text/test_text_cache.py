"""The cache of results for short texts."""

import pytest

from newslint.text.cache import TextCache


def test_a_result_is_computed_once() -> None:
    read: list[str] = []
    cache = TextCache(lambda text: read.append(text) or len(text), max_length=9, max_entries=9)
    assert [cache["ab"], cache["abc"], cache["ab"]] == [2, 3, 2]
    assert read == ["ab", "abc"]


def test_long_texts_are_not_cached() -> None:
    cache = TextCache(len, max_length=2, max_entries=9)
    assert [cache["ab"], cache["abc"]] == [2, 3]
    assert dict(cache) == {"ab": 2}


def test_a_full_cache_is_cleared() -> None:
    cache = TextCache(len, max_length=9, max_entries=2)
    assert [cache["a"], cache["b"], cache["ab"]] == [1, 1, 2]
    assert dict(cache) == {"ab": 2}


def test_exceptions_are_not_cached() -> None:
    cache = TextCache(int, max_length=9, max_entries=9)
    with pytest.raises(ValueError, match="invalid literal"):
        cache["x"]
    assert dict(cache) == {}
