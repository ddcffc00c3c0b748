"""Values, found by pointer, and their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.syntax import Fragment, Reader, Value
from newslint.text import Position, Span
from newslint.text.pointer import join_pointer
from oracle import walk
from strategies import documents

YAML = """title: Meta
topics: [AI, 'ML']
related:
- title: a
  images:
    - url: x
      width: 5
- title: b
base: &b {k: v}
copy: *b
"""


def root(yaml: str = YAML, *, share: bool = True, line: int = 0) -> Value:
    (fragment,), _ = Reader(share_fragments=share, min_entry_length=0).read(yaml)
    return Value(fragment, fragment.node, "", line)


def at(value: Value | None) -> Value:
    assert value is not None
    return value


@pytest.mark.parametrize("yaml", [YAML, YAML.partition("base")[0]])
def test_values_are_found_by_key_and_index(yaml: str) -> None:
    value = root(yaml)
    assert at(value.get("title")).python == "Meta"
    assert at(at(value.get("topics")).get(1)).python == "ML"
    assert at(value.find("/related/0/images/0/url")).python == "x"
    assert at(value.find("/related/1/title")).pointer == "/related/1/title"
    assert value.find("") is value


@pytest.mark.parametrize(
    "pointer",
    [
        *("/x", "/title/x", "/x/y/z", "/topics/2", "/topics/-1", "/topics/01", "/topics/x"),
        *("/topics/１", "/topics/" + "9" * 5000),
    ],
)
def test_a_missing_value_is_none(pointer: str) -> None:
    assert root().find(pointer) is None


def test_the_nearest_value_above_one_that_is_missing() -> None:
    assert root().nearest("/related/0/images/3/url").pointer == "/related/0/images"
    assert root().nearest("/related/0/title").python == "a"
    assert root().nearest("/x").pointer == ""


def test_a_pointer_must_be_one() -> None:
    with pytest.raises(ValueError, match="JSON Pointer"):
        root().find("title")


def test_an_alias_has_the_values_of_its_anchor_and_a_place_of_its_own() -> None:
    copy = at(root().get("copy"))
    assert copy.python == {"k": "v"}
    assert copy.raw == "*b"
    assert copy.span == Span(Position(10, 7), Position(10, 9))
    assert at(copy.get("k")).span == Span(Position(9, 14), Position(9, 15))
    assert copy.key_span("k") == Span(Position(9, 11), Position(9, 12))


def test_items_have_keys_and_pointers() -> None:
    assert [key for key, _ in root().items()] == ["title", "topics", "related", "base", "copy"]
    assert [item.pointer for _, item in at(root().get("related")).items()] == [
        "/related/0",
        "/related/1",
    ]
    assert list(at(root().get("title")).items()) == []


def test_scalars_are_seen_once() -> None:
    assert [value.pointer for value in root().scalars()] == [
        *("/title", "/topics/0", "/topics/1", "/related/0/title", "/related/0/images/0/url"),
        *("/related/0/images/0/width", "/related/1/title", "/base/k"),
    ]


def test_key_spans() -> None:
    entry = at(root(line=10).find("/related/0"))
    assert entry.key_span("images") == Span(Position(15, 3), Position(15, 9))
    assert entry.key_span("x") is None
    assert at(entry.get("title")).key_span("x") is None


def test_spans_of_lists_reach_from_the_first_dash_to_the_last_value() -> None:
    yaml = YAML.partition("base")[0]
    for share in (True, False):
        value = root(yaml, share=share, line=1)
        assert value.span == Span(Position(2, 1), Position(9, 11))
        assert at(value.get("related")).span == Span(Position(5, 1), Position(9, 11))
        images = at(value.find("/related/0/images"))
        assert images.span == Span(Position(7, 5), Position(8, 15))


def test_a_part_of_a_value_that_is_no_text_is_the_whole() -> None:
    for pointer in ("", "/related/0/images/0/width", "/topics"):
        value = at(root().find(pointer))
        assert value.part_span(0, 1) == value.span
    empty = at(root("a: ''\nb: x\n").get("a"))
    assert empty.part_span(0, 0) == empty.span


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 5), (3, 2), (5, 5)])
def test_parts_that_are_not_there_are_the_whole(start: int, end: int) -> None:
    title = at(root().get("title"))
    assert title.part_span(start, end) == title.span


def test_parts_of_an_alias_stand_at_its_anchor() -> None:
    value = at(root("a: &x text\nb: *x\n").get("b"))
    assert value.part_span(0, 2) == Span(Position(1, 7), Position(1, 9))


@given(documents(), st.integers(0, 1000))
def test_every_value_is_found_at_its_pointer(yaml: str, line: int) -> None:
    fragments, _ = Reader(min_entry_length=0).read(yaml)
    for fragment in fragments:
        top = Value(fragment, fragment.node, "", line)
        for value in walk(top):
            again = at(top.find(value.pointer))
            assert (again.span, again.pointer) == (value.span, value.pointer)
            lower = Value(fragment, fragment.node, "", line + 7).nearest(value.pointer)
            assert lower.span == value.span.shift_lines(7)
            for key, child in value.items():
                assert child.pointer == join_pointer(value.pointer, key)


def test_a_fragment_can_be_walked_by_itself() -> None:
    related = at(root(YAML.partition("base")[0]).get("related"))
    entry = at(related.get(1))
    alone = Value(entry.fragment, entry.node)
    assert isinstance(entry.fragment, Fragment)
    assert alone.pointer == ""
    assert at(alone.get("title")).pointer == "/title"
    assert at(alone.get("title")).span == Span(Position(1, 10), Position(1, 11))
