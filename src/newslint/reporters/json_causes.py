"""The causes of a report as JSON: one object for each cause, with its places in short."""

from collections.abc import Iterator, Sequence
from typing import Any

from newslint.diagnostics import Diagnostic, Report
from newslint.reporters.causes import Cause, rank_causes
from newslint.reporters.fast_json import quote_json
from newslint.reporters.json import dumps, encode_header, list_member


def render_json_causes(report: Report) -> Iterator[str]:
    """Yield the report in pieces: one line for each cause, the most important first."""
    causes = rank_causes(report.diagnostics, report.patterns)
    yield dumps(encode_header(report))[:-1]
    yield from list_member("causes", map(_line, causes))
    yield "}\n"


def _line(cause: Cause) -> str:
    """Serialise a cause."""
    return f'{dumps(_encode_cause(cause))[:-1]}, "places": {_places(cause.diagnostics)}}}'


def _encode_cause(cause: Cause) -> dict[str, Any]:
    """Encode a cause without its places."""
    first, fix = cause.first, cause.first.fix
    return {
        "cause": first.cause,
        "rule": first.rule,
        "category": first.category,
        "severity": cause.severity.value,
        "message": first.message,
        "fix": None if fix is None else {"title": fix.title, "safety": fix.safety.value},
        "pattern": cause.in_pattern,
        "diagnostics": len(cause.diagnostics),
        "visible": cause.visible,
        "fixable": cause.diagnostics.fixable,
        "documents": cause.diagnostics.documents,
    }


def _places(diagnostics: Sequence[Diagnostic]) -> str:
    """Serialise the places of diagnostics in columns without spaces: there may be millions."""
    columns = {
        "path": (quote_json(each.path) for each in diagnostics),
        "pointer": (quote_json(_pointer(each)) for each in diagnostics),
        "line": (str(each.start[0]) for each in diagnostics),
        "fingerprint": (f'"{each.fingerprint}"' for each in diagnostics),
    }
    lists = (f'"{name}":[{",".join(column)}]' for name, column in columns.items())
    return f"{{{','.join(lists)}}}"


def _pointer(diagnostic: Diagnostic) -> str:
    """Find the pointer of a diagnostic, faster than by its location."""
    path, pointer, _ = diagnostic.local_location
    return pointer if path else diagnostic.occurrence.prefix + pointer
