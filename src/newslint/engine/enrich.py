"""The enrich stage: add information from other mentions of an article to diagnostics of texts."""

from collections.abc import Iterable, Iterator, Mapping

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import crash, enriches
from newslint.engine.findings import Rules
from newslint.engine.results import DescriptionResult
from newslint.records import Corpus, Group, Mention, article_key
from newslint.rules.api import Rule, TextRule


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
