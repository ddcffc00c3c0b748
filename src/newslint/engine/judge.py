"""The judge stage: run the rules that compare mentions, on each group of mentions with equal key.

This is the reduce step of a map-reduce: a rule sees the mentions of one group only.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import crash, enriches, has_crashed, run_rule
from newslint.engine.results import DescriptionResult, Finding
from newslint.records import (
    Corpus,
    Description,
    Group,
    KeyFunction,
    Mention,
    Target,
    article_key,
)
from newslint.rules.api import CorpusRule, DescriptionDiagnostic, GroupRule, Rule, TextRule
from newslint.text import Location

_ARTICLE_KEYS = (GroupRule.keys, article_key)
_PREFIX = re.compile(r"(?:\0\d+)?(?:/[^/]+/\d+(?=/|\Z))?")

Rules = Mapping[bytes, Rule]
"""Rules by digest, each of a rule and its options (see `Ruleset.by_digest`)."""


class Judgement(NamedTuple):
    """The result of running rules on one group.

    Attributes:
        findings: The diagnostics.
        failed: Digests of the group's descriptions if a rule crashed on it; else empty.
    """

    findings: list[Finding]
    failed: frozenset[bytes] = frozenset()


def judge(rules: Rules, corpus: Corpus, articles: Mapping[str, str]) -> Iterator[Judgement]:
    """Run group rules on each group of a corpus, and corpus rules on all groups.

    Args:
        rules: Rules that need several documents.
        corpus: All records.
        articles: Article ids by canonical URL.
    """
    by_keys: dict[KeyFunction, dict[bytes, GroupRule]] = {}
    for name, rule in rules.items():
        if isinstance(rule, GroupRule):
            by_keys.setdefault(rule.keys, {})[name] = rule
    for keys, keyed in by_keys.items():
        guarded = _GuardedKeys(keys)
        single = {name: rule for name, rule in keyed.items() if not rule.compares}
        canonical = articles if keys in _ARTICLE_KEYS else {}
        for group in corpus.groups(guarded, canonical):
            yield judge_group(single if group.is_single else keyed, group)
        yield guarded.failures(keyed)
    surveys = {name: rule for name, rule in rules.items() if isinstance(rule, CorpusRule)}
    if surveys:
        groups = list(corpus.groups(article_key, articles))
        if groups:
            yield _judged(surveys, groups, groups)


def judge_group(rules: Mapping[bytes, GroupRule], group: Group) -> Judgement:
    """Run group rules on one group; the result depends on nothing else."""
    return _judged(rules, group, [group])


def enrich(
    rules: Rules,
    corpus: Corpus,
    articles: Mapping[str, str],
    results: Iterable[DescriptionResult],
) -> Iterator[DescriptionResult]:
    """Add information from other mentions of the article to the diagnostics of text rules.

    An example is `replacement-character`, which finds the undamaged text in another mention.

    Args:
        rules: Rules that apply to the descriptions.
        corpus: All records.
        articles: Article ids by canonical URL.
        results: Descriptions and their diagnostics.

    Yields:
        The results that have changed.
    """
    enriching = {rule.id: rule for rule in rules.values() if enriches(rule)}
    wanted = [
        each
        for each in results
        if each.description.article
        and any(one.rule in enriching and one.location.pointer for one in each.diagnostics)
    ]
    if not wanted:
        return
    groups = dict(corpus.keyed(article_key, articles))
    for result in wanted:
        url = result.description.article
        digests = groups.get(articles.get(url, url))
        if digests is not None:
            yield enrich_description(enriching, result, corpus.group(url, digests))


def enrich_description(
    rules: Mapping[str, Rule], result: DescriptionResult, group: Group
) -> DescriptionResult:
    """Add information from the group of its article to the diagnostics of a description.

    Args:
        rules: Rules with a method `enrich`, by id.
        result: The description and its diagnostics.
        group: All mentions of its article.
    """
    found: list[Diagnostic] = []
    description = result.description
    for diagnostic in result.diagnostics:
        rule = rules.get(diagnostic.rule)
        if not isinstance(rule, TextRule) or not diagnostic.location.pointer:
            found.append(diagnostic)
            continue
        try:
            found.append(rule.enrich(diagnostic, Mention(description), group))
        except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
            found += [diagnostic, crash(rule, description.target(), error)]
    return DescriptionResult(description, tuple(found))


def _judged(rules: Rules, subject: object, groups: list[Group]) -> Judgement:
    """Run rules on `subject`: a group, or all groups; `groups` lists them in both cases."""
    findings: list[Finding] = []
    failed: set[bytes] = set()
    places = _Places(groups)

    def first() -> Target:
        return groups[0].mentions[0].target()

    for name, rule in rules.items():
        found = run_rule(rule, subject, first)  # type: ignore[arg-type] # each has a `check`
        findings += [places.finding(name, each) for each in found]
        if has_crashed(each for each in found[-1:] if isinstance(each, Diagnostic)):
            failed.update(each.digest for group in groups for each in group.descriptions)
    return Judgement(findings, frozenset(failed))


class _Places:
    """An index of the mentions in groups, to find the one that a diagnostic points into."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._groups = groups
        self._known: dict[tuple[str, str], Mention] = {}

    def finding(self, rule: bytes, found: Diagnostic | DescriptionDiagnostic) -> Finding:
        """Create the finding for a diagnostic: relative to a description if it points into one."""
        if isinstance(found, DescriptionDiagnostic):
            description, diagnostic, except_in = found
            return Finding(rule, diagnostic, description.digest, except_in=except_in)
        location = found.location
        mention = self._at(location)
        if mention is None:  # the rule points at a place outside of the group
            return Finding(rule, found, path=location.path)
        pointer = location.pointer.removeprefix(mention.prefix)
        relative = found.replace(location=Location("", pointer, location.span))
        return Finding(rule, relative, mention.description.digest, mention.path, mention.prefix)

    def _at(self, location: Location) -> Mention | None:
        """Find the mention that contains a location."""
        if not self._known:
            every = (mention for each in self._groups for mention in each.mentions)
            self._known = {(each.path, each.prefix): each for each in every}
        return self._known.get((location.path, prefix_of(location.pointer))) or self._known.get(
            (location.path, "")
        )


def prefix_of(pointer: str) -> str:
    """Extract the pointer to a description from that of a value in it (see `Record.prefix`)."""
    found = _PREFIX.match(pointer)
    return found[0] if found else ""


class _GuardedKeys:
    """A key function of a rule, whose exceptions become `rule-crashed` diagnostics."""

    def __init__(self, keys: KeyFunction) -> None:
        self._keys = keys
        self._failures: list[tuple[Description, Exception]] = []

    def __call__(self, mention: Mention) -> Iterable[str]:
        """List the keys of `mention`; none if the key function raises an exception."""
        try:
            return tuple(self._keys(mention))
        except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
            self._failures.append((mention.description, error))
            return ()

    def failures(self, rules: Mapping[bytes, GroupRule]) -> Judgement:
        """Create a `rule-crashed` finding for each exception and each rule with these keys."""
        findings = [
            Finding(name, crash(rule, description.target(), error), description.digest)
            for name, rule in rules.items()
            for description, error in self._failures
        ]
        return Judgement(findings, frozenset(each.digest for each, _ in self._failures))
