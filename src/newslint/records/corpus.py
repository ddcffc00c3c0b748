"""The records known to a run, and groups of their mentions that share a key.

Grouping is a map and a reduce. A `KeyFunction` is the map: it returns the keys of one mention. The
reduce is a rule's `check`, which gets one `Group` at a time. Groups are independent of each other,
and a group's mentions have the same order however the records were collected.

One article is described in hundreds of places, mostly in the same words. Rules therefore compare
distinct descriptions. An occurrence of one is stored as a single integer, from which a `Mention` is
made on demand.
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
"""Distance between the occurrences of neighbouring records; no record has as many entries."""

_EARLIEST = datetime.min.replace(tzinfo=UTC)

KeyFunction = Callable[[Mention], Iterable[str]]
"""Returns the keys of the groups that a mention belongs to."""


class Record(NamedTuple):
    """A record: the description of its own article, and those of its related entries.

    Attributes:
        path: The file.
        description: The record's own fields.
        line: Number of lines of the file before its front matter.
        list_pointer: Pointer of the list of its entries.
        entries: The entries in order, including those that are not mappings.
        lines: Number of lines of the file before the fragment of each entry.
        removals: By 0-based index: the edits that remove an entry, if deleting its own lines does
            not.
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
        """The mentions in the record, its own first."""
        for position, description in enumerate((self.description, *self.entries)):
            if description.is_mapping:
                yield self.mention(position)

    def mention(self, position: int) -> Mention:
        """Create one of the record's mentions.

        Args:
            position: 0 for the record's own, else the 1-based position of the entry.
        """
        if not position:
            return Mention(self.description, self.path, "", self.line)
        index = position - 1
        return Mention(
            self.entries[index],
            self.path,
            f"{self.list_pointer}/{index}",
            self.lines[index],
            self.description,
            removal=self.removals.get(index),
        )


