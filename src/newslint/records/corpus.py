"""Every record that a run knows, and the groups that share something: a map and a reduce.

A key function is the map: it names, for one mention, the groups it belongs to. The reduce is up to
the rule, which sees one group at a time. Groups are independent of each other, and a group's
mentions come in an order that does not depend on how they were collected.

Archives say the same of an article in hundreds of places. So what is compared are the distinct
descriptions, and a place costs no more than a number until somebody asks for the mention there.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from newslint.records.facts import Facts
from newslint.records.mention import Mention
from newslint.syntax.yaml.removal import Removal

_ENTRIES = 2**32
"""More than the entries of any record."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)

KeyFunction = Callable[[Mention], Iterable[str]]


class Record(NamedTuple):
    """A record: what it says of its own article, and of those that it embeds.

    Attributes:
        path: The file.
        facts: What it says of its own article.
        line: How many lines of the file come before its front matter.
        listed: Pointer of the list of its entries.
        entries: What each entry says, in order, whether or not it is a mapping.
        lines: How many lines of the file come before each entry's fragment.
        removals: What takes out an entry, by its 0-based index, where its own lines do not tell.
    """

    path: str
    facts: Facts
    line: int = 0
    listed: str = ""
    entries: tuple[Facts, ...] = ()
    lines: Sequence[int] = ()
    removals: Mapping[int, Removal] = MappingProxyType({})

    @property
    def mentions(self) -> Iterator[Mention]:
        """All that the record says of articles, its own first."""
        for at, facts in enumerate((self.facts, *self.entries)):
            if facts.is_mapping:
                yield self.mention(at)

    def mention(self, at: int) -> Mention:
        """Return one mention of the record.

        Args:
            at: 0 for its own, else the 1-based place of the entry.
        """
        if not at:
            return Mention(self.facts, self.path, "", self.line)
        return Mention(
            self.entries[at - 1],
            self.path,
            f"{self.listed}/{at - 1}",
            self.lines[at - 1],
            self.facts,
            removal=self.removals.get(at - 1),
        )


