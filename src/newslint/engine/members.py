"""Members: the descriptions of a group as values that can be sent to another process or machine.

A run in memory reads the groups from its `Corpus`. A distributed run has none: each part of the
archive sends a `Member` for every key of a description, from which the group of the key is built.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter

import msgspec

from newslint.diagnostics import Diagnostic, RelatedLocation
from newslint.engine.findings import Judgement, prefix_of
from newslint.engine.results import DescriptionResult, FileResult
from newslint.records import Description, Group, Mention, Record
from newslint.records.collection import FIELDS_OF_ROLES
from newslint.records.description import DIGEST_SIZE
from newslint.records.record import ENTRIES, Descriptions, pack_lines, strip_record_number
from newslint.rules.api import Rule
from newslint.syntax.removal import Removal
from newslint.text import Location

_TYPED = ("title", "excerpt", "quality", "provider_name", "images", "links", "pictures")
"""The attributes of a description that only a rule that names them reads."""

_EMPTY = {"links": (), "pictures": ()}

_OF_HOST = ("is_mapping", "published", "draft", "date")
"""The attributes of a record's own description that are kept for its entries."""

_NO_HOST = Description(
    digest=b"",
    is_record=True,
    is_mapping=True,
    content=b"",
    lines=None,
    title=None,
    excerpt=None,
    quality=None,
    published=None,
    draft=None,
    provider_name=None,
    provider_domain=None,
    images=None,
    url=None,
    urls=(),
    amp_urls=(),
    pointer_key="",
    date=None,
    fields={},
)

IdentifyHost = Callable[[Description], bytes]
"""Identifies a record, given its own description, in groups that contain one of its entries."""


class MemberPlace(msgspec.Struct, frozen=True, array_like=True):
    """An occurrence of a description.

    Attributes:
        path: The file.
        number: 0-based number of the record in it.
        position: Position of the description in the record, as in `Record`.
        line: Number of lines in the file before the fragment that contains the description.
        listed: Pointer to the list of the record's entries.
        host: The record's own description; only its date if rules declare the fields they read.
        removal: Edits that remove the entry, if removing its lines would not do it.
    """

    path: str
    number: int
    position: int
    line: int
    listed: str
    host: Description
    removal: Removal | None = None


class Member(msgspec.Struct, frozen=True, array_like=True):
    """A description in a group, and its occurrences in a part of the archive.

    Attributes:
        description: The description.
        places: The occurrences.
        results: Its results whose diagnostics are to be enriched, by digest of the `FileRules`.
    """

    description: Description
    places: list[MemberPlace]
    results: dict[bytes, DescriptionResult] = {}


def project_description(description: Description, reads: frozenset[str] | None) -> Description:
    """Reduce a description to the fields that rules read.

    Args:
        description: The description.
        reads: The fields that the rules read (see `Rule.fields_read`); None for all.
    """
    if reads is None:
        return description
    names = {"", *reads}.union(*(FIELDS_OF_ROLES.get(name, ()) for name in reads))
    fields = {
        name: field
        for name, field in description.fields.items()
        if name in names or name.partition("/")[0] in names
    }
    unread = {name: _EMPTY.get(name) for name in _TYPED if name not in reads}
    return msgspec.structs.replace(description, fields=fields, **unread)


def project_host(description: Description) -> Description:
    """Reduce a record's own description to its date, for mentions that are its entries."""
    kept = {name: getattr(description, name) for name in _OF_HOST}
    return msgspec.structs.replace(_NO_HOST, digest=description.digest, **kept)


def identify_hosts(rules: Iterable[Rule]) -> IdentifyHost:
    """Create the function that identifies the record around an entry in groups of rules.

    Args:
        rules: The rules. If all declare the fields that they read, only values that `project_host`
            keeps count; else all of the record.
    """
    if any(rule.fields_read is None for rule in rules):
        return attrgetter("digest")
    return _identify_projected


def _identify_projected(description: Description) -> bytes:
    """Represent the values that `project_host` keeps of a description, but its digest."""
    return repr([getattr(description, name) for name in _OF_HOST]).encode()


def collect_places(
    files: Iterable[FileResult],
    descriptions: Mapping[bytes, Description],
    project: Callable[[Description], Description] = project_host,
) -> dict[bytes, list[MemberPlace]]:
    """Collect the occurrences of descriptions in files, by digest.

    Args:
        files: The files.
        descriptions: The descriptions in them, by digest.
        project: Reduces the own description of a record that contains one.
    """
    found: dict[bytes, list[MemberPlace]] = {}
    for record in (record for file in files for record in file.records):
        host = project(descriptions[record.digest])
        for position, digest in enumerate(record.digests):
            if descriptions[digest].is_mapping:
                place = MemberPlace(
                    record.path,
                    record.number,
                    position,
                    record.line_at(position),
                    record.listed,
                    host,
                    record.removals.get(position - 1),
                )
                found.setdefault(digest, []).append(place)
    return found


