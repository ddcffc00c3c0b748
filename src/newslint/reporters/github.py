"""Annotations that GitHub Actions shows in a pull request, and the summary of a step."""

from collections import Counter
from collections.abc import Iterator, Sequence

from newslint.diagnostics import Report, Severity
from newslint.reporters.causes import Cause, omission_notice, prioritise, rank_causes
from newslint.reporters.escape import escape
from newslint.reporters.formats import Warn
from newslint.reporters.markdown import cause_sections, opening_sections
from newslint.reporters.summary import pluralize
from newslint.text import Span

MAX_ANNOTATIONS = 10
"""GitHub shows at most this number of annotations of each kind for one step."""

_CLOSING_BYTES = 100
"""The size of the last line of a summary, rounded up."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA_ESCAPES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY_ESCAPES = _DATA_ESCAPES | str.maketrans({":": "%3A", ",": "%2C"})


def render_github(report: Report, warn: Warn) -> Iterator[str]:
    """Yield a workflow command for each cause that GitHub shows, the worst first.

    Args:
        report: The outcome of the run.
        warn: Receives a sentence if causes are omitted.
    """
    causes = rank_causes(report.diagnostics, report.patterns)
    selected = select_annotations(causes)
    yield from map(_command, selected)
    reason = f"GitHub shows {MAX_ANNOTATIONS} annotations of each severity for one step"
    if notice := omission_notice("the log", len(selected), len(causes), reason):
        warn(notice)


def select_annotations(causes: Sequence[Cause]) -> list[Cause]:
    """Select the causes that GitHub shows, the worst first, from as many rules as possible."""
    counts: Counter[Severity] = Counter()
    selected = set()
    for cause in prioritise(causes):
        counts[cause.severity] += 1
        if counts[cause.severity] <= MAX_ANNOTATIONS:
            selected.add(cause.first.cause)
    return [cause for cause in causes if cause.first.cause in selected]


def render_step_summary(report: Report, max_bytes: int) -> Iterator[str]:
    """Yield Markdown for the page of the run, if causes are omitted or the quality gate failed.

    It has a section for each rule, and ends before the first section that does not fit.

    Args:
        report: The outcome of the run.
        max_bytes: The limit in bytes of UTF-8; if it is too small, nothing is written.
    """
    causes = rank_causes(report.diagnostics, report.patterns)
    has_failed = report.gate is not None and not report.gate.has_passed
    if len(select_annotations(causes)) == len(causes) and not has_failed:
        return
    sections = [*opening_sections(report), *cause_sections(causes)]
    room = max_bytes - _CLOSING_BYTES
    for number, section in enumerate(sections):
        room -= len(section.encode("utf-8", "surrogatepass"))
        if room < 0:
            if number:
                yield f"\n{pluralize(len(sections) - number, 'more section')} had no room here.\n"
            return
        yield section


def _command(cause: Cause) -> str:
    """Format the workflow command that annotates the first place of a cause."""
    location = cause.first.location
    properties = {
        "file": escape(location.path),
        **_range(location.span),
        "title": f"newslint: {cause.first.rule}",
    }
    joined = ",".join(
        f"{key}={str(value).translate(_PROPERTY_ESCAPES)}" for key, value in properties.items()
    )
    message = escape(cause.message).translate(_DATA_ESCAPES)
    return f"::{_COMMANDS[cause.severity]} {joined}::{message}\n"


def _range(span: Span) -> dict[str, int]:
    """Encode a span; GitHub takes columns, the last one included, in a single line only."""
    (line, column), (end_line, end_column) = span
    if end_line != line:
        return {"line": line, "endLine": end_line}
    return {"line": line, "col": column, "endColumn": max(column, end_column - 1)}
