"""Boilerplate is found by its words first, then by its patterns."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.records.boilerplate import BOILERPLATE, find_boilerplate


@pytest.mark.parametrize("name", BOILERPLATE)
@given(st.data())
def test_every_match_of_a_pattern_contains_one_of_its_words(name: str, data: st.DataObject) -> None:
    notice = BOILERPLATE[name]
    text = data.draw(st.from_regex(re.compile(notice.pattern, re.IGNORECASE)))
    assert any(word in text.casefold() for word in notice.words)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We use cookies to give you the best experience on our website.", "a cookie notice"),
        ("Wir verwenden Cookies, um Inhalte zu personalisieren.", "a cookie notice"),
        ("Wir nutzen auf dieser Website Cookies.", "a cookie notice"),
        ("Wij gebruiken cookies om deze website te verbeteren.", "a cookie notice"),
        ("Используя сайт, вы знаете: мы используем файлы cookie.", "a cookie notice"),
        ("Copyright 2022 The Associated Press. All Rights Reserved by it.", "a copyright notice"),
        ("The browser that engineers built is out, and its source is open.", ""),
        ("Read more", "filler"),
        (
            "Getting started with Azure? Join a live webinar session with experts.",
            "an advertisement for an event",
        ),
        ("Teachers can now join a live webinar from the app without an account.", ""),
    ],
)
def test_boilerplate_is_distinguished_from_news(text: str, name: str) -> None:
    assert find_boilerplate(text) == name