class Corpus:
    """Every record that a run knows, sorted by path.

    Attributes:
        records: All of them.
        places: By distinct description: where it stands, in order. Left out are entries that are no
            mappings and so describe nothing. There may be millions, so that each is one number: the
            record's, 0-based, times `_ENTRIES`, plus 0 for its own description, or the 1-based
            place of the entry.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = sorted(records, key=lambda each: (each.path, each.line))
        self.places: dict[Facts, array[int]] = {}
        for number, record in enumerate(self.records):
            for place, facts in enumerate((record.facts, *record.entries), number * _ENTRIES):
                if facts.is_mapping:
                    known = self.places.get(facts)
                    if known is None:
                        self.places[facts] = array("Q", (place,))
                    else:
                        known.append(place)

    @cached_property
    def samples(self) -> list[tuple[Facts, Mention]]:
        """The distinct descriptions, each with the first mention that says so."""
        return [(facts, self.mention(places[0])) for facts, places in self.places.items()]

    def mention(self, place: int) -> Mention:
        """Return the mention that stands at `place`."""
        number, at = divmod(place, _ENTRIES)
        return self.records[number].mention(at)


class Group:
    """The mentions that share one key.

    Attributes:
        key: What they share.
        facts: The distinct descriptions among them, in the order of their first places.
    """

    def __init__(self, key: str, corpus: Corpus, facts: Iterable[Facts]) -> None:
        self.key = key
        distinct = tuple(facts)
        if len(distinct) > 1:
            distinct = tuple(sorted(distinct, key=lambda each: corpus.places[each][0]))
        self.facts = distinct
        self._corpus = corpus

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, sorted by file and place."""
        return self.mentions_of(self.facts)

    @cached_property
    def records(self) -> tuple[Mention, ...]:
        """The records' own descriptions among the mentions."""
        return self.mentions_of(self.record_facts)

    @cached_property
    def entries(self) -> tuple[Mention, ...]:
        """The entries of `related` among the mentions."""
        return self.mentions_of(self.entry_facts)

    @cached_property
    def record_facts(self) -> tuple[Facts, ...]:
        """What the records among the mentions say of their own articles."""
        return tuple(each for each in self.facts if each.is_record)

    @cached_property
    def entry_facts(self) -> tuple[Facts, ...]:
        """The distinct descriptions among the entries."""
        return tuple(each for each in self.facts if not each.is_record)

    def mentions_of(self, facts: Iterable[Facts]) -> tuple[Mention, ...]:
        """Return the mentions that say `facts`, sorted by file and place."""
        places = sorted(chain.from_iterable(self._corpus.places[each] for each in facts))
        return tuple(map(self._corpus.mention, places))

    def newest(self, facts: Iterable[Facts]) -> Mention:
        """Return the mention that says one of `facts` and whose record is the newest.

        Of records of one date, or without, the last path counts; in one file the first mention.
        """
        records = self._corpus.records
        places = chain.from_iterable(self._corpus.places[each] for each in facts)
        newest = max(places, key=lambda place: (*_age(records[place // _ENTRIES]), -place))
        return self._corpus.mention(newest)

    def count(self, facts: Facts) -> int:
        """Return how many mentions say `facts`."""
        return len(self._corpus.places[facts])

    @property
    def shared_records(self) -> frozenset[str]:
        """The files of records that hold several entries of the group."""
        places = chain.from_iterable(self._corpus.places[each] for each in self.entry_facts)
        numbers = Counter(place // _ENTRIES for place in places)
        return frozenset(
            self._corpus.records[number].path for number, count in numbers.items() if count > 1
        )

    def stands_in(self, paths: Container[str]) -> bool:
        """Tell whether any mention stands in one of the files `paths`."""
        records = self._corpus.records
        places = chain.from_iterable(self._corpus.places[each] for each in self.facts)
        return any(records[place // _ENTRIES].path in paths for place in places)

    def entries_in(self, paths: frozenset[str]) -> tuple[Mention, ...]:
        """Return the entries of `related` that stand in the files `paths`, in order."""
        if not paths:
            return ()
        records = self._corpus.records
        places = chain.from_iterable(self._corpus.places[each] for each in self.entry_facts)
        found = [place for place in places if records[place // _ENTRIES].path in paths]
        return tuple(map(self._corpus.mention, sorted(found)))


def _age(record: Record) -> tuple[datetime, str]:
    """Return what the newest record has most of: its date, then its path."""
    return record.facts.published_at or _LONG_AGO, record.path


def by_article(mention: Mention) -> tuple[str, ...]:
    """Key a mention by the canonical URL of its article."""
    return mention.facts.urls[:1]


def article_names(corpus: Corpus) -> dict[str, str]:
    """Return the canonical URL that names each article, by every other URL that leads to it.

    Records that share a `webUrl` or `originalUrl` are the same article, named by the URL that sorts
    first. The URLs of AMP pages lead to it as well; one page that two different articles claim does
    not make them one, since scrapers copy such links.
    """
    names: dict[str, str] = {}
    records = [each.facts for each in corpus.records if each.facts.is_mapping and each.facts.urls]
    for facts in records:
        _unite(names, facts.urls)
    for facts in records:
        for copy in facts.copies:
            names.setdefault(copy, _root(names, facts.urls[0]))
    return {url: name for url in names if (name := _root(names, url)) != url}


def _unite(names: dict[str, str], urls: Iterable[str]) -> None:
    """Note that `urls` lead to one article."""
    roots = sorted({_root(names, url) for url in urls})
    for root in roots:
        names[root] = roots[0]


def _root(names: dict[str, str], url: str) -> str:
    """Return the name of the article that `url` leads to, as far as known."""
    while (parent := names.setdefault(url, url)) != url:
        names[url] = names[parent]
        url = parent
    return url


def group(corpus: Corpus, keys: KeyFunction, names: Mapping[str, str]) -> Iterator[Group]:
    """Yield the groups of the mentions of `corpus` that share a key, sorted by key.

    Args:
        corpus: What is known.
        keys: Names the groups that a mention belongs to, which its facts alone decide.
        names: What to take for a key instead (see `article_names`).
    """
    found: dict[str, dict[Facts, None]] = {}
    for facts, mention in corpus.samples:
        for key in keys(mention):
            found.setdefault(names.get(key, key), {})[facts] = None
    for key in sorted(found):
        yield Group(key, corpus, found[key])
