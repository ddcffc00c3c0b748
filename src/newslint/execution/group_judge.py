"""Judgement of the groups that a change affects, and of no others."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet

from newslint.engine.checks import enriches
from newslint.engine.deprecated import judge_corpus
from newslint.engine.enrich import enrich_description
from newslint.engine.finding_index import FindingIndex
from newslint.engine.findings import NO_FINDINGS, Judgement
from newslint.engine.link import Links
from newslint.engine.link_candidate import LinkedRecord, read_linked_record
from newslint.engine.results import DescriptionResult
from newslint.execution.families import create_families
from newslint.execution.key_table import KeyTable
from newslint.records import Corpus, Group, Mention, article_key
from newslint.rules.api import CorpusRule, Rule


class GroupJudge:
    """Judges the groups of changed descriptions, and keeps the judgements of all groups.

    Args:
        corpus: The mentions of all files, which others change.
        rules: The rules that compare mentions, by digest.

    Attributes:
        findings: The findings of all groups.
    """

    def __init__(self, corpus: Corpus, rules: Mapping[bytes, Rule]) -> None:
        self.findings = FindingIndex()
        self._corpus = corpus
        self._rules = rules
        self._articles = KeyTable(article_key)
        self._families = create_families(rules, self._articles)
        self._links = Links()
        self._linked: dict[bytes, LinkedRecord] = {}
        self._deprecated: Judgement | None = None
        if any(isinstance(rule, CorpusRule) for rule in rules.values()):
            self._deprecated = NO_FINDINGS

    @property
    def judged(self) -> int:
        """Number of groups that were judged."""
        return sum(each.judged for families in self._families.values() for each in families)

    def renew(
        self, stale: AbstractSet[bytes], among: Collection[bytes] | None = None
    ) -> list[Judgement]:
        """Judge the groups of changed descriptions.

        Args:
            stale: Digests of descriptions in changed files, before and after the change.
            among: Judge only groups with one of these descriptions, given by digest; None for all.

        Returns:
            The findings that are new or gone.
        """
        self._link(stale)
        known, places = self._corpus.descriptions, self._corpus.places
        mentions = {digest: Mention(known[digest]) for digest in stale if digest in places}
        found: list[Judgement] = []
        for table, families in self._families.items():
            failures = dict(table.failures)
            keys = table.update(stale, mentions, self._links)
            for digest in failures.keys() | table.failures.keys():
                old, new = (each.get(digest, NO_FINDINGS) for each in (failures, table.failures))
                found.append(self.findings.replace((table, digest), old, new))
            for family in families:
                family.change(keys)
                found += (
                    self.findings.replace((family, key), old, new)
                    for key, old, new in family.judge(self._corpus, among)
                )
        if self._deprecated is not None:
            old, new = (
                self._deprecated,
                judge_corpus(self._rules, self._corpus, self._links.articles),
            )
            found.append(self.findings.replace("corpus rules", old, new))
            self._deprecated = new
        return found

    def paths(self, judgements: Iterable[Judgement]) -> set[str]:
        """Collect the files that findings are about."""
        paths: set[str] = set()
        digests: set[bytes] = set()
        for findings, failed in judgements:
            paths.update(each.path for each in findings if each.path)
            digests.update(failed, (each.digest for each in findings if not each.path))
        return paths.union(*map(self._corpus.paths, digests))

    @property
    def articles(self) -> Mapping[str, str]:
        """Ids of articles by canonical URL (see `Links`)."""
        return self._links.articles

    def article(self, url: str) -> Group | None:
        """Find all mentions of an article by a canonical URL; None if there are none."""
        return self._articles.group(self._corpus, self._links.articles.get(url, url))

    def enrich(
        self, rules: Mapping[bytes, Rule], results: Iterable[DescriptionResult]
    ) -> dict[bytes, DescriptionResult]:
        """Add information from other mentions of the article to the diagnostics of text rules.

        Args:
            rules: Rules that apply to the descriptions, by digest.
            results: Descriptions and their diagnostics.

        Returns:
            The results of the descriptions with such diagnostics, by digest.
        """
        enriching = {rule.id: rule for rule in rules.values() if enriches(rule)}
        found: dict[bytes, DescriptionResult] = {}
        for each in results if enriching else ():
            description = each.description
            if (
                description.article
                and description.digest in self._corpus.places
                and any(one.rule in enriching and one.location.pointer for one in each.diagnostics)
            ):
                group = self.article(description.article)
                if group is not None:
                    found[description.digest] = enrich_description(enriching, each, group)
        return found

    def _link(self, stale: AbstractSet[bytes]) -> None:
        """Link articles again if values of a record on which links depend have changed."""
        gone = [self._linked.pop(digest) for digest in stale if digest in self._linked]
        new = {}
        for digest in stale & self._corpus.places.keys():
            description = self._corpus.descriptions[digest]
            linked = read_linked_record(description) if description.is_record else None
            if linked is not None:
                new[digest] = linked
        self._linked |= new
        self._links.update(gone, new.values())
