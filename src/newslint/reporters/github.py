"""Annotations that GitHub Actions shows in a pull request, and the summary of a step."""

from collections import Counter
from collections.abc import Iterator

from newslint.diagnostics import Diagnostic, Report, Severity
from newslint.diagnostics.patterns import split_patterns
from newslint.reporters.escape import escape
from newslint.reporters.formats import Warn
from newslint.reporters.markdown import render_markdown
from newslint.reporters.summary import rank_diagnostics
from newslint.text import Span

MAX_ANNOTATIONS = 10
"""GitHub shows at most this number of annotations of each kind for one step."""

_MIN_SUMMARY_BYTES = 500
"""The size of the counts, the headings and the last line of a summary, rounded up."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA_ESCAPES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY_ESCAPES = _DATA_ESCAPES | str.maketrans({":": "%3A", ",": "%2C"})


def render_github(report: Report, warn: Warn) -> Iterator[str]:
    """Yield a workflow command for each diagnostic that GitHub shows, the worst first.

    Args:
        report: The outcome of the run.
        warn: Receives a sentence if diagnostics are omitted.
    """
    annotations = select_annotations(report)
    yield from map(_command, annotations)
    if len(annotations) < len(report.diagnostics):
        warn(
            f"{len(annotations):,} of {len(report.diagnostics):,} diagnostics are annotations, the "
            f"worst first: GitHub shows {MAX_ANNOTATIONS} of each severity for one step"
        )


def render_step_summary(report: Report, max_bytes: int) -> Iterator[str]:
    """Yield Markdown with all causes for the page of the run, if annotations omit diagnostics.

    Args:
        report: The outcome of the run.
        max_bytes: The limit in bytes of UTF-8; if it is too small, nothing is written.
    """
    omits = len(select_annotations(report)) < len(report.diagnostics)
    if max_bytes >= _MIN_SUMMARY_BYTES and omits:
        yield from render_markdown(report, lambda _: None, len(report.diagnostics), max_bytes)


def select_annotations(report: Report) -> list[Diagnostic]:
    """Select the diagnostics that GitHub shows, the worst first, those of patterns last."""
    counts: Counter[Severity] = Counter()
    selected = []
    others, members = split_patterns(report.diagnostics, report.patterns)
    for diagnostic in (*rank_diagnostics(others), *rank_diagnostics(members)):
        counts[diagnostic.severity] += 1
        if counts[diagnostic.severity] <= MAX_ANNOTATIONS:
            selected.append(diagnostic)
    return selected


def _command(diagnostic: Diagnostic) -> str:
    """Format the workflow command that annotates a diagnostic."""
    kind = _COMMANDS[diagnostic.severity]
    properties = {
        "file": escape(diagnostic.location.path),
        **_range(diagnostic.location.span),
        "title": f"newslint: {diagnostic.rule}",
    }
    joined = ",".join(
        f"{key}={str(value).translate(_PROPERTY_ESCAPES)}" for key, value in properties.items()
    )
    return f"::{kind} {joined}::{escape(diagnostic.message).translate(_DATA_ESCAPES)}\n"


def _range(span: Span) -> dict[str, int]:
    """Encode a span; GitHub takes columns, the last one included, in a single line only."""
    (line, column), (end_line, end_column) = span
    if end_line != line:
        return {"line": line, "endLine": end_line}
    return {"line": line, "col": column, "endColumn": max(column, end_column - 1)}
