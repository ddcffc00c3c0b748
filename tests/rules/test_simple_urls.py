"""The fast path of `is_url` accepts only URLs that `validators` accepts."""

import validators
from hypothesis import given
from hypothesis import strategies as st

from newslint.rules.urls.invalid_url import is_url

ALLOWED = st.text(st.sampled_from("aZ09_./~%&=+:@,-;"), max_size=12)


@given(ALLOWED, ALLOWED)
def test_simple_urls_are_valid(path: str, query: str) -> None:
    for url in (
        f"https://www.example.org/{path.replace(';', '')}",
        f"https://www.example.org/{path.replace(';', '')}?{query}",
    ):
        assert is_url(url)
        assert validators.url(url, strict_query=False)
