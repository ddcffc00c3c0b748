"""SARIF 2.1.0, as code scanning on GitHub and viewers in editors read it."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import quote

from newslint._version import __version__
from newslint.diagnostics import (
    AnyDiagnostic,
    Diagnostic,
    Fix,
    RelatedLocation,
    Report,
    Severity,
    materialise,
)
from newslint.reporters.escape import escape
from newslint.reporters.formats import Warn
from newslint.reporters.json import dumps_utf8
from newslint.reporters.summary import rank_diagnostics
from newslint.rules.api import Rule
from newslint.rules.explain import Explanation, explain
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.text import Location, Span

MAX_RESULTS = 25_000
"""GitHub refuses a run with more results."""

MAX_BYTES = 9_500_000
"""GitHub refuses more than 10 MB, compressed by gzip; what comes after the results is small."""

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_NEW, _UNCHANGED = "new", "unchanged"


def render_sarif(
    report: Report,
    rules: Sequence[type[Rule]],
    warn: Warn,
    baselined: Iterable[Diagnostic] = (),
) -> Iterator[str]:
    """Yield the SARIF log in pieces: one line for each result, what matters most first.

    Args:
        report: What was found.
        rules: Those that ran.
        warn: Is told when results are left out, since GitHub refuses logs that are too large.
        baselined: What the baseline lets pass.
    """
    rows = [*_rows(report, tuple(baselined))]
    described = _descriptors(rules, (row[0].rule for row in rows))
    indexes = {each["id"]: index for index, each in enumerate(described)}
    yield _opening(described)
    written = 0
    lines = (dumps_utf8(_result(materialise(row[0]), indexes[row[0].rule], row[1])) for row in rows)
    for line in _fitting(islice(lines, MAX_RESULTS), MAX_BYTES):
        yield (",\n   " if written else "\n   ") + line
        written += 1
    notice = _notice(written, len(rows))
    if notice:
        warn(notice)
    yield _closing(notice, complete=RuleCrashed.id not in report.by_rule)


def _rows(
    report: Report,
    baselined: Sequence[Diagnostic],
) -> Iterator[tuple[AnyDiagnostic, dict[str, Any]]]:
    """Yield diagnostics, what matters most first, each with what SARIF says of its state.

    Where a result of a run says whether it is suppressed, all have to.
    """
    state = {"baselineState": _NEW} if report.baselined or baselined else {}
    silenced: dict[str, Any] = {"suppressions": []} if report.suppressed else {}
    for finding in rank_diagnostics(report.diagnostics):
        yield finding, state | silenced
    for finding in rank_diagnostics(baselined):
        yield finding, {"baselineState": _UNCHANGED} | silenced
    for diagnostic, reason in report.suppressed:
        yield diagnostic, state | {"suppressions": [_suppression(reason)]}


def _suppression(reason: str) -> dict[str, str]:
    """Return how a comment silences a diagnostic."""
    return {"kind": "inSource"} | ({"justification": escape(reason)} if reason else {})


def _opening(described: Sequence[dict[str, Any]]) -> str:
    """Return the log down to its first result."""
    driver = {"name": "newslint", "semanticVersion": __version__, "rules": described}
    folder = {"description": {"text": "The folder that paths are relative to."}}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: folder},
    }
    head = dumps_utf8({"$schema": _SCHEMA, "version": "2.1.0"})
    return f'{head[:-1]}, "runs": [\n {dumps_utf8(run)[:-1]},\n  "results": ['


def _closing(notice: str, *, complete: bool) -> str:
    """Return the log after its last result."""
    invocation: dict[str, Any] = {"executionSuccessful": complete}
    if notice:
        told = {"level": "warning", "message": {"text": notice}}
        invocation["toolExecutionNotifications"] = [told]
    return f'],\n  "invocations": [{dumps_utf8(invocation)}]}}]}}\n'


def _notice(written: int, number: int) -> str:
    """Return what to say of results that are left out; empty where all are there."""
    if written == number:
        return ""
    return (
        f"the SARIF log holds {written:,} of {number:,} results, the worst first: GitHub takes no "
        f"more than {MAX_RESULTS:,} results and 10 MB; the JSON report holds all"
    )


def _fitting(lines: Iterable[str], most: int) -> Iterator[str]:
    """Yield `lines` as long as all of them take no more than `most` bytes when compressed."""
    compressor = zlib.compressobj()
    size = 0
    for line in lines:
        size += len(compressor.compress(line.encode()))
        if size > most:
            return
        yield line


ROOT = "%SRCROOT%"
"""What stands for the project root, as in the logs of other tools."""

MAX_RELATED = 100
"""How many related places a result lists; GitHub shows no more."""

_FINGERPRINT = "newslint/v1"


def _result(diagnostic: Diagnostic, index: int, state: dict[str, Any]) -> dict[str, Any]:
    """Return a diagnostic as a SARIF result.

    Args:
        diagnostic: What was found.
        index: 0-based place of its rule among those that the log describes.
        state: What else to say: whether it is new, whether it is suppressed.
    """
    related = diagnostic.related_locations[:MAX_RELATED]
    optional = {
        "relatedLocations": [_related(number, each) for number, each in enumerate(related, 1)],
        "fixes": _fixes(diagnostic.fix, diagnostic.location.path),
    }
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": _message(diagnostic.message),
        "locations": [_location(diagnostic.location)],
        "partialFingerprints": {_FINGERPRINT: diagnostic.fingerprint},
        **{key: value for key, value in optional.items() if value},
        **state,
        "properties": {"cause": diagnostic.cause},
    }


def _message(text: str) -> dict[str, str]:
    """Return a message that is shown as it is: SARIF takes `[text](target)` for a link."""
    return {"text": escape(text).replace("](", "] (")}


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
    description = {"text": f"{escape(fix.title)} ({fix.safety})"}
    return [{"description": description, "artifactChanges": [change]}]


_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def _descriptors(rules: Sequence[type[Rule]], found: Iterable[str]) -> list[dict[str, Any]]:
    """Return what is known of rules.

    Args:
        rules: Those that ran.
        found: Names of rules that have diagnostics; of those that did not run, only names are told.
    """
    known = [_descriptor(rule) for rule in rules]
    others = sorted(set(found) - {rule.id for rule in rules})
    return known + [{"id": name} for name in others]


def _descriptor(rule: type[Rule]) -> dict[str, Any]:
    """Return what is known of one rule."""
    told = explain(rule)
    full = " ".join((told.summary, *told.details))
    return {
        "id": rule.id,
        "shortDescription": {"text": told.summary},
        "fullDescription": {"text": full},
        "help": {
            "text": "\n\n".join(_help(rule, told, "")),
            "markdown": "\n\n".join(_help(rule, told, "**")),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.category()]},
    }


def _help(rule: type[Rule], told: Explanation, bold: str) -> Iterator[str]:
    """Yield the paragraphs of a rule's help, labels between two `bold`."""
    yield told.summary
    yield from told.details
    if told.why:
        yield f"{bold}Why:{bold} {told.why}"
    if told.fix_safety:
        yield f"{bold}Fix safety:{bold} {told.fix_safety}"
    yield f"More: newslint explain {rule.id}"
