"""The causes of a report as JSON: one object for each cause, with its places in short."""

from collections.abc import Iterator
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
    """Serialise a cause. `visible` of its places, the first ones, are in visible records."""
    places = ", ".join(map(_place, cause.diagnostics))
    return f'{dumps(_encode_cause(cause))[:-1]}, "places": [{places}]}}'


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
        "fixable": sum(each.is_fixable for each in cause.diagnostics),
        "documents": len({each.path for each in cause.diagnostics}),
    }


def _place(diagnostic: Diagnostic) -> str:
    """Serialise the place of a diagnostic without spaces, as there may be millions."""
    path, pointer, _ = diagnostic.local_location
    occurrence = diagnostic.occurrence
    pointer = pointer if path else occurrence.prefix + pointer
    return (
        f'{{"path":{quote_json(path or occurrence.path)},"pointer":{quote_json(pointer)},'
        f'"line":{diagnostic.start[0]},"fingerprint":"{diagnostic.fingerprint}"}}'
    )
