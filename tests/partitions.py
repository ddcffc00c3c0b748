"""The judge and survey stages, with groups and statistics spread over partitions."""

import random
from collections.abc import Iterable, Iterator, Mapping
from zlib import crc32

from newslint.engine.findings import Judgement, Rules
from newslint.engine.judge import judge_group
from newslint.engine.link import Links
from newslint.engine.survey import judge_finished, judge_surveyed
from newslint.records import Corpus, Group, KeyFunction, Mention, ProjectFiles
from newslint.rules.api import AggregateRule, GroupRule, SurveyRule

NO_FILES = ProjectFiles()


def number(text: str, parts: int) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) % parts


def separate(group: Group, mentions: Iterable[Mention] | None = None) -> Group:
    """Build a group that knows the records of its own mentions only."""
    return Group.from_mentions(group.key, group.mentions if mentions is None else mentions)


def groups_of(
    keys: KeyFunction, corpus: Corpus, articles: Mapping[str, str], rng: random.Random
) -> list[Group]:
    groups = [separate(group) for group in corpus.groups(keys, articles)]
    return rng.sample(groups, len(groups))


def judge_in_partitions(  # noqa: PLR0913 # independent values
    rules: Rules,
    corpus: Corpus,
    links: Links,
    *,
    parts: int,
    rng: random.Random,
    files: ProjectFiles = NO_FILES,
) -> Iterator[Judgement]:
    """Judge each rule alone, in random order, on groups that know their own records only."""
    for name, rule in rng.sample(sorted(rules.items()), len(rules)):
        if isinstance(rule, GroupRule):
            for group in groups_of(rule.keys, corpus, links.select(rule.keys), rng):
                if not (rule.compares and group.is_single):
                    yield judge_group({name: rule}, group)
        elif isinstance(rule, AggregateRule):
            for group in groups_of(rule.keys, corpus, {}, rng):
                if not (rule.compares and group.is_single):
                    yield aggregate(name, rule, group, parts)
        elif isinstance(rule, SurveyRule):
            given = (files,) if rule.reads_files else ()
            yield from survey(name, rule, groups_of(rule.keys, corpus, {}, rng), parts, given)


def aggregate(name: bytes, rule: AggregateRule, group: Group, parts: int) -> Judgement:
    """Judge a group by the merged statistics of its mentions in each partition of files."""
    by_part: dict[int, list[Mention]] = {}
    for mention in group.mentions:
        by_part.setdefault(number(mention.path, parts), []).append(mention)
    measured = [rule.measure(separate(group, mentions)) for mentions in by_part.values()]
    return judge_finished(name, rule, group, rule.finish(group.key, rule.merge(measured)))


def survey(
    name: bytes,
    rule: SurveyRule,
    groups: list[Group],
    parts: int,
    finished: tuple[object, ...],
) -> Iterator[Judgement]:
    """Judge groups by the merged statistics of the groups in each partition of keys."""
    by_part: dict[int, list[Group]] = {}
    for group in groups:
        by_part.setdefault(number(group.key, parts), []).append(group)
    for _ in range(rule.rounds):
        merged = [
            rule.merge([rule.measure(group, finished) for group in part], finished)
            for part in by_part.values()
        ]
        finished += (rule.finish(rule.merge(merged, finished), finished),)
    for group in groups:
        statistic = rule.measure(group, finished[:-1])
        yield judge_surveyed(name, rule, group, statistic, finished)
