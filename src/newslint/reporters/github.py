"""Annotations that GitHub Actions shows at the lines of a pull request."""

from collections import Counter
from collections.abc import Iterator

from newslint.diagnostics import Diagnostic, Report, Severity, materialise
from newslint.reporters.escape import escape
from newslint.reporters.formats import Warn
from newslint.reporters.markdown import render_markdown
from newslint.reporters.summary import rank_diagnostics
from newslint.text import Span

MAX_ANNOTATIONS = 10
"""How many annotations of each kind GitHub shows for one step."""

_LEAST_ROOM = 500
"""What counts, headings and the last line of a summary take, and no more."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render_github(report: Report, warn: Warn) -> Iterator[str]:
    """Yield a workflow command for each diagnostic that GitHub shows, the worst first.

    Args:
        report: What was found.
        warn: Is told when diagnostics are left out.
    """
    shown = select_annotations(report)
    yield from map(_command, shown)
    if len(shown) < len(report.diagnostics):
        warn(
            f"{len(shown):,} of {len(report.diagnostics):,} diagnostics are annotations, the worst "
            f"first: GitHub shows {MAX_ANNOTATIONS} of each severity for one step"
        )


def render_step_summary(report: Report, room: int) -> Iterator[str]:
    """Yield Markdown for the page of the run: all causes, where annotations do not tell all.

    Args:
        report: What was found.
        room: How long it may be, in bytes of UTF-8; nothing is written where that is too little.
    """
    if room >= _LEAST_ROOM and len(select_annotations(report)) < len(report.diagnostics):
        yield from render_markdown(report, lambda _: None, len(report.diagnostics), room)


def select_annotations(report: Report) -> list[Diagnostic]:
    """Return the diagnostics that GitHub shows, the worst first."""
    kinds: Counter[Severity] = Counter()
    shown = []
    for finding in rank_diagnostics(report.diagnostics):
        kinds[finding.severity] += 1
        if kinds[finding.severity] <= MAX_ANNOTATIONS:
            shown.append(materialise(finding))
    return shown


def _command(diagnostic: Diagnostic) -> str:
    """Return the workflow command that annotates a diagnostic."""
    kind = _COMMANDS[diagnostic.severity]
    properties = {
        "file": escape(diagnostic.location.path),
        **_place(diagnostic.location.span),
        "title": f"newslint: {diagnostic.rule}",
    }
    written = (f"{key}={str(value).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{kind} {','.join(written)}::{escape(diagnostic.message).translate(_DATA)}\n"


def _place(span: Span) -> dict[str, int]:
    """Return where an annotation stands: with columns, the last included, in one line only."""
    (line, column), (end_line, end_column) = span
    if end_line != line:
        return {"line": line, "endLine": end_line}
    return {"line": line, "col": column, "endColumn": max(column, end_column - 1)}
