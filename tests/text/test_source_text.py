"""Offsets as lines and columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.text import Position, SourceText, Span

TEXT = "ab\ncd\r\n\rx😀y\x85z\u2028w"
LINES = st.text(st.sampled_from("ab \n\r\t😀\u2028\x85\u0301"))


@pytest.mark.parametrize(
    ("offset", "position"),
    [
        (0, (1, 1)),
        (2, (1, 3)),
        (3, (2, 1)),
        (6, (2, 4)),
        (7, (3, 1)),
        (8, (4, 1)),
        (10, (4, 3)),
        (len(TEXT), (4, 8)),
    ],
)
def test_lines_end_at_lf_crlf_and_cr_and_columns_count_code_points(
    offset: int, position: tuple[int, int]
) -> None:
    assert SourceText(TEXT).position(offset) == position


@given(LINES, st.data())
def test_offset_undoes_position(text: str, data: st.DataObject) -> None:
    source = SourceText(text)
    offset = data.draw(st.integers(0, len(text)))
    assert source.offset(source.position(offset)) == offset


@given(LINES)
def test_positions_agree_with_the_lines_of_the_text(text: str) -> None:
    source = SourceText(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [source.line(number) for number in range(1, len(source.line_starts) + 1)] == lines
    assert source.position(len(text)) == (len(lines), len(text) - source.line_starts[-1] + 1)


def test_a_span_holds_two_positions() -> None:
    assert SourceText("a\nbc").span(0, 3) == Span(Position(1, 1), Position(2, 2))


def test_an_empty_text_has_one_empty_line() -> None:
    source = SourceText("")
    assert source.line(1) == ""
    assert source.span(0, 0) == Span(Position(1, 1), Position(1, 1))
