"""JSON Lines: the content of the JSON report, for programs that read line by line."""

from collections.abc import Iterator

from newslint.diagnostics import Report
from newslint.diagnostics.listing import Lister, list_texts
from newslint.reporters.fast_json import Serialiser
from newslint.reporters.json import dumps, encode_header, encode_suppressed


def render_jsonl(report: Report) -> Iterator[str]:
    """Yield a line with version and counts, then a line for each diagnostic.

    The counts come first, so that a reader notices a truncated report. Suppressed diagnostics come
    last, each as the member `suppressed` of an object, so that nobody takes them for others.
    """
    yield dumps(encode_header(report)) + "\n"
    yield from list_texts(report.diagnostics, create_lister)
    for suppressed in report.suppressed:
        yield dumps({"suppressed": encode_suppressed(suppressed)}) + "\n"


def create_lister() -> Lister:
    """Create a lister: a line with a line feed for each diagnostic."""
    serialiser = Serialiser()
    return lambda diagnostics: "\n".join([*serialiser.lines(diagnostics), ""])
