"""The JSON report, as `schemas/report.schema.json` describes it."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from newslint._version import __version__
from newslint.diagnostics import (
    Diagnostic,
    Diagnostics,
    Fix,
    RelatedLocation,
    Report,
    Stamp,
    Suppressed,
)
from newslint.reporters.escape import UNSAFE
from newslint.source import Location, Span

SCHEMA_VERSION = 1

_quote = json.encoder.encode_basestring
_encode = json.JSONEncoder(ensure_ascii=False).encode

_HALF = re.compile("[\ud800-\udfff]")


def render_json(report: Report) -> Iterator[str]:
    """Yield the JSON report in pieces: one line for each diagnostic, silenced ones at the end."""
    yield dump(head(report))[:-1]
    yield from _listed("diagnostics", lines_of(report.diagnostics))
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


def lines_of(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield a line of JSON for each of `diagnostics`."""
    if not isinstance(diagnostics, Diagnostics):
        return map(line_of, diagnostics)
    stamped = _Stamped()
    return (
        stamped.line(each) if isinstance(each, Stamp) else line_of(each)
        for each in diagnostics.findings
    )


class _Stamped:
    """Writes diagnostics that differ in their place alone: what they share is written once."""

    def __init__(self) -> None:
        self._shared: dict[int, tuple[str, str, str] | None] = {}

    def line(self, stamp: Stamp) -> str:
        """Return what `line_of` does for the diagnostic that a stamp makes."""
        diagnostic, (path, prefix, lines, record, _, _), fingerprint = stamp
        try:
            shared = self._shared[id(diagnostic)]
        except KeyError:
            shared = self._shared[id(diagnostic)] = _shared(diagnostic)
        if shared is None:
            return line_of(stamp.made())
        said, cause, related = shared
        (line, column), (end_line, end_column) = diagnostic.location.span
        fix = stamp.fix
        return (
            f"{said}{_told(path)}, "
            f'"pointer": {_told(prefix + diagnostic.location.pointer)}, '
            f'"location": {{"start": {{"line": {line + lines}, "column": {column}}}, '
            f'"end": {{"line": {end_line + lines}, "column": {end_column}}}}}, '
            f'"record": {_told(record) if record else "null"}, '
            f'{cause}"{fingerprint}", {related}{_safe(_line_of_fix(fix)) if fix else "null"}}}'
        )


def _shared(diagnostic: Diagnostic) -> tuple[str, str, str] | None:
    """Return what lines of a diagnostic share: up to its path, to its fingerprint, to its fix.

    They share nothing where related locations depend on the place.
    """
    if not all(each.location.path for each in diagnostic.related_locations):
        return None
    related = ", ".join(map(_related, diagnostic.related_locations))
    return (
        _safe(f'{_said(diagnostic)}, "path": '),
        _safe(f'"cause": {_quote(diagnostic.cause)}, "fingerprint": '),
        _safe(f'"related_locations": [{related}], "fix": '),
    )


@lru_cache(maxsize=16384)
def _told(text: str) -> str:
    """Return a string as JSON that is safe to print; paths and pointers come again and again."""
    return _safe(_quote(text))


def _safe(text: str) -> str:
    """Return JSON that is safe to print."""
    return text if text.isprintable() else UNSAFE.sub(_escape, text)


def _said(diagnostic: Diagnostic) -> str:
    """Return the start of a line: what is said."""
    return (
        f'{{"rule": {_quote(diagnostic.rule)}, "category": {_quote(diagnostic.category)}, '
        f'"severity": "{diagnostic.severity.value}", "message": {_quote(diagnostic.message)}'
    )


def _related(related: RelatedLocation) -> str:
    """Return a related location as JSON."""
    return f'{_placed(*related.location)}, "message": {_quote(related.message)}}}'


def line_of(diagnostic: Diagnostic) -> str:
    """Return what `dump(as_json(diagnostic))` does, in a third of the time: there may be many."""
    path, pointer, span = diagnostic.location
    related = ", ".join(map(_related, diagnostic.related_locations))
    line = (
        f"{_said(diagnostic)}, {_placed(path, pointer, span)[1:]}, "
        f'"record": {_quote(diagnostic.record) if diagnostic.record else "null"}, '
        f'"cause": {_quote(diagnostic.cause)}, "fingerprint": {_quote(diagnostic.fingerprint)}, '
        f'"related_locations": [{related}], '
        f'"fix": {_line_of_fix(diagnostic.fix) if diagnostic.fix else "null"}}}'
    )
    return _safe(line)


def _line_of_fix(fix: Fix) -> str:
    """Return a fix as JSON."""
    edits = ", ".join(f'{{{_between(span)}, "text": {_quote(text)}}}' for span, text in fix.edits)
    title, safety = _quote(fix.title), fix.safety.value
    return f'{{"title": {title}, "safety": "{safety}", "edits": [{edits}]}}'


def _placed(path: str, pointer: str, span: Span) -> str:
    """Return the start of an object that says where something is."""
    at = _between(span)
    return f'{{"path": {_quote(path)}, "pointer": {_quote(pointer)}, "location": {{{at}}}'


def _between(span: Span) -> str:
    """Return the members of an object that say where something starts and ends."""
    (line, column), (end_line, end_column) = span
    return (
        f'"start": {{"line": {line}, "column": {column}}}, '
        f'"end": {{"line": {end_line}, "column": {end_column}}}'
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
    return _safe(_encode(value))


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
