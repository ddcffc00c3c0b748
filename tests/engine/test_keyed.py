"""Keyed rules are a map and a reduce: each group can be judged alone, anywhere, in any order."""

import random

import pytest

from newslint.documents import read_document
from newslint.engine.checks import FileRules
from newslint.engine.link import Links
from newslint.engine.map import DocumentChecker
from newslint.engine.results import Finding
from newslint.execution import aggregate_family
from newslint.execution.group_judge import GroupJudge
from newslint.records import NEWS, Corpus
from newslint.rules.api import AggregateRule, GroupRule
from newslint.rules.builtin import BUILTIN
from newslint.settings import Ruleset
from newslint.syntax import Reader
from partitions import judge_in_partitions

CUT = "all that a report on the market of the world can contain, and"
TOLD_TWICE = " of a quiet turbine that Acme built in Rome"
PROVIDERS = ("P", "P", "P", "a.example")
RULES = Ruleset(
    tuple(rule() for rule in BUILTIN if issubclass(rule, (GroupRule, AggregateRule)))
).by_digest


def record(number: int, rng: random.Random) -> str:
    entries = "".join(
        f"  - title: {rng.choice(('Story', 'Story', 'Tale'))} {other}\n"
        f"    excerpt: {rng.choice(('One lead for all of the stories.', f'Lead {other}, {CUT}'))}\n"
        f"    webUrl: https://a.example/{other}\n"
        f"    publishedDateTime: 2022-09-{rng.choice((11, 12))}\n"
        f"    quality: {rng.choice((other, other, other + 1))}\n"
        f"    provider: {{name: {rng.choice(PROVIDERS)}, domain: a.example}}\n"
        f"    images: [{{url: https://a.example/{rng.choice('12345')}.jpg}}]\n"
        for other in rng.choices(range(30), k=5)
    )
    url = f"webUrl: https://a.example/{number % 18}\n" if number < 20 else ""
    return (
        f"---\ntitle: Story {min(number, 20)}{TOLD_TWICE * (number > 15)}\n"
        f"publishedDateTime: 2022-09-12\n{url}provider: {{domain: {number}.example}}\n"
        f"published: {rng.choice(('true', 'false'))}\nquality: {number}\n"
        f"tags: [{rng.choice(('Wind', 'Wind', 'wind'))}]\n"
        f"permalink: /{number % 4}/\nrelated:\n{entries}---\n"
    )


def corpus(seed: int | None = None) -> Corpus:
    """Create a corpus, whose records are collected in random order if a seed is given."""
    rng = random.Random(7)
    checker, reader = DocumentChecker(FileRules(Ruleset(()), NEWS)), Reader()
    records, descriptions = [], {}
    for number in range(22):
        data = record(number, rng).encode()
        file, results = checker.check(
            read_document(f"{number:02}.md", data, reader), known=descriptions
        )
        records += file.records
        descriptions |= {each.description.digest: each.description for each in results}
    if seed is not None:
        random.Random(seed).shuffle(records)
    return Corpus(records, descriptions)


def order(finding: Finding) -> str:
    return repr(finding)


@pytest.mark.parametrize("large", [1, 64])
@pytest.mark.parametrize("parts", [1, 7, 64])
def test_partitions_in_any_order_give_the_findings_of_the_whole(
    parts: int, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aggregate_family, "LARGE", large)
    known = corpus()
    links = Links(known.own_descriptions)
    judgements = GroupJudge(known, RULES).renew(known.places.keys())
    whole = sorted((each for one in judgements for each in one.findings), key=order)
    assert {each.rule for each in whole} == RULES.keys()
    for seed in range(3):
        shuffled = judge_in_partitions(
            RULES, corpus(seed), links, parts=parts, rng=random.Random(seed)
        )
        assert sorted((each for one in shuffled for each in one.findings), key=order) == whole
