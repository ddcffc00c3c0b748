"""The reduce: what rules say of mentions that share a key."""

import re
from collections.abc import Iterable, Iterator

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import Checks, crash, run
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
        guarded = _Guarded(keys)
        for members in group(mentions, guarded, names if keys in _ARTICLE_KEYS else {}):
            yield from judge_group(rules, members)
        yield from guarded.crashes(rules)
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


class _Guarded:
    """A key function that fails on a mention without stopping the run."""

    def __init__(self, keys: KeyFunction) -> None:
        self._keys = keys
        self._failed: list[tuple[Mention, Exception]] = []

    def __call__(self, mention: Mention) -> Iterable[str]:
        """Return the keys of `mention`; none where that fails."""
        try:
            return tuple(self._keys(mention))
        except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
            self._failed.append((mention, error))
            return ()

    def crashes(self, rules: Iterable[GroupRule]) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each of `rules` and each mention that its keys failed on."""
        for rule in rules:
            for mention, error in self._failed:
                place = {(mention.path, mention.prefix): mention}
                yield _identified(crash(rule, mention.at(), error), place)


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
    named = diagnostic._replace(cause=cause)
    return with_identity(named, key, mention.host.url or "", mention.facts.provider_domain)
