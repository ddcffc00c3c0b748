"""The judge stage of a distributed run: judge a group of members by all rules that share its keys.

The result of a group is split by file and description, so that each part of the archive gets only
the findings about its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from newslint.engine.checks import FileRules, find_enriching
from newslint.engine.enrich import enrich_description
from newslint.engine.findings import PART, Judgement
from newslint.engine.keyed_rules import KeyedRules, group_rules_by_keys
from newslint.engine.members import Member, RelatedPlaces, build_group
from newslint.engine.results import DescriptionResult, Finding
from newslint.engine.survey_parts import Surveyed, judge_surveys
from newslint.records import Group, article_key, story_key
from newslint.records.verdicts import Verdicts
from newslint.rules.api import AggregateRule, Rule


class Judged(msgspec.Struct, frozen=True, array_like=True):
    """Results of the judge stage about one file, or one description in all its files.

    Attributes:
        findings: The findings.
        failed: Digests of descriptions in groups that a rule crashed on.
        enriched: Results of descriptions whose diagnostics were enriched, with digests of
            `FileRules`.
    """

    findings: list[Finding] = []
    failed: list[bytes] = []
    enriched: list[tuple[bytes, DescriptionResult]] = []


class MemberRules(NamedTuple):
    """The rules that compare descriptions with equal keys.

    Attributes:
        keyed: The rules.
        has_links: Whether the keys are URLs that may lead to one article or story.
        enriching: The rules that enrich diagnostics, by digest of the `FileRules`, and by id.
        aggregate: The only rule, with its digest, if it judges descriptions by a statistic.
    """

    keyed: KeyedRules
    has_links: bool = False
    enriching: Mapping[bytes, dict[str, Rule]] = MappingProxyType({})
    aggregate: tuple[bytes, AggregateRule] | None = None

    @property
    def reads(self) -> frozenset[str] | None:
        """The fields that the rules read; None for all."""
        enriching = (rule for each in self.enriching.values() for rule in each.values())
        reads = [each.fields_read for each in (*self.keyed.rules.values(), *enriching)]
        known = [each for each in reads if each is not None]
        return frozenset().union(*known) if len(known) == len(reads) else None

    def select_results(
        self, results: Mapping[bytes, DescriptionResult]
    ) -> dict[bytes, DescriptionResult]:
        """Select the results with diagnostics to enrich, by digest of the `FileRules`."""
        return {
            name: result
            for name, result in results.items()
            if any(
                each.rule in self.enriching.get(name, ()) and each.location.pointer
                for each in result.diagnostics
            )
        }

    def judge(
        self, key: str, members: Iterable[Member], surveyed: Surveyed, verdicts: Verdicts
    ) -> Iterator[tuple[bytes, Judged]]:
        """Judge a group; yield the results by file and description (`split_results`).

        Members are read one at a time: in a large group, they take more memory than the group.
        """
        results: list[tuple[bytes, DescriptionResult]] = []
        group = build_group(key, _set_results_apart(members, results))
        related = RelatedPlaces(group)
        judged = map(related.place_findings, self.keyed.judge(group, verdicts))
        others: Iterable[Judgement] = ()
        if self.keyed.surveys:
            others = judge_surveys(self.keyed.surveys, group.place(), surveyed)
        return split_results(chain(judged, others), self._enrich(results, group, related))

    def _enrich(
        self,
        results: Iterable[tuple[bytes, DescriptionResult]],
        group: Group,
        related: RelatedPlaces,
    ) -> Iterator[tuple[bytes, DescriptionResult]]:
        """Enrich the results of members."""
        for name, result in results:
            found = enrich_description(self.enriching[name], result, group)
            diagnostics = tuple(map(related.place, found.diagnostics))
            yield name, DescriptionResult(found.description, diagnostics)


def _set_results_apart(
    members: Iterable[Member], results: list[tuple[bytes, DescriptionResult]]
) -> Iterator[Member]:
    """Yield members, whose results are added to a list."""
    for member in members:
        results += member.results.items()
        yield member


def list_member_rules(file_rules: Iterable[FileRules]) -> list[MemberRules]:
    """List the rules that compare descriptions, by their key functions.

    Each aggregate rule has a table of its own, unless its keys are linked: a group may be large.
    """
    every = [*file_rules]
    rules = {name: rule for each in every for name, rule in each.between_records.items()}
    enriching = {each.digest: find_enriching(each.ruleset.rules) for each in every}
    found = {name: each for name, each in enriching.items() if each}
    tables: list[MemberRules] = []
    for keyed in group_rules_by_keys(rules):
        has_links, others = keyed.keys in (article_key, story_key), {}
        for name, rule in keyed.rules.items():
            if isinstance(rule, AggregateRule) and not has_links:
                alone = KeyedRules(keyed.keys, {name: rule})
                tables.append(MemberRules(alone, aggregate=(name, rule)))
            else:
                others[name] = rule
        own = found if keyed.keys is article_key else {}
        if others or own:
            tables.append(MemberRules(KeyedRules(keyed.keys, others), has_links, own))
    return tables


def name_place(finding: Finding) -> bytes:
    """Name the description, or the only file, that a finding is about."""
    if finding.path or not finding.digest:
        return name_file(finding.path)
    return finding.digest


def name_file(path: str) -> bytes:
    """Name a file among descriptions, which are named by their digests."""
    return b"file:" + path.encode("utf-8", "surrogatepass")


def split_results(
    judgements: Iterable[Judgement],
    enriched: Iterable[tuple[bytes, DescriptionResult]] = (),
) -> Iterator[tuple[bytes, Judged]]:
    """Split the results of a group by the file or description that they are about (`name_place`).

    Yields:
        Names with results. If there are many, a name may come again with others.
    """
    found: dict[bytes, Judged] = {}

    def part(name: bytes) -> Judged:
        return found.setdefault(name, Judged([], [], []))

    for findings, failed in judgements:
        for finding in findings:
            part(name_place(finding)).findings.append(finding)
        for digest in failed:
            part(digest).failed.append(digest)
        if len(found) >= PART:
            yield from found.items()
            found.clear()
    for rules, result in enriched:
        part(result.description.digest).enriched.append((rules, result))
    yield from found.items()
