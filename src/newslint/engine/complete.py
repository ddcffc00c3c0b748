"""Adds to diagnostics what only the corpus knows."""

from collections.abc import Callable, Iterator, Sequence

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import completes, crash
from newslint.engine.identity import with_identity
from newslint.engine.judge import mention_at
from newslint.records import Group, Mention, article_names, by_article, group
from newslint.rules.api import Rule, TextRule


def completed(
    rule_of: Callable[[Diagnostic], Rule | None],
    diagnostics: Sequence[Diagnostic],
    mentions: Sequence[Mention],
) -> Iterator[Diagnostic]:
    """Yield `diagnostics`, each completed by its rule where the rule does so.

    Args:
        rule_of: Returns the rule that a diagnostic came from.
        diagnostics: What they yielded, placed.
        mentions: The corpus.
    """
    found = ((each, rule_of(each)) for each in diagnostics)
    rules = {id(each): rule if completes(rule) else None for each, rule in found}
    if not any(rules.values()):
        yield from diagnostics
        return
    by_place = {(mention.path, mention.prefix): mention for mention in mentions}
    names = article_names(mentions)
    groups = {members.key: members for members in group(mentions, by_article, names)}
    for diagnostic in diagnostics:
        rule = rules[id(diagnostic)]
        mention = mention_at(by_place, diagnostic.location) if rule is not None else None
        if rule is None or mention is None or not diagnostic.location.pointer:
            yield diagnostic
            continue
        url = mention.facts.article
        others = groups.get(names.get(url, url))
        if others is None:
            yield diagnostic
        else:
            yield from _complete(rule, diagnostic, mention, others)


def _complete(
    rule: TextRule, diagnostic: Diagnostic, mention: Mention, others: Group
) -> Iterator[Diagnostic]:
    """Yield `diagnostic`, completed; where that fails, as it is and how it failed."""
    try:
        yield rule.complete(diagnostic, mention, others)
    except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
        yield diagnostic
        failed = crash(rule, mention.at(), error)
        yield with_identity(failed, failed.location.pointer, diagnostic.record)
