"""Positions, spans and locations, and how they move."""

from newslint.text import START, Location, Position, Span

SPAN = Span(Position(2, 3), Position(4, 1))


def test_a_span_moves_down_by_lines_only() -> None:
    assert SPAN.shift_lines(10) == Span(Position(12, 3), Position(14, 1))
    assert SPAN.shift_lines(0) == SPAN


def test_the_start_of_a_file_is_an_empty_span_at_line_1_column_1() -> None:
    assert Span(Position(1, 1), Position(1, 1)) == START


def test_positions_are_ordered_as_in_the_file() -> None:
    assert sorted([Position(2, 1), Position(1, 9), Position(1, 2)]) == [(1, 2), (1, 9), (2, 1)]


def test_a_location_of_a_fragment_is_placed_in_a_file() -> None:
    placed = Location("", "/title", SPAN).place("a.md", "/related/0", 7)
    assert placed == Location("a.md", "/related/0/title", SPAN.shift_lines(7))
