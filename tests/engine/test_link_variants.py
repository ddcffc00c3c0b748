"""Variants of one article that share no declared URL are linked, and look-alikes stay apart."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import value_of
from newslint.engine.link import Links
from newslint.records import Description, describe

Fields = dict[str, str]
A, B = "https://a.example/", "https://www.a.example/"


def item(url: str, title: str, date: str = "2022-09-12T10:00:00Z", **fields: str) -> Description:
    values = {"webUrl": url, "title": title, "publishedDateTime": date} | fields
    provider = "provider: {name: A, domain: a.example}"
    text = "\n".join([*(f"{name}: '{value}'" for name, value in values.items()), provider])
    return describe(value_of(text), is_record=True)


def articles(*records: Description) -> int:
    """Count the articles that records are of."""
    links = Links(records).articles
    return len({links.get(each.article, each.article) for each in records})


MERGER = "Acme buys the maker of the Zephyr turbine"

VARIANTS = {
    "www": (item(A + "zephyr", MERGER), item(B + "zephyr", MERGER)),
    "mobile, changed headline": (
        item(A + "zephyr", MERGER),
        item("https://m.a.example/zephyr", "Acme to buy maker of Zephyr turbine", "2022-10-01"),
    ),
    "amp path": (item(A + "news/zephyr", MERGER), item(A + "amp/news/zephyr", MERGER)),
    "amp host": (item(A + "zephyr", MERGER), item("https://amp.a.example/zephyr.html", MERGER)),
    "comments": (item(A + "zephyr", MERGER), item(A + "zephyr?comments=1", f"{MERGER} blades")),
    "index.php": (
        item(A + "article/zephyr", MERGER),
        item(A + "index.php/category/news/article/zephyr", MERGER),
    ),
    "regions": (item(A + "au/news/zephyr", MERGER), item(A + "news/zephyr", MERGER)),
    "wide regions": (item(A + "uae/en/zephyr", MERGER), item(A + "mena/en/zephyr", MERGER)),
    "number": (
        item(A + "news/zephyr-idUSKBN21Z3GW", MERGER),
        item(A + "markets/acme-idUSKBN21Z3GW", "Acme buys the maker of the turbine"),
    ),
    "new slug, words in another order": (
        item(A + "news/acme-and-zephyr", "Acme and Zephyr race for the turbine"),
        item(A + "news/zephyr-and-acme", "Zephyr and Acme race for the turbine"),
    ),
    "new slug, hyphen": (
        item(A + "plain-text", "Acme stores codes of turbines in plain-text"),
        item(A + "plaintext", "Acme stores codes of turbines in plaintext"),
    ),
    "new slug, one word more": (
        item(A + "turbine", "Acme shows its turbine in Rome"),
        item(A + "new-turbine", "Acme shows its quiet turbine in Rome"),
    ),
    "parameter without meaning": (item(A + "zephyr?via=1", MERGER), item(A + "zephyr", MERGER)),
    "AMP URL": (
        item(A + "zephyr", MERGER, ampWebUrl=A + "amp/1"),
        item(A + "sold", "A takeover", ampWebUrl=A + "amp/1"),
    ),
}

OLD, NEW = "2022-09-12T10:00:00Z", "2022-10-12T10:00:00Z"
LOOK_ALIKES = {
    "one slug, two sections": (item(A + "blog/zephyr", MERGER), item(A + "updates/zephyr", MERGER)),
    "twins of one day": (
        item(A + "db/mysql", "Audit logs for Acme Database for MySQL now in preview"),
        item(A + "db/postgresql", "Audit logs for Acme Database for PostgreSQL now in preview"),
    ),
    "reminders": (
        item(A + "r/1", "Reminder: turbines retire on 31 August", OLD),
        item(A + "r/2", "Reminder: turbines retire on 31 August", NEW),
    ),
    "dated reminders": (
        item(A + "r/1", "Reminder: turbines will be retired by 31 August 2022"),
        item(A + "r/2", "Reminder: turbines will be retired by 31 August 2024"),
    ),
    "models": (
        item(A + "m/pro", "The quiet turbine of Acme Pro now in Rome"),
        item(A + "m/pro-r", "The quiet turbine of Acme Pro R now in Rome"),
    ),
    "one URL but for the month": (
        item(A + "batch-march2022", "General availability of turbines", OLD),
        item(A + "batch-august2022", "General availability of turbines", NEW),
    ),
    "page two": (item(A + "zephyr", MERGER), item(A + "zephyr?p=2", MERGER)),
    "number, other headline": (
        item(A + "zephyr-142651", MERGER), item(A + "rome-142651", "Rome votes for a tower")
    ),
    "new slug, short headline": (item(A + "1", "Market wrap"), item(A + "2", "Market wrap")),
    "guessed URL alone": (item(A + "zephyr", MERGER), item(B + "zephyr", "Rome votes")),
    "site as AMP URL": (
        item(A + "zephyr", MERGER, ampWebUrl="https://amp.a.example/"),
        item(A + "rome", "Rome votes", ampWebUrl="https://amp.a.example/"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_are_one_article(name: str) -> None:
    assert articles(*VARIANTS[name]) == 1


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_look_alikes_are_two_articles(name: str) -> None:
    assert articles(*LOOK_ALIKES[name]) == 2


def test_a_parameter_that_once_selects_an_article_means_something() -> None:
    same = item(A + "news?via=1", MERGER), item(A + "news?via=2", MERGER)
    assert articles(*same) == 1
    assert articles(*same, item(A + "other?via=3", "Rome"), item(A + "other?via=4", "Oslo")) == 4


def test_several_pages_show_that_a_parameter_named_id_means_nothing() -> None:
    pages = [
        item(f"{A}{name}?id={at}", f"News of {name}, as it happened")
        for name in ("rome", "oslo", "bern", "riga")
        for at in "12"
    ]
    assert articles(*pages[:4]) == 4
    assert articles(*pages) == 4


RECORDS = st.sampled_from(
    [each for pair in [*VARIANTS.values(), *LOOK_ALIKES.values()] for each in pair]
)


@given(st.lists(RECORDS, max_size=8), st.randoms())
def test_the_order_of_records_makes_no_difference(
    records: Sequence[Description], rng: random.Random
) -> None:
    assert Links(rng.sample(records, len(records))).articles == Links(records).articles
