"""Reports on several projects: paths relative to one folder, and the parts merged."""

import re
from collections import ChainMap, Counter
from collections.abc import Sequence
from heapq import merge
from operator import attrgetter

import msgspec
from msgspec.structs import replace

from newslint.diagnostics.diagnostic import Diagnostic, RelatedLocation
from newslint.diagnostics.mapped_sequence import map_items
from newslint.diagnostics.patterns import AskedPlaces
from newslint.diagnostics.report import Report, SuppressedDiagnostic
from newslint.text import Location

HERE = "."
"""The folder of a project that is the folder of the report."""

_COUNTS = ("documents", "records", "mentions", "baselined", "stale_baseline")


class Place(msgspec.Struct, frozen=True):
    """The place of a project in a report.

    Attributes:
        folder: The folder of the project, relative to that of the report; `HERE` if they are the
            same, empty if paths stay as they are.
        is_only: Whether the report is about no other project.
    """

    folder: str = HERE
    is_only: bool = True

    @property
    def prefix(self) -> str:
        """The text before the paths of the project's files."""
        return "" if self.folder in ("", HERE) else f"{self.folder}/"

    def join(self, path: str) -> str:
        """Convert the path of a file in the project to that in the report."""
        return path if path.startswith("/") else self.prefix + path


def relocate_report(report: Report, place: Place) -> Report:
    """Convert the report on a project to its part of a report on several.

    Paths become relative to the folder of the report. Causes become distinct from those of other
    projects; fingerprints stay those of the project, so that its baseline fits.
    """
    if not place.prefix:
        return report

    def relocate_suppressed(suppressed: SuppressedDiagnostic) -> SuppressedDiagnostic:
        return suppressed._replace(diagnostic=relocate(suppressed.diagnostic, place))

    return replace(
        report,
        diagnostics=map_items(report.diagnostics, lambda each: relocate(each, place)),
        suppressed=map_items(report.suppressed, relocate_suppressed),
        asked=_relocate_asked(report.asked, place.folder) if place.prefix else report.asked,
    )


def relocate(diagnostic: Diagnostic, place: Place) -> Diagnostic:
    """Convert a diagnostic of a project to one of a report on several."""
    if not place.prefix:
        return diagnostic
    occurrence = diagnostic.occurrence
    path = place.join(occurrence.path) if occurrence.path else ""
    return msgspec.structs.replace(
        diagnostic,
        message=_relocate_message(diagnostic, place),
        cause=diagnostic.cause if place.is_only else f"{diagnostic.cause}@{place.folder}",
        occurrence=occurrence._replace(path=path, project=place.folder),
        local_location=_relocate_location(diagnostic.local_location, place),
        local_related=tuple(
            [
                RelatedLocation(_relocate_location(location, place), message)
                for location, message in diagnostic.local_related
            ]
        ),
    )


def _relocate_message(diagnostic: Diagnostic, place: Place) -> str:
    """Convert the paths of related locations that a message names."""
    message = diagnostic.message
    for path in {each.location.path for each in diagnostic.local_related} if place.prefix else ():
        if path and path in message:
            message = re.sub(
                rf"(?<![^\s'(]){re.escape(path)}(?![\w/])",
                place.join(path).replace("\\", r"\\"),
                message,
            )
    return message


def _relocate_location(location: Location, place: Place) -> Location:
    """Convert a location, unless it is relative to a description."""
    return location._replace(path=place.join(location.path)) if location.path else location


def _relocate_asked(asked: AskedPlaces, folder: str) -> AskedPlaces:
    """Make the kinds of pages of a project distinct from those of others."""
    return {(rule, pages._replace(project=folder)): count for (rule, pages), count in asked.items()}


def merge_parts(parts: Sequence[Report]) -> Report:
    """Merge the reports on several projects, whose paths are relative to one folder."""
    if len(parts) == 1:
        return parts[0]
    omitted = sum((Counter(part.omitted) for part in parts), Counter[str]())
    asked = {key: count for part in parts for key, count in part.asked.items()}
    return Report(
        diagnostics=tuple(merge(*(part.diagnostics for part in parts), key=attrgetter("path"))),
        suppressed=tuple(
            merge(*(part.suppressed for part in parts), key=lambda each: each.diagnostic.path)
        ),
        omitted=dict(sorted(omitted.items())),
        asked=asked,
        projects=tuple(project for part in parts for project in part.projects),
        documentation=dict(sorted(ChainMap(*(dict(part.documentation) for part in parts)).items())),
        **{name: sum(getattr(part, name) for part in parts) for name in _COUNTS},
    )
