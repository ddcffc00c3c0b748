"""Keyed rules are a map and a reduce: each group can be judged alone, anywhere, in any order."""

import random

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import Checks
from newslint.engine.examine import Examiner
from newslint.engine.judge import judge, judge_group
from newslint.records import Mention, article_names, by_article, group
from newslint.rules.api import GroupRule
from newslint.rules.builtin import BUILTIN
from newslint.settings import Chosen
from newslint.source import Reader, read_document

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


def corpus() -> list[Mention]:
    rng = random.Random(7)
    examiner, reader = Examiner(Checks.of(Chosen(()))), Reader()
    documents = [
        read_document(f"{number:02}.md", record(number, rng).encode(), reader)
        for number in range(20)
    ]
    return [mention for document in documents for mention in examiner.mentions(document)]


def partitioned(mentions: list[Mention], seed: int) -> list[Diagnostic]:
    """Return what each rule says of each partition, both in random order."""
    rng = random.Random(seed)
    names = article_names(mentions)
    tasks = []
    for rule in RULES:
        known = names if rule.keys in (GroupRule.keys, by_article) else {}
        shuffled = rng.sample(mentions, len(mentions))
        tasks += [(rule, members) for members in group(shuffled, rule.keys, known)]
    rng.shuffle(tasks)
    return [each.diagnostic for rule, members in tasks for each in judge_group([rule], members)]


def test_partitions_in_any_order_give_the_report_of_the_whole() -> None:
    mentions = corpus()
    judged = judge(RULES, (), mentions)
    whole = sorted((each.diagnostic for each in judged), key=lambda each: each.order)
    assert {each.rule for each in whole} == {rule.id for rule in RULES}
    for seed in range(5):
        parts = sorted(partitioned(mentions, seed), key=lambda each: each.order)
        assert parts == whole
