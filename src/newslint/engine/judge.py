"""The reduce: what rules say of mentions that share a key."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import crash, run
from newslint.engine.identity import cause_id, keyed_pointer, with_identity
from newslint.records import Facts, Group, KeyFunction, Mention, article_names, by_article, group
from newslint.rules.api import CorpusRule, GroupRule, Rule
from newslint.source import Location

_ARTICLE_KEYS = (GroupRule.keys, by_article)
_ENTRY = re.compile(r"/[^/]+/\d+")


class Judged(NamedTuple):
    """What a rule says that looks beyond one document.

    Attributes:
        rule: The rule, with its options.
        facts: Those of the mention that it is about; None where it points elsewhere.
        diagnostic: What it says.
    """

    rule: Rule
    facts: Facts | None
    diagnostic: Diagnostic


def judge(
    groups: Sequence[GroupRule], corpora: Sequence[CorpusRule], mentions: list[Mention]
) -> Iterator[Judged]:
    """Yield what rules that look beyond one document say of the corpus.

    Args:
        groups: Rules that judge mentions which share a key.
        corpora: Rules that need to know all articles.
        mentions: The corpus.
    """
    if not groups and not corpora:
        return
    names = article_names(mentions)
    by_keys: dict[KeyFunction, list[GroupRule]] = {}
    for rule in groups:
        by_keys.setdefault(rule.keys, []).append(rule)
    for keys, rules in by_keys.items():
        guarded = _Guarded(keys)
        for members in group(mentions, guarded, names if keys in _ARTICLE_KEYS else {}):
            yield from judge_group(rules, members)
        yield from guarded.crashes(rules)
    if corpora:
        yield from judge_corpus(corpora, list(group(mentions, by_article, names)))


def judge_corpus(rules: Iterable[CorpusRule], articles: list[Group]) -> Iterator[Judged]:
    """Yield what `rules` say of all articles."""
    if not articles:
        return
    by_place = {(each.path, each.prefix): each for group in articles for each in group.mentions}
    for rule in rules:
        for diagnostic in run(rule, articles, articles[0].mentions[0].at):
            yield _identified(rule, diagnostic, by_place)


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

    def crashes(self, rules: Iterable[GroupRule]) -> Iterator[Judged]:
        """Yield a diagnostic for each of `rules` and each mention that its keys failed on."""
        for rule in rules:
            for mention, error in self._failed:
                place = {(mention.path, mention.prefix): mention}
                yield _identified(rule, crash(rule, mention.at(), error), place)


def judge_group(rules: Iterable[GroupRule], members: Group) -> Iterator[Judged]:
    """Yield what `rules` say of one group, which is all that they need to know."""
    by_place: dict[tuple[str, str], Mention] = {}
    for rule in rules:
        for diagnostic in run(rule, members, members.mentions[0].at):
            if not by_place:
                by_place = {(each.path, each.prefix): each for each in members.mentions}
            yield _identified(rule, diagnostic, by_place)


def mention_at(places: Mapping[tuple[str, str], Mention], location: Location) -> Mention | None:
    """Return the one of the mentions at `places`, by file and prefix, that a location is in."""
    entry = _ENTRY.match(location.pointer)
    found = places.get((location.path, entry[0])) if entry else None
    return found or places.get((location.path, ""))


def _identified(
    rule: Rule, diagnostic: Diagnostic, by_place: Mapping[tuple[str, str], Mention]
) -> Judged:
    """Return `diagnostic` with the names of its cause and of itself."""
    location = diagnostic.location
    mention = mention_at(by_place, location)
    if mention is None:  # the rule points at what it was not given
        return Judged(rule, None, with_identity(diagnostic, "", ""))
    key = keyed_pointer(mention.prefix, mention.facts) + location.pointer[len(mention.prefix) :]
    facts = mention.facts
    cause = cause_id(diagnostic, facts.article)
    identified = with_identity(
        diagnostic, key, mention.host.url or "", facts.provider_domain, cause=cause
    )
    return Judged(rule, facts, identified)
