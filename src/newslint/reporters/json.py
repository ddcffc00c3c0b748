"""The JSON report, as `schemas/report.schema.json` describes it."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from newslint._version import __version__
from newslint.diagnostics import Diagnostic, Fix, Report, Suppressed
from newslint.reporters.escape import UNSAFE
from newslint.source import Location, Span

SCHEMA_VERSION = 1

_quote = json.encoder.encode_basestring
_encode = json.JSONEncoder(ensure_ascii=False).encode

_HALF = re.compile("[\ud800-\udfff]")


def render_json(report: Report) -> Iterator[str]:
    """Yield the JSON report in pieces: one line for each diagnostic, silenced ones at the end."""
    yield dump(head(report))[:-1]
    yield from _listed("diagnostics", map(line_of, report.diagnostics))
    yield from _listed("suppressed", map(dump, map(suppressed_as_json, report.suppressed)))
    yield "}\n"


def _listed(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a member of the report that is a list, one line for each item."""
    yield f',\n "{name}": ['
    separator = "\n  "
    for line in lines:
        yield separator + line
        separator = ",\n  "
    yield "]" if separator == "\n  " else "\n ]"


def head(report: Report) -> dict[str, Any]:
    """Return what a report starts with: all but its lists."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "newslint", "version": __version__},
        "summary": summary(report),
    }


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
        "stale_baseline": report.stale_baseline,
        "by_severity": report.by_severity,
        "by_rule": report.by_rule,
        "omitted": dict(report.omitted),
    }


def suppressed_as_json(suppressed: Suppressed) -> dict[str, Any]:
    """Return a silenced diagnostic as JSON."""
    return {**as_json(suppressed.diagnostic), "reason": suppressed.reason or None}


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


def line_of(diagnostic: Diagnostic) -> str:
    """Return what `dump(as_json(diagnostic))` does, in a third of the time: there may be many."""
    path, pointer, span = diagnostic.location
    related = ", ".join(
        f'{_placed(*each.location)}, "message": {_quote(each.message)}}}'
        for each in diagnostic.related_locations
    )
    line = (
        f'{{"rule": {_quote(diagnostic.rule)}, "category": {_quote(diagnostic.category)}, '
        f'"severity": "{diagnostic.severity.value}", "message": {_quote(diagnostic.message)}, '
        f"{_placed(path, pointer, span)[1:]}, "
        f'"record": {_quote(diagnostic.record) if diagnostic.record else "null"}, '
        f'"cause": {_quote(diagnostic.cause)}, "fingerprint": {_quote(diagnostic.fingerprint)}, '
        f'"related_locations": [{related}], '
        f'"fix": {_encode(_fix(diagnostic.fix)) if diagnostic.fix else "null"}}}'
    )
    return line if line.isprintable() else UNSAFE.sub(_escape, line)


def _placed(path: str, pointer: str, span: Span) -> str:
    """Return the start of an object that says where something is."""
    (line, column), (end_line, end_column) = span
    return (
        f'{{"path": {_quote(path)}, "pointer": {_quote(pointer)}, '
        f'"location": {{"start": {{"line": {line}, "column": {column}}}, '
        f'"end": {{"line": {end_line}, "column": {end_column}}}}}'
    )


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


def dump(value: Any) -> str:
    """Return JSON on one line that is safe to print, whatever the text in it."""
    text = _encode(value)
    return text if text.isprintable() else UNSAFE.sub(_escape, text)


def dump_utf8(value: Any) -> str:
    """Return JSON as `dump` does, for readers that refuse half a surrogate pair, even escaped.

    Paths whose bytes are no UTF-8 hold such halves. They become text: a backslash and a code.
    """
    text = _encode(value)
    if text.isprintable():  # what is unsafe is not, nor are halves
        return text
    return UNSAFE.sub(_escape, _HALF.sub(lambda match: "\\" + _escape(match), text))


def dump_pretty(value: Any) -> str:
    """Return JSON as a file holds it, indented, and as safe to print as what `dump` returns."""
    lines = json.dumps(value, indent=2, ensure_ascii=False).split("\n")
    return "".join(f"{UNSAFE.sub(_escape, line)}\n" for line in lines)


def _escape(match: re.Match[str]) -> str:
    """Return a character of a string as JSON escapes it."""
    return json.dumps(match[0])[1:-1]
