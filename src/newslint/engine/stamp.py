"""Puts what is said of a description into each place where the description stands."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from newslint.diagnostics import Diagnostic, Edit, Place, Stamp
from newslint.engine.identity import cause_id, fingerprint
from newslint.records import Record

_new = tuple.__new__  # half the time of the named tuples' own, for what is made most


def stamps(diagnostics: Iterable[Diagnostic], record: Record, at: int) -> Iterator[Stamp]:
    """Yield diagnostics of a description as seen from one of its places, with their identity.

    Args:
        diagnostics: Locations without a path count from the description.
        record: The record that holds the description.
        at: 0 for the record's own, else the 1-based place of the entry.
    """
    place = _place(record, at)
    keyed, path = _keyed(record, at), record.path
    for each in diagnostics:
        named = fingerprint(each, keyed + each.location.pointer, path)
        yield _new(Stamp, (each if each.cause else _caused(each, place), place, named))


def _place(record: Record, at: int) -> Place:
    """Return the place of a description in `record`."""
    url = record.facts.url or ""
    if not at:
        return Place(record.path, "", record.line, url, record.facts.provider_domain or "")
    removal = record.removals.get(at - 1)
    return Place(
        record.path,
        _item(record.listed, at - 1),
        record.lines[at - 1],
        url,
        record.entries[at - 1].provider_domain or "",
        None if removal is None else tuple(Edit(*each) for each in removal),
    )


@lru_cache(maxsize=1024)
def _item(listed: str, index: int) -> str:
    """Return the pointer of an item of a list: one object for all files."""
    return f"{listed}/{index}"


def _keyed(record: Record, at: int) -> str:
    """Return the pointer of a description with its article's URL in place of its index.

    Where it has none its title takes the place, and only where it has neither the index stays.
    """
    return f"{record.listed}/{record.entries[at - 1].key or at - 1}" if at else ""


def _caused(diagnostic: Diagnostic, place: Place) -> Diagnostic:
    """Return `diagnostic` with the name of its cause, which is in the file alone."""
    placed = diagnostic.placed(place.path, place.prefix, 0)
    return diagnostic._replace(cause=cause_id(placed, place.path))
