"""A problem is reported once: of several rules that could report a value, only one does."""

import re
from itertools import combinations, combinations_with_replacement
from pathlib import Path

import pytest

from helpers import check, write
from newslint.rules.api import AggregateRule, GroupRule, MentionRule, Rule, SurveyRule, TextRule
from newslint.rules.builtin import BUILTIN

COPY = "title: Copy\nwebUrl: https://a.example/copy\nrelated:\n  - title: {title}\n"
COPY += "    excerpt: {excerpt}\n    webUrl: https://a.example/one\n"
RECORD = "title: {title}\nexcerpt: {excerpt}\nwebUrl: https://a.example/one\n"
LEAD = "The makers of the framework say that it will grow next year."

TWO = {
    "a": "title: One\nwebUrl: https://a.example/1\nexcerpt: The first lead.\nquality: 1\n"
    "publishedDateTime: 2022-09-11",
    "b": "title: Two\nwebUrl: https://a.example/1\nexcerpt: Another lead.\nquality: 2\n"
    "publishedDateTime: 2022-09-12",
}
"""Two records of one article that disagree on everything."""

COPIES = {name: "\n  - " + text.replace("\n", "\n    ") for name, text in TWO.items()}
"""Entries that are copies of them."""

HOST = "title: Three\nwebUrl: https://a.example/3\nrelated:"

STORY = "title: Acme buys the maker of the Zephyr turbine\nwebUrl: https://{0}/{1}\n"
STORY += "publishedDateTime: 2022-09-12\nprovider: {{domain: {0}}}"

