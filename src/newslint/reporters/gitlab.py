"""GitLab's Code Quality report: a JSON array with an object for each diagnostic."""

from collections.abc import Iterator
from typing import Any

from newslint.diagnostics import Diagnostic, Report, Severity
from newslint.reporters.escape import escape
from newslint.reporters.json import dumps_utf8

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_gitlab(report: Report) -> Iterator[str]:
    """Yield the report in pieces: one line for each diagnostic."""
    separator = "[\n "
    for diagnostic in report.diagnostics:
        yield separator + dumps_utf8(_encode_diagnostic(diagnostic))
        separator = ",\n "
    yield "[]\n" if separator == "[\n " else "\n]\n"


def _encode_diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    """Encode a diagnostic as a degradation. GitLab lists each fingerprint once."""
    location = diagnostic.location
    return {
        "description": f"{escape(diagnostic.message)} ({diagnostic.rule})",
        "check_name": diagnostic.rule,
        "fingerprint": diagnostic.distinct_fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {"path": location.path, "lines": {"begin": location.span.start.line}},
    }
