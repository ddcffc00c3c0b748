"""The link stage: articles are connected components of URLs, whatever the order of records."""

import random

from hypothesis import given
from hypothesis import strategies as st

from helpers import value_of
from newslint.engine.link import Links
from newslint.records import Description, describe

NAMES = st.sampled_from("abcdefgh")


def record(urls: tuple[str, str]) -> Description:
    web, original = (f"https://a.example/{name}" for name in urls)
    return describe(value_of(f"webUrl: {web}\noriginalUrl: {original}"), is_record=True)


def component(start: str, records: list[tuple[str, str]]) -> set[str]:
    """Collect all names that records connect with one."""
    found = {start}
    while more := {name for each in records if found & {*each} for name in each} - found:
        found |= more
    return found


@given(st.lists(st.tuples(NAMES, NAMES), max_size=8), st.randoms())
def test_the_id_is_the_smallest_url_of_a_component(
    records: list[tuple[str, str]], rng: random.Random
) -> None:
    links = Links(map(record, rng.sample(records, len(records)))).articles
    for name in {name for each in records for name in each}:
        url, smallest = (
            f"https://a.example/{each}" for each in (name, min(component(name, records)))
        )
        assert links.get(url, url) == smallest


def test_entries_link_nothing() -> None:
    assert Links([describe(value_of("title: x"), is_record=True)]).articles == {}
