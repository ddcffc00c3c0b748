"""A problem, its place, and how to fix it."""

from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from newslint.text import Location, Span


class Severity(StrEnum):
    """How bad a diagnostic is; the worst severity comes first.

    Severities compare by how bad they are: `max` finds the worst.
    """

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

    def __lt__(self, other: str) -> bool:
        """Check whether this severity is below another; compare it with other texts as a text."""
        return other.rank < self.rank if isinstance(other, Severity) else super().__lt__(other)

    def __le__(self, other: str) -> bool:
        """As `__lt__`, for severities below or at another."""
        return other.rank <= self.rank if isinstance(other, Severity) else super().__le__(other)

    def __gt__(self, other: str) -> bool:
        """As `__lt__`, for severities above another."""
        return other.rank > self.rank if isinstance(other, Severity) else super().__gt__(other)

    def __ge__(self, other: str) -> bool:
        """As `__lt__`, for severities at or above another."""
        return other.rank >= self.rank if isinstance(other, Severity) else super().__ge__(other)


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
        title: Description of the change, in the imperative: "Restore the text".
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
        key: The prefix with the URL of an entry in place of its index.
        entry_url: The URL of an entry as written; empty if there is none.
        is_visible: Whether readers can see the record that contains it.
        project: Folder of the file's project, relative to that of the report; empty if it is that.
    """

    path: str
    prefix: str = ""
    line: int = 0
    record: str = ""
    provider: str = ""
    removal: tuple[Edit, ...] | None = None
    key: str = ""
    entry_url: str = ""
    is_visible: bool = True
    project: str = ""

    def locate(self, location: Location) -> Location:
        """Translate a location that is relative to the description, unless it has a path."""
        if location.path:
            return location
        return location.place(self.path, self.prefix, self.line)

    def place_fix(self, fix: Fix) -> Fix | None:
        """Translate a fix that is relative to the description; None if nothing can be edited."""
        if fix.removes != THIS_ENTRY:
            return fix.shift_lines(self.line)
        edits = fix.shift_lines(self.line).edits if self.removal is None else self.removal
        return Fix(fix.title, fix.safety, edits, self.prefix) if edits else None


NOWHERE = Occurrence("")
"""The place of a diagnostic that is relative to a description, or that is placed already."""

_LOCAL_NAMES = {
    "location": "local_location",
    "related_locations": "local_related",
    "fix": "local_fix",
}


class Diagnostic(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One problem at one place.

    Archives repeat a description in hundreds of files, and its diagnostics are computed once. So
    the stored locations may be relative to the description. The properties `location`, `fix` and
    `related_locations` translate them to the file.

    Attributes:
        rule: Id of the rule that reports it.
        category: The rule's category.
        severity: How bad it is.
        message: The problem, without a full stop.
        local_location: Its place, relative to `occurrence` unless it has a path.
        value: The text at that place, which the fingerprint depends on; never shown.
        identity: Distinguishes it from others of its rule at that place if it has no value.
        cause: Id of the cause; diagnostics with equal causes are cured by one repair.
        local_related: Further places that explain it; those without a path are relative.
        local_fix: The fix, relative to `occurrence`; None if only a person can repair it.
        fingerprint: Identifies the diagnostic across runs; set by the engine.
        occurrence: The place of the description that it is about.
    """

    rule: str
    category: str
    severity: Severity
    message: str
    local_location: Location
    value: str = ""
    cause: str = ""
    local_related: tuple[RelatedLocation, ...] = ()
    local_fix: Fix | None = None
    identity: str = ""
    fingerprint: str = ""
    occurrence: Occurrence = NOWHERE

    def replace(self, **changes: Any) -> "Diagnostic":
        """Create a diagnostic with other values; those with places are relative, as stored."""
        place = {name: changes.pop(name) for name in ("record", "provider") if name in changes}
        if place:
            changes["occurrence"] = self.occurrence._replace(**place)
        changes = {_LOCAL_NAMES.get(name, name): value for name, value in changes.items()}
        return msgspec.structs.replace(self, **changes)

    _replace = replace  # as plugins know it

    @property
    def location(self) -> Location:
        """Its place."""
        return self.occurrence.locate(self.local_location)

    @property
    def related_locations(self) -> tuple[RelatedLocation, ...]:
        """Further places that explain it."""
        locate = self.occurrence.locate
        return tuple([RelatedLocation(locate(each), note) for each, note in self.local_related])

    @property
    def fix(self) -> Fix | None:
        """The fix; None if only a person can repair it."""
        if self.local_fix is None or not self.occurrence.path:
            return self.local_fix
        return self.occurrence.place_fix(self.local_fix)

    @property
    def record(self) -> str:
        """URL of the article that the file describes; empty if unknown."""
        return self.occurrence.record

    @property
    def provider(self) -> str:
        """Domain of the publisher of the article that it is about; empty if unknown."""
        return self.occurrence.provider

    @property
    def is_visible(self) -> bool:
        """Whether readers can see the record that contains it."""
        return self.occurrence.is_visible

    @property
    def distinct_fingerprint(self) -> str:
        """The fingerprint, distinct from those of other projects in the same report."""
        project = self.occurrence.project
        return f"{self.fingerprint}@{project}" if project else self.fingerprint

    @property
    def path(self) -> str:
        """The file that contains it."""
        return self.local_location.path or self.occurrence.path

    @property
    def pointer(self) -> str:
        """JSON Pointer of the value that it belongs to."""
        path, pointer, _ = self.local_location
        return pointer if path else self.occurrence.prefix + pointer

    @property
    def start(self) -> tuple[int, int]:
        """Line and column of its start, 1-based."""
        path, _, (start, _) = self.local_location
        return start if path else (start[0] + self.occurrence.line, start[1])

    @property
    def is_fixable(self) -> bool:
        """Whether it has a fix."""
        fix = self.local_fix
        if fix is None or fix.removes != THIS_ENTRY or self.occurrence.removal is None:
            return fix is not None and bool(fix.edits or fix.removes != THIS_ENTRY)
        return bool(self.occurrence.removal)

    @property
    def order(self) -> tuple[str, Location, str, str]:
        """Sort key: file, then place, then rule."""
        path, pointer, span = self.location
        return (path, Location("", "", span), self.rule, pointer + self.message)