class Corpus:
    """All records known to a run.

    Attributes:
        records: The records, sorted by path.
        occurrences: The occurrences of each distinct description, in order. Entries that are not
            mappings describe nothing and are left out. An occurrence is an integer, since there may
            be millions: the record's 0-based index times `_RECORD_STRIDE`, plus the position that
            `Record.mention` takes.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = sorted(records, key=lambda each: (each.path, each.line))
        self.occurrences: dict[Description, array[int]] = {}
        for index, record in enumerate(self.records):
            descriptions = (record.description, *record.entries)
            for occurrence, description in enumerate(descriptions, index * _RECORD_STRIDE):
                if description.is_mapping:
                    known = self.occurrences.get(description)
                    if known is None:
                        self.occurrences[description] = array("Q", (occurrence,))
                    else:
                        known.append(occurrence)

    @cached_property
    def first_mentions(self) -> list[tuple[Description, Mention]]:
        """The distinct descriptions, each with its first mention."""
        return [(each, self.mention(known[0])) for each, known in self.occurrences.items()]

    def record(self, occurrence: int) -> Record:
        """Look up the record that contains an occurrence."""
        return self.records[occurrence // _RECORD_STRIDE]

    def mention(self, occurrence: int) -> Mention:
        """Create the mention of an occurrence."""
        index, position = divmod(occurrence, _RECORD_STRIDE)
        return self.records[index].mention(position)


class Group:
    """The mentions that share one key.

    Attributes:
        key: The shared key.
        descriptions: Their distinct descriptions, in the order of first occurrences.
    """

    def __init__(self, key: str, corpus: Corpus, descriptions: Iterable[Description]) -> None:
        self.key = key
        distinct = tuple(descriptions)
        if len(distinct) > 1:
            distinct = tuple(sorted(distinct, key=lambda each: corpus.occurrences[each][0]))
        self.descriptions = distinct
        self._corpus = corpus

    facts = deprecated_attribute("facts", "descriptions")
    count = deprecated_attribute("count", "count_mentions")
    entry_facts = deprecated_attribute("entry_facts", "entry_descriptions")
    newest = deprecated_attribute("newest", "newest_mention")
    record_facts = deprecated_attribute("record_facts", "record_descriptions")
    shared_records = deprecated_attribute("shared_records", "paths_with_duplicates")
    stands_in = deprecated_attribute("stands_in", "occurs_in")

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, sorted by path and position."""
        return self.mentions_of(self.descriptions)

    @cached_property
    def records(self) -> tuple[Mention, ...]:
        """The mentions that are a record's own description."""
        return self.mentions_of(self.record_descriptions)

    @cached_property
    def entries(self) -> tuple[Mention, ...]:
        """The mentions that are entries of `related`."""
        return self.mentions_of(self.entry_descriptions)

    @cached_property
    def record_descriptions(self) -> tuple[Description, ...]:
        """The descriptions that are a record's own."""
        return tuple(each for each in self.descriptions if each.is_record)

    @cached_property
    def entry_descriptions(self) -> tuple[Description, ...]:
        """The distinct descriptions of entries."""
        return tuple(each for each in self.descriptions if not each.is_record)

    def mentions_of(self, descriptions: Iterable[Description]) -> tuple[Mention, ...]:
        """Create all mentions of `descriptions`, sorted by path and position."""
        return tuple(map(self._corpus.mention, sorted(self._occurrences(descriptions))))

    def newest_mention(self, descriptions: Iterable[Description]) -> Mention:
        """Find the mention of one of `descriptions` whose record was published last.

        Of records with the same date, or without one, the last path wins; within a file the first
        mention does.
        """
        record = self._corpus.record
        occurrences = self._occurrences(descriptions)
        return self._corpus.mention(max(occurrences, key=lambda each: (*_age(record(each)), -each)))

    def count_mentions(self, description: Description) -> int:
        """Count the mentions of `description`."""
        return len(self._corpus.occurrences[description])

    @property
    def paths_with_duplicates(self) -> frozenset[str]:
        """The files of records that contain several entries of the group."""
        occurrences = self._occurrences(self.entry_descriptions)
        counts = Counter(each // _RECORD_STRIDE for each in occurrences)
        records = self._corpus.records
        return frozenset(records[index].path for index, count in counts.items() if count > 1)

    def occurs_in(self, paths: Container[str]) -> bool:
        """Check whether any mention is in one of the files `paths`."""
        occurrences = self._occurrences(self.descriptions)
        return any(self._corpus.record(each).path in paths for each in occurrences)

    def entries_in(self, paths: frozenset[str]) -> tuple[Mention, ...]:
        """Create the mentions of entries in the files `paths`, in order."""
        if not paths:
            return ()
        occurrences = self._occurrences(self.entry_descriptions)
        found = [each for each in occurrences if self._corpus.record(each).path in paths]
        return tuple(map(self._corpus.mention, sorted(found)))

    def _occurrences(self, descriptions: Iterable[Description]) -> Iterator[int]:
        """Chain the occurrences of `descriptions`."""
        return chain.from_iterable(map(self._corpus.occurrences.__getitem__, descriptions))


def _age(record: Record) -> tuple[datetime, str]:
    """Compute the sort key of a record's age: its date, then its path."""
    return record.description.published_at or _EARLIEST, record.path


def group_mentions(
    corpus: Corpus, keys: KeyFunction, aliases: Mapping[str, str]
) -> Iterator[Group]:
    """Yield groups of the mentions in `corpus` that share a key, sorted by key.

    Args:
        corpus: The known records.
        keys: Computes the keys of a mention from its description alone.
        aliases: Keys to use instead of others (see `link_articles`).
    """
    groups: dict[str, dict[Description, None]] = {}
    for description, mention in corpus.first_mentions:
        for key in keys(mention):
            groups.setdefault(aliases.get(key, key), {})[description] = None
    for key in sorted(groups):
        yield Group(key, corpus, groups[key])
