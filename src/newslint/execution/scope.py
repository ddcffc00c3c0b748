"""The scope of a run: the files and articles that are reported on."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.documents import read_document
from newslint.documents.rows import split_content
from newslint.engine.map import DocumentChecker
from newslint.engine.results import FileResult
from newslint.execution.files import FoundFiles, UsageError
from newslint.execution.mapping import MapTask
from newslint.execution.rulesets import RulesetResolver
from newslint.records import Description, Descriptions
from newslint.rules.api import Rule
from newslint.syntax import Reader

if TYPE_CHECKING:
    from newslint.execution.git import GitDiff


def list_tasks(
    found: FoundFiles, given: Mapping[str, Path], diff: "GitDiff | None", resolver: RulesetResolver
) -> tuple[list[MapTask], dict[bytes, Rule]]:
    """List the files to read: those to report on, and all others if rules compare them.

    Args:
        found: The files.
        given: Further files to report on, whose contents are given.
        diff: The changes to report on; None for all files.
        resolver: The rules of each file.

    Returns:
        The files, and the rules that need several of them, by digest.

    Raises:
        UsageError: There are no rules.
    """
    corpus = {**found.corpus, **given}
    rules_of = {name: rules for name in corpus if (rules := resolver.file_rules(name))}
    named = {**found.scope, **given}
    scope = frozenset(named if diff is None else filter(diff.has_changed, found.scope))
    rulesets = {rules.digest: rules for name in named if (rules := rules_of.get(name))}
    if named and not any(rules.ruleset.rules for rules in rulesets.values()):
        raise UsageError(resolver.explain_nothing())
    between = {
        key: rule for each in rulesets.values() for key, rule in each.between_records.items()
    }
    tasks = [
        MapTask(name, corpus[name], rules_of[name], name in scope)
        for name in sorted(corpus if between else scope)
        if name in rules_of
    ]
    return tasks, between


def digests_to_judge(
    files: Iterable[FileResult], descriptions: Descriptions, touched: frozenset[str]
) -> frozenset[bytes]:
    """Collect the descriptions about which something may be reported, by digest.

    Args:
        files: The results of the files in the scope.
        descriptions: Descriptions by digest.
        touched: Canonical URLs of articles whose mentions in all files are reported on.
    """
    found = {digest for file in files for record in file.records for digest in record.digests}
    if touched:
        found.update(
            digest
            for digest, each in descriptions.items()
            if not touched.isdisjoint((*each.urls, *each.amp_urls))
        )
    return frozenset(found)


def find_touched(
    diff: "GitDiff",
    files: Iterable[FileResult],
    descriptions: Descriptions,
    resolver: RulesetResolver,
) -> frozenset[str]:
    """Collect the canonical URLs of articles whose records have changed.

    Args:
        diff: The changes.
        files: The results of the files in the scope.
        descriptions: Descriptions by digest.
        resolver: The rules of each file.
    """
    found = set[str]()
    own = (descriptions[record.digest] for file in files for record in file.records)
    for each in (*own, *_previous_articles(diff, resolver)):
        found.update(each.urls, each.amp_urls)
    return frozenset(found)


def _previous_articles(diff: "GitDiff", resolver: RulesetResolver) -> Iterator[Description]:
    """Yield the descriptions of the records in changed and deleted files, before the changes."""
    parser = Reader()
    previous = (
        row
        for name, content in sorted(diff.previous.items())
        for row in split_content(name, content)
    )
    for name, content in previous:
        rules = resolver.file_rules(name)
        if rules is not None:
            document = read_document(name, content, parser)
            file, results = DocumentChecker(rules, is_full=False).check(document)
            known = {each.description.digest: each.description for each in results}
            yield from (known[record.digest] for record in file.records)
