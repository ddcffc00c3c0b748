import re

import pytest
import validators
from hypothesis import given
from hypothesis import strategies as st

from newslint.records.urls import (
    canonical_url,
    is_guessed_identity,
    parameters,
    pointer_url,
)
from newslint.records.valid_urls import is_url

MAX_LABEL = 63
ARTICLE = "https://example.org/a"
EQUAL = [
    ARTICLE,
    "http://example.org/a",
    "HTTPS://EXAMPLE.org/a",
    "https://example.org:443/a",
    "http://example.org:80/a",
    "http://example.org:/a",
    "https://example.org./a",
    "https://example.org.:443/a",
    "https://example.org/a/",
    "https://example.org/./b/../a",
    "https://example.org/%61",
    "https://example.org/a#top",
    "https://example.org/a?",
    "https://example.org/a?utm_source=x&utm_medium=y",
    "https://example.org/a?fbclid=1",
    "https://example.org/a?gclid=1&amp",
    "https://example.org/a?ocid=msedgntp",
    "https://example.org/a?itm_source=parsely&elqTrackId=7",
    "https://example.org/a?_ga=1.2&_gl=1*x&srsltid=A&mtm_source=x&hsa_cam=1&gad_source=1",
    "https://example.org/a?ScCid=1&WT.mc_id=2&wprov=sfla1&pk_keyword=x&ns_mchannel=social",
    "https://example.org/a?amp=1",
    "https://example.org/a?amp=true",
    "https://example.org/a?UTM_Source=x",
    "  https://example.org/a\n",
]
DISTINCT = [
    ARTICLE,
    "https://example.org/A",
    "https://example.org/b",
    "https://www.example.org/a",
    "https://example.org:8080/a",
    "https://example.org/a?id=1",
    "https://example.org/a?id=2",
    "https://example.org/a?ID=1",
    "https://example.org/a?ampersand=1",
    "https://example.org/a?amp=2",
    "https://example.org/a?x_utm_source=1",
    "https://example.org/a?utm_zone=33N",
    "https://example.org/a?utm_zone=34N",
    "https://example.org/a?utm_source=x;id=3",
    "https://example.org/a?mod=news",
    "https://example.org/a?mod=sport",
    "https://example.org/a?id=1&id=1",
    "https://example.org/a%2Fb",
    "https://example.org/a/b",
    "https://example.org/a#/story/1",
    "https://example.org/a#/story/2",
    "https://example.org/a#!story/1",
    "https://xn--mnchen-3ya.de/a",
    "https://example.org/a?pk_id=1",
    "https://example.org/a?si=1",
]
PARTS = st.sampled_from(
    [
        *"aZ/?&#=:%é ;.!",
        *("http://", "https://", "utm_x=1", "utm_source=a", "amp", "example.org", "%e4", "%61"),
        *(":80", ":443", "//", "/../", "cid=x", "mod=1", "ü.de"),
    ]
)
URLS = st.one_of(
    st.text(),
    st.lists(PARTS).map("".join),
    st.lists(PARTS).map(lambda parts: "https://a.b/" + "".join(parts)),
)
LABELS = st.text(st.sampled_from("aZ0-_.é"), max_size=66)
PATHS = st.text(st.sampled_from("aZ09_./~%&=+:@,-;?#<>{}[]|\\^\"' "), max_size=12)


@pytest.mark.parametrize("url", EQUAL)
def test_urls_of_one_article_are_equal(url: str) -> None:
    assert canonical_url(url) == ARTICLE


