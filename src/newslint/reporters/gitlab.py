"""GitLab's Code Quality report: a JSON array with an object for each cause."""

from collections.abc import Iterator
from typing import Any

from newslint.diagnostics import Report, Severity
from newslint.reporters.causes import Cause, omission_notice, rank_causes, select_causes
from newslint.reporters.escape import escape
from newslint.reporters.formats import Warn
from newslint.reporters.json import dumps_utf8

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_gitlab(report: Report, warn: Warn) -> Iterator[str]:
    """Yield the report in pieces: one line for each cause, the most important first.

    Args:
        report: The outcome of the run.
        warn: Receives a sentence if causes are omitted.
    """
    causes = rank_causes(report.diagnostics, report.patterns)
    selected = select_causes(causes)
    separator = "[\n "
    for cause in selected:
        yield separator + dumps_utf8(_encode_cause(cause))
        separator = ",\n "
    yield "[]\n" if separator == "[\n " else "\n]\n"
    if notice := omission_notice("the Code Quality report", len(selected), len(causes)):
        warn(notice)


def _encode_cause(cause: Cause) -> dict[str, Any]:
    """Encode a cause as a degradation. GitLab lists each fingerprint once."""
    first = cause.first
    location = first.location
    return {
        "description": f"{escape(cause.message)} ({first.rule})",
        "check_name": first.rule,
        "fingerprint": first.cause,
        "severity": _SEVERITIES[cause.severity],
        "location": {"path": location.path, "lines": {"begin": location.span.start.line}},
    }
