"""JSON Pointers against the examples of RFC 6901, and back again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.text.pointer import escape_key, join_pointer, split_pointer


@pytest.mark.parametrize(
    ("pointer", "keys"),
    [
        ("", []),
        ("/foo", ["foo"]),
        ("/foo/0", ["foo", "0"]),
        ("/", [""]),
        ("/a~1b", ["a/b"]),
        ("/c%d", ["c%d"]),
        ("/e^f", ["e^f"]),
        ('/k"l', ['k"l']),
        ("/ ", [" "]),
        ("/m~0n", ["m~n"]),
        ("/~01", ["~1"]),
    ],
)
def test_the_examples_of_rfc_6901(pointer: str, keys: list[str]) -> None:
    assert split_pointer(pointer) == keys
    assert join_pointer("", *keys) == pointer


@given(st.lists(st.text()))
def test_split_undoes_join(keys: list[str]) -> None:
    assert split_pointer(join_pointer("", *keys)) == keys


@given(st.lists(st.text()), st.text())
def test_join_extends_a_pointer(keys: list[str], key: str) -> None:
    assert join_pointer(join_pointer("", *keys), key) == join_pointer("", *keys, key)


def test_indexes_are_keys_too() -> None:
    assert join_pointer("/related", 3, "title") == "/related/3/title"


def test_escape_writes_one_key() -> None:
    assert escape_key("~/~1") == "~0~1~01"


def test_a_pointer_starts_with_a_slash() -> None:
    with pytest.raises(ValueError, match="must start with '/'"):
        split_pointer("related/0")
