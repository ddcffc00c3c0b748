"""Aggregate rules in a distributed run: the statistic of a group is merged from those of parts.

So a group may be of any size: each part of the archive sends one statistic, and the finished one
is sent to each description.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.engine.findings import NO_FINDINGS, Judgement, attempt
from newslint.engine.members import Member, MemberPlace, build_group
from newslint.engine.results import Finding
from newslint.engine.survey import check_description
from newslint.records import Description, Record
from newslint.rules.api import AggregateRule


class AggregatePart(NamedTuple):
    """The statistic of a part of a group.

    Attributes:
        statistic: The statistic; None if the rule crashed.
        crash: The diagnostic about that.
        first: The first occurrence in the part.
        digests: Digests of its descriptions; of many, two.
        mentions: The number of occurrences.
    """

    statistic: Any
    crash: Diagnostic | None
    first: Member
    digests: frozenset[bytes]
    mentions: int


class FinishedGroup(NamedTuple):
    """The finished statistic of a group.

    Attributes:
        statistic: The finished statistic; None if the rule crashed.
        crash: The report that the rule crashed.
    """

    statistic: Any
    crash: Judgement = NO_FINDINGS


def measure_part(
    name: bytes, rule: AggregateRule, key: str, members: Sequence[Member]
) -> AggregatePart:
    """Measure the members of a group in a part of the archive."""
    group = build_group(key, members).place()
    found = attempt(name, rule, group, lambda: rule.measure(group))
    crash = found.findings[0].diagnostic if isinstance(found, Judgement) else None
    digests = frozenset(sorted({each.description.digest for each in members})[:2])
    mentions = sum(len(each.places) for each in members)
    statistic = None if crash else found
    return AggregatePart(statistic, crash, _find_first(members), digests, mentions)


def finish_parts(
    name: bytes, rule: AggregateRule, key: str, parts: Sequence[AggregatePart]
) -> FinishedGroup | None:
    """Merge and finish the statistics of parts of a group; None if there is nothing to report."""
    first = _find_first([each.first for each in parts])
    digests = frozenset().union(*(each.digests for each in parts))
    is_record = first.description.is_record
    is_single = len(digests) == 1 and (not is_record or sum(each.mentions for each in parts) == 1)
    if rule.compares and is_single:
        return None
    crashed = next((each.crash for each in parts if each.crash is not None), None)
    if crashed is not None:
        return FinishedGroup(None, _report_crash(name, crashed, first))

    def finish() -> Any:
        statistics = [each.statistic for each in parts]
        merged = rule.merge(statistics) if len(statistics) > 1 else statistics[0]
        return rule.finish(key, merged)

    finished = attempt(name, rule, build_group(key, [first]), finish)
    if isinstance(finished, Judgement):
        return FinishedGroup(None, finished)
    return None if finished is None else FinishedGroup(finished)


def judge_member(
    name: bytes, rule: AggregateRule, key: str, description: Description, finished: FinishedGroup
) -> Judgement:
    """Judge one description of a group by its finished statistic."""
    if finished.crash.findings:
        return Judgement([], frozenset([description.digest]))
    return check_description(name, rule, key, description, finished.statistic)


def _report_crash(name: bytes, crash: Diagnostic, first: Member) -> Judgement:
    """Report the crash of a rule on a part of a group at the first occurrence in the group."""
    target = build_group("", [first]).mentions[0].description.target()
    (place,) = first.places
    prefix = Record(place.path, b"", listed=place.listed, number=place.number)
    finding = Finding(
        name,
        crash.replace(location=target.location),
        first.description.digest,
        place.path,
        prefix.prefix(place.position),
    )
    return Judgement([finding], frozenset([first.description.digest]))


def _find_first(members: Sequence[Member]) -> Member:
    """Find the first occurrence among those of members, as a member with no other."""

    def order(place: MemberPlace) -> tuple[str, int, int]:
        return place.path, place.number, place.position

    place, description = min(
        ((place, each.description) for each in members for place in each.places),
        key=lambda one: order(one[0]),
    )
    return Member(description, [place])
