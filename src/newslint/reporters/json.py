"""The JSON report, as `schemas/report.schema.json` describes it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from newslint._version import __version__
from newslint.diagnostics import Diagnostic, Fix, GateResult, Report, SuppressedDiagnostic
from newslint.diagnostics.listing import Lister, list_texts
from newslint.diagnostics.patterns import Pattern
from newslint.reporters.dead_addresses import UNKNOWN, DeadAddresses
from newslint.reporters.escape import UNSAFE
from newslint.reporters.fast_json import Serialiser, escape_json, escape_match
from newslint.reporters.patterns import accepting_settings
from newslint.reporters.summary import (
    NO_PROVIDER,
    StatisticsRow,
    count_by_provider,
    count_by_rule,
)
from newslint.text import Location, Span
from newslint.text.lazy_pattern import lazy_pattern

SCHEMA_VERSION = 1

_SEPARATOR = ",\n  "
_REPORT_ONLY = ("gate", "documentation")
"""Members of a report that its statistics lack."""

_encode = json.JSONEncoder(ensure_ascii=False).encode

_SURROGATE = lazy_pattern("[\ud800-\udfff]")


def render_json(report: Report) -> Iterator[str]:
    """Yield the report in pieces: one line for each diagnostic, suppressed ones at the end."""
    texts = list_texts(report.diagnostics, create_lister)
    yield dumps(encode_header(report))[:-1]
    yield from list_member("diagnostics", texts)
    yield from list_member("suppressed", map(dumps, map(encode_suppressed, report.suppressed)))
    yield "}\n"


def create_lister() -> Lister:
    """Create a lister: an item of a list for each diagnostic."""
    serialiser = Serialiser()
    return lambda diagnostics: _SEPARATOR.join(serialiser.lines(diagnostics))


def list_member(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a member of the report that is a list, one line for each item or several."""
    yield f',\n "{name}": ['
    start, end = "\n  ", "]"
    for line in lines:
        yield start
        yield line
        start, end = _SEPARATOR, "\n ]"
    yield end


def encode_report(report: Report) -> dict[str, Any]:
    """Encode a report as the object that `render_json` writes."""
    return {
        **encode_header(report),
        "diagnostics": [encode_diagnostic(each) for each in report.diagnostics],
        "suppressed": [encode_suppressed(each) for each in report.suppressed],
    }


