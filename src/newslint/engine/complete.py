"""Adds to diagnostics what only the corpus knows."""

from collections.abc import Iterator, Sequence

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import Checks, crash
from newslint.engine.identity import with_identity
from newslint.engine.judge import prefix_of
from newslint.records import Group, Mention, article_names, by_article, group
from newslint.rules.api import TextRule


def completed(
    checks: Checks, diagnostics: Sequence[Diagnostic], mentions: Sequence[Mention]
) -> Iterator[Diagnostic]:
    """Yield `diagnostics`, each completed by its rule where the rule does so.

    Args:
        checks: The rules that ran.
        diagnostics: What they yielded, placed.
        mentions: The corpus.
    """
    rules = {rule.id: rule for rule in checks.texts if _completes(rule)}
    if not any(diagnostic.rule in rules for diagnostic in diagnostics):
        yield from diagnostics
        return
    by_place = {(mention.path, mention.prefix): mention for mention in mentions}
    names = article_names(mentions)
    groups = {members.key: members for members in group(mentions, by_article, names)}
    for diagnostic in diagnostics:
        rule = rules.get(diagnostic.rule)
        location = diagnostic.location
        mention = by_place.get((location.path, prefix_of(location.pointer)))
        if rule is None or mention is None or not location.pointer:
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


def _completes(rule: TextRule) -> bool:
    """Tell whether a rule adds anything to its diagnostics."""
    return type(rule).complete is not TextRule.complete
