"""The comparison of files: link, enrich and judge what was mapped, as far as the scope needs it."""

from collections.abc import Collection, Container, Iterable, Iterator
from typing import TYPE_CHECKING

from newslint.documents import read_document
from newslint.engine.close import Findings
from newslint.engine.enrich import enrich
from newslint.engine.findings import Rules
from newslint.engine.judge import judge
from newslint.engine.link import Links
from newslint.engine.map import DocumentChecker
from newslint.execution.mapping import MapResult, MapTask
from newslint.execution.rulesets import RulesetResolver
from newslint.records import Corpus, Description
from newslint.syntax import Reader

if TYPE_CHECKING:
    from newslint.execution.git import GitDiff


def compare(
    rules: Rules,
    corpus: Corpus,
    mapped: MapResult,
    tasks: Iterable[MapTask],
    among: Collection[bytes] | None,
) -> Findings:
    """Compare mentions across files, and enrich the diagnostics of descriptions in `mapped`.

    Args:
        rules: Rules that need several documents.
        corpus: All records.
        mapped: The results of all files.
        tasks: All files.
        among: Judge only groups with one of these descriptions, given by digest; None for all.
    """
    if not rules:
        return Findings()
    links = Links(corpus.own_descriptions)
    for key, each in {task.table: task.rules for task in tasks}.items():
        table = mapped.tables[key]
        for result in enrich(each.between_records, corpus, links.articles, [*table.values()]):
            table[result.description.digest] = result
    return Findings.collect(judge(rules, corpus, links, among))


def digests_to_judge(
    mapped: MapResult, scope: Container[str], touched: frozenset[str]
) -> frozenset[bytes]:
    """Collect the descriptions about which something may be reported, by digest.

    Args:
        mapped: The results of all files.
        scope: The files to report on.
        touched: Canonical URLs of articles whose mentions in all files are reported on.
    """
    files = (file for name, file in mapped.files.items() if name in scope)
    found = {digest for file in files for record in file.records for digest in record.digests}
    if touched:
        found.update(
            digest
            for digest, each in mapped.descriptions.items()
            if not touched.isdisjoint((*each.urls, *each.amp_urls))
        )
    return frozenset(found)


def find_touched(
    diff: "GitDiff", mapped: MapResult, scope: Iterable[str], resolver: RulesetResolver
) -> frozenset[str]:
    """Collect the canonical URLs of articles whose records have changed."""
    found = set[str]()
    files = [mapped.files[name] for name in scope if name in mapped.files]
    known = mapped.descriptions
    own = [known[record.digest] for file in files for record in file.records]
    for each in (*own, *_previous_articles(diff, resolver)):
        found.update(each.urls, each.amp_urls)
    return frozenset(found)


def _previous_articles(diff: "GitDiff", resolver: RulesetResolver) -> Iterator[Description]:
    """Yield the descriptions of the records in changed and deleted files, before the changes."""
    parser = Reader()
    for name, content in sorted(diff.previous.items()):
        rules = resolver.file_rules(name)
        if rules is not None:
            document = read_document(name, content, parser)
            file, results = DocumentChecker(rules, is_full=False).check(document)
            known = {each.description.digest: each.description for each in results}
            yield from (known[record.digest] for record in file.records)
