"""Keyed rules are a map and a reduce: each group can be judged alone, anywhere, in any order."""

import random

from newslint.documents import read_document
from newslint.engine.checks import Checks
from newslint.engine.examine import Examiner
from newslint.engine.judge import Judged, judge, judge_group
from newslint.records import Corpus, Record, article_key, group_mentions, link_articles
from newslint.rules.api import GroupRule
from newslint.rules.builtin import BUILTIN
from newslint.settings import Ruleset
from newslint.syntax.yaml import Reader

PROVIDERS = ("P", "P", "P", "a.example")
RULES = tuple(rule() for rule in BUILTIN if issubclass(rule, GroupRule))


def record(number: int, rng: random.Random) -> str:
    entries = "".join(
        f"  - title: Story {other}\n"
        f"    excerpt: {rng.choice(('One lead for all of the stories.', f'Lead {other}'))}\n"
        f"    webUrl: https://a.example/{other}\n"
        f"    publishedDateTime: 2022-09-{rng.choice((11, 12))}\n"
        f"    quality: {rng.choice((other, other, other + 1))}\n"
        f"    provider: {{name: {rng.choice(PROVIDERS)}, domain: a.example}}\n"
        f"    images: [{{url: https://a.example/{rng.choice('12345')}.jpg}}]\n"
        for other in rng.choices(range(30), k=5)
    )
    return (
        f"---\ntitle: Story {number}\nwebUrl: https://a.example/{number % 18}\n"
        f"published: {rng.choice(('true', 'false'))}\nquality: {number}\nrelated:\n{entries}---\n"
    )


def records() -> list[Record]:
    rng = random.Random(7)
    examiner, reader = Examiner(Checks.of(Ruleset(()))), Reader()
    documents = [
        read_document(f"{number:02}.md", record(number, rng).encode(), reader)
        for number in range(20)
    ]
    return [record for document in documents for record in examiner.records(document)]


def order(judged: Judged) -> tuple[str, ...]:
    place = min(judged.description.target().location.span) if judged.description else ""
    return (judged.rule.id, str(place), repr(judged.diagnostic), *sorted(judged.except_in))


def partitioned(known: list[Record], seed: int) -> list[Judged]:
    """Return what each rule says of each partition, both in random order."""
    rng = random.Random(seed)
    corpus = Corpus(rng.sample(known, len(known)))
    names = link_articles(corpus)
    tasks = []
    for rule in RULES:
        named = names if rule.keys in (GroupRule.keys, article_key) else {}
        tasks += [(rule, members) for members in group_mentions(corpus, rule.keys, named)]
    rng.shuffle(tasks)
    return [each for rule, members in tasks for each in judge_group([rule], members)]


def test_partitions_in_any_order_give_the_report_of_the_whole() -> None:
    known = records()
    whole = sorted(judge(RULES, (), Corpus(known)), key=order)
    assert {each.rule for each in whole} == set(RULES)
    for seed in range(5):
        assert sorted(partitioned(known, seed), key=order) == whole
