"""A problem, its place, and how to fix it."""

from enum import StrEnum
from typing import NamedTuple

from newslint.text import Location, Span


class Severity(StrEnum):
    """How bad a diagnostic is; the worst severity comes first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst severity, increasing as severity falls."""
        return _RANKS[self]

    def reaches(self, level: "Severity") -> bool:
        """Check whether this severity is at `level` or above it."""
        return self.rank <= level.rank


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Safety(StrEnum):
    """Whether a fix may be applied without review."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """The replacement of one span of a file by source text, already quoted and escaped."""

    span: Span
    text: str


THIS_ENTRY = "."
"""Value of `Fix.removes` for the entry that the diagnostic is about, before it has a place."""


class Fix(NamedTuple):
    """A titled set of edits of one file that do not overlap.

    Attributes:
        title: What the fix does, in the imperative.
        safety: Whether it may be applied without review.
        edits: The edits, in order of their spans.
        removes: JSON Pointer to the list entry that the fix removes, or `THIS_ENTRY`; empty if it
            removes none.
        everywhere: Whether the fix is also right for aliases of the edited value.
    """

    title: str
    safety: Safety
    edits: tuple[Edit, ...]
    removes: str = ""
    everywhere: bool = False

    def shift_lines(self, lines: int) -> "Fix":
        """Move all edits down by a number of lines."""
        edits = tuple([Edit(span.shift_lines(lines), text) for span, text in self.edits])
        return Fix(self.title, self.safety, edits, self.removes, self.everywhere)


class RelatedLocation(NamedTuple):
    """A further place that explains a diagnostic."""

    location: Location
    message: str


class Diagnostic(NamedTuple):
    """One problem at one place.

    Attributes:
        rule: Id of the rule that reports it.
        category: The rule's category.
        severity: How bad it is.
        message: The problem, without a full stop.
        location: Its place.
        value: The text at that place, which the fingerprint depends on; never shown.
        cause: Id of the cause; diagnostics with equal causes are cured by one repair.
        related_locations: Further places that explain it.
        fix: The fix; None if only a person can repair it.
        record: URL of the article that the file describes; empty if unknown.
        provider: Domain of the publisher of the article that it is about; empty if unknown.
        fingerprint: Identifies the diagnostic across runs; set by the engine.
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

    def place(self, path: str, prefix: str, lines: int) -> "Diagnostic":
        """Translate all locations of a fragment's diagnostic to a file that contains the fragment.

        Args:
            path: The file.
            prefix: JSON Pointer to the fragment in that file.
            lines: Number of lines in the file before the fragment.
        """
        return self._replace(
            location=self.location.place(path, prefix, lines),
            related_locations=tuple(
                related._replace(location=related.location.place(path, prefix, lines))
                for related in self.related_locations
            ),
            fix=None if self.fix is None else self.fix.shift_lines(lines),
        )

    @property
    def path(self) -> str:
        """The file that contains it."""
        return self.location.path

    @property
    def start(self) -> tuple[int, int]:
        """Line and column of its start, 1-based."""
        return self.location.span.start

    @property
    def is_fixable(self) -> bool:
        """Whether it has a fix."""
        return self.fix is not None

    @property
    def order(self) -> tuple[str, Location, str, str]:
        """Sort key: file, then place, then rule."""
        location = self.location
        place = Location("", "", location.span)
        return (location.path, place, self.rule, location.pointer + self.message)
