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

from newslint._deprecation import deprecated_attribute
from newslint.records.description import Description
from newslint.records.mention import Mention
from newslint.syntax.yaml.removal import Removal

_RECORD_STRIDE = 2**32
"""More than the entries of any record."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)

KeyFunction = Callable[[Mention], Iterable[str]]


class Record(NamedTuple):
    """A record: what it says of its own article, and of those that it embeds.

    Attributes:
        path: The file.
        description: What it says of its own article.
        line: How many lines of the file come before its front matter.
        list_pointer: Pointer of the list of its entries.
        entries: What each entry says, in order, whether or not it is a mapping.
        lines: How many lines of the file come before each entry's fragment.
        removals: What takes out an entry, by its 0-based index, where its own lines do not tell.
    """

    path: str
    description: Description
    line: int = 0
    list_pointer: str = ""
    entries: tuple[Description, ...] = ()
    lines: Sequence[int] = ()
    removals: Mapping[int, Removal] = MappingProxyType({})

    @property
    def mentions(self) -> Iterator[Mention]:
        """All that the record says of articles, its own first."""
        for at, description in enumerate((self.description, *self.entries)):
            if description.is_mapping:
                yield self.mention(at)

    def mention(self, at: int) -> Mention:
        """Return one mention of the record.

        Args:
            at: 0 for its own, else the 1-based place of the entry.
        """
        if not at:
            return Mention(self.description, self.path, "", self.line)
        return Mention(
            self.entries[at - 1],
            self.path,
            f"{self.list_pointer}/{at - 1}",
            self.lines[at - 1],
            self.description,
            removal=self.removals.get(at - 1),
        )


class Corpus:
    """Every record that a run knows, sorted by path.

    Attributes:
        records: All of them.
        occurrences: By distinct description: its occurrences, in order. Entries that are no
            mappings describe nothing and are left out. There may be millions, so each is one
            number: the record's 0-based index times `_RECORD_STRIDE`, plus 0 for its own
            description or the 1-based position of the entry.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = sorted(records, key=lambda each: (each.path, each.line))
        self.occurrences: dict[Description, array[int]] = {}
        for number, record in enumerate(self.records):
            for place, description in enumerate(
                (record.description, *record.entries), number * _RECORD_STRIDE
            ):
                if description.is_mapping:
                    known = self.occurrences.get(description)
                    if known is None:
                        self.occurrences[description] = array("Q", (place,))
                    else:
                        known.append(place)

    @cached_property
    def first_mentions(self) -> list[tuple[Description, Mention]]:
        """The distinct descriptions, each with the first mention that says so."""
        return [
            (description, self.mention(places[0]))
            for description, places in self.occurrences.items()
        ]

    def mention(self, place: int) -> Mention:
        """Return the mention that stands at `place`."""
        number, at = divmod(place, _RECORD_STRIDE)
        return self.records[number].mention(at)


class Group:
    """The mentions that share one key.

    Attributes:
        key: What they share.
        descriptions: The distinct descriptions among them, in the order of their first places.
    """

    def __init__(self, key: str, corpus: Corpus, descriptions: Iterable[Description]) -> None:
        self.key = key
        distinct = tuple(descriptions)
        if len(distinct) > 1:
            distinct = tuple(sorted(distinct, key=lambda each: corpus.occurrences[each][0]))
        self.descriptions = distinct
        self._corpus = corpus

    facts = deprecated_attribute("facts", "descriptions")

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, sorted by file and place."""
        return self.mentions_of(self.descriptions)

    @cached_property
    def records(self) -> tuple[Mention, ...]:
        """The records' own descriptions among the mentions."""
        return self.mentions_of(self.record_descriptions)

    @cached_property
    def entries(self) -> tuple[Mention, ...]:
        """The entries of `related` among the mentions."""
        return self.mentions_of(self.entry_descriptions)

    @cached_property
    def record_descriptions(self) -> tuple[Description, ...]:
        """What the records among the mentions say of their own articles."""
        return tuple(each for each in self.descriptions if each.is_record)

    @cached_property
    def entry_descriptions(self) -> tuple[Description, ...]:
        """The distinct descriptions among the entries."""
        return tuple(each for each in self.descriptions if not each.is_record)

    def mentions_of(self, descriptions: Iterable[Description]) -> tuple[Mention, ...]:
        """Return the mentions of `descriptions`, sorted by file and place."""
        places = sorted(
            chain.from_iterable(self._corpus.occurrences[each] for each in descriptions)
        )
        return tuple(map(self._corpus.mention, places))

    def newest_mention(self, descriptions: Iterable[Description]) -> Mention:
        """Return the mention that says one of `descriptions` and whose record is the newest.

        Of records of one date, or without, the last path counts; in one file the first mention.
        """
        records = self._corpus.records
        places = chain.from_iterable(self._corpus.occurrences[each] for each in descriptions)
        newest = max(places, key=lambda place: (*_age(records[place // _RECORD_STRIDE]), -place))
        return self._corpus.mention(newest)

    def count_mentions(self, description: Description) -> int:
        """Count the mentions of `description`."""
        return len(self._corpus.occurrences[description])

    @property
    def paths_with_duplicates(self) -> frozenset[str]:
        """The files of records that hold several entries of the group."""
        places = chain.from_iterable(
            self._corpus.occurrences[each] for each in self.entry_descriptions
        )
        numbers = Counter(place // _RECORD_STRIDE for place in places)
        return frozenset(
            self._corpus.records[number].path for number, count in numbers.items() if count > 1
        )

    def occurs_in(self, paths: Container[str]) -> bool:
        """Tell whether any mention stands in one of the files `paths`."""
        records = self._corpus.records
        places = chain.from_iterable(self._corpus.occurrences[each] for each in self.descriptions)
        return any(records[place // _RECORD_STRIDE].path in paths for place in places)

    def entries_in(self, paths: frozenset[str]) -> tuple[Mention, ...]:
        """Return the entries of `related` that stand in the files `paths`, in order."""
        if not paths:
            return ()
        records = self._corpus.records
        places = chain.from_iterable(
            self._corpus.occurrences[each] for each in self.entry_descriptions
        )
        found = [place for place in places if records[place // _RECORD_STRIDE].path in paths]
        return tuple(map(self._corpus.mention, sorted(found)))


def _age(record: Record) -> tuple[datetime, str]:
    """Return what the newest record has most of: its date, then its path."""
    return record.description.published_at or _LONG_AGO, record.path


def group_mentions(corpus: Corpus, keys: KeyFunction, names: Mapping[str, str]) -> Iterator[Group]:
    """Yield the groups of the mentions of `corpus` that share a key, sorted by key.

    Args:
        corpus: What is known.
        keys: Names the groups that a mention belongs to, which its description alone decide.
        names: What to take for a key instead (see `link_articles`).
    """
    found: dict[str, dict[Description, None]] = {}
    for description, mention in corpus.first_mentions:
        for key in keys(mention):
            found.setdefault(names.get(key, key), {})[description] = None
    for key in sorted(found):
        yield Group(key, corpus, found[key])