class _PlacedRecord(Record, frozen=True, array_like=True):
    """A record whose mentions have lines that count from the start of the file."""

    def mention(self, position: int, descriptions: Descriptions) -> Mention:
        """Create the mention at a position."""
        mention = super().mention(position, descriptions)
        mention.line = self.line_at(position)
        return mention


class MemberGroup(Group):
    """A group that was built from members."""

    _records: Sequence[Record]

    def place(self) -> Group:
        """Copy the group; lines of mentions count from the start of the file.

        So a diagnostic of another group may point to them.
        """
        records = [_PlacedRecord(*msgspec.structs.astuple(each)) for each in self._records]
        return Group(self.key, self._digests, self._places, records, self._known)

    def list_lines(self) -> Iterator[tuple[tuple[str, str], int]]:
        """Yield path and pointer of each mention, with the number of lines before it."""
        for at in chain.from_iterable(self._places.values()):
            number, position = divmod(at, ENTRIES)
            record = self._records[number]
            yield (record.path, record.prefix(position)), record.line_at(position)


def build_group(key: str, members: Iterable[Member]) -> MemberGroup:
    """Build the group of a key from its members in all parts of the archive."""
    placed: dict[tuple[str, int], dict[int, tuple[bytes, MemberPlace]]] = {}
    known: dict[bytes, Description] = {}
    hosts: dict[bytes, Description] = {}
    for member in members:
        digest = member.description.digest
        known[digest] = member.description
        for place in member.places:
            placed.setdefault((place.path, place.number), {})[place.position] = digest, place
            hosts[place.host.digest] = place.host
    places: dict[bytes, array[int]] = {}
    records: list[Record] = []
    for number, name in enumerate(sorted(placed)):
        records.append(_build_record(placed[name]))
        for position in sorted(placed[name]):
            digest = placed[name][position][0]
            places.setdefault(digest, array("Q")).append(number * ENTRIES + position)
    return MemberGroup(key, tuple(places), places, records, hosts | known)


def _build_record(placed: Mapping[int, tuple[bytes, MemberPlace]]) -> Record:
    """Build a record that knows only the descriptions at some positions."""
    last = max(placed)
    entries = bytearray(last * DIGEST_SIZE)
    for position, (digest, _) in placed.items():
        if position:
            entries[(position - 1) * DIGEST_SIZE : position * DIGEST_SIZE] = digest
    removals = {
        position - 1: place.removal
        for position, (_, place) in placed.items()
        if place.removal is not None
    }
    _, place = placed[last]
    lines = {position: each.line for position, (_, each) in placed.items()}
    return Record(
        place.path,
        place.host.digest,
        lines.get(0, 0),
        listed=place.listed,
        entries=bytes(entries),
        lines=pack_lines(lines.get(position, 0) for position in range(1, last + 1)),
        removals=removals,
        number=place.number,
    )


class RelatedPlaces:
    """Makes the lines of related locations in files count from the start of the file.

    Args:
        group: The group that diagnostics are about.
    """

    def __init__(self, group: MemberGroup) -> None:
        self._group = group

    @cached_property
    def _lines(self) -> dict[tuple[str, str], int]:
        """Numbers of lines before each occurrence, which few groups need."""
        return dict(self._group.list_lines())

    def place(self, diagnostic: Diagnostic) -> Diagnostic:
        """Convert the related locations of a diagnostic."""
        if not any(location.path for location, _ in diagnostic.local_related):
            return diagnostic
        related = tuple(
            [
                RelatedLocation(
                    _place_location(location, self._lines) if location.path else location, message
                )
                for location, message in diagnostic.local_related
            ]
        )
        return diagnostic.replace(local_related=related)

    def place_findings(self, judgement: Judgement) -> Judgement:
        """Convert the related locations of findings."""
        findings = [
            msgspec.structs.replace(each, diagnostic=self.place(each.diagnostic))
            for each in judgement.findings
        ]
        return judgement._replace(findings=findings)


def _place_location(location: Location, lines: Mapping[tuple[str, str], int]) -> Location:
    """Shift a location by the lines before the description that it points into."""
    path, pointer, span = location
    return Location(path, pointer, span.shift_lines(_find_line(lines, path, prefix_of(pointer))))


def _find_line(lines: Mapping[tuple[str, str], int], path: str, prefix: str) -> int:
    """Find the line of the description that a pointer leads into: an entry, or the record."""
    record = prefix[: len(prefix) - len(strip_record_number(prefix))]
    return lines.get((path, prefix), lines.get((path, record), 0))
