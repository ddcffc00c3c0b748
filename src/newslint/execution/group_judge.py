"""Judgement of the groups that a change affects, and of no others."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain

from newslint.engine.checks import find_enriching
from newslint.engine.deprecated import judge_corpus
from newslint.engine.enrich import enrich_description
from newslint.engine.finding_index import FindingIndex
from newslint.engine.findings import NO_FINDINGS, Judgement
from newslint.engine.link import Links, StoredLinks
from newslint.engine.link_candidate import LinkedRecord, read_linked_record
from newslint.engine.results import DescriptionResult
from newslint.execution.aggregate_family import AggregateFamily
from newslint.execution.description_keys import KeyIndex
from newslint.execution.families import Family, GroupFamily, VerdictFamily
from newslint.execution.judge_memo import JudgeMemo
from newslint.execution.judging_apart import (
    LEAST_DESCRIPTIONS,
    FamiliesByTable,
    Judged,
    judge_apart,
    select_apart,
)
from newslint.execution.key_table import DescriptionKeys, KeyTable
from newslint.execution.survey_family import ListFiles, SurveyFamily
from newslint.records import Corpus, Group, KeyFunction, ProjectFiles, article_key
from newslint.records.verdicts import Verdicts
from newslint.rules.api import AggregateRule, CorpusRule, GroupRule, Rule, SurveyRule
from newslint.rules.verdict_rule import VerdictRule


class GroupJudge:
    """Judges the groups of changed descriptions, and keeps the judgements of all groups.

    Args:
        corpus: The mentions of all files, which others change.
        rules: The rules that compare mentions, by digest.
        memo: Results of earlier runs; None if there are none.
        list_files: Lists the files of the project.
        verdicts: Verdicts on addresses.

    Attributes:
        findings: The findings of all groups.
    """

    def __init__(  # independent values
        self,
        corpus: Corpus,
        rules: Mapping[bytes, Rule],
        memo: JudgeMemo | None = None,
        list_files: ListFiles = ProjectFiles,
        verdicts: Verdicts = Verdicts(),  # noqa: B008 # immutable
    ) -> None:
        self.findings = FindingIndex()
        self._corpus = corpus
        self._rules = rules
        self._memo = memo
        self._keys = KeyIndex(corpus)
        self._apart: FamiliesByTable = {}
        self._articles = KeyTable(article_key, 0, self._keys.known)
        self._families = _create_families(
            rules, self._articles, self._keys.known, list_files, verdicts
        )
        self._links: Links | StoredLinks = Links()
        self._linked: dict[bytes, LinkedRecord] = {}
        self._deprecated: Judgement | None = None
        if any(isinstance(rule, CorpusRule) for rule in rules.values()):
            self._deprecated = NO_FINDINGS

    @property
    def work(self) -> tuple[int, int, int]:
        """Numbers of judged groups, of groups known from earlier runs, and of surveys measured."""
        every = [each for families in self._families.values() for each in families]
        return (
            sum(each.judged for each in every),
            sum(each.recalled for each in every),
            sum(each.measured for each in every),
        )

    @property
    def _surveys(self) -> Iterator[SurveyFamily]:
        """The families of survey rules."""
        for families in self._families.values():
            yield from (each for each in families if isinstance(each, SurveyFamily))

    def change_files(self) -> None:
        """Judge the groups again that rules have compared with the files of the project."""
        for family in self._surveys:
            family.change_files()

    def renew(
        self,
        stale: AbstractSet[bytes],
        among: AbstractSet[bytes] | None = None,
        *,
        surveys: bool = True,
        jobs: int | None = 1,
    ) -> list[Judgement]:
        """Judge the groups of changed descriptions.

        Args:
            stale: Digests of descriptions in changed files, before and after the change.
            among: Judge only groups with one of these descriptions, given by digest; None for all.
            surveys: Whether surveys judge; if not, the next call with True does.
            jobs: Number of processes that may judge; None to choose it by the number of cores.

        Returns:
            The findings that are new or gone.
        """
        failures = {table: dict(table.failures) for table in self._families}
        self._note_changes(self._keys.read_again(self._apart), None)
        replaced = self._keys.replace(stale, self._families, self._memo)

        def judge(tables: Collection[KeyTable]) -> Judged:
            self._note_changes(self._keys.change(tables, stale, replaced), stale)
            if replaced.is_linked and self._articles in tables:
                self._link(replaced.gone, replaced.new)
            for family in chain(*map(self._families.__getitem__, tables)):
                if isinstance(family, SurveyFamily) and not surveys:
                    yield family, family.postpone()
                else:
                    yield family, family.judge(self._corpus, among, self._memo)

        is_large = len(stale) >= LEAST_DESCRIPTIONS
        if among is not None or self._memo is not None or not is_large:
            jobs = 1
        self._apart = select_apart(self._families, jobs)
        found: list[Judgement] = []
        with judge_apart(self._apart, judge) as apart:
            here = [table for table in self._families if table not in self._apart]
            for family, changes in chain(judge(here), apart):
                found += (self.findings.replace((family, key), *both) for key, *both in changes)
        found += self._replace_failures(failures)
        self._keys.close(replaced, self._families, self._memo)
        if self._deprecated is not None:
            new = judge_corpus(self._rules, self._corpus, self._links.articles)
            found.append(self.findings.replace("corpus rules", self._deprecated, new))
            self._deprecated = new
        self._close_memo(is_whole=among is None)
        return found

    def prepare(self) -> None:
        """Compute values of an earlier run that cannot be updated: links and statistics."""
        if isinstance(self._links, StoredLinks):
            self._link((), ())
            for table in self._families:
                table.link(self._links)
        for family in chain(*self._families.values()):
            family.prepare(self._corpus)

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
        enriching = find_enriching(rules.values())
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

    def _note_changes(
        self, keys: Mapping[KeyTable, set[str]], stale: AbstractSet[bytes] | None
    ) -> None:
        """Note that groups have changed, given by their keys in each table."""
        for table, each in keys.items():
            for family in self._families[table] if each else ():
                family.change(each, stale)

    def _replace_failures(
        self, failures: Mapping[KeyTable, Mapping[bytes, Judgement]]
    ) -> Iterator[Judgement]:
        """Replace the findings about key functions that failed before; yield those that differ."""
        for table, before in failures.items():
            for digest in before.keys() | table.failures.keys():
                old, new = (each.get(digest, NO_FINDINGS) for each in (before, table.failures))
                yield self.findings.replace((table, digest), old, new)

    def _link(self, gone: Iterable[bytes], new: Iterable[bytes]) -> None:
        """Link the URLs of records again, and note the groups that this changes."""
        self._renew_links(gone, new)
        self._note_changes({table: table.link(self._links) for table in self._families}, None)

    def _renew_links(self, gone: Iterable[bytes], new: Iterable[bytes]) -> None:
        """Find the links again, or look them up."""
        if self._memo is not None:
            stored = self._memo.find_links(self._keys.linked)
            if stored is not None:
                self._links = stored
                return
        if isinstance(self._links, StoredLinks):
            self._links, gone, new = Links(), (), self._keys.known
        lost = [self._linked.pop(digest) for digest in gone if digest in self._linked]
        added = {
            digest: record
            for digest in new
            if self._keys.known[digest].linked
            and (record := read_linked_record(self._corpus.descriptions[digest]))
        }
        self._linked |= added
        self._links.update(lost, added.values())

    def _close_memo(self, *, is_whole: bool) -> None:
        """Store the results of this run, once: later changes are of no interest to others."""
        if self._memo is not None:
            if isinstance(self._links, Links):
                self._memo.add_links(self._keys.linked, self._links.store())
            self._memo.close(is_whole=is_whole)
            self._memo = None


def _create_families(
    rules: Mapping[bytes, Rule],
    articles: KeyTable,
    known: Mapping[bytes, DescriptionKeys],
    list_files: ListFiles,
    verdicts: Verdicts,
) -> dict[KeyTable, list[Family]]:
    """Create the families of rules that compare mentions, by the table of their keys.

    Args:
        rules: The rules, by digest.
        articles: The keys of articles, which are linked URLs.
        known: The keys of all descriptions, by digest.
        list_files: Lists the files of the project.
        verdicts: Verdicts on addresses.
    """
    tables: dict[KeyFunction, KeyTable] = {article_key: articles, GroupRule.keys: articles}
    families: dict[KeyTable, list[Family]] = {articles: []}
    groups: dict[KeyTable, dict[bytes, GroupRule]] = {}
    judging: dict[KeyTable, dict[bytes, VerdictRule]] = {}
    for name, rule in rules.items():
        if not isinstance(rule, (GroupRule, AggregateRule, SurveyRule, VerdictRule)):
            continue
        if isinstance(rule, VerdictRule) and not verdicts:
            continue
        table = tables.get(rule.keys)
        if table is None:
            table = tables[rule.keys] = KeyTable(rule.keys, len(families), known)
        table.rules[name] = rule
        own = families.setdefault(table, [])
        if isinstance(rule, GroupRule):
            groups.setdefault(table, {})[name] = rule
        elif isinstance(rule, VerdictRule):
            judging.setdefault(table, {})[name] = rule
        elif isinstance(rule, AggregateRule):
            own.append(AggregateFamily(name, rule, table))
        else:
            own.append(SurveyFamily(name, rule, table, list_files))
    for table, keyed in groups.items():
        families[table].append(GroupFamily(keyed, table))
    for table, named in judging.items():
        families[table].append(VerdictFamily(named, table, verdicts))
    return families
