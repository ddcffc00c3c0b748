"""Puts what is said of a description into each place where the description stands."""

from typing import NamedTuple

from newslint.diagnostics import HERE, Diagnostic, Edit, Fix, RelatedLocation
from newslint.engine.identity import cause_id, fingerprint
from newslint.records import Record


class Stamp(NamedTuple):
    """A diagnostic of a description at one of its places, to be made when somebody looks.

    Attributes:
        diagnostic: What is said of the description. Locations without a path count from it.
        record: The record that holds it.
        at: 0 for the record's own description, else the 1-based place of the entry.
        fingerprint: Names the diagnostic across runs.
    """

    diagnostic: Diagnostic
    record: Record
    at: int
    fingerprint: str

    @classmethod
    def of(cls, diagnostic: Diagnostic, record: Record, at: int) -> "Stamp":
        """Return the stamp of a diagnostic at a place, with its fingerprint."""
        pointer = _keyed(record, at) + diagnostic.location.pointer
        return cls(diagnostic, record, at, fingerprint(diagnostic, pointer, record.path))

    @property
    def order(self) -> tuple[int, int, int, int, str, str]:
        """The key that the diagnostics of a file are sorted by."""
        diagnostic, record, at, _ = self
        line = record.lines[at - 1] if at else record.line
        prefix = f"{record.listed}/{at - 1}" if at else ""
        (start, column), (end, end_column) = diagnostic.location.span
        told = prefix + diagnostic.location.pointer + diagnostic.message
        return (start + line, column, end + line, end_column, diagnostic.rule, told)

    @property
    def is_fixable(self) -> bool:
        """Whether it brings a fix."""
        diagnostic, record, at, _ = self
        fix = diagnostic.fix
        if fix is None or fix.removes != HERE:
            return fix is not None
        return bool(record.removals.get(at - 1, fix.edits))

    @property
    def cause(self) -> str:
        """What one repair would cure."""
        return self.diagnostic.cause or self.made().cause

    def made(self) -> Diagnostic:
        """Return the diagnostic as seen from its file."""
        diagnostic, record, at, named = self
        prefix = f"{record.listed}/{at - 1}" if at else ""
        line = record.lines[at - 1] if at else record.line
        path = record.path
        related = diagnostic.related_locations
        if not all(each.location.path for each in related):
            related = tuple(_related(each, path, prefix, line) for each in related)
        fix = diagnostic.fix
        made = Diagnostic(
            diagnostic.rule,
            diagnostic.category,
            diagnostic.severity,
            diagnostic.message,
            diagnostic.location.placed(path, prefix, line),
            diagnostic.value,
            diagnostic.cause,
            related,
            None if fix is None else _placed(fix, record, at, line),
            record.facts.url or "",
            (record.entries[at - 1] if at else record.facts).provider_domain or "",
            named,
        )
        return made if made.cause else made._replace(cause=cause_id(made, path))


def _keyed(record: Record, at: int) -> str:
    """Return the pointer of a description with its article's URL in place of its index.

    Where it has none its title takes the place, and only where it has neither the index stays.
    """
    return f"{record.listed}/{record.entries[at - 1].key or at - 1}" if at else ""


def _related(related: RelatedLocation, path: str, prefix: str, line: int) -> RelatedLocation:
    """Return a related location as seen from a file, unless it is in another one."""
    location, message = related
    return (
        related if location.path else RelatedLocation(location.placed(path, prefix, line), message)
    )


def _placed(fix: Fix, record: Record, at: int, line: int) -> Fix | None:
    """Return the fix of a description as seen from one of its places; None where there is none."""
    if fix.removes != HERE:
        return fix.down(line)
    removal = record.removals.get(at - 1)
    own = fix.down(line).edits if removal is None else tuple(Edit(*each) for each in removal)
    return Fix(fix.title, fix.safety, own, f"{record.listed}/{at - 1}") if own else None
