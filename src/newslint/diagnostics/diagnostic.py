"""One problem, where it is, and what would cure it."""

from typing import NamedTuple

from newslint.diagnostics.fix import Fix
from newslint.diagnostics.severity import Severity
from newslint.text import Location


class RelatedLocation(NamedTuple):
    """A further place that explains a diagnostic."""

    location: Location
    message: str


class Diagnostic(NamedTuple):
    """One problem.

    Attributes:
        rule: The rule that found it.
        category: The rule's category.
        severity: How bad it is.
        message: What is wrong, without a full stop.
        location: Where.
        value: The text of the value concerned, for the fingerprint; never shown.
        cause: What one repair would cure: diagnostics with equal causes belong together.
        related_locations: What else to look at.
        fix: How to repair it; None where that takes a person.
        record: URL of the article that the file describes; empty where unknown.
        provider: Domain of who published the article that it is about; empty where unknown.
        fingerprint: Names the diagnostic across runs; given by the engine.
    """

    rule: str
    category: str
    severity: Severity
    message: str
    location: Location
    value: str = ""
    cause: str = ""
    related_locations: tuple[RelatedLocation, ...] = ()
    fix: Fix | None = None
    record: str = ""
    provider: str = ""
    fingerprint: str = ""

    def placed(self, path: str, prefix: str, lines: int) -> "Diagnostic":
        """Return this diagnostic of a fragment as seen from a file that holds the fragment.

        Args:
            path: The file.
            prefix: The pointer of the fragment in that file.
            lines: How many lines of the file come before the fragment.
        """
        return self._replace(
            location=self.location.placed(path, prefix, lines),
            related_locations=tuple(
                related._replace(location=related.location.placed(path, prefix, lines))
                for related in self.related_locations
            ),
            fix=None if self.fix is None else self.fix.down(lines),
        )

    @property
    def path(self) -> str:
        """The file that it is in."""
        return self.location.path

    @property
    def start(self) -> tuple[int, int]:
        """Where it starts: line and column, 1-based."""
        return self.location.span.start

    @property
    def is_fixable(self) -> bool:
        """Whether it brings a fix."""
        return self.fix is not None

    @property
    def order(self) -> tuple[str, Location, str, str]:
        """The key that diagnostics are sorted by: file, then place, then rule."""
        location = self.location
        place = Location("", "", location.span)
        return (location.path, place, self.rule, location.pointer + self.message)
