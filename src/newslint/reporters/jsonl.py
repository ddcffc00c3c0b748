"""JSON Lines: the content of the JSON report, for programs that read line by line."""

from collections.abc import Iterator

from newslint.diagnostics import Report
from newslint.reporters.fast_json import fast_lines
from newslint.reporters.json import dumps, encode_header, encode_suppressed


def render_jsonl(report: Report) -> Iterator[str]:
    """Yield a line with version and counts, then a line for each diagnostic.

    The counts come first, so that a reader notices a truncated report. Suppressed diagnostics come
    last, each as the member `suppressed` of an object, so that nobody takes them for others.
    """
    yield dumps(encode_header(report)) + "\n"
    for line in fast_lines(report.diagnostics):
        yield line + "\n"
    for suppressed in report.suppressed:
        yield dumps({"suppressed": encode_suppressed(suppressed)}) + "\n"
