"""Diagnostics of rows: places in the container, and fingerprints that are distinct in it."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import msgspec

from newslint.diagnostics.diagnostic import Diagnostic, Edit, Occurrence, RelatedLocation
from newslint.diagnostics.report import Report, SuppressedDiagnostic
from newslint.text import Location


class RowPlace(NamedTuple):
    """The place of a row that is a line of its container.

    Attributes:
        path: The path of the container.
        line: The number of lines before the row.
    """

    path: str
    line: int


FindRow = Callable[[str], RowPlace | None]
"""Finds the place of a row by its name; None if it is no line of a container."""


def place_rows(report: Report, find: FindRow) -> Report:
    """Convert the places in rows that are lines of a container to places in the container."""
    return replace(
        report,
        diagnostics=tuple([place_row(each, find) for each in report.diagnostics]),
        suppressed=tuple(
            [
                SuppressedDiagnostic(place_row(each.diagnostic, find), each.reason)
                for each in report.suppressed
            ]
        ),
    )


def place_row(diagnostic: Diagnostic, find: FindRow) -> Diagnostic:
    """Convert the places of a diagnostic; those in other files stay as they are."""
    return msgspec.structs.replace(
        diagnostic,
        local_location=_place_location(diagnostic.local_location, find),
        local_related=tuple(
            [
                RelatedLocation(_place_location(location, find), message)
                for location, message in diagnostic.local_related
            ]
        ),
        occurrence=_place_occurrence(diagnostic.occurrence, find),
    )


def _place_location(location: Location, find: FindRow) -> Location:
    """Convert a location, unless it is relative to a description."""
    place = find(location.path)
    if place is None:
        return location
    return Location(place.path, location.pointer, location.span.shift_lines(place.line))


def _place_occurrence(occurrence: Occurrence, find: FindRow) -> Occurrence:
    """Convert the occurrence of a description, and the edits that remove it."""
    place = find(occurrence.path)
    if place is None:
        return occurrence
    removal = occurrence.removal
    if removal is not None:
        removal = tuple([Edit(span.shift_lines(place.line), text) for span, text in removal])
    line = occurrence.line + place.line
    return occurrence._replace(path=place.path, line=line, removal=removal)


class RowCounter:
    """Distinguishes equal fingerprints of rows of one container by a counter."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], int] = {}

    def __call__(self, container: str, diagnostic: Diagnostic) -> Diagnostic:
        """Add a counter to a fingerprint that has occurred before in the container."""
        key = container, diagnostic.fingerprint
        count = self._seen[key] = self._seen.get(key, 0) + 1
        if count == 1:
            return diagnostic
        return diagnostic.replace(fingerprint=f"{diagnostic.fingerprint}-{count}")
