"""Stories: articles with the same or reworded headlines within days are linked, others are not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import value_of
from newslint.engine.link import Links
from newslint.records import Description, describe

DAY = "2022-09-12T10:00:00Z"


def item(provider: str, title: str, date: str = DAY, path: str = "") -> Description:
    url = f"https://{provider}.example/{path or title.replace(' ', '-').lower()}"
    text = f"webUrl: {url}\ntitle: '{title}'\npublishedDateTime: {date}\n"
    return describe(value_of(f"{text}provider: {{domain: {provider}.example}}"), is_record=True)


def stories(*records: Description) -> int:
    """Count the stories that records tell."""
    found = Links(records).stories
    return len({found.get(each.article, each.article) for each in records})


MERGER = "Acme buys the maker of the Zephyr turbine for 3 billion"

SAME = {
    "two providers": (item("a", MERGER), item("b", MERGER)),
    "another case, and a prefix": (item("a", MERGER), item("b", f"RPT-{MERGER.upper()}")),
    "reworded": (item("a", MERGER), item("b", "Maker of Zephyr turbines bought by Acme for 3 bln")),
    "six days later": (item("a", MERGER), item("b", MERGER, "2022-09-18")),
    "two addresses of one provider": (item("a", MERGER, path="1"), item("a", MERGER, path="x/2")),
}
DIFFERENT = {
    "eight days later": (item("a", MERGER), item("b", MERGER, "2022-09-20T11:00:00Z")),
    "no date": (item("a", MERGER, "soon"), item("b", MERGER)),
    "two words": (item("a", "Market wrap"), item("b", "Market wrap")),
    "twins of one provider": (
        item("a", "Audit logs of Acme Database for MySQL in preview"),
        item("a", "Audit logs of Acme Database for MariaDB in preview"),
    ),
    "two companies, one template": (
        item("a", "Digimark now available in the marketplace of Acme"),
        item("b", "Transaccess now available in the marketplace of Acme"),
    ),
    "one subject": (item("a", MERGER), item("b", "Acme shows a quiet turbine and a fast battery")),
}


@pytest.mark.parametrize("name", SAME)
def test_same_stories_are_linked(name: str) -> None:
    assert stories(*SAME[name]) == 1


@pytest.mark.parametrize("name", DIFFERENT)
def test_different_stories_stay_apart(name: str) -> None:
    assert stories(*DIFFERENT[name]) == 2


def test_the_column_of_a_provider_is_no_story() -> None:
    days = [
        item("a", "Five things to read today", f"2022-09-{day}", str(day)) for day in range(10, 20)
    ]
    assert stories(*days) == len(days)


def test_records_of_one_article_are_no_story() -> None:
    assert Links((item("a", MERGER, path="1"), item("a", MERGER, path="1"))).stories == {}
    assert Links((item("a", MERGER, path="au/1"), item("a", MERGER, path="1"))).stories == {}


def test_a_story_has_the_smallest_article_id() -> None:
    links = Links((item("b", MERGER), item("a", MERGER), item("c", MERGER)))
    assert {*links.stories.values()} == {item("a", MERGER).article}


RECORDS = st.sampled_from([each for pair in [*SAME.values(), *DIFFERENT.values()] for each in pair])


@given(st.lists(RECORDS, max_size=10), st.randoms())
def test_the_order_of_records_makes_no_difference(
    records: list[Description], rng: random.Random
) -> None:
    assert Links(rng.sample(records, len(records))).stories == Links(records).stories
