"""One diagnostic as SARIF describes it."""

from typing import Any
from urllib.parse import quote

from newslint.diagnostics import Diagnostic, Fix, RelatedLocation
from newslint.reporters.escape import escaped
from newslint.reporters.sarif_rules import LEVELS
from newslint.text import Location, Span

ROOT = "%SRCROOT%"
"""What stands for the project root, as in the logs of other tools."""

MOST_RELATED = 100
"""How many related places a result lists; GitHub shows no more."""

_FINGERPRINT = "newslint/v1"


def result(diagnostic: Diagnostic, index: int, state: dict[str, Any]) -> dict[str, Any]:
    """Return a diagnostic as a SARIF result.

    Args:
        diagnostic: What was found.
        index: 0-based place of its rule among those that the log describes.
        state: What else to say: whether it is new, whether it is suppressed.
    """
    related = diagnostic.related_locations[:MOST_RELATED]
    optional = {
        "relatedLocations": [_related(number, each) for number, each in enumerate(related, 1)],
        "fixes": _fixes(diagnostic.fix, diagnostic.location.path),
    }
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": index,
        "level": LEVELS[diagnostic.severity],
        "message": _message(diagnostic.message),
        "locations": [_location(diagnostic.location)],
        "partialFingerprints": {_FINGERPRINT: diagnostic.fingerprint},
        **{key: value for key, value in optional.items() if value},
        **state,
        "properties": {"cause": diagnostic.cause},
    }


def _message(text: str) -> dict[str, str]:
    """Return a message that is shown as it is: SARIF takes `[text](target)` for a link."""
    return {"text": escaped(text).replace("](", "] (")}


def _location(location: Location) -> dict[str, Any]:
    """Return a place, with its pointer as the name of what stands there."""
    physical = {"artifactLocation": _artifact(location.path), "region": _region(location.span)}
    if not location.pointer:
        return {"physicalLocation": physical}
    logical = [{"fullyQualifiedName": location.pointer}]
    return {"physicalLocation": physical, "logicalLocations": logical}


def _related(number: int, related: RelatedLocation) -> dict[str, Any]:
    """Return a related place, with the number that is its name in this result."""
    return {"id": number, **_location(related.location), "message": _message(related.message)}


def _artifact(path: str) -> dict[str, Any]:
    """Return what names a file: a relative URI reference."""
    return {"uri": uri(path), "uriBaseId": ROOT}


def uri(path: str) -> str:
    """Return a path, percent-encoded, as the bytes that it has on disk."""
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = path.encode("utf-8", "surrogatepass")
    return quote(data)


def _region(span: Span) -> dict[str, int]:
    """Return a span: lines and columns start at 1, and the end is exclusive, as ours are."""
    (line, column), (end_line, end_column) = span
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _fixes(fix: Fix | None, path: str) -> list[dict[str, Any]]:
    """Return how a fix changes the file `path`; nothing where it changes nothing."""
    if fix is None or not fix.edits:
        return []
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(path), "replacements": replacements}
    description = {"text": f"{escaped(fix.title)} ({fix.safety})"}
    return [{"description": description, "artifactChanges": [change]}]
