"""Diagnostics that differ in their place alone."""

from typing import NamedTuple

from newslint.diagnostics.diagnostic import Diagnostic, RelatedLocation
from newslint.diagnostics.fix import HERE, Edit, Fix
from newslint.diagnostics.severity import Severity


class Place(NamedTuple):
    """Where a description of an article stands.

    Attributes:
        path: The file.
        prefix: Pointer of the description in the file's front matter.
        line: How many lines of the file come before the fragment that the description is in.
        record: URL of the article that the file describes; empty where unknown.
        provider: Domain of who published the article described; empty where unknown.
        removal: The edits that take the description out of its list, where its own lines do not
            tell; none where nothing does.
    """

    path: str
    prefix: str = ""
    line: int = 0
    record: str = ""
    provider: str = ""
    removal: tuple[Edit, ...] | None = None


class Stamp(NamedTuple):
    """A diagnostic of a description at one of its places, to be made when somebody looks.

    Attributes:
        diagnostic: What is said of the description. Locations without a path count from it.
        place: Where that stands.
        fingerprint: Names the diagnostic across runs.
    """

    diagnostic: Diagnostic
    place: Place
    fingerprint: str

    @property
    def start(self) -> tuple[int, int]:
        """Where it starts: line and column, 1-based."""
        line, column = self.diagnostic.location.span.start
        return line + self.place.line, column

    @property
    def order(self) -> tuple[int, int, int, int, str, str]:
        """The key that the diagnostics of a file are sorted by."""
        diagnostic, (_, prefix, line, *_), _ = self
        (start, column), (end, end_column) = diagnostic.location.span
        told = prefix + diagnostic.location.pointer + diagnostic.message
        return (start + line, column, end + line, end_column, diagnostic.rule, told)

    @property
    def path(self) -> str:
        """The file that it is in."""
        return self.place.path

    @property
    def provider(self) -> str:
        """Domain of who published the article that it is about; empty where unknown."""
        return self.place.provider

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.diagnostic.severity

    @property
    def rule(self) -> str:
        """The rule that found it."""
        return self.diagnostic.rule

    @property
    def cause(self) -> str:
        """What one repair would cure."""
        return self.diagnostic.cause

    @property
    def fix(self) -> Fix | None:
        """How to repair it."""
        fix, place = self.diagnostic.fix, self.place
        if fix is None:
            return None
        if fix.removes != HERE:
            return fix.down(place.line)
        edits = fix.down(place.line).edits if place.removal is None else place.removal
        return Fix(fix.title, fix.safety, edits, place.prefix) if edits else None

    @property
    def is_fixable(self) -> bool:
        """Whether it brings a fix."""
        fix = self.diagnostic.fix
        if fix is None or fix.removes != HERE:
            return fix is not None
        return bool(fix.edits if self.place.removal is None else self.place.removal)

    def made(self) -> Diagnostic:
        """Return the diagnostic as seen from its file."""
        diagnostic, place, fingerprint = self
        path, prefix, line, record, provider, _ = place
        related = diagnostic.related_locations
        if not all(each.location.path for each in related):
            related = tuple(_related(each, place) for each in related)
        return Diagnostic(
            diagnostic.rule,
            diagnostic.category,
            diagnostic.severity,
            diagnostic.message,
            diagnostic.location.placed(path, prefix, line),
            diagnostic.value,
            diagnostic.cause,
            related,
            self.fix,
            record,
            provider,
            fingerprint,
        )


def _related(related: RelatedLocation, place: Place) -> RelatedLocation:
    """Return a related location as seen from a file, unless it is in another one."""
    location, message = related
    if location.path:
        return related
    return RelatedLocation(location.placed(place.path, place.prefix, place.line), message)


Finding = Stamp | Diagnostic
"""A diagnostic, or what it is made of."""


def made(finding: Finding) -> Diagnostic:
    """Return the diagnostic that a finding is."""
    return finding.made() if isinstance(finding, Stamp) else finding
