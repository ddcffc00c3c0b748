"""The JSON report, as `schemas/report.schema.json` describes it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from newslint._version import __version__
from newslint.diagnostics import Diagnostic, Fix, Report, Suppressed
from newslint.reporters.escape import UNSAFE
from newslint.source import Location, Span

SCHEMA_VERSION = 1


def render_json(report: Report) -> Iterator[str]:
    """Yield the JSON report in pieces: one line for each diagnostic, silenced ones at the end."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "newslint", "version": __version__},
        "summary": summary(report),
    }
    yield _dump(head)[:-1]
    yield from _listed("diagnostics", map(as_json, report.diagnostics))
    yield from _listed("suppressed", map(_suppressed, report.suppressed))
    yield "}\n"


def _listed(name: str, items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield a member of the report that is a list, one line for each item."""
    yield f',\n "{name}": ['
    separator = "\n  "
    for item in items:
        yield separator + _dump(item)
        separator = ",\n  "
    yield "]" if separator == "\n  " else "\n ]"


def _suppressed(suppressed: Suppressed) -> dict[str, Any]:
    """Return a silenced diagnostic as JSON."""
    return {**as_json(suppressed.diagnostic), "reason": suppressed.reason or None}


def summary(report: Report) -> dict[str, Any]:
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
        "by_severity": report.by_severity,
        "by_rule": report.by_rule,
    }


def as_json(diagnostic: Diagnostic) -> dict[str, Any]:
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


def _dump(value: Any) -> str:
    """Return JSON on one line that is safe to print, whatever the text in it."""
    return UNSAFE.sub(
        lambda match: json.dumps(match[0])[1:-1], json.dumps(value, ensure_ascii=False)
    )
