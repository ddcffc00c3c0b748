"""The results of a SARIF log: one for each cause, at its first place."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import quote

from newslint.diagnostics import Fix, RelatedLocation
from newslint.reporters.causes import Cause
from newslint.reporters.escape import escape
from newslint.reporters.sarif_rules import LEVELS
from newslint.reporters.summary import pluralize
from newslint.text import Location, Span

MAX_RELATED = 100
"""GitHub shows at most this number of related locations of a result."""

ROOT = "%SRCROOT%"
"""The usual placeholder for the folder that paths are relative to."""


class Result(NamedTuple):
    """A cause, or a suppressed diagnostic, to be encoded as a result.

    Attributes:
        cause: The cause; that of a suppressed diagnostic contains nothing else.
        state: The members for its state: `baselineState`, `suppressions`.
    """

    cause: Cause
    state: dict[str, Any]


def encode_result(result: Result, index: int) -> dict[str, Any]:
    """Encode a result at the first place of its cause; `index` is that of its rule."""
    cause, first = result.cause, result.cause.first
    related = list(_related_locations(cause))
    optional = {
        "relatedLocations": [_related(number, each) for number, each in enumerate(related, 1)],
        "fixes": _fixes(first.fix, first.location.path),
    }
    return {
        "ruleId": first.rule,
        "ruleIndex": index,
        "level": LEVELS[cause.severity],
        "message": _message(first.message, _further_places(cause, len(related))),
        "locations": [_location(first.location)],
        "occurrenceCount": len(cause.diagnostics),
        "partialFingerprints": {"cause/v1": first.cause, "newslint/v1": first.distinct_fingerprint},
        **{key: value for key, value in optional.items() if value},
        **result.state,
        "properties": {"cause": first.cause, "visible": first.is_visible},
    }


def _related_locations(cause: Cause) -> Iterator[RelatedLocation]:
    """Yield the first `MAX_RELATED` of the places that explain a cause, and its further places."""
    explaining = cause.first.related_locations[:MAX_RELATED]
    yield from explaining
    for each in islice(cause.diagnostics, 1, MAX_RELATED - len(explaining) + 1):
        yield RelatedLocation(each.location, "also here")


def _further_places(cause: Cause, related: int) -> str:
    """Format the number of further places with a link to the first of `related` locations.

    GitHub shows related locations to which a message links.
    """
    more = len(cause.diagnostics) - 1
    listed = related - min(len(cause.first.related_locations), MAX_RELATED)
    if not more:
        return ""
    link = f", [the next one]({related - listed + 1})" if listed else ""
    omitted = f", {listed:,} of them listed" if listed < more else ""
    return f" (and {pluralize(more, 'more place')}{omitted}{link})"


def _message(text: str, suffix: str = "") -> dict[str, str]:
    """Encode a message of plain text: `[text](target)` would be a link in SARIF."""
    return {"text": escape(text).replace("](", "] (") + suffix}


def _location(location: Location) -> dict[str, Any]:
    """Encode a location, its pointer as the logical location."""
    physical = {"artifactLocation": _artifact(location.path), "region": _region(location.span)}
    if not location.pointer:
        return {"physicalLocation": physical}
    logical = [{"fullyQualifiedName": location.pointer}]
    return {"physicalLocation": physical, "logicalLocations": logical}


def _related(number: int, related: RelatedLocation) -> dict[str, Any]:
    """Encode a related location; `number` is its id in the result."""
    return {"id": number, **_location(related.location), "message": _message(related.message)}


def _artifact(path: str) -> dict[str, Any]:
    """Encode a file as a URI reference relative to the project root."""
    return {"uri": encode_uri(path), "uriBaseId": ROOT}


def encode_uri(path: str) -> str:
    """Percent-encode the bytes that a path has on disk."""
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = path.encode("utf-8", "surrogatepass")
    return quote(data)


def _region(span: Span) -> dict[str, int]:
    """Encode a span; like ours, SARIF's columns are 1-based and its ends exclusive."""
    (line, column), (end_line, end_column) = span
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _fixes(fix: Fix | None, path: str) -> list[dict[str, Any]]:
    """Encode a fix of the file `path`; an empty list if there is no edit."""
    if fix is None or not fix.edits:
        return []
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(path), "replacements": replacements}
    description = {"text": f"{escape(fix.title)} ({fix.safety})"}
    return [{"description": description, "artifactChanges": [change]}]
