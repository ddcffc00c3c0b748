"""Diagnostics of one file: place those of descriptions, identify, weigh and sort them."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from newslint.diagnostics import Diagnostic, Edit, Occurrence, Severity
from newslint.engine.identity import (
    FingerprintCounter,
    assign_cause,
    fingerprint,
    identity_path,
    identity_value,
)
from newslint.engine.suppression import assign_unique_cause
from newslint.records import Description, Record
from newslint.records.record import strip_record_number


class LocalDiagnostic(NamedTuple):
    """A diagnostic of a description, with all values that are equal for each occurrence.

    Attributes:
        values: All values of the diagnostic but its fingerprint and occurrence.
        pointer: Its pointer, relative to the description.
        identity: Its `identity_value`.
        except_in: Files in which the diagnostic does not apply.
        diagnostic: The diagnostic; its cause is empty if that depends on the file.
    """

    values: tuple[Any, ...]
    pointer: str
    identity: str
    except_in: AbstractSet[str]
    diagnostic: Diagnostic


def own_occurrence(record: Record, own: Description) -> Occurrence:
    """Create the occurrence of a record's own description."""
    return Occurrence(
        record.path,
        "",
        record.line,
        own.url or "",
        own.provider_domain or "",
        is_visible=own.is_visible,
    )


def entry_occurrence(
    record: Record, position: int, host: Description, entry: Description
) -> Occurrence:
    """Create the occurrence of the description in an entry of `related`.

    Its key contains the URL of the entry instead of its index, so that reordered entries keep their
    fingerprints. The title replaces a missing URL; if both are missing, the index is used.

    Args:
        record: The record.
        position: The 1-based position of the entry.
        host: The record's own description.
        entry: The description in the entry.
    """
    removal = record.removals.get(position - 1) if record.removals else None
    return Occurrence(
        record.path,
        strip_record_number(record.prefix(position)),
        record.line_at(position),
        host.url or "",
        entry.provider_domain or "",
        None if removal is None else tuple(Edit(*each) for each in removal),
        _entry_key(record.listed, entry.pointer_key or position - 1),
        entry.url or "",
        host.is_visible,
    )


@lru_cache(maxsize=16384)
def _entry_key(listed: str, name: str | int) -> str:
    """Build the key of an entry; one object for all files that contain the entry."""
    return f"{listed}/{name}"


def override_severity(diagnostic: Diagnostic, severities: Mapping[str, Severity]) -> Diagnostic:
    """Give a diagnostic the severity that `severities` have for its rule, if any."""
    severity = severities.get(diagnostic.rule)
    return diagnostic if severity is None else diagnostic.replace(severity=severity)


def shared_values(diagnostic: Diagnostic) -> tuple[Any, ...]:
    """Collect all values of a diagnostic but its fingerprint and occurrence."""
    return msgspec.structs.astuple(diagnostic)[:-2]


def place_in_file(local: LocalDiagnostic, occurrence: Occurrence) -> Diagnostic:
    """Create the diagnostic for one occurrence of its description.

    Args:
        local: The diagnostic, relative to the description.
        occurrence: The occurrence.
    """
    values, pointer, value, _, diagnostic = local
    path = identity_path(occurrence.path, occurrence.record)
    name = fingerprint(diagnostic.rule, path, occurrence.key + pointer, value)
    if diagnostic.cause:
        return Diagnostic(*values, name, occurrence)  # type: ignore[call-arg] # all but two values
    placed = diagnostic.replace(fingerprint=name, occurrence=occurrence)
    return assign_cause(placed, path)


def identify_in_file(diagnostic: Diagnostic, occurrence: Occurrence) -> Diagnostic:
    """Assign cause id, fingerprint and occurrence to a diagnostic about the file itself."""
    location = diagnostic.location
    path = identity_path(location.path, occurrence.record)
    name = fingerprint(diagnostic.rule, path, location.pointer, identity_value(diagnostic))
    caused = assign_cause(diagnostic, path)
    return caused.replace(fingerprint=name, occurrence=occurrence)


def sort_diagnostics(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Sort the diagnostics of one file by place and rule, and make their fingerprints distinct."""
    in_order = _in_order(found)
    if len({each.fingerprint for each in in_order}) < len(in_order):
        count = FingerprintCounter()
        in_order = [_rename(each, count(each.fingerprint)) for each in in_order]
    return [assign_unique_cause(each) for each in in_order]


def _in_order(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Sort the diagnostics of one file; compare only their starts if these are distinct."""
    starts = [each.start for each in found]
    if len(set(starts)) < len(starts):
        return sorted(found, key=lambda each: each.order)
    return [found[at] for at in sorted(range(len(starts)), key=starts.__getitem__)]


def _rename(diagnostic: Diagnostic, fingerprint: str) -> Diagnostic:
    """Replace the fingerprint of a diagnostic if it differs."""
    if diagnostic.fingerprint == fingerprint:
        return diagnostic
    return diagnostic.replace(fingerprint=fingerprint)
