"""Blocks and members, as on a cluster but in one process: the report of a check in memory."""

import random
from collections import defaultdict

import pytest
from hypothesis import given, settings
from test_partitions import ARCHIVE, ROOT, shifted

from newslint.engine.aggregate_parts import finish_parts, judge_member, measure_part
from newslint.engine.judge_members import Judged, list_member_rules, split_results
from newslint.engine.link import Links
from newslint.engine.members import Member, build_group
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.blocks import Block, BlockMapper, close_block
from newslint.execution.rulesets import RulesetResolver
from newslint.records.verdicts import Verdicts
from newslint.rules.api import AggregateRule, SurveyRule
from newslint.settings import Project
from newslint.settings.settings import Settings


def judge_blocks(blocks: list[Block], resolver: RulesetResolver) -> dict[bytes, list[Judged]]:
    """Judge the members of blocks; surveys are left out."""
    rules = resolver.file_rules("a.md")
    assert rules is not None
    tables, aggregates = list_member_rules([rules])
    own = {each.digest: each for block in blocks for each in block.descriptions.values()}
    links = Links(each for each in own.values() if each.is_record)
    found: dict[bytes, list[Judged]] = defaultdict(list)
    groups: dict[tuple[int, str], list[Member]] = defaultdict(list)
    parts: dict[tuple[int, str], list[list[Member]]] = defaultdict(list)
    for block in blocks:
        for number, key, member, _ in block.collect_members(tables):
            assert key is not None
            linked = links.select(tables[number].keyed.keys).get(key, key)
            groups[number, linked].append(member)
        own_parts: dict[tuple[int, str], list[Member]] = defaultdict(list)
        for number, key, member, _ in block.collect_members(aggregates):
            assert key is not None
            own_parts[number, key].append(member)
        for name, members in own_parts.items():
            parts[name].append(members)
    for (number, key), members in groups.items():
        for name, judged in tables[number].judge(key, members, {}, Verdicts()).items():
            found[name].append(judged)
    for (number, key), divided in parts.items():
        ((name, rule),) = aggregates[number].keyed.rules.items()
        assert isinstance(rule, AggregateRule)
        measured = [measure_part(name, rule, key, members) for members in divided]
        finished = finish_parts(name, rule, key, measured)
        if finished is not None:
            group = build_group(key, [each for members in divided for each in members])
            judgements = [judge_member(name, rule, key, d, finished) for d in group.descriptions]
            for place, judged in split_results(judgements).items():
                found[place].append(judged)
    return found


@pytest.mark.parametrize("size", [1, 3, 50])
@settings(max_examples=8)
@given(files=ARCHIVE)
def test_blocks_change_no_diagnostic(files: dict[str, str], size: int) -> None:
    assert_equal(files, size)


@pytest.mark.parametrize("size", [20, 1000])
def test_blocks_change_no_diagnostic_of_aggregates(size: int) -> None:
    assert_equal({name: text for name, text in shifted().items() if name.endswith(".md")}, size)


def assert_equal(files: dict[str, str], size: int) -> None:
    contents = {ROOT / name: text.encode() for name, text in files.items()}
    request = CheckRequest.create(
        list(contents),
        ROOT,
        select=["all"],
        ignore=[
            rule.id
            for rule in Project.build(ROOT, Settings()).registry
            if issubclass(rule, SurveyRule)
        ],
        project=Project.build(ROOT, Settings()),
        contents=contents,
    )
    resolver = RulesetResolver(request.rules)
    mapper = BlockMapper(resolver, request.reader.limits)
    named = [(path.name, content) for path, content in contents.items()]
    random.Random(size).shuffle(named)
    blocks = [mapper.map(named[at : at + size]) for at in range(0, len(named), size)]
    judged = judge_blocks(blocks, resolver)
    reports = [
        report
        for block in blocks
        for report in close_block(
            block.shrink(),
            [each for name in block.names for each in judged.get(name, ())],
            resolver,
            request.project.registry,
        )
    ]
    reports.sort(key=lambda each: each.path)
    whole = run_check(request).report
    assert [one for each in reports for one in each.diagnostics] == list(whole.diagnostics)
    assert [one for each in reports for one in each.suppressed] == list(whole.suppressed)
