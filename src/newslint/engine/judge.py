"""The judge stage: run the rules that compare mentions, on each group of mentions with equal key.

This is the reduce step of a map-reduce: a rule sees the mentions of one group only.
"""

from collections.abc import Collection, Iterator, Mapping

from newslint.engine.deprecated import judge_corpus
from newslint.engine.findings import GuardedKeys, Judgement, Rules, run_rules
from newslint.engine.link import Links
from newslint.engine.survey import judge_aggregates, survey
from newslint.records import Corpus, Group, KeyFunction
from newslint.rules.api import AggregateRule, GroupRule, SurveyRule


def judge(
    rules: Rules,
    corpus: Corpus,
    links: Links,
    among: Collection[bytes] | None = None,
) -> Iterator[Judgement]:
    """Run the rules that compare mentions, each on the groups of its keys.

    Args:
        rules: Rules that need several documents.
        corpus: All records.
        links: Links from URLs to articles and stories.
        among: Judge only groups with one of these descriptions, given by digest; None for all.
    """
    by_keys: dict[KeyFunction, dict[bytes, GroupRule]] = {}
    for name, rule in rules.items():
        if isinstance(rule, GroupRule):
            by_keys.setdefault(rule.keys, {})[name] = rule
        elif isinstance(rule, AggregateRule):
            yield from judge_aggregates(name, rule, corpus, among)
        elif isinstance(rule, SurveyRule):
            yield from survey(name, rule, corpus, among)
    for keys, keyed in by_keys.items():
        guarded = GuardedKeys(keys)
        single = {name: rule for name, rule in keyed.items() if not rule.compares}
        for group in corpus.groups(guarded, links.select(keys), among):
            yield judge_group(single if group.is_single else keyed, group)
        yield guarded.failures(keyed)
    yield from judge_corpus(rules, corpus, links.articles)


def judge_group(rules: Mapping[bytes, GroupRule], group: Group) -> Judgement:
    """Run group rules on one group; the result depends on nothing else."""
    return run_rules(rules, group, [group])
