"""The JSON report, as `schemas/report.schema.json` describes it."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from newslint._version import __version__
from newslint.diagnostics import Diagnostic, Fix, Report, SuppressedDiagnostic
from newslint.reporters.escape import UNSAFE
from newslint.reporters.fast_json import escape_json, escape_match, fast_lines
from newslint.text import Location, Span

SCHEMA_VERSION = 1

_FEW_LINES = 64

_encode = json.JSONEncoder(ensure_ascii=False).encode

_HALF = re.compile("[\ud800-\udfff]")


def render_json(report: Report) -> Iterator[str]:
    """Yield the JSON report in pieces: one line for each diagnostic, silenced ones at the end."""
    yield dumps(encode_header(report))[:-1]
    yield from _listed("diagnostics", fast_lines(report.diagnostics))
    yield from _listed("suppressed", map(dumps, map(encode_suppressed, report.suppressed)))
    yield "}\n"


def _listed(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a member of the report that is a list, one line for each item."""
    yield f',\n "{name}": ['
    rest, start, end = iter(lines), "\n  ", "]"
    while some := list(islice(rest, _FEW_LINES)):  # one piece of text takes less than each line
        yield start + ",\n  ".join(some)
        start, end = ",\n  ", "\n ]"
    yield end


def encode_header(report: Report) -> dict[str, Any]:
    """Return what a report starts with: all but its lists."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "newslint", "version": __version__},
        "summary": encode_summary(report),
    }


def encode_summary(report: Report) -> dict[str, Any]:
    """Return the counts of a report."""
    return {
        "documents": report.documents,
        "records": report.records,
        "mentions": report.mentions,
        "diagnostics": len(report.diagnostics),
        "causes": report.causes,
        "fixable": report.fixable,
        "suppressed": len(report.suppressed),
        "baselined": report.baselined,
        "stale_baseline": report.stale_baseline,
        "by_severity": report.by_severity,
        "by_rule": report.by_rule,
        "omitted": dict(report.omitted),
    }


def encode_suppressed(suppressed: SuppressedDiagnostic) -> dict[str, Any]:
    """Return a silenced diagnostic as JSON."""
    return {**encode_diagnostic(suppressed.diagnostic), "reason": suppressed.reason or None}


def encode_diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return one diagnostic as JSON."""
    location = diagnostic.location
    return {
        "rule": diagnostic.rule,
        "category": diagnostic.category,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "path": location.path,
        "pointer": location.pointer,
        "location": _span(location.span),
        "record": diagnostic.record or None,
        "cause": diagnostic.cause,
        "fingerprint": diagnostic.fingerprint,
        "related_locations": [
            {**_location(related.location), "message": related.message}
            for related in diagnostic.related_locations
        ],
        "fix": _fix(diagnostic.fix),
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "path": location.path,
        "pointer": location.pointer,
        "location": _span(location.span),
    }


def _span(span: Span) -> dict[str, Any]:
    (line, column), (end_line, end_column) = span
    return {
        "start": {"line": line, "column": column},
        "end": {"line": end_line, "column": end_column},
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{**_span(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}


def dumps(value: Any) -> str:
    """Return JSON on one line that is safe to print, whatever the text in it."""
    return escape_json(_encode(value))


def dumps_utf8(value: Any) -> str:
    """Return JSON as `dump` does, for readers that refuse half a surrogate pair, even escaped.

    Paths whose bytes are no UTF-8 hold such halves. They become text: a backslash and a code.
    """
    text = _encode(value)
    if text.isprintable():  # what is unsafe is not, nor are halves
        return text
    return UNSAFE.sub(escape_match, _HALF.sub(lambda match: "\\" + escape_match(match), text))


def dumps_pretty(value: Any) -> str:
    """Return JSON as a file holds it, indented, and as safe to print as what `dump` returns."""
    lines = json.dumps(value, indent=2, ensure_ascii=False).split("\n")
    return "".join(f"{UNSAFE.sub(escape_match, line)}\n" for line in lines)
