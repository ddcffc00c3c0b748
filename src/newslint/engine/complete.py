"""Adds to diagnostics what only the corpus knows."""

from collections.abc import Callable, Mapping
from functools import cached_property

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import completes, crash
from newslint.engine.identity import caused
from newslint.records import (
    Corpus,
    Description,
    Group,
    Mention,
    article_key,
    group_mentions,
    link_articles,
)
from newslint.rules.api import Rule, TextRule


class Completing:
    """Completes what text rules say of descriptions, where they want that.

    Args:
        corpus: All records.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    @cached_property
    def _articles(self) -> Mapping[str, Group]:
        """All articles, by every URL that leads to them; most runs never need them."""
        names = link_articles(self._corpus)
        groups = {each.key: each for each in group_mentions(self._corpus, article_key, names)}
        return groups | {url: groups[name] for url, name in names.items() if name in groups}

    def completed(
        self,
        rule_of: Callable[[str], Rule | None],
        description: Description,
        found: list[Diagnostic],
    ) -> list[Diagnostic]:
        """Return what rules say of a description, completed.

        Args:
            rule_of: Returns the rule of a name.
            description: The description.
            found: What rules say of it, wherever it stands.
        """
        rules = [rule_of(each.rule) for each in found]
        if not any(map(completes, rules)):
            return found
        completed: list[Diagnostic] = []
        for rule, diagnostic in zip(rules, found, strict=True):
            members = self._articles.get(description.article) if completes(rule) else None
            if members is None or not diagnostic.location.pointer:
                completed.append(diagnostic)
            elif isinstance(rule, TextRule):
                completed += _complete(rule, diagnostic, description, members)
        return completed


def _complete(
    rule: TextRule, diagnostic: Diagnostic, description: Description, members: Group
) -> list[Diagnostic]:
    """Return `diagnostic`, completed; where that fails, as it is and how it failed."""
    try:
        return [rule.complete(diagnostic, Mention(description), members)]
    except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
        return [diagnostic, caused(crash(rule, description.target(), error), description.article)]
