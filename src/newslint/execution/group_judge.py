"""Judgement of the groups that a change affects, and of no others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain

from newslint.engine.checks import find_enriching
from newslint.engine.deprecated import judge_corpus
from newslint.engine.enrich import enrich_description
from newslint.engine.finding_index import FindingIndex
from newslint.engine.findings import NO_FINDINGS, Judgement
from newslint.engine.link import Links, StoredLinks
from newslint.engine.link_candidate import LinkedRecord, linked_values, read_linked_record
from newslint.engine.results import DescriptionResult
from newslint.execution.aggregate_family import AggregateFamily
from newslint.execution.families import Change, Family, GroupFamily, VerdictFamily
from newslint.execution.judge_memo import JudgeMemo
from newslint.execution.judging_apart import is_large, judge_apart
from newslint.execution.key_table import DescriptionKeys, KeyTable
from newslint.execution.survey_family import ListFiles, SurveyFamily
from newslint.records import Corpus, Group, KeyFunction, Mention, ProjectFiles, article_key
from newslint.records.verdicts import Verdicts
from newslint.rules.api import AggregateRule, CorpusRule, GroupRule, Rule, SurveyRule
from newslint.rules.verdict_rule import VerdictRule
from newslint.settings.digests import digest_of


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
        self._known: dict[bytes, DescriptionKeys] = {}
        self._articles = KeyTable(article_key, 0, self._known)
        self._families = _create_families(rules, self._articles, self._known, list_files, verdicts)
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
        changed = {table: table.collect_keys(stale) for table in self._families}
        relinked = self._replace_keys(stale)
        found: list[Judgement] = []
        for table, families in self._families.items():
            before = failures[table]
            for digest in before.keys() | table.failures.keys():
                old, new = (each.get(digest, NO_FINDINGS) for each in (before, table.failures))
                found.append(self.findings.replace((table, digest), old, new))
            keys = changed[table] | table.collect_keys(stale)
            for family in families:
                family.change(keys, stale)

        def judge(family: Family) -> Iterator[Change]:
            if isinstance(family, SurveyFamily) and not surveys:
                return family.postpone()
            return family.judge(self._corpus, among, self._memo)

        if among is not None or self._memo is not None or not is_large(self._corpus, stale):
            jobs = 1
        with judge_apart([*chain(*self._families.values())], judge, jobs) as judged:
            if relinked is not None:
                self._link(*relinked)
            for family, changes in judged:
                found += (self.findings.replace((family, key), *both) for key, *both in changes)
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

    def _replace_keys(self, stale: AbstractSet[bytes]) -> tuple[list[bytes], list[bytes]] | None:
        """Replace the keys of descriptions that are new or gone.

        Returns:
            The descriptions that are gone and new, if records have to be linked again.
        """
        occurring = self._corpus.places.keys()
        gone = [digest for digest in stale if digest in self._known and digest not in occurring]
        new = [digest for digest in stale if digest in occurring and digest not in self._known]
        lost = Counter(self._known[digest].linked for digest in gone)
        for table in self._families:
            for digest in gone:
                table.remove(digest)
        for digest in gone:
            del self._known[digest]
        for digest in new:
            self._known[digest] = self._find_keys(digest)
        for table in self._families:
            table.add(new)
        is_changed = lost != Counter(self._known[digest].linked for digest in new)
        return (gone, new) if is_changed else None

    def _find_keys(self, digest: bytes) -> DescriptionKeys:
        """Find the keys of a description in the memo, or compute and store them."""
        found = None if self._memo is None else self._memo.find_keys(digest)
        if found is not None:
            return found
        description = self._corpus.descriptions[digest]
        mention = Mention(description)
        keys = tuple(table.read_keys(mention) for table in self._families)
        is_linked = description.is_record and description.urls
        linked = digest_of(*linked_values(description)) if is_linked else b""
        found = DescriptionKeys(keys, linked)
        if self._memo is not None and not any(digest in each.failures for each in self._families):
            self._memo.add_keys(digest, found)
        return found

    def _link(self, gone: Iterable[bytes], new: Iterable[bytes]) -> None:
        """Link the URLs of records again, and note the groups that this changes."""
        self._renew_links(gone, new)
        for table, families in self._families.items():
            linked = table.link(self._links)
            for family in families if linked else ():
                family.change(linked)

    def _renew_links(self, gone: Iterable[bytes], new: Iterable[bytes]) -> None:
        """Find the links again, or look them up."""
        if self._memo is not None:
            stored = self._memo.find_links(self._list_linked())
            if stored is not None:
                self._links = stored
                return
        if isinstance(self._links, StoredLinks):
            self._links, gone, new = Links(), (), self._known
        lost = [self._linked.pop(digest) for digest in gone if digest in self._linked]
        added = {
            digest: record
            for digest in new
            if self._known[digest].linked
            and (record := read_linked_record(self._corpus.descriptions[digest]))
        }
        self._linked |= added
        self._links.update(lost, added.values())

    def _list_linked(self) -> list[bytes]:
        """List the digests of the values on which links depend."""
        return [each.linked for each in self._known.values() if each.linked]

    def _close_memo(self, *, is_whole: bool) -> None:
        """Store the results of this run, once: later changes are of no interest to others."""
        if self._memo is not None:
            if isinstance(self._links, Links):
                self._memo.add_links(self._list_linked(), self._links.store())
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
