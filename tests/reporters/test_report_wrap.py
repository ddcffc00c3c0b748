"""Lines break between words, never in paths and URLs."""

import pytest

from newslint.reporters.console import wrap_words


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["  "]),
        ("one two three", ["  one two", "  three"]),
        ("a/very/long/path/東京 x", ["  a/very/long/path/東京", "  x"]),
        ("averyveryverylongword x", ["  averyveryverylongword", "  x"]),
        (
            "in 東京の天気はどうですか today",
            ["  in", "  東京の天", "  気はどう", "  ですか", "  today"],
        ),
    ],
)
def test_wrap_words(text: str, lines: list[str]) -> None:
    assert list(wrap_words(text.split(" "), 10, "  ")) == lines


def test_later_lines_may_hang() -> None:
    words = ["one", "two", "東京の天気"]
    assert list(wrap_words(words, 10, "  ", "    ")) == ["  one two", "    東京の", "    天気"]