def test_urls_of_different_articles_stay_different() -> None:
    assert len({canonical_url(url) for url in DISTINCT}) == len(DISTINCT)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org/a?utm_source=x&id=1&gclid=2", "https://example.org/a?id=1"),
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("https://example.org/?p=1", "https://example.org?p=1"),
        ("https://example.org/a%2fb%7Ec", "https://example.org/a%2Fb~c"),
        ("https://example.org/é b", "https://example.org/%C3%A9%20b"),
        ("https://münchen.de/a", "https://xn--mnchen-3ya.de/a"),
        ("https://straße.de/a", "https://xn--strae-oqa.de/a"),
        ("https://example.org/#/a/", "https://example.org#/a/"),
        ("https://example.org/wheat-prices-fall?mod=rss", "https://example.org/wheat-prices-fall"),
        (
            "https://example.org/wheat-prices-fall?cid=5",
            "https://example.org/wheat-prices-fall?cid=5",
        ),
        ("ftp://example.org/a/", "ftp://example.org/a/"),
        ("/a/b/", "/a/b/"),
        (" words ", "words"),
        ("", ""),
        ("https:///a", "https:///a"),
        ("https://[::1/a", "https://[::1/a"),
        ("https://[::1]:443/a/", "https://[::1]/a"),
    ],
)
def test_canonical_forms(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@given(URLS)
def test_a_canonical_url_is_its_own_canonical_form(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


@given(URLS)
def test_parameters_are_where_they_say(url: str) -> None:
    for each in parameters(url):
        assert url[each.start : each.end].partition("=")[0] == each.name


@given(st.lists(LABELS, min_size=1, max_size=4), PATHS)
def test_the_fast_path_accepts_what_validators_accepts(labels: list[str], path: str) -> None:
    url = f"https://{'.'.join(labels)}.org/{path}"
    try:
        valid = validators.url(url, strict_query=False, rfc_1034=True, rfc_2782=True) is True
    except UnicodeError:
        valid = False
    is_stray = re.search("%(?![0-9A-Fa-f]{2})", re.split("[?#]", path)[0]) is not None
    is_impossible = any(
        label.startswith("-")
        or label.endswith("-")
        or (not label.isascii() and len(label.encode("punycode")) > MAX_LABEL - len("xn--"))
        for label in ".".join(labels).lower().split(".")
    )
    assert is_url(url) is (valid and not is_stray and not is_impossible)


@pytest.mark.parametrize(
    "url",
    [
        "https://my_blog.tumblr.com/a",
        "https://_dmarc.example.org",
        "https://example.org./a",
        "https://example.org/a?amp",
        "https://münchen.de/",
        "http://10.0.0.1:8080/",
        "https://[::1]/a",
        "https://xn--mnchen-3ya.de/100%25?discount=50%",
        "https://💩.la/",
        "https://نامه‌ای.com/",
    ],
)
def test_unusual_urls_are_valid(url: str) -> None:
    assert is_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://-bad.example.org/",
        "https://bad-.example.org/",
        "https://a..b.org/",
        f"https://{'a' * 64}.org/",
        f"https://{'a.' * 140}org/",
        "https://example.1/",
        "https://localhost/",
        "https://bad-é.org-/",
        "https://-é.org/",
        f"https://{'é' * 60}.org/",
        "https://example.org/%zz",
        "https://example.org/100%",
        "https://example.org/a%2",
        "https://example.org/{id}",
        "https://example.org/a b",
        "ftp://example.org/",
        "example.org",
    ],
)
def test_broken_urls_are_invalid(url: str) -> None:
    assert not is_url(url)


@pytest.mark.parametrize(
    ("one", "other", "guessed"),
    [
        (ARTICLE, "http://example.org/a/?utm_source=x", False),
        (ARTICLE, "https://example.org/b", False),
        (ARTICLE, "https://example.org/a?amp=1", True),
        ("https://e.org/wheat-prices?mod=rss", "https://e.org/wheat-prices?mod=home", True),
        ("https://e.org/wheat-prices?mod=rss", "https://e.org/wheat-prices?mod=rss#top", False),
        (ARTICLE, None, False),
    ],
)
def test_identity_is_guessed_if_an_ambiguous_parameter_differs(
    one: str, other: str | None, *, guessed: bool
) -> None:
    assert is_guessed_identity(one, other) is guessed


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("HTTP://Example.org:80/a/?utm_zone=1&gclid=2&id=1#/x", "https://example.org/a?id=1"),
        ("https://example.org./a%7e/../b?ocid=1", "https://example.org./a%7e/../b?ocid=1"),
        ("https://münchen.de/a?amp=2", "https://münchen.de/a"),
        (" https://example.org/a?x=1&#038;y=2 ", "https://example.org/a?x=1&y=2"),
        (" words ", "words"),
    ],
)
def test_pointer_urls_never_change(url: str, form: str) -> None:
    assert pointer_url(url) == form
