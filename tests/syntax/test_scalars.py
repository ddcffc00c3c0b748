"""From a scalar's characters back to its source, in every style."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from call_counts import GROWTH, count_calls
from newslint.syntax import Fragment, Limits, Value
from newslint.syntax.tree import Scalar
from newslint.syntax.yaml.full_parser import full_parse
from newslint.syntax.yaml.scalars import block_end, map_characters
from newslint.text import SourceText
from oracle import walk
from strategies import anything, scalars


def texts(source: str) -> list[Value]:
    """Return every text value of a YAML stream."""
    text = SourceText(source)
    return [
        value
        for root in full_parse(text, Limits()).roots
        for value in walk(Value(Fragment(text, root), root))
        if isinstance(value.node, Scalar) and isinstance(value.python, str)
    ]


def only(source: str) -> Value:
    (value,) = texts(source)
    return value


def part(source: str, start: int, end: int) -> str:
    """Return the source of a part of the only text of `source`."""
    text = SourceText(source)
    span = only(source).part_span(start, end)
    return source[text.offset(span.start) : text.offset(span.end)]


def _means(raw: str, char: str, style: str) -> bool:
    """Check if `raw`, from a scalar of `style`, denotes the single character `char`."""
    if raw == char:
        return True
    if raw in ("\n", "\r", "\r\n"):
        return char in "\n "
    if style == "'":
        return raw == "''" and char == "'"
    return style == '"' and raw[0] == "\\" and yaml.safe_load(f'"{raw}"') == char


@given(st.one_of(scalars().map(lambda scalar: f"k: {scalar}\n"), anything))
def test_each_character_of_each_text_has_its_source(source: str) -> None:
    for value in texts(source):
        scalar = value.node
        assert isinstance(scalar, Scalar)
        chars = map_characters(value.raw, scalar.style, scalar.value)
        assert chars is not None
        assert len(chars) == len(scalar.value)
        done = 0
        for index, char in enumerate(scalar.value):
            start, end = chars.span(index, index + 1)
            assert done <= start < end <= len(value.raw)
            assert _means(value.raw[start:end], char, scalar.style)
            done = end


@given(scalars(), st.data())
def test_a_part_spans_its_first_to_its_last_character(scalar: str, data: st.DataObject) -> None:
    source = f"k: {scalar}\n"
    for value in texts(source):
        if not value.python:
            continue
        start = data.draw(st.integers(0, len(value.python) - 1))
        end = data.draw(st.integers(start + 1, len(value.python)))
        assert value.part_span(start, end).start == value.part_span(start, start + 1).start
        assert value.part_span(start, end).end == value.part_span(end - 1, end).end
        assert value.part_span(start, start) == value.part_span(start, end)._replace(
            end=value.part_span(start, end).start
        )


@given(st.sampled_from("|>"), st.data())
def test_a_part_of_a_block_decodes_to_the_part(style: str, data: st.DataObject) -> None:
    """Inside one line, a part of the text is its own source."""
    word = st.text(st.sampled_from("ab \t#:é😀"), min_size=1, max_size=8)
    words = data.draw(st.lists(word, max_size=5))
    lines = ["first", *(f"{word}é{at}" for at, word in enumerate(words))]
    value = only(f"k: {style}\n" + "".join(f"    {line}\n" for line in lines))
    source = value.fragment.source
    for line in lines:
        at = value.python.find(line)
        span = value.part_span(at, at + len(line))
        assert source.text[source.offset(span.start) : source.offset(span.end)] == line


@pytest.mark.parametrize(
    ("source", "value", "part_of", "raw"),
    [
        ("plain text", "plain text", "text", "text"),
        ("a\n  b", "a b", " ", "\n"),
        ("a\n\n\n  b", "a\n\nb", "\nb", "\n  b"),
        ("k: a \t\r\n   \r\n  b", "a\nb", "a\n", "a \t\r\n   \r\n"),
        ("'it''s'", "it's", "'", "''"),
        ("'it''s'", "it's", "s", "s"),
        ("'a\n  b'", "a b", " b", "\n  b"),
        ('"a\\n\\x41\\u2019\\U0001F600b"', "a\nA’😀b", "A’", "\\x41\\u2019"),
        ('"\\U0001F600"', "😀", "😀", "\\U0001F600"),
        ('"a\\\n   b"', "ab", "b", "b"),
        ('"a \\\n  \\ b"', "a  b", "  b", " \\\n  \\ b"),
        ('"a\\\n\n\n  b"', "a\n\nb", "\n\n", "\n\n"),
        ('"a\n  \\\n  b"', "a b", " b", "\n  \\\n  b"),
        ('"a\\ \n  b"', "a  b", "  ", "\\ \n"),
        ('"a\\\\\n  b"', "a\\ b", "\\ ", "\\\\\n"),
        ('"a \n  "', "a ", " ", "\n"),
        ('"a\\\n"', "a", "a", "a"),
        ('" \n b"', " b", " ", "\n"),
        ("|\n  a\n   b\n\n  c\n", "a\n b\n\nc\n", " b", " b"),
        ("|\n  a\n   b\n\n  c\n", "a\n b\n\nc\n", "\n\nc", "\n\n  c"),
        ("|2-\n   a\n  b\n", " a\nb", " a", " a"),
        (">\n  a\n  b\n\n  c\n   d\n  e\n", "a b\nc\n d\ne\n", "b\nc", "b\n\n  c"),
        (">\n  a\n  b\n\n  c\n   d\n  e\n", "a b\nc\n d\ne\n", "c\n d\n", "c\n   d\n"),
        ("|+ # +\n  a\n\n", "a\n\n", "\n\n", "\n\n"),
        ("|+\n\n\n", "\n\n", "\n\n", "\n\n"),
        ("|1\n   \n", "  \n", "  ", "  "),
        ("|\r  a\r  b\r", "a\nb\n", "b\n", "b\r"),
        ("'x\x85\u2028y'", "x\x85\u2028y", "\u2028y", "\u2028y"),
        ('"\\N\\L\\e"', "\x85\u2028\x1b", "\x85\u2028", "\\N\\L"),
        ("&a !!str 12", "12", "2", "2"),
    ],
)
def test_parts(source: str, value: str, part_of: str, raw: str) -> None:
    assert only(source).python == value
    at = value.find(part_of)
    assert part(source, at, at + len(part_of)) == raw


def test_the_place_after_the_last_character() -> None:
    assert only("'ab'").part_span(2, 2).start == (1, 4)


def test_a_source_that_does_not_read_as_the_value_has_no_map() -> None:
    assert map_characters("'a'", "'", "b") is None


def test_a_text_without_characters() -> None:
    for raw, style in (("''", "'"), ("|", "|"), (">-\n\n", ">"), ("|\n   \n", "|"), ("", "")):
        chars = map_characters(raw, style, "")
        assert chars is not None
        assert len(chars) == 0


@pytest.mark.parametrize(
    ("source", "value", "end"),
    [
        ("|\n  a\n\n \n", "a\n", "|\n  a\n"),
        ("|\n  a", "a", "|\n  a"),
        ("|\n\n", "", "|\n"),
        ("|", "", "|"),
        ("|- # + here\n  a\n\n", "a", "|- # + here\n  a\n"),
        ("|1+\n a\n\n", "a\n\n", "|1+\n a\n\n"),
        ("|1\n a\n   \n \n", "a\n  \n", "|1\n a\n   \n"),
        ("|1\n    \n   \n \n", "   \n  \n", "|1\n    \n   \n"),
    ],
)
def test_a_block_ends_after_its_last_line_of_text(source: str, value: str, end: str) -> None:
    assert source[: block_end(source, 0, len(source), value)] == end


@pytest.mark.parametrize(
    ("start", "unit", "end"),
    [
        ("k: '", "x y ", "'"),
        ('k: "', "x \\u2019 ", '"'),
        ("k: '", "x\n ", "'"),
        ("k: >\n", "  x y\n\n", ""),
        ("k: |1\n", " " * 8, "x\n"),
        ("k: |\n", "\n" * 8, "  x\n"),
        ("k: |\n  x\n", "\n" * 8, ""),
        ('k: "', "\\" * 8, '"'),
        ("k: a", " \n" * 4, "  b"),
    ],
    ids=["plain", "escapes", "folded", "block", "indented", "above", "below", "slashes", "spaces"],
)
def test_parts_of_a_long_text_take_linear_time(start: str, unit: str, end: str) -> None:
    def find_parts(count: int) -> None:
        value = only(start + unit * count + end)
        for index in range(0, len(value.python), len(value.python) // 50 + 1):
            value.part_span(index, index + 1)

    find_parts(1)  # fills caches
    assert count_calls(lambda: find_parts(4_000)) < GROWTH * count_calls(lambda: find_parts(1_000))
