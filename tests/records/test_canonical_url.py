import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.records.urls import canonical_url

EQUAL = [
    "https://example.org/a",
    "http://example.org/a",
    "HTTPS://EXAMPLE.org/a",
    "https://example.org:443/a",
    "http://example.org:80/a",
    "http://example.org:/a",
    "https://example.org/a/",
    "https://example.org/a#top",
    "https://example.org/a?",
    "https://example.org/a?utm_source=x&utm_medium=y",
    "https://example.org/a?fbclid=1",
    "https://example.org/a?gclid=1&amp",
    "https://example.org/a?amp=1",
    "https://example.org/a?UTM_Source=x",
    "  https://example.org/a\n",
]
DISTINCT = [
    "https://example.org/a",
    "https://example.org/A",
    "https://example.org/b",
    "https://www.example.org/a",
    "https://example.org:8080/a",
    "https://example.org/a?id=1",
    "https://example.org/a?id=2",
    "https://example.org/a?ID=1",
    "https://example.org/a?ampersand=1",
    "https://example.org/a?x_utm_source=1",
    "https://example.org/a?id=1&id=1",
]
PARTS = st.sampled_from(
    [*"aZ/?&#=:%é ", "http://", "https://", "utm_x=1", "amp", "example.org", ":80", ":443", "//"]
)


@pytest.mark.parametrize("url", EQUAL)
def test_urls_of_one_article_are_equal(url: str) -> None:
    assert canonical_url(url) == "https://example.org/a"


def test_urls_of_different_articles_stay_different() -> None:
    assert len({canonical_url(url) for url in DISTINCT}) == len(DISTINCT)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org/a?utm_source=x&id=1&gclid=2", "https://example.org/a?id=1"),
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("https://example.org/?p=1", "https://example.org?p=1"),
        ("ftp://example.org/a/", "ftp://example.org/a/"),
        ("/a/b/", "/a/b/"),
        (" words ", "words"),
        ("", ""),
        ("https:///a", "https:///a"),
        ("https://:80:80", "https://:80:80"),
        ("https://[::1/a", "https://[::1/a"),
        ("https://[::1]:443/a/", "https://[::1]/a"),
    ],
)
def test_canonical_forms(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@given(st.one_of(st.text(), st.lists(PARTS).map("".join), st.lists(PARTS).map("https://a.b/".join)))
def test_canonicalising_twice_changes_nothing(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
