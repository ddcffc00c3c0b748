"""No file takes long: neither a megabyte of text, nor a text that is nothing but defects."""

import gc
import time

import pytest
from runs import outcome

from newslint.text.source_text import BYTE_ORDER_MARK

PLACES = {
    "headline": "title: >-\n  {}\nexcerpt: |\n  x {}\n",
    "quotes": "title: '{}'\nexcerpt: \"{}\"\n",
    "URLs": "webUrl: >-\n  https://example.org/{}\nimages:\n- url: >-\n    https://a.b/?x={}\n",
    "other fields": "provider:\n  domain: >-\n    {}\n  name: >-\n    {}\nquality: >-\n  {}\n",
    "dates": "publishedDateTime: >-\n  {}\ntopics:\n- >-\n  {}\nfeaturedContent: >-\n  {}\n",
    "entries": "related:\n- title: >-\n    {}\n  excerpt: >-\n    x {}\n  webUrl: >-\n    {}\n",
    "comments": "title: x # {}\n# newslint: ignore[{}]\nquality: 1 # newslint: {}\n",
    "keys": "? >-\n  {}\n: x\nsecured: >-\n  {}\n",
    "the body": "title: x\n---\n{}\n",
}
"""Where a text may stand."""

UNITS = [
    *(
        "a",
        "é",
        "â€™",
        "Ã©",
        "İ",
        "e\u0301",
        "😀",
        "日本",
        "\x80",
        "â€\x9d",
        "\ufffd",
        "\xad",
        "\u200b",
    ),
    *(
        " ",
        "\t",
        "\xa0",
        "a ",
        "A ",
        "a  ",
        ". ",
        "...",
        "…",
        "/ ",
        "/",
        ":",
        ":80",
        "//",
        "www.",
        "a.b ",
    ),
    *("&", "&amp;", "amp;", "&#038;", "%41", "%41 ", "%", "<b>", "<", "</p>", "<!--", ">"),
    *(
        "http://",
        "https://a.b/?utm_x=1 ",
        "?",
        "&utm_a=b",
        "#",
        " #",
        "@",
        "-",
        "--",
        "'",
        "''",
        '"',
    ),
    *(
        "\\",
        "\\\\",
        "[",
        "]",
        "(",
        "1",
        "1,",
        "text,",
        "2022-01-01 ",
        "1:",
        "\u202e",
        BYTE_ORDER_MARK,
    ),
    *(
        "ignore[text]",
        "newslint: ignore[text] ",
        "# newslint: ignore-file[x] ",
        "cookies ",
        "!",
        "!a%",
    ),
]
"""What a text may be made of."""

SHORT = 1_500
LONG = 4 * SHORT
GROWTH = 10.0
"""Four times the text may take up to this many times as long; what is quadratic takes 16 times."""

FEW_SECONDS = 0.3
MEGABYTE = 1_000_000
MOST_SECONDS = 5
"""Under a second is usual; machines that run tests have other things to do."""


def seconds(place: str, unit: str, size: int) -> float:
    """Return how long it takes to check two files in which `size` bytes are made of `unit`."""
    front_matter = PLACES[place].replace("{}", unit * (size // len(unit.encode())))
    files = {name: f"---\n{front_matter}---\n{name}".encode() for name in ("a.md", "b.md")}
    gc.disable()  # as the program does
    try:
        started = time.process_time()
        assert outcome(files).complete
        return time.process_time() - started
    finally:
        gc.enable()


@pytest.mark.parametrize("place", PLACES)
def test_texts_that_are_nothing_but_defects_take_linear_time(place: str) -> None:
    for unit in UNITS:
        long = seconds(place, unit, LONG)
        if long > FEW_SECONDS:
            short = min(seconds(place, unit, SHORT) for _ in range(2))
            assert min(long, seconds(place, unit, LONG)) < GROWTH * short, unit


@pytest.mark.parametrize("unit", ["word ", "naïve ", "日本", "a"])
@pytest.mark.parametrize("place", PLACES)
def test_a_megabyte_of_text_takes_no_time_to_speak_of(place: str, unit: str) -> None:
    assert seconds(place, unit, MEGABYTE // 2 // PLACES[place].count("{}")) < MOST_SECONDS
