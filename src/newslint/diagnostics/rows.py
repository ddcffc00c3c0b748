"""Diagnostics of rows: places in the container, and fingerprints that are distinct in it."""

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from newslint.diagnostics.diagnostic import Diagnostic, Edit, Fix, RelatedLocation
from newslint.diagnostics.report import Report, SuppressedDiagnostic
from newslint.text import Location, Position, Span


class RowPlace(NamedTuple):
    """The place of a row that is a line of its container.

    Attributes:
        path: The path of the container.
        line: The number of lines before the row.
        column: Converts a line and a column of the row to the column in its container.
    """

    path: str
    line: int
    column: Callable[[int, int], int]

    def span(self, span: Span) -> Span:
        """Convert a span in the row to one in the container."""
        _, before, column = self
        start, end = span
        return Span(Position(before + 1, column(*start)), Position(before + 1, column(*end)))


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
    place = find(diagnostic.path)
    related = tuple(
        [
            RelatedLocation(_place_location(location, find), message)
            for location, message in diagnostic.related_locations
        ]
    )
    if place is None:
        return diagnostic if not related else diagnostic.replace(related_locations=related)
    _, pointer, span = diagnostic.location
    fix = diagnostic.fix
    if fix is not None:
        title, safety, edits, removes, everywhere = fix
        edits = tuple([Edit(place.span(at), new) for at, new in edits])
        fix = Fix(title, safety, edits, removes, everywhere)
    return replace(
        diagnostic,
        local_location=Location(place.path, pointer, place.span(span)),
        local_related=related,
        local_fix=fix,
        occurrence=diagnostic.occurrence._replace(path=place.path, line=0, removal=None),
    )


def _place_location(location: Location, find: FindRow) -> Location:
    """Convert a location, unless it is in another file."""
    place = find(location.path)
    if place is None:
        return location
    return Location(place.path, location.pointer, place.span(location.span))


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
