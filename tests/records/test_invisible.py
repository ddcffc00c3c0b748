"""Invisible characters are found by Unicode property, except where a script needs them."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from call_counts import GROWTH, count_calls
from good_texts import GOOD_TEXTS, variants
from newslint.records.invisible import find_invisible, may_be_invisible, strip_invisible
from newslint.text.location import splice

FLAG = "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
INVISIBLE = [
    *("\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u180b", "\u180e", "\u180f"),
    *("\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e"),
    *("\u2060", "\u2064", "\u2066", "\u206f", "\u3164", "\ufe00", "\ufe0f", "\ufeff", "\uffa0"),
    *("\U0001bca0", "\U0001d173", "\U000e0001", "\U000e0041", "\U000e007f", "\U000e0100"),
]


def fixed(text: str) -> str:
    found = find_invisible(text)
    return splice(text, ((each.offset, each.offset + 1, each.replacement) for each in found))


@pytest.mark.parametrize("char", INVISIBLE, ids=ascii)
def test_each_is_found_between_latin_letters(char: str) -> None:
    (found,) = find_invisible(f"a{char}b")
    assert (found.offset, found.char) == (1, char)
    assert may_be_invisible(char)


def test_format_characters_are_invisible_or_visible_ones() -> None:
    """All of general category Cf, except marks of annotation and of numbers that can be seen."""
    visible = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, *range(0xFFF9, 0xFFFC)}
    visible |= {0x110BD, 0x110CD, *range(0x13430, 0x13460)}
    found = {
        number
        for number in range(sys.maxunicode + 1)
        if unicodedata.category(chr(number)) == "Cf" and not may_be_invisible(chr(number))
    }
    assert found <= visible


@pytest.mark.parametrize("text", GOOD_TEXTS)
def test_good_text_needs_its_invisible_characters(text: str) -> None:
    assert [each for each in variants(text) if find_invisible(each)] == []


@pytest.mark.parametrize(
    "text",
    [
        "ภาษา\u200bไทย",
        "ភាសា\u200bខ្មែរ \u200bដែល",
        "ພາສາ\u200bລາວ",
        "မြန်မာ\u200bစာ",
        "می\u200cخواهم و USB\u200cها",
        "क्\u200dष और क्\u200cष",
        "👩\u200d💻 ❤\ufe0f\u200d🔥 ☕\ufe0e 1\ufe0f⃣ ©\ufe0f",
        f"{FLAG} 🏴\u200d☠\ufe0f",
        "葛\U000e0100城 神\ufe00",
        "ᠮᠣᠩᠭᠤᠯ\u180eᠠ ᠰᠠ\u180bᠨ",
        "שלום\u200f! (abc\u200e) \u202bعربي\u202c",
        "\u115fᅡ 각",
    ],
)
def test_what_a_script_needs_is_left_alone(text: str) -> None:
    assert find_invisible(text) == []


@pytest.mark.parametrize(
    ("text", "expected", "is_certain"),
    [
        ("Py\u200bTorch", "PyTorch", True),
        ("東京\u200bタワー", "東京タワー", True),
        ("line\u2028sep", "line sep", True),
        ("line \u2029sep\u2028", "line sep", True),
        ("one\u2028\u2028two", "one two", True),
        ("a\U000e0041b", "ab", True),
        (f"a{FLAG[1:]}", "a", True),
        ("a\ufe0fb \ufe0f", "ab ", True),
        ("Auf\u200clage a\u200d", "Auflage a", True),
        ("Mon\u180egolia", "Mongolia", True),
        ("\u3164name", "name", False),
        ("a\u3164b", "a b", False),
        ("abc\u202edef", "abcdef", False),
        ("abc\u200f!", "abc!", False),
        ("abc\u200e!", "abc!", True),
    ],
)
def test_replacements(text: str, expected: str, *, is_certain: bool) -> None:
    assert all(each.is_certain for each in find_invisible(text)) is is_certain
    assert fixed(text) == expected


@given(st.text(st.sampled_from([*INVISIBLE, "a", " ", "ក", "ع", "👩", "漢", "1"]), max_size=12))
def test_what_is_found_can_be_removed(text: str) -> None:
    assert may_be_invisible(text) or find_invisible(text) == []
    for _ in range(len(text) + 1):
        text = fixed(text)
    assert find_invisible(text) == []


def test_shaping_characters_stay_when_texts_are_compared() -> None:
    assert strip_invisible("Py\u200bTorch\u00ad می\u200cخواهم 👩\u200d💻 ☕\ufe0f") == (
        "PyTorch می\u200cخواهم 👩\u200d💻 ☕\ufe0f"
    )


def test_long_runs_take_linear_time() -> None:
    for unit in ("\u200b", "\u200d", "a\u200b", "\U000e0041", "ក\u200b ", "\u2028"):

        def find(size: int, unit: str = unit) -> None:
            find_invisible(unit * size)

        assert count_calls(lambda: find(8_000)) < GROWTH * count_calls(lambda: find(2_000))
