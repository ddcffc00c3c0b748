"""The Reviewdog Diagnostic Format, which reviewdog turns into review comments.

Its columns start at 1 and count bytes of UTF-8, so they are computed from the source line.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from newslint.diagnostics import Diagnostic, Fix, Report
from newslint.reporters.escape import escape
from newslint.reporters.formats import SourceReader
from newslint.reporters.json import dumps_utf8
from newslint.syntax.redaction import MASK, may_contain_secret
from newslint.text import Position, SourceText, Span


def render_rdjson(report: Report, read_source: SourceReader) -> Iterator[str]:
    """Yield the report in pieces: one line for each diagnostic.

    Args:
        report: The outcome of the run.
        read_source: Reads the text of a file, secrets redacted.
    """
    read_source = lru_cache(maxsize=8)(read_source)
    yield '{"source": {"name": "newslint"}, "diagnostics": ['
    separator = "\n "
    for diagnostic in report.diagnostics:
        source = read_source(diagnostic.location.path)
        yield separator + dumps_utf8(_encode_diagnostic(diagnostic, source))
        separator = ",\n "
    yield "]}\n" if separator == "\n " else "\n]}\n"


def _encode_diagnostic(diagnostic: Diagnostic, source: SourceText) -> dict[str, Any]:
    """Encode one diagnostic as a reviewdog diagnostic."""
    location = diagnostic.location
    return {
        "message": escape(diagnostic.message),
        "location": {"path": location.path, "range": _range(location.span, source)},
        "severity": diagnostic.severity.value.upper(),
        "code": {"value": diagnostic.rule},
        "suggestions": _suggestions(diagnostic.fix, source),
    }


def _range(span: Span, source: SourceText) -> dict[str, Any]:
    """Encode a span with columns in bytes; without columns if the bytes cannot be counted."""
    columns = [_byte_column(position, source) for position in span]
    if None in columns:
        return {"start": {"line": span.start.line}, "end": {"line": span.end.line}}
    start, end = columns
    return {
        "start": {"line": span.start.line, "column": start},
        "end": {"line": span.end.line, "column": end},
    }


def _byte_column(position: Position, source: SourceText) -> int | None:
    """Convert the column of `position` to a 1-based column in bytes of UTF-8.

    Returns:
        None if `source` does not contain the position, or a redacted secret precedes it.
    """
    if position.line > len(source.line_starts):
        return None
    before = source.line(position.line)[: position.column - 1]
    if len(before) < position.column - 1 or _may_be_redacted(before, source):
        return None
    return len(before.encode("utf-8", "surrogatepass")) + 1


def _may_be_redacted(part: str, source: SourceText) -> bool:
    """Check if `part` of `source` may contain a redacted secret, whose length is unknown."""
    return MASK in part and may_contain_secret(source.text)


def _suggestions(fix: Fix | None, source: SourceText) -> list[dict[str, Any]]:
    """Encode a fix as one suggestion that replaces the text from its first to its last edit.

    reviewdog applies suggestions one by one, so a suggestion for each edit would allow half a fix.

    Returns:
        An empty list if there is no fix, or the text between its edits is unknown.
    """
    if fix is None or not fix.edits:
        return []
    ends = [position for edit in fix.edits for position in edit.span]
    if any(_byte_column(position, source) is None for position in ends):
        return []
    gaps = [
        source.text[source.offset(one.span.end) : source.offset(other.span.start)]
        for one, other in pairwise(fix.edits)
    ]
    if any(_may_be_redacted(gap, source) for gap in gaps):
        return []
    new = "".join(edit.text + gap for edit, gap in zip(fix.edits, [*gaps, ""], strict=True))
    return [{"range": _range(Span(ends[0], ends[-1]), source), "text": new}]
