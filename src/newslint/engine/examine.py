"""The map: what one document yields by itself, and the mentions it adds to the corpus."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from weakref import WeakKeyDictionary

from newslint.diagnostics import Diagnostic
from newslint.engine.checks import Checks, run_all
from newslint.engine.identity import cause_id, keyed_pointer, with_identity
from newslint.records import (
    NEWS,
    Collection,
    Facts,
    Mention,
    Target,
    Text,
    entry_mention,
    forbidden_outside,
    odd_removals,
    record_mention,
    related_entries,
    texts_of_entry,
    texts_of_record,
    texts_outside,
)
from newslint.source import Document, Fragment, Location, Value
from newslint.source.removal import Removal
from newslint.source.tree import Mapping, real


@dataclass(frozen=True, slots=True)
class Examined:
    """What one document yields.

    Attributes:
        path: The document's.
        diagnostics: What rules say that need no other document.
        mentions: All that the document says of articles.
        records: How many records it holds.
    """

    path: str
    diagnostics: list[Diagnostic]
    mentions: list[Mention]
    records: int


@dataclass(frozen=True, slots=True)
class _Described:
    """What one description yields wherever it stands; diagnostics count from its fragment."""

    facts: Facts
    diagnostics: list[Diagnostic]


class Examiner:
    """Examines documents, each distinct fragment once.

    Args:
        checks: The rules to run.
        collection: What the documents belong to.
    """

    def __init__(self, checks: Checks, collection: Collection = NEWS) -> None:
        self._checks = checks
        self._collection = collection
        self._shape = collection.shape
        self._described: WeakKeyDictionary[Fragment, _Described] = WeakKeyDictionary()
        self._facts: WeakKeyDictionary[Fragment, Facts] = WeakKeyDictionary()

    def examine(self, document: Document) -> Examined:
        """Return what `document` yields."""
        found: list[Diagnostic] = []
        mentions: list[Mention] = []
        url = ""
        for root in document.roots:
            record = self._describe(
                record_mention(root, self._collection), texts_of_record(root, self._shape)
            )
            url = record.facts.url or ""
            found += _placed(record, document.path, "", root.line, url)
            mentions.append(Mention(record.facts, document.path, "", root.line))
            removals = odd_removals(document.source, root, self._shape)
            silenced = _silenced_from_above(document)
            for index, entry in enumerate(related_entries(root, self._shape)):
                described = self._entry(entry)
                found += _placed(described, document.path, entry.pointer, entry.line, url)
                removal = None if removals is None else removals.get(index, ())
                if silenced and entry.span.start.line in silenced:
                    removal = ()
                mentions.append(_mention(described.facts, document, entry, record.facts, removal))
        found += (with_identity(each, "", url) for each in self._of_file(document))
        return Examined(document.path, found, _articles(mentions), _records(document))

    def mentions(self, document: Document) -> list[Mention]:
        """Return just the mentions of `document`, for the corpus of a run that is about others."""
        return _articles([each for root in document.roots for each in self._known(root, document)])

    def _known(self, root: Value, document: Document) -> Iterator[Mention]:
        """Yield the mentions of one record."""
        own = Facts(Value(root.fragment, root.node), is_record=True, shape=self._shape)
        yield Mention(own, document.path, "", root.line)
        for entry in related_entries(root, self._shape):
            yield _mention(self._entry_facts(entry), document, entry, own)

    def _of_file(self, document: Document) -> list[Diagnostic]:
        """Return what is said of the file as such, its body included."""
        found = [
            self._checks.by_id[problem.rule].report(document, problem)
            for problem in document.problems
            if problem.rule in self._checks.by_id
        ]

        def whole() -> Target:
            return Target(document.whole(), "")

        found += run_all(self._checks.documents, document, whole)
        readers = [rule for rule in self._checks.texts if rule.reads_body]
        if readers:
            for text in chain(forbidden_outside(document), texts_outside(document)):
                found += run_all(readers, text, whole)
        return found

    def _entry(self, entry: Value) -> _Described:
        """Return what an entry of `related` yields."""
        if entry.node is not entry.fragment.node:
            return self._describe_entry(entry)
        described = self._described.get(entry.fragment)
        if described is None:
            described = self._describe_entry(entry)
            self._described[entry.fragment] = described
        return described

    def _describe_entry(self, entry: Value) -> _Described:
        """Return what an entry of `related` yields, which is not remembered."""
        mention = entry_mention(entry, self._collection)
        return self._describe(mention, texts_of_entry(entry, self._shape))

    def _entry_facts(self, entry: Value) -> Facts:
        """Return the facts of an entry of `related`."""
        if entry.node is not entry.fragment.node:
            return Facts(Value(entry.fragment, entry.node), is_record=False, shape=self._shape)
        facts = self._facts.get(entry.fragment)
        if facts is None:
            facts = Facts(Value(entry.fragment, entry.node), is_record=False, shape=self._shape)
            self._facts[entry.fragment] = facts
        return facts

    def _describe(self, mention: Mention, texts: Iterable[Text]) -> _Described:
        """Return what `mention` and its texts yield."""
        found: list[Diagnostic] = []
        found += run_all(self._checks.mentions, mention, mention.at)
        if self._checks.texts:
            for text in texts:
                found += run_all(self._checks.texts, text, partial(_in_whole, mention, text))
        article = mention.facts.article
        named = (
            each._replace(cause=cause_id(each, article)) if each.cause or article else each
            for each in found
        )
        return _Described(mention.facts, list(named))


def _placed(
    described: _Described, path: str, prefix: str, line: int, record: str
) -> list[Diagnostic]:
    """Return the diagnostics of a description as seen from the file that it stands in."""
    if not described.diagnostics:
        return []
    key = keyed_pointer(prefix, described.facts)
    provider = described.facts.provider_domain
    return [
        with_identity(
            each.placed(path, prefix, line), key + each.location.pointer, record, provider
        )
        for each in described.diagnostics
    ]


def _in_whole(mention: Mention, text: Text) -> Target:
    """Return where to report that a rule failed on one of the texts of `mention`."""
    return Target(Location("", text.pointer, mention.at().location.span), "")


def _mention(
    facts: Facts, document: Document, entry: Value, host: Facts, removal: Removal | None = None
) -> Mention:
    """Return the mention that an entry of `related` is."""
    return Mention(facts, document.path, entry.pointer, entry.line, host, removal=removal)


def _silenced_from_above(document: Document) -> set[int]:
    """Return the 1-based lines of what has a comment of its own above that silences rules.

    The comment would silence what comes next, if that were taken out.
    """
    return {
        each.covers.start.line
        for each in document.directives
        if each.covers is not None and each.stands_alone
    }


def _articles(mentions: list[Mention]) -> list[Mention]:
    """Return `mentions` without those that are no mappings and so describe nothing."""
    return [mention for mention in mentions if mention.facts.is_mapping]


def _records(document: Document) -> int:
    """Return how many records `document` holds."""
    return sum(isinstance(real(root.node), Mapping) for root in document.roots)
