"""Values in messages: on one line, without invisible characters, the same in every Python."""

import pytest

from newslint.text.quoting import is_visible, quote_value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Alphabetâ€™s", "'Alphabetâ€™s'"),
        (42, "'42'"),
        ("a\nb\x1b\u202e", "'a\\x0ab\\x1b\\u202e'"),
        ("no\u00a0break", "'no\u00a0break'"),
        ("\U0001fa77 \u2ffc \U00011f02", "'\U0001fa77 \u2ffc \U00011f02'"),  # new since Python 3.11
        ("\u0378", "'\u0378'"),  # may be a letter one day
        ("\U00013439\ufdd0\uffff\U0001fffe\U000e0080", r"'\u13439\ufdd0\uffff\u1fffe\ue0080'"),
        ("\ud800\ue000", "'\\ud800\\ue000'"),
        ("x" * 61, f"'{'x' * 59}…'"),
    ],
)
def test_values_are_quoted(value: object, expected: str) -> None:
    assert quote_value(value) == expected


@pytest.mark.parametrize("text", ["", "a b", "\U0001fa77", "\u0378"])
def test_characters_of_this_or_a_later_unicode_are_visible(text: str) -> None:
    assert is_visible(text)


@pytest.mark.parametrize("text", ["a\n", "\u200b", "\ufffe", "\U000e0001"])
def test_control_and_format_characters_are_invisible(text: str) -> None:
    assert not is_visible(text)


def test_the_end_of_a_long_path_is_kept() -> None:
    path = "/images/build-teams-for-the-future-with-copilot-and-more-of-it-2024.jpg"
    assert quote_value(path) == "'/images/build-teams-for-the-future-…-and-more-of-it-2024.jpg'"
    assert len(quote_value("a/" * 99, 20)) == 22
    assert quote_value(f"either/or {'x' * 99}").endswith("x…'")
