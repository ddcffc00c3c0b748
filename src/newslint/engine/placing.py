"""Puts what is said of descriptions into each place where the descriptions stand."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from newslint.diagnostics import Diagnostic, Edit, Occurrence, PlacedDiagnostic
from newslint.engine.checks import Checks
from newslint.engine.desk import Desk
from newslint.engine.identity import cause_id, fingerprint, told
from newslint.engine.judge import Judged
from newslint.records import Description, Record

_new = tuple.__new__  # half the time of the named tuples' own, for what is made most


class _Said(NamedTuple):
    """What is said of a description.

    Attributes:
        diagnostic: Its locations count from the description.
        pointer: That of its location.
        told: What its fingerprint tells besides the place.
        except_in: Files in which it is not said.
    """

    diagnostic: Diagnostic
    pointer: str
    told: str
    except_in: Collection[str] = ()


class Placing:
    """Knows what is said of each description.

    Args:
        desk: Knows which rules apply to a file.
        described: What rules say of a description by itself.
        spread: What rules say of it that look beyond one document.
        scope: The files that are examined. In others only that is said which has to do with what
            they made wrong.
        touched: Canonical URLs of the articles whose records have changed.
    """

    def __init__(
        self,
        desk: Desk,
        described: Mapping[Description, Sequence[Diagnostic]],
        spread: Mapping[Description, Sequence[Judged]],
        scope: Collection[str],
        touched: frozenset[str],
    ) -> None:
        self._desk = desk
        self._described = described
        self._spread = spread
        self._scope = scope
        self._touched = touched
        self._tables: dict[tuple[int, bool], _Table] = {}

    def says(self, judged: Judged, path: str) -> bool:
        """Tell whether what a rule says is to be said in the file `path`."""
        if path in judged.except_in:
            return False
        return self._holds(judged, self._desk.checks(path), in_scope=path in self._scope)

    def _holds(self, judged: Judged, checks: Checks, *, in_scope: bool) -> bool:
        """Tell whether what a rule says is to be said in files to which `checks` apply."""
        if not checks.says(judged.rule):
            return False
        if in_scope or judged.description is None:
            return in_scope
        return not self._touched.isdisjoint(
            (*judged.description.urls, *judged.description.amp_urls)
        )

    def stamps(self, path: str, records: Iterable[Record]) -> list[PlacedDiagnostic]:
        """Return what is said of the descriptions in the records of the file `path`."""
        checks, in_scope = self._desk.checks(path), path in self._scope
        table = self._tables.get((id(checks), in_scope))
        if table is None:
            table = _Table(self, checks, in_scope=in_scope)
            self._tables[id(checks), in_scope] = table
        return [each for record in records for each in _stamps(record, table)]

    def said(
        self, description: Description, checks: Checks, *, in_scope: bool
    ) -> tuple[_Said, ...]:
        """Return what is said of a description in files to which `checks` apply."""
        spread = (
            _said(each.diagnostic, each.except_in)
            for each in self._spread.get(description, ())
            if self._holds(each, checks, in_scope=in_scope)
        )
        return (*map(_said, self._described.get(description, ())), *spread)


class _Table(dict[Description, tuple[_Said, ...]]):
    """What is said of each description in files that are treated alike."""

    def __init__(self, placing: Placing, checks: Checks, *, in_scope: bool) -> None:
        super().__init__()
        self._placing = placing
        self._checks = checks
        self._in_scope = in_scope

    def __missing__(self, description: Description) -> tuple[_Said, ...]:
        """Find out what is said of a description."""
        found = self._placing.said(description, self._checks, in_scope=self._in_scope)
        self[description] = found
        return found


def _said(diagnostic: Diagnostic, except_in: Collection[str] = ()) -> _Said:
    return _Said(diagnostic, diagnostic.location.pointer, told(diagnostic), except_in)


def _stamps(record: Record, table: _Table) -> Iterator[PlacedDiagnostic]:
    """Yield what is said of the descriptions in a record, as seen from its file."""
    path, entries = record.path, record.entries
    for at, description in enumerate((record.description, *entries)):
        said = table[description]
        if not said:
            continue
        place, keyed = _place(record, at), _keyed(record, at)
        for diagnostic, pointer, what, except_in in said:
            if path not in except_in:
                named = fingerprint(diagnostic.rule, path, keyed + pointer, what)
                if not diagnostic.cause:
                    diagnostic = _caused(diagnostic, place)  # noqa: PLW2901 # the same, named
                yield _new(PlacedDiagnostic, (diagnostic, place, named))


def _place(record: Record, at: int) -> Occurrence:
    """Return the place of a description in `record`.

    Args:
        record: The record that holds it.
        at: 0 for the record's own, else the 1-based place of the entry.
    """
    path, description, line, listed, entries, lines, removals = record
    if not at:
        return Occurrence(path, "", line, description.url or "", description.provider_domain or "")
    removal = removals.get(at - 1) if removals else None
    edits = None if removal is None else tuple(Edit(*each) for each in removal)
    provider = entries[at - 1].provider_domain or ""
    return _new(
        Occurrence,
        (path, _item(listed, at - 1), lines[at - 1], description.url or "", provider, edits),
    )


@lru_cache(maxsize=1024)
def _item(listed: str, index: int) -> str:
    """Return the pointer of an item of a list: one object for all files."""
    return f"{listed}/{index}"


def _keyed(record: Record, at: int) -> str:
    """Return the pointer of a description with its article's URL in place of its index.

    Where it has none its title takes the place, and only where it has neither the index stays.
    """
    return f"{record.list_pointer}/{record.entries[at - 1].pointer_key or at - 1}" if at else ""


def _caused(diagnostic: Diagnostic, place: Occurrence) -> Diagnostic:
    """Return `diagnostic` with the name of its cause, which is in the file alone."""
    placed = diagnostic.place(place.path, place.prefix, 0)
    return diagnostic._replace(cause=cause_id(placed, place.path))
