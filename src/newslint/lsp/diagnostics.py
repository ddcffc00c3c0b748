"""Diagnostics in the form of the protocol."""

from collections.abc import Callable
from typing import Any, NamedTuple

from lsprotocol import types

from newslint.diagnostics import Diagnostic, Severity
from newslint.lsp.positions import PositionMap
from newslint.text import Span

SOURCE = "newslint"

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}

FindFile = Callable[[str], tuple[str, PositionMap]]
"""Finds the address of a file of the project, and the positions in it."""


class JsonDiagnostic(dict[str, Any]):
    """A diagnostic as JSON of the protocol, which is built in a third of the time of an object."""


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
    items: list[Any]  # `JsonDiagnostic`, wherever lsprotocol expects `types.Diagnostic`


def convert_diagnostic(
    diagnostic: Diagnostic, positions: PositionMap, find_file: FindFile | None, address: str
) -> JsonDiagnostic:
    """Convert a diagnostic.

    Args:
        diagnostic: The diagnostic.
        positions: The positions in its file.
        find_file: Finds the files of related locations; None if the client does not show them.
        address: The address of the page about its rule; empty if there is none.
    """
    span, severity = diagnostic.location.span, diagnostic.severity
    found = create_diagnostic(positions, span, diagnostic.message, severity, diagnostic.rule)
    found["data"] = {"fingerprint": diagnostic.fingerprint}
    if address:
        found["codeDescription"] = {"href": address}
    if find_file is not None and diagnostic.local_related:
        found["relatedInformation"] = related = []
        for (path, _, span), message in diagnostic.related_locations:
            uri, places = find_file(path)
            location = {"uri": uri, "range": places.json_range(span)}
            related.append({"location": location, "message": message})
    return found


def create_diagnostic(
    positions: PositionMap, span: Span, message: str, severity: Severity, code: str
) -> JsonDiagnostic:
    """Create a diagnostic at a place of a file, given the positions in the file."""
    return JsonDiagnostic(
        range=positions.json_range(span),
        message=message,
        severity=SEVERITIES[severity].value,
        code=code,
        source=SOURCE,
    )
