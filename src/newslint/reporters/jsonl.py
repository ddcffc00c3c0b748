"""JSON Lines: what the JSON report holds, for readers that take one line at a time."""

from collections.abc import Iterator

from newslint.diagnostics import Report
from newslint.reporters.json import dumps, encode_diagnostic, encode_header, encode_suppressed


def render_jsonl(report: Report) -> Iterator[str]:
    """Yield a line with version and counts, then a line for each diagnostic.

    What comments silence comes last, each wrapped so that nobody takes it for a diagnostic.

    The counts come first, so that a reader can tell when lines are missing at the end.
    """
    yield dumps(encode_header(report)) + "\n"
    for diagnostic in report.diagnostics:
        yield dumps(encode_diagnostic(diagnostic)) + "\n"
    for suppressed in report.suppressed:
        yield dumps({"suppressed": encode_suppressed(suppressed)}) + "\n"
