"""Members: the descriptions of a group as values that can be sent to another process or machine.

A run in memory reads the groups from its `Corpus`. A distributed run has none: each part of the
archive sends a `Member` for every key of a description, from which the group of the key is built.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from newslint.engine.findings import prefix_of
from newslint.engine.results import DescriptionResult, FileResult, Finding
from newslint.records import Description, Group, Record
from newslint.records.collection import FIELDS_OF_ROLES
from newslint.records.description import DIGEST_SIZE
from newslint.records.record import ENTRIES, strip_record_number
from newslint.syntax.removal import Removal

_TYPED = ("title", "excerpt", "quality", "provider_name", "images", "links", "pictures")
"""The attributes of a description that only a rule that names them reads."""

_EMPTY = {"links": (), "pictures": ()}

Lines = list[tuple[str, str, int]]
"""Paths and pointers of descriptions, with the numbers of lines before them (see `FindLine`)."""


class MemberPlace(msgspec.Struct, frozen=True, array_like=True):
    """An occurrence of a description.

    Attributes:
        path: The file.
        number: 0-based number of the record in it.
        position: Position of the description in the record, as in `Record`.
        line: Number of lines in the file before the fragment that contains the description.
        listed: Pointer to the list of the record's entries.
        host: The record's own description.
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


def collect_places(
    files: Iterable[FileResult], descriptions: Mapping[bytes, Description]
) -> dict[bytes, list[MemberPlace]]:
    """Collect the occurrences of descriptions in files, by digest.

    Args:
        files: The files.
        descriptions: The descriptions in them, by digest.
    """
    found: dict[bytes, list[MemberPlace]] = {}
    for record in (record for file in files for record in file.records):
        host = project_description(descriptions[record.digest], frozenset())
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


def build_group(key: str, members: Iterable[Member]) -> Group:
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
    return Group(key, tuple(places), places, records, hosts | known)


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
    return Record(
        place.path,
        place.host.digest,
        listed=place.listed,
        entries=bytes(entries),
        removals=removals,
        number=place.number,
    )


def find_related_lines(
    findings: Iterable[Finding], results: Iterable[DescriptionResult], members: Iterable[Member]
) -> Lines:
    """Find the lines before the descriptions of a group that related locations point into."""
    diagnostics = [
        *(each.diagnostic for each in findings),
        *(diagnostic for each in results for diagnostic in each.diagnostics),
    ]
    wanted = {
        (related.location.path, prefix_of(related.location.pointer))
        for each in diagnostics
        for related in each.related_locations
        if related.location.path
    }
    if not wanted:
        return []
    lines = dict(_list_lines(members))
    return [(path, prefix, _find_line(lines, path, prefix)) for path, prefix in sorted(wanted)]


def _find_line(lines: Mapping[tuple[str, str], int], path: str, prefix: str) -> int:
    """Find the line of the description that a pointer leads into: an entry, or the record."""
    record = prefix[: len(prefix) - len(strip_record_number(prefix))]
    return lines.get((path, prefix), lines.get((path, record), 0))


def _list_lines(members: Iterable[Member]) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield path and pointer of each occurrence, with the number of lines before it."""
    for place in (place for member in members for place in member.places):
        record = Record(place.path, b"", listed=place.listed, number=place.number)
        yield (place.path, record.prefix(place.position)), place.line
