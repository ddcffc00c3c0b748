"""Diagnostics of descriptions, placed in the files that contain the description.

An archive embeds the same description in many files. A diagnostic about it is made once, with
locations relative to the description, and combined with an `Occurrence` for each file:
a `PlacedDiagnostic`. `materialise` turns that into an ordinary `Diagnostic` when one is needed.
"""

from typing import NamedTuple

from newslint.diagnostics.diagnostic import (
    THIS_ENTRY,
    Diagnostic,
    Edit,
    Fix,
    RelatedLocation,
    Severity,
)


class Occurrence(NamedTuple):
    """A place where a description of an article occurs.

    Attributes:
        path: The file.
        prefix: JSON Pointer to the description in the file's front matter.
        line: Number of lines in the file before the fragment that contains the description.
        record: URL of the article that the file describes; empty if unknown.
        provider: Domain of the publisher of the described article; empty if unknown.
        removal: Edits that remove the description from its list, if removing its own lines is not
            enough; an empty tuple if nothing can remove it.
    """

    path: str
    prefix: str = ""
    line: int = 0
    record: str = ""
    provider: str = ""
    removal: tuple[Edit, ...] | None = None


class PlacedDiagnostic(NamedTuple):
    """A diagnostic of a description at one of its occurrences.

    Attributes:
        diagnostic: The diagnostic; locations without a path are relative to the description.
        occurrence: The place of the description.
        fingerprint: Identifies the diagnostic across runs.
    """

    diagnostic: Diagnostic
    occurrence: Occurrence
    fingerprint: str

    @property
    def start(self) -> tuple[int, int]:
        """Line and column of its start, 1-based."""
        line, column = self.diagnostic.location.span.start
        return line + self.occurrence.line, column

    @property
    def order(self) -> tuple[int, int, int, int, str, str]:
        """Sort key among the diagnostics of a file."""
        diagnostic, (_, prefix, line, *_), _ = self
        (start, column), (end, end_column) = diagnostic.location.span
        text = prefix + diagnostic.location.pointer + diagnostic.message
        return (start + line, column, end + line, end_column, diagnostic.rule, text)

    @property
    def path(self) -> str:
        """The file that contains it."""
        return self.occurrence.path

    @property
    def provider(self) -> str:
        """Domain of the article's publisher; empty if unknown."""
        return self.occurrence.provider

    @property
    def severity(self) -> Severity:
        """Severity of the diagnostic."""
        return self.diagnostic.severity

    @property
    def rule(self) -> str:
        """Id of the rule that reports it."""
        return self.diagnostic.rule

    @property
    def cause(self) -> str:
        """Id of the cause that it shares with related diagnostics."""
        return self.diagnostic.cause

    @property
    def fix(self) -> Fix | None:
        """Its fix, with spans in the file."""
        fix, occurrence = self.diagnostic.fix, self.occurrence
        if fix is None:
            return None
        if fix.removes != THIS_ENTRY:
            return fix.shift_lines(occurrence.line)
        edits = occurrence.removal
        if edits is None:
            edits = fix.shift_lines(occurrence.line).edits
        return Fix(fix.title, fix.safety, edits, occurrence.prefix) if edits else None

    @property
    def is_fixable(self) -> bool:
        """Whether `fix` is not None."""
        fix = self.diagnostic.fix
        if fix is None or fix.removes != THIS_ENTRY:
            return fix is not None
        return bool(fix.edits if self.occurrence.removal is None else self.occurrence.removal)

    def materialise(self) -> Diagnostic:
        """Create the diagnostic with locations in the file."""
        diagnostic, occurrence, fingerprint = self
        path, prefix, line, record, provider, _ = occurrence
        related = diagnostic.related_locations
        if not all(each.location.path for each in related):
            related = tuple(_place_related(each, occurrence) for each in related)
        return Diagnostic(
            diagnostic.rule,
            diagnostic.category,
            diagnostic.severity,
            diagnostic.message,
            diagnostic.location.place(path, prefix, line),
            diagnostic.value,
            diagnostic.cause,
            related,
            self.fix,
            record,
            provider,
            fingerprint,
        )


def _place_related(related: RelatedLocation, occurrence: Occurrence) -> RelatedLocation:
    """Place a related location in a file, unless it already has a path."""
    location, message = related
    if location.path:
        return related
    placed = location.place(occurrence.path, occurrence.prefix, occurrence.line)
    return RelatedLocation(placed, message)


AnyDiagnostic = PlacedDiagnostic | Diagnostic
"""A diagnostic in either form; both have `rule`, `severity`, `cause`, `path`, `start` and `fix`."""


def materialise(diagnostic: AnyDiagnostic) -> Diagnostic:
    """Create the `Diagnostic` of a placed diagnostic; return any other diagnostic unchanged."""
    if isinstance(diagnostic, PlacedDiagnostic):
        return diagnostic.materialise()
    return diagnostic
