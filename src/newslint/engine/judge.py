"""The reduce: what rules say of mentions that share a key."""

import re
from collections.abc import Iterable, Iterator

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import Checks, run
from newslint.engine.identity import cause_id, keyed_pointer, with_identity
from newslint.records import Group, KeyFunction, Mention, article_names, by_article, group
from newslint.rules.api import CorpusRule, GroupRule

_ARTICLE_KEYS = (GroupRule.keys, by_article)
_ENTRY = re.compile(r"/related/\d+")


def judge(checks: Checks, mentions: list[Mention]) -> Iterator[Diagnostic]:
    """Yield what the rules of `checks` that look beyond one document say of the corpus."""
    if not checks.need_corpus:
        return
    names = article_names(mentions)
    by_keys: dict[KeyFunction, list[GroupRule]] = {}
    for rule in checks.groups:
        by_keys.setdefault(rule.keys, []).append(rule)
    for keys, rules in by_keys.items():
        for members in group(mentions, keys, names if keys in _ARTICLE_KEYS else {}):
            yield from judge_group(rules, members)
    if checks.corpora:
        yield from judge_corpus(checks.corpora, list(group(mentions, by_article, names)))


def judge_corpus(rules: Iterable[CorpusRule], articles: list[Group]) -> Iterator[Diagnostic]:
    """Yield what `rules` say of all articles."""
    if not articles:
        return
    by_place = {(each.path, each.prefix): each for group in articles for each in group.mentions}
    for rule in rules:
        for diagnostic in run(rule, articles, articles[0].mentions[0].at()):
            yield _identified(diagnostic, by_place)


def judge_group(rules: Iterable[GroupRule], members: Group) -> Iterator[Diagnostic]:
    """Yield what `rules` say of one group, which is all that they need to know."""
    by_place: dict[tuple[str, str], Mention] = {}
    for rule in rules:
        for diagnostic in run(rule, members, members.mentions[0].at()):
            if not by_place:
                by_place = {(each.path, each.prefix): each for each in members.mentions}
            yield _identified(diagnostic, by_place)


def prefix_of(pointer: str) -> str:
    """Return the pointer of the mention that a pointer leads into; empty for the record's own."""
    entry = _ENTRY.match(pointer)
    return entry[0] if entry else ""


def _identified(diagnostic: Diagnostic, by_place: dict[tuple[str, str], Mention]) -> Diagnostic:
    """Return `diagnostic` with the names of its cause and of itself."""
    location = diagnostic.location
    prefix = prefix_of(location.pointer)
    mention = by_place[location.path, prefix]
    key = keyed_pointer(prefix, mention.facts) + location.pointer[len(prefix) :]
    cause = cause_id(diagnostic, mention.facts.article)
    return with_identity(diagnostic._replace(cause=cause), key, mention.host.url or "")
