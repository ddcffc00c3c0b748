"""Diagnostics of one file: place those of descriptions, identify, weigh and sort them."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

import msgspec

from newslint.diagnostics import Diagnostic, Occurrence, Severity
from newslint.engine.identity import (
    FingerprintCounter,
    assign_cause,
    fingerprint,
    identity_value,
)
from newslint.engine.suppression import assign_unique_cause


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


def override_severity(diagnostic: Diagnostic, severities: Mapping[str, Severity]) -> Diagnostic:
    """Give a diagnostic the severity that the settings give its rule."""
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
    name = fingerprint(diagnostic.rule, occurrence.path, occurrence.key + pointer, value)
    if diagnostic.cause:
        return Diagnostic(*values, name, occurrence)  # type: ignore[call-arg] # all but two values
    placed = diagnostic.replace(fingerprint=name, occurrence=occurrence)
    return assign_cause(placed, occurrence.path)


def identify_in_file(diagnostic: Diagnostic, occurrence: Occurrence) -> Diagnostic:
    """Assign cause id, fingerprint and occurrence to a diagnostic about the file itself."""
    location = diagnostic.location
    name = fingerprint(diagnostic.rule, location.path, location.pointer, identity_value(diagnostic))
    caused = assign_cause(diagnostic, location.path)
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