def encode_header(report: Report) -> dict[str, Any]:
    """Encode the members of a report before its lists."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "newslint", "version": __version__},
        "summary": encode_summary(report),
        "projects": [each._asdict() for each in report.projects],
        "gate": None if report.gate is None else encode_gate(report.gate),
        "documentation": dict(report.documentation),
        "patterns": [encode_pattern(each) for each in report.patterns],
    }


def encode_gate(gate: GateResult) -> dict[str, Any]:
    """Encode a quality gate."""
    conditions = [
        {
            "metric": each.metric.value,
            "rule": each.rule or None,
            "project": each.project or None,
            "limit": each.limit,
            "actual": each.actual,
            "passed": each.is_met,
        }
        for each in gate.conditions
    ]
    return {"passed": gate.has_passed, "conditions": conditions}


def encode_summary(report: Report) -> dict[str, Any]:
    """Encode the counts of a report."""
    return {
        "documents": report.documents,
        "records": report.records,
        "mentions": report.mentions,
        "diagnostics": len(report.diagnostics),
        "causes": report.causes,
        "fixable": report.fixable,
        "visible": {
            "diagnostics": report.visible.kinds.total(),
            "causes": report.visible.causes,
            "by_severity": report.visible.by_severity,
            "by_rule": report.visible.by_rule,
        },
        "suppressed": len(report.suppressed),
        "baselined": report.baselined,
        "stale_baseline": report.stale_baseline,
        "by_severity": report.by_severity,
        "by_rule": report.by_rule,
        "omitted": dict(report.omitted),
    }


def encode_pattern(pattern: Pattern) -> dict[str, Any]:
    """Encode a pattern, with the fingerprints of its examples."""
    provider, folder, project = pattern.pages
    return {
        "rule": pattern.rule,
        "severity": pattern.severity.value,
        "project": project or None,
        "provider": provider or None,
        "folder": folder or None,
        "reported": pattern.reported.total,
        "examined": pattern.asked.total,
        "visible": {
            "reported": pattern.reported.visible,
            "examined": pattern.asked.visible,
        },
        "diagnostics": pattern.diagnostics,
        "causes": pattern.causes,
        "examples": [each.fingerprint for each in pattern.examples],
        "settings": "\n".join(accepting_settings(pattern)),
    }


def encode_statistics(report: Report, dead: DeadAddresses) -> dict[str, Any]:
    """Encode the counts of a report, those of each rule and provider, and addresses that are gone.

    The latter are left out if there are none.
    """
    header = encode_header(report)
    return {
        **{name: header[name] for name in header if name not in _REPORT_ONLY},
        "rules": [_statistics_row("rule", row) for row in count_by_rule(report)],
        "providers": [_statistics_row("provider", row) for row in count_by_provider(report)],
        **_encode_dead(dead),
    }


def _encode_dead(dead: DeadAddresses) -> dict[str, Any]:
    """Encode addresses that are gone, by host and by year."""
    tables = {"dead_hosts": ("host", dead.hosts), "dead_years": ("year", dead.years)}
    return {
        key: [
            {
                kind: None if row.name == UNKNOWN else row.name,
                "links": row.links,
                "images": row.images,
                "documents": row.documents,
            }
            for row in rows
        ]
        for key, (kind, rows) in tables.items()
        if rows
    }


def _statistics_row(kind: str, row: StatisticsRow) -> dict[str, Any]:
    """Encode the counts of one rule or one provider; an unknown provider is null."""
    counts = row._asdict()
    name = counts.pop("name")
    return {kind: None if name == NO_PROVIDER else name, **counts}


def encode_suppressed(suppressed: SuppressedDiagnostic) -> dict[str, Any]:
    """Encode a suppressed diagnostic, with the reason of its suppression."""
    return {**encode_diagnostic(suppressed.diagnostic), "reason": suppressed.reason or None}


def encode_diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    """Encode a diagnostic."""
    return {
        "rule": diagnostic.rule,
        "category": diagnostic.category,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_location(diagnostic.location),
        "record": diagnostic.record or None,
        "visible": diagnostic.is_visible,
        "cause": diagnostic.cause,
        "fingerprint": diagnostic.fingerprint,
        "related_locations": [
            {**_location(related.location), "message": related.message}
            for related in diagnostic.related_locations
        ],
        "fix": _fix(diagnostic.fix),
    }


def _location(location: Location) -> dict[str, Any]:
    """Encode a location."""
    return {
        "path": location.path,
        "pointer": location.pointer,
        "location": _span(location.span),
    }


def _span(span: Span) -> dict[str, Any]:
    """Encode a span."""
    (line, column), (end_line, end_column) = span
    return {
        "start": {"line": line, "column": column},
        "end": {"line": end_line, "column": end_column},
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    """Encode a fix."""
    if fix is None:
        return None
    edits = [{**_span(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}


def dumps(value: Any) -> str:
    """Serialise a value as JSON on one line, unsafe characters escaped."""
    return escape_json(_encode(value))


def dumps_utf8(value: Any) -> str:
    """Serialise a value as `dumps` does, for programs that refuse escaped lone surrogates.

    Paths whose bytes are not UTF-8 contain such surrogates. They become a backslash and a code.
    """
    text = _encode(value)
    if text.isprintable():  # unsafe characters and surrogates are not
        return text
    return UNSAFE.sub(escape_match, _SURROGATE.sub(lambda match: "\\" + escape_match(match), text))


def dumps_pretty(value: Any) -> str:
    """Serialise a value as indented JSON, unsafe characters escaped."""
    lines = json.dumps(value, indent=2, ensure_ascii=False).split("\n")
    return "".join(f"{UNSAFE.sub(escape_match, line)}\n" for line in lines)
