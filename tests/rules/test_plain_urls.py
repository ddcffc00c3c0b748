"""What is called a URL without asking `validators` is one."""

import validators
from hypothesis import given
from hypothesis import strategies as st

from newslint.rules.urls.invalid_url import is_url

ALLOWED = st.text(st.sampled_from("aZ09_./~%&=+:@,-;"), max_size=12)


@given(ALLOWED, ALLOWED)
def test_usual_paths_and_queries_are_those_of_urls(path: str, query: str) -> None:
    for url in (
        f"https://www.example.org/{path.replace(';', '')}",
        f"https://www.example.org/{path.replace(';', '')}?{query}",
    ):
        assert is_url(url)
        assert validators.url(url, strict_query=False)
