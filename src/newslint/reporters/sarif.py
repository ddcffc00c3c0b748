"""SARIF 2.1.0, as code scanning on GitHub and viewers in editors read it.

The log is built from dictionaries, and tests validate it with the JSON Schema of OASIS.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import quote

from newslint._version import __version__
from newslint.diagnostics import Diagnostic, Fix, RelatedLocation, Report, Severity
from newslint.reporters.escape import escape
from newslint.reporters.formats import Warn
from newslint.reporters.json import dumps_utf8, encode_pattern
from newslint.reporters.summary import rank_diagnostics
from newslint.rules.api import Rule
from newslint.rules.explain import Explanation, explain
from newslint.rules.meta.rule_crashed import RuleCrashed
from newslint.text import Location, Span

MAX_RESULTS = 25_000
"""GitHub refuses a run with more results."""

MAX_BYTES = 9_500_000
"""GitHub refuses more than 10 MB, compressed by gzip; the end of the log takes the rest."""

MAX_RELATED = 100
"""GitHub shows at most this number of related locations of a result."""

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_FINGERPRINT = "newslint/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_NEW, _UNCHANGED = "new", "unchanged"

_ROOT = "%SRCROOT%"
"""The usual placeholder for the folder that paths are relative to."""


def render_sarif(
    report: Report,
    rules: Sequence[type[Rule]],
    warn: Warn,
    baselined: Iterable[Diagnostic] = (),
) -> Iterator[str]:
    """Yield the log in pieces: one line for each result, the most important first.

    Args:
        report: The outcome of the run.
        rules: The rules that ran.
        warn: Receives a sentence if results are omitted, as GitHub refuses logs that are too large.
        baselined: The diagnostics of the baseline.
    """
    states = [*_states(report, tuple(baselined))]
    descriptors = _descriptors(rules, (diagnostic.rule for diagnostic, _ in states))
    indexes = {each["id"]: index for index, each in enumerate(descriptors)}
    yield _opening(descriptors)
    written = 0
    lines = (
        dumps_utf8(_result(diagnostic, indexes[diagnostic.rule], state))
        for diagnostic, state in states
    )
    for line in _limit_compressed(islice(lines, MAX_RESULTS), MAX_BYTES):
        yield (",\n   " if written else "\n   ") + line
        written += 1
    notice = _omission_notice(written, len(states))
    if notice:
        warn(notice)
    yield _closing(report, notice)


def _states(
    report: Report, baselined: Sequence[Diagnostic]
) -> Iterator[tuple[Diagnostic, dict[str, Any]]]:
    """Yield diagnostics, the most important first, each with the members for its state.

    If one result of a run has the member `suppressions`, all results must have it.
    """
    state = {"baselineState": _NEW} if report.baselined or baselined else {}
    unsuppressed: dict[str, Any] = {"suppressions": []} if report.suppressed else {}
    for diagnostic in rank_diagnostics(report.diagnostics):
        yield diagnostic, state | unsuppressed
    for diagnostic in rank_diagnostics(baselined):
        yield diagnostic, {"baselineState": _UNCHANGED} | unsuppressed
    for suppressed, reason in report.suppressed:
        yield suppressed, state | {"suppressions": [_suppression(reason)]}


def _suppression(reason: str) -> dict[str, str]:
    """Encode a suppression by a comment."""
    return {"kind": "inSource"} | ({"justification": escape(reason)} if reason else {})


def _opening(descriptors: Sequence[dict[str, Any]]) -> str:
    """Serialise the log up to its first result."""
    driver = {"name": "newslint", "semanticVersion": __version__, "rules": descriptors}
    folder = {"description": {"text": "The folder that paths are relative to."}}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: folder},
    }
    head = dumps_utf8({"$schema": _SCHEMA, "version": "2.1.0"})
    return f'{head[:-1]}, "runs": [\n {dumps_utf8(run)[:-1]},\n  "results": ['


def _closing(report: Report, notice: str) -> str:
    """Serialise the log after its last result."""
    complete = RuleCrashed.id not in report.by_rule
    invocation: dict[str, Any] = {"executionSuccessful": complete}
    if notice:
        notification = {"level": "warning", "message": {"text": notice}}
        invocation["toolExecutionNotifications"] = [notification]
    patterns = [encode_pattern(each) for each in report.patterns]
    properties = f', "properties": {dumps_utf8({"patterns": patterns})}' if patterns else ""
    return f'],\n  "invocations": [{dumps_utf8(invocation)}]{properties}}}]}}\n'


def _omission_notice(written: int, total: int) -> str:
    """Describe how many results the log omits; empty if it contains all."""
    if written == total:
        return ""
    return (
        f"the SARIF log holds {written:,} of {total:,} results, the worst first: GitHub takes no "
        f"more than {MAX_RESULTS:,} results and 10 MB; the JSON report holds all"
    )


def _limit_compressed(lines: Iterable[str], max_bytes: int) -> Iterator[str]:
    """Yield lines until their compressed size exceeds `max_bytes`."""
    compressor = zlib.compressobj()
    size = 0
    for line in lines:
        size += len(compressor.compress(line.encode()))
        if size > max_bytes:
            return
        yield line


def _result(diagnostic: Diagnostic, index: int, state: dict[str, Any]) -> dict[str, Any]:
    """Encode a diagnostic as a result.

    Args:
        diagnostic: The diagnostic.
        index: The 0-based index of its rule among the descriptors.
        state: The members for its state: `baselineState`, `suppressions`.
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
        "partialFingerprints": {_FINGERPRINT: diagnostic.distinct_fingerprint},
        **{key: value for key, value in optional.items() if value},
        **state,
        "properties": {"cause": diagnostic.cause, "visible": diagnostic.is_visible},
    }


def _message(text: str) -> dict[str, str]:
    """Encode a message of plain text: `[text](target)` would be a link in SARIF."""
    return {"text": escape(text).replace("](", "] (")}


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
    """Encode a file as a URI reference relative to the folder of the report."""
    return {"uri": _uri(path), "uriBaseId": _ROOT}


def _uri(path: str) -> str:
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


def _descriptors(rules: Sequence[type[Rule]], reported: Iterable[str]) -> list[dict[str, Any]]:
    """Encode the rules.

    Args:
        rules: The rules that ran.
        reported: Ids of rules that have diagnostics. Those that did not run get an id only.
    """
    known = [_descriptor(rule) for rule in rules]
    others = sorted(set(reported) - {rule.id for rule in rules})
    return known + [{"id": name} for name in others]


def _descriptor(rule: type[Rule]) -> dict[str, Any]:
    """Encode a rule with its explanation."""
    explanation = explain(rule)
    return {
        "id": rule.id,
        "shortDescription": {"text": explanation.summary},
        "fullDescription": {"text": " ".join((explanation.summary, *explanation.details))},
        "help": {
            "text": "\n\n".join(_help_paragraphs(rule, explanation, "")),
            "markdown": "\n\n".join(_help_paragraphs(rule, explanation, "**")),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.category()]},
    }


def _help_paragraphs(rule: type[Rule], explanation: Explanation, bold: str) -> Iterator[str]:
    """Yield the paragraphs of a rule's help, `bold` before and after labels."""
    yield explanation.summary
    yield from explanation.details
    if explanation.why:
        yield f"{bold}Why:{bold} {explanation.why}"
    if explanation.fix_safety:
        yield f"{bold}Fix safety:{bold} {explanation.fix_safety}"
    yield f"More: newslint explain {rule.id}"
