"""Judgement of the groups that a change affects, and of no others."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain

from newslint.engine.checks import FileRules, enriches
from newslint.engine.close import Findings
from newslint.engine.deprecated import judge_corpus
from newslint.engine.enrich import enrich_description
from newslint.engine.findings import Judgement
from newslint.engine.link import link_articles
from newslint.engine.results import DescriptionResult
from newslint.execution.families import KeyTable, create_families
from newslint.execution.mention_index import MentionIndex
from newslint.records import Corpus, Group, article_key
from newslint.rules.api import CorpusRule, Rule

_NOTHING = Judgement([])

Table = tuple[bytes, bool]
Results = Mapping[Table, Mapping[bytes, DescriptionResult]]


class IncrementalJudge:
    """Judges the groups of changed descriptions, and keeps the judgements of all groups.

    Args:
        index: The mentions of all files, which others change.
        rules: The rules that compare mentions, by digest.

    Attributes:
        enriched: Results of descriptions with information from other mentions, by table.
    """

    def __init__(self, index: MentionIndex, rules: Mapping[bytes, Rule]) -> None:
        self.enriched: dict[Table, dict[bytes, DescriptionResult]] = {}
        self._index = index
        self._rules = rules
        self._families = create_families(rules)
        self._articles = KeyTable(article_key, {})
        self._links: Mapping[str, str] = {}
        self._has_deprecated = any(isinstance(rule, CorpusRule) for rule in rules.values())

    def renew(
        self,
        stale: AbstractSet[bytes],
        pending: AbstractSet[str],
        rules: Mapping[Table, FileRules],
        results: Results,
    ) -> tuple[set[str], int]:
        """Judge the groups of changed descriptions.

        Args:
            stale: Digests of descriptions in changed files, before and after the change.
            pending: These files.
            rules: The rules of all files, by table.
            results: Results of descriptions, by table.

        Returns:
            The files whose diagnostics this changes, and the number of groups.
        """
        self._links = link_articles(self._index.own_descriptions)
        self._update_keys(self._articles, stale)
        closing: set[str] = set()
        groups = 0
        for family in self._families:
            before = dict(family.judgements)
            judged = family.judge(self._index, self._update_keys(family.keys, stale))
            groups += len(judged)
            for key in judged:
                one = before.get(key, _NOTHING)
                other = family.judgements.get(key, _NOTHING)
                if one != other:
                    closing |= self._affected(_difference(one, other))
            for judgement in family.judgements.values():
                if _points_into(judgement, pending):
                    closing |= self._affected(judgement)
        if self._has_deprecated:
            closing.update(record.path for record in self._index.records.values())
        return closing | self._enrich(rules, results), groups

    def findings(self) -> Findings:
        """Collect the findings of all groups."""
        kept = chain.from_iterable(
            (*family.judgements.values(), *family.keys.failures.values())
            for family in self._families
        )
        return Findings.collect(chain(kept, self._judge_deprecated()))

    def article(self, url: str) -> Group | None:
        """Find all mentions of an article by a canonical URL; None if there are none."""
        return self._articles.group(self._index, self._links.get(url, url))

    def _update_keys(self, keys: KeyTable, stale: AbstractSet[bytes]) -> set[str]:
        """Update the keys of changed descriptions; return the keys whose groups have changed."""
        changed = {key for digest in stale for key in keys.keys_of(digest)}
        changed |= keys.link(self._links)
        for digest in stale:
            if digest in self._index.places:
                keys.add(self._index, digest)
        changed |= {key for digest in stale for key in keys.keys_of(digest)}
        for digest in stale:
            if digest not in self._index.places:
                keys.remove(digest)
        return changed

    def _affected(self, judgement: Judgement) -> set[str]:
        """Collect the files that the findings of a group are about."""
        paths = {each.path for each in judgement.findings if each.path}
        digests = {each.digest for each in judgement.findings if not each.path}
        return paths.union(*map(self._index.paths, digests | judgement.failed))

    def _enrich(self, rules: Mapping[Table, FileRules], results: Results) -> set[str]:
        """Enrich diagnostics of texts; return the files that contain enriched diagnostics."""
        before, self.enriched = self.enriched, {}
        for table, each in rules.items():
            enriching = {rule.id: rule for rule in each.between_records.values() if enriches(rule)}
            self.enriched[table] = {
                result.description.digest: found
                for result in results[table].values()
                if enriching
                if (found := self._enriched(enriching, result)) is not None
            }
        digests = {digest for table in self.enriched.values() for digest in table}
        digests |= {digest for table in before.values() for digest in table}
        return set[str]().union(*map(self._index.paths, digests))

    def _enriched(
        self, rules: Mapping[str, Rule], result: DescriptionResult
    ) -> DescriptionResult | None:
        """Enrich the diagnostics of a description; None if there is nothing to enrich."""
        description = result.description
        if not any(one.rule in rules and one.location.pointer for one in result.diagnostics):
            return None
        if not description.article or description.digest not in self._index.places:
            return None
        group = self.article(description.article)
        return None if group is None else enrich_description(rules, result, group)

    def _judge_deprecated(self) -> Iterator[Judgement]:
        """Run corpus rules, which need all groups at once."""
        if self._has_deprecated:
            corpus = Corpus(self._index.records.values(), self._index.descriptions)
            yield from judge_corpus(self._rules, corpus, self._links)


def _difference(one: Judgement, other: Judgement) -> Judgement:
    """Collect what is in only one of two judgements."""
    findings = {*one.findings} ^ {*other.findings}
    return Judgement(list(findings), one.failed ^ other.failed)


def _points_into(judgement: Judgement, pending: AbstractSet[str]) -> bool:
    """Check if a finding points into one of the files `pending`, in which lines may have moved."""
    return any(
        place.location.path in pending
        for each in judgement.findings
        for place in each.diagnostic.related_locations
    )
