"""The reduce: what rules say of mentions that share a key."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import crash, run
from newslint.engine.identity import cause_id, caused, with_identity
from newslint.records import (
    Corpus,
    Description,
    Group,
    KeyFunction,
    Mention,
    Target,
    article_key,
    group_mentions,
    link_articles,
)
from newslint.rules.api import CorpusRule, DescriptionDiagnostic, GroupRule, Rule
from newslint.text import Location

_ARTICLE_KEYS = (GroupRule.keys, article_key)
_ENTRY = re.compile(r"/[^/]+/\d+")


class Judged(NamedTuple):
    """What a rule says that looks beyond one document.

    Attributes:
        rule: The rule, with its options.
        description: Those of the description that it is about; None where it points elsewhere.
        diagnostic: What it says. Where its location has no path it is said of the description,
            wherever that stands.
        except_in: Files in which it is not said of the description.
    """

    rule: Rule
    description: Description | None
    diagnostic: Diagnostic
    except_in: frozenset[str] = frozenset()


def judge(
    groups: Sequence[GroupRule], corpora: Sequence[CorpusRule], corpus: Corpus
) -> Iterator[Judged]:
    """Yield what rules that look beyond one document say of the corpus.

    Args:
        groups: Rules that judge mentions which share a key.
        corpora: Rules that need to know all articles.
        corpus: All records.
    """
    if not groups and not corpora:
        return
    names = link_articles(corpus)
    by_keys: dict[KeyFunction, list[GroupRule]] = {}
    for rule in groups:
        by_keys.setdefault(rule.keys, []).append(rule)
    for keys, rules in by_keys.items():
        guarded = _Guarded(keys)
        lone = [rule for rule in rules if not rule.compares]
        for members in group_mentions(corpus, guarded, names if keys in _ARTICLE_KEYS else {}):
            yield from judge_group(rules if len(members.descriptions) > 1 else lone, members)
        yield from guarded.crashes(rules)
    if corpora:
        yield from judge_corpus(corpora, list(group_mentions(corpus, article_key, names)))


def judge_corpus(rules: Iterable[CorpusRule], articles: list[Group]) -> Iterator[Judged]:
    """Yield what `rules` say of all articles."""
    if articles:
        yield from _said(rules, articles, articles)


def judge_group(rules: Iterable[GroupRule], members: Group) -> Iterator[Judged]:
    """Yield what `rules` say of one group, which is all that they need to know."""
    yield from _said(rules, members, [members])


def _said(
    rules: Iterable[GroupRule] | Iterable[CorpusRule], subject: object, groups: list[Group]
) -> Iterator[Judged]:
    """Yield what `rules` say of `subject`, which is made of `groups`."""
    places: dict[tuple[str, str], Mention] = {}

    def first() -> Target:
        return groups[0].mentions[0].target()

    for rule in rules:
        for said in run(rule, subject, first):
            if isinstance(said, DescriptionDiagnostic):
                yield _spread(rule, said)
                continue
            if not places:
                every = (mention for each in groups for mention in each.mentions)
                places = {(each.path, each.prefix): each for each in every}
            yield _identified(rule, said, places)


class _Guarded:
    """A key function that fails on a mention without stopping the run."""

    def __init__(self, keys: KeyFunction) -> None:
        self._keys = keys
        self._failed: list[tuple[Description, Exception]] = []

    def __call__(self, mention: Mention) -> Iterable[str]:
        """Return the keys of `mention`; none where that fails."""
        try:
            return tuple(self._keys(mention))
        except Exception as error:  # noqa: BLE001 # a rule that fails must not stop the others
            self._failed.append((mention.description, error))
            return ()

    def crashes(self, rules: Iterable[GroupRule]) -> Iterator[Judged]:
        """Yield a diagnostic for each of `rules` and each description that its keys failed on."""
        for rule in rules:
            for description, error in self._failed:
                yield _spread(
                    rule,
                    DescriptionDiagnostic(description, crash(rule, description.target(), error)),
                )


def mention_at(places: Mapping[tuple[str, str], Mention], location: Location) -> Mention | None:
    """Return the one of the mentions at `places`, by file and prefix, that a location is in."""
    entry = _ENTRY.match(location.pointer)
    found = places.get((location.path, entry[0])) if entry else None
    return found or places.get((location.path, ""))


def _spread(rule: Rule, said: DescriptionDiagnostic) -> Judged:
    """Return what a rule says of a description, with the name of its cause."""
    description, diagnostic, except_in = said
    return Judged(rule, description, caused(diagnostic, description.article), except_in)


def _identified(
    rule: Rule, diagnostic: Diagnostic, places: Mapping[tuple[str, str], Mention]
) -> Judged:
    """Return `diagnostic` with the names of its cause and of itself."""
    location = diagnostic.location
    mention = mention_at(places, location)
    if mention is None:  # the rule points at what it was not given
        return Judged(rule, None, with_identity(diagnostic, "", ""))
    description, prefix = mention.description, mention.prefix
    listed = prefix.rpartition("/")[0]
    key = f"{listed}/{description.pointer_key}" if prefix and description.pointer_key else prefix
    pointer = key + location.pointer[len(prefix) :]
    cause = cause_id(diagnostic, description.article)
    identified = with_identity(
        diagnostic, pointer, mention.host.url or "", description.provider_domain, cause=cause
    )
    return Judged(rule, description, identified)
