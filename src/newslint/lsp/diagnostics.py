"""Diagnostics in the form of the protocol."""

from collections.abc import Callable
from typing import NamedTuple

from lsprotocol import types

from newslint.diagnostics import Diagnostic, Severity
from newslint.lsp.positions import PositionMap
from newslint.text import Location

SOURCE = "newslint"

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}

Locate = Callable[[Location], types.Location]
"""Converts a location in any file of the project."""


class FileDiagnostics(NamedTuple):
    """The diagnostics of one file.

    Attributes:
        uri: The address of the file.
        version: The version of the open document that they belong to; None for a file on the disk.
        result_id: Identifies this state of the diagnostics.
        items: The diagnostics.
    """

    uri: str
    version: int | None
    result_id: str
    items: list[types.Diagnostic]


def convert_diagnostic(
    diagnostic: Diagnostic, positions: PositionMap, locate: Locate | None, address: str
) -> types.Diagnostic:
    """Convert a diagnostic.

    Args:
        diagnostic: The diagnostic.
        positions: The positions in its file.
        locate: Converts related locations; None if the client does not show them.
        address: The address of the page about its rule; empty if there is none.
    """
    related = None
    if locate is not None and diagnostic.local_related:
        related = [
            types.DiagnosticRelatedInformation(locate(place), message)
            for place, message in diagnostic.related_locations
        ]
    return types.Diagnostic(
        range=positions.range(diagnostic.location.span),
        message=diagnostic.message,
        severity=SEVERITIES[diagnostic.severity],
        code=diagnostic.rule,
        code_description=types.CodeDescription(address) if address else None,
        source=SOURCE,
        related_information=related,
        data={"fingerprint": diagnostic.fingerprint},
    )
