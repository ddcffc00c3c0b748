"""Adapters for rules of plugins that derive from deprecated classes.

The adapter of `TextRule.complete` is `TextRule.enrich`.
"""

from collections.abc import Mapping

from newslint.engine.findings import NO_FINDINGS, Judgement, Rules, run_rules
from newslint.records import Corpus, article_key
from newslint.rules.api import CorpusRule


def judge_corpus(rules: Rules, corpus: Corpus, articles: Mapping[str, str]) -> Judgement:
    """Run corpus rules on the groups of all articles at once.

    Args:
        rules: Rules that need several documents.
        corpus: All records.
        articles: Article ids by canonical URL.
    """
    deprecated = {name: rule for name, rule in rules.items() if isinstance(rule, CorpusRule)}
    groups = list(corpus.groups(article_key, articles)) if deprecated else []
    return run_rules(deprecated, groups, groups) if groups else NO_FINDINGS
