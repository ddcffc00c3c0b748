"""Excerpts of source lines around a marked span, and escapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newslint.reporters.console import excerpt_line
from newslint.reporters.escape import display_characters, escape
from reports import span

KEY = "    excerpt: "
START = f"{KEY}word00 word01"
LINE = KEY + "".join(f"word{number:02} " for number in range(40))


def shown(line: str, start: int, end: int, width: int = 60) -> tuple[str, str]:
    """Cut an excerpt out of `line`, and return it with its marked part."""
    found = excerpt_line(line, span(1, start + 1, end + 1), width)
    return found.line, found.line[found.start : found.start + found.width]


@pytest.mark.parametrize(
    ("start", "end", "line", "marked"),
    [
        (4, 11, f"{START} word02 word03 word04 word05 word…", "excerpt"),
        (13, 19, f"{START} word02 word03 word04 word05 word…", "word00"),
        (13, 292, f"{START} word02 word03 word04 word05 word…", None),
        (48, 54, f"{START} word02 word03 word04 word05 word…", "word05"),
        (55, 61, f"{KEY}…rd03 word04 word05 word06 word07 word08 word0…", "word06"),
        (153, 159, f"{KEY}…rd17 word18 word19 word20 word21 word22 word2…", "word20"),
        (153, 292, f"{KEY}…8 word19 word20 word21 word22 word23 word24 w…", None),
        (279, 285, f"{KEY}…d33 word34 word35 word36 word37 word38 word39", "word38"),
        (286, 292, f"{KEY}…d33 word34 word35 word36 word37 word38 word39", "word39"),
    ],
)
def test_a_long_line_is_cut(start: int, end: int, line: str, marked: str | None) -> None:
    text, under = shown(LINE, start, end)
    assert text == line
    assert under == (marked or line.removesuffix("…")[-len(under) :])


def test_a_line_without_a_key_is_cut_too() -> None:
    assert shown("x" * 100 + "HERE" + "y" * 100, 100, 104, 20) == ("…xxxxxxxHEREyyyyyyy…", "HERE")


def test_an_item_keeps_its_dash() -> None:
    line, marked = shown("  - " + "x" * 100 + "HERE", 104, 108, 30)
    assert line == "  - …" + "x" * 20 + "HERE"
    assert marked == "HERE"


def test_a_cut_leaves_characters_whole() -> None:
    line = "e\u0301" * 100 + "HERE" + "👩\u200d💻" * 100
    text, marked = shown(line, 200, 204, 20)
    assert text == "…" + "e\u0301" * 8 + "HERE" + "👩\u200d💻" * 3 + "…"
    assert excerpt_line(line, span(1, 201, 205), 20).start == 9
    assert marked


def test_half_a_character_is_marked_as_a_whole() -> None:
    assert excerpt_line("xe\u0301y", span(1, 3, 4), 20) == ("xe\u0301y", 1, 1)
    assert excerpt_line("x👍🏽y", span(1, 3, 4), 20) == ("x👍🏽y", 1, 2)


def test_a_line_of_a_megabyte_costs_nothing() -> None:
    line = "x" * 500_000 + "HERE" + "y" * 500_000
    for _ in range(300):
        assert shown(line, 500_000, 500_004)[1] == "HERE"


LINES = st.text(st.characters(exclude_characters="\r\n"), max_size=200)


@given(LINES, st.integers(0, 200), st.integers(0, 200), st.integers(1, 90))
def test_an_excerpt_fits(line: str, start: int, length: int, width: int) -> None:
    found = excerpt_line(line, span(1, start + 1, start + length + 1), width)
    assert cell_len(found.line) <= max(width, 20)
    assert found.width >= 1
    assert found.start + found.width <= cell_len(found.line) + 1


@given(st.text("ab \t\x1bé", max_size=200), st.integers(0, 200), st.integers(1, 9))
def test_marked_part_is_the_span(line: str, start: int, length: int) -> None:
    marked = line[start : start + length]
    found = excerpt_line(line, span(1, start + 1, start + length + 1), 60)
    if marked:
        assert found.line[found.start : found.start + found.width] == "".join(
            display_characters(marked)
        )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b\x85\x7f\xad", "\\x9b\\x85\\x7f\\xad"),
        ("\u202e\u2066\ufeff\u2028", "\\u202e\\u2066\\ufeff\\u2028"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("a\u200db\u200cc", "a\\u200db\\u200cc"),
        ("\u200d", "\\u200d"),
        ("👩\u200d💻 می\u200cشود", "👩\u200d💻 می\u200cشود"),
        ("é 東京 \u00a0’", "é 東京 \u00a0’"),
    ],
)
def test_escape(text: str, expected: str) -> None:
    assert escape(text) == expected