OVERLAPS = {
    "mojibake or control-character": (
        {"control-character"},
        {"a": 'title: "the â€\x9d is AI"'},
    ),
    "mojibake or excerpt-mismatch": (
        {"mojibake"},
        {
            "a": RECORD.format(title="One", excerpt="Alphabet’s cloud grows and grows."),
            "b": COPY.format(title="One", excerpt="Alphabetâ€™s cloud grows and grows."),
        },
    ),
    "html-entity or headline-mismatch": (
        {"html-entity"},
        {
            "a": RECORD.format(title="Tom & Jerry", excerpt=LEAD),
            "b": COPY.format(title='"Tom &amp; Jerry"', excerpt=LEAD),
        },
    ),
    "html-entity or invalid-url": (
        {"html-entity"},
        {"a": "title: x\nwebUrl: https://a.example/?a=1&#038;b=2"},
    ),
    "html-entity or html-markup": ({"html-entity"}, {"a": 'title: "a &lt;b&gt; c"'}),
    "replacement-character or excerpt-mismatch": (
        {"replacement-character"},
        {
            "a": RECORD.format(title="One", excerpt="Alphabet’s cloud grows and grows."),
            "b": COPY.format(title="One", excerpt="Alphabet\ufffds cloud grows and grows."),
        },
    ),
    "untidy-whitespace or excerpt-mismatch": (
        {"untidy-whitespace"},
        {
            "a": RECORD.format(title="One", excerpt="The cloud grows and grows."),
            "b": COPY.format(title="One", excerpt='"The cloud  grows and grows. "'),
        },
    ),
    "invisible-character or headline-mismatch": (
        {"invisible-character"},
        {
            "a": RECORD.format(title="The cloud", excerpt=LEAD),
            "b": COPY.format(title='"The clo\u00adud"', excerpt=LEAD),
        },
    ),
    "invisible-character or byte-order-mark or mojibake": (
        {"mojibake"},
        {"a": 'title: "ï»¿The cloud"'},
    ),
    "missing-excerpt, boilerplate-excerpt or truncated-excerpt": (
        {"missing-excerpt"},
        {"a": "title: One\nexcerpt: na", "b": "title: Two\nexcerpt: na"},
    ),
    "boilerplate-excerpt or headline-excerpt-mismatch": (
        {"boilerplate-excerpt"},
        {"a": "title: One\nexcerpt: We use cookies. Accept all cookies to read on."},
    ),
    "excerpt-repeats-headline or truncated-excerpt": (
        {"excerpt-repeats-headline"},
        {"a": "title: The cloud grows\nexcerpt: The cloud grows"},
    ),
    "wrong-type or missing-excerpt": ({"wrong-type"}, {"a": "title: x\nexcerpt:"}),
    "wrong-type or missing-image": ({"wrong-type"}, {"a": "title: x\nimages: none"}),
    "invalid-value or invalid-url": ({"invalid-value"}, {"a": 'title: x\nwebUrl: ""'}),
    "percent-encoded-text or provider-name-mismatch": (
        {"percent-encoded-text"},
        {
            "a": "title: x\nprovider: {name: 'Tom, Inc.', domain: a.example}",
            "b": "title: z\nprovider: {name: 'Tom%2c Inc.', domain: a.example}",
        },
    ),
    "duplicate-record or quality-mismatch": (
        {"duplicate-record"},
        {
            "a": "title: x\nwebUrl: https://a.example/1\nquality: 1",
            "b": "title: x\nwebUrl: https://a.example/1\nquality: 2",
        },
    ),
    "duplicate-record or headline-mismatch, excerpt-mismatch, date-mismatch, quality-mismatch": (
        {"duplicate-record"},
        TWO
        | {
            name: HOST.replace("3", name) + COPIES[old]
            for name, old in zip("cd", "ab", strict=True)
        },
    ),
    "duplicate-record or duplicate-related": (
        {"duplicate-record"},
        TWO | {"c": HOST + COPIES["a"] + COPIES["b"]},
    ),
    "duplicate-record or self-related": (
        {"duplicate-record"},
        TWO | {"a": f"{TWO['a']}\nrelated:{COPIES['b']}"},
    ),
    "duplicate-record and quality-mismatch with each of the records": (
        {"duplicate-record", "quality-mismatch"},
        TWO | {"c": HOST + COPIES["a"].replace("quality: 1", "quality: 3")},
    ),
    "quality-mismatch and headline-mismatch with an only record": (
        {"quality-mismatch", "headline-mismatch"},
        {"a": TWO["a"], "c": HOST + COPIES["a"].replace(": 1", ": 3").replace("One", "Four")},
    ),
    "duplicate-record or duplicate-story": (
        {"duplicate-record"},
        {name: STORY.format("a.example", path) for name, path in (("a", "1"), ("b", "au/1"))},
    ),
    "duplicate-story or boilerplate-excerpt": (
        {"duplicate-story"},
        {name: f"{STORY.format(f'{name}.example', 1)}\nexcerpt: {LEAD}" for name in "abcd"},
    ),
    "duplicate-story or placeholder-image": (
        {"duplicate-story"},
        {
            name: f"{STORY.format(f'{name}.example', 1)}\nimages: [{{url: https://a.example/1.jpg}}]"
            for name in "abcdefghij"
        },
    ),
    "missing-image or placeholder-image": (
        {"placeholder-image"},
        {"a": "title: x\nimages: [{url: https://a.example/placeholder.png}]"},
    ),
    "excerpt-repeats-headline or headline-excerpt-mismatch": (
        {"excerpt-repeats-headline"},
        {"a": "title: The cloud grows in Rome\nexcerpt: The cloud grows in Rome."},
    ),
    "self-related or related-unpublished": (
        {"self-related"},
        {
            "a": "title: x\nwebUrl: https://a.example/1\npublished: false\n"
            "related:\n  - title: x\n    webUrl: https://a.example/1"
        },
    ),
    "invalid-url or insecure-url": ({"invalid-url"}, {"a": "title: x\nwebUrl: http://"}),
}
UNRELATED = ("missing-field", "missing-image", "uncached-image")


KINDS = (TextRule, MentionRule, GroupRule, AggregateRule, SurveyRule)
NEVER_MEET = {
    ("AggregateRule", "AggregateRule"),  # names of providers, images
    ("AggregateRule", "SurveyRule"),  # headlines and excerpts
    ("SurveyRule", "SurveyRule"),  # there is one
    ("SurveyRule", "TextRule"),  # the survey repairs texts first
}


def kind(rule: type[Rule]) -> str | None:
    return next((each.__name__ for each in KINDS if issubclass(rule, each)), None)


def test_rules_of_all_kinds_that_can_meet_are_listed() -> None:
    found = set()
    for overlap in OVERLAPS:
        rules = [rule for rule in BUILTIN if rule.id in re.findall(r"[a-z-]+-[a-z]+", overlap)]
        kinds = {(rule.id, name) for rule in rules if (name := kind(rule))}
        found |= {tuple(sorted((one[1], other[1]))) for one, other in combinations(kinds, 2)}
    names = sorted(each.__name__ for each in KINDS)
    assert found | NEVER_MEET >= {*combinations_with_replacement(names, 2)}


@pytest.mark.parametrize("overlap", OVERLAPS)
def test_one_rule_reports(overlap: str, archive: Path) -> None:
    reporting, files = OVERLAPS[overlap]
    write(archive, **files)
    ignore = [rule for rule in UNRELATED if rule not in overlap]
    report = check(archive, ignore=ignore)
    assert {each.rule for each in report.diagnostics} == reporting
