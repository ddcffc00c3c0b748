"""Judgement of the groups that a change affects, and of no others."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import FileRules, enriches
from newslint.engine.close import Findings
from newslint.engine.deprecated import judge_corpus
from newslint.engine.enrich import enrich_description
from newslint.engine.findings import Judgement
from newslint.engine.link import Links, Values, linked_values
from newslint.engine.results import DescriptionResult
from newslint.execution.families import KeyTable, create_families
from newslint.execution.finding_index import FindingIndex
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
        self._links = Links()
        self._linked: dict[bytes, Values] = {}
        self._kept = FindingIndex()
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
        self._link(stale)
        self._update_keys(self._articles, stale)
        closing: set[str] = set()
        groups = 0
        for number, family in enumerate(self._families):
            before = dict(family.judgements)
            judged = family.judge(self._index, self._update_keys(family.keys, stale))
            groups += len(judged)
            for key in judged:
                one = before.get(key, _NOTHING)
                other = family.judgements.get(key, _NOTHING)
                if one != other:
                    closing |= self._affected(self._kept.replace((number, key), one, other))
        for number, key in self._kept.pointing_into(pending):
            closing |= self._affected(self._families[number].judgements[key])
        if self._has_deprecated:
            closing.update(record.path for record in self._index.records.values())
        return closing | self._enrich(stale, pending, rules, results), groups

    def findings(self) -> Findings:
        """Collect the findings of all groups."""
        families = self._families
        failures = [each for family in families for each in family.keys.failures.values()]
        if not (failures or self._has_deprecated):
            return self._kept.findings()
        judgements = chain.from_iterable(family.judgements.values() for family in families)
        return Findings.collect(chain(judgements, failures, self._judge_deprecated()))

    def article(self, url: str) -> Group | None:
        """Find all mentions of an article by a canonical URL; None if there are none."""
        return self._articles.group(self._index, self._links.articles.get(url, url))

    def _link(self, stale: AbstractSet[bytes]) -> None:
        """Link articles again if values of a record on which links depend have changed."""
        before = {self._linked.pop(digest) for digest in stale if digest in self._linked}
        for digest in stale & self._index.places.keys():
            description = self._index.descriptions[digest]
            if description.is_record:
                self._linked[digest] = linked_values(description)
        if before != {self._linked[digest] for digest in stale if digest in self._linked}:
            self._links = Links(self._index.own_descriptions)

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

    def _enrich(
        self,
        stale: AbstractSet[bytes],
        pending: AbstractSet[str],
        rules: Mapping[Table, FileRules],
        results: Results,
    ) -> set[str]:
        """Enrich diagnostics of texts; return the files whose diagnostics this changes.

        The arguments are those of `renew`.
        """
        before, self.enriched = self.enriched, {}
        changed: set[bytes] = set()
        for table, each in rules.items():
            enriching = {rule.id: rule for rule in each.between_records.values() if enriches(rule)}
            known, old = results[table], before.get(table, {})
            candidates = (stale | old.keys()) & known.keys() if enriching else ()
            new = {
                digest: found
                for digest in candidates
                if (found := self._enriched(enriching, known[digest])) is not None
            }
            self.enriched[table] = new
            changed |= {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
            changed |= {key for key, one in new.items() if _point_into(one.diagnostics, pending)}
        return set[str]().union(*map(self._index.paths, changed))

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
            yield from judge_corpus(self._rules, corpus, self._links.articles)


def _point_into(diagnostics: Iterable[Diagnostic], pending: AbstractSet[str]) -> bool:
    """Check if diagnostics point into the files `pending`, in which lines may have moved."""
    places = (place for each in diagnostics for place in each.related_locations)
    return any(place.location.path in pending for place in places)
