"""The Reviewdog Diagnostic Format, which reviewdog turns into review comments.

Its columns start at 1 and count bytes of UTF-8, so they are counted anew in the source line.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from newslint.diagnostics import Diagnostic, Fix, Report
from newslint.records.redaction import MASK
from newslint.reporters.escape import escaped
from newslint.reporters.json import dump_utf8
from newslint.syntax.yaml.redaction import SECURED
from newslint.text import Position, SourceText, Span

Sources = Callable[[str], SourceText]


def render_rdjson(report: Report, text: Sources) -> Iterator[str]:
    """Yield the report in pieces: one line for each diagnostic.

    Args:
        report: What was found.
        text: Returns the text of a file, secrets redacted, given its path.
    """
    source = lru_cache(maxsize=8)(text)
    yield '{"source": {"name": "newslint"}, "diagnostics": ['
    separator = "\n "
    for diagnostic in report.diagnostics:
        yield separator + dump_utf8(_as_rdjson(diagnostic, source(diagnostic.location.path)))
        separator = ",\n "
    yield "]}\n" if separator == "\n " else "\n]}\n"


def _as_rdjson(diagnostic: Diagnostic, source: SourceText) -> dict[str, Any]:
    """Return one diagnostic as reviewdog reads it."""
    location = diagnostic.location
    return {
        "message": escaped(diagnostic.message),
        "location": {"path": location.path, "range": _range(location.span, source)},
        "severity": diagnostic.severity.value.upper(),
        "code": {"value": diagnostic.rule},
        "suggestions": _suggestions(diagnostic.fix, source),
    }


def _range(span: Span, source: SourceText) -> dict[str, Any]:
    """Return a span with columns in bytes; whole lines where bytes cannot be counted."""
    columns = [_byte_column(position, source) for position in span]
    if None in columns:
        return {"start": {"line": span.start.line}, "end": {"line": span.end.line}}
    start, end = columns
    return {
        "start": {"line": span.start.line, "column": start},
        "end": {"line": span.end.line, "column": end},
    }


def _byte_column(position: Position, source: SourceText) -> int | None:
    """Return the 1-based column of `position` in bytes of UTF-8, or None where that is unknown."""
    if position.line > len(source.starts):
        return None
    before = source.line(position.line)[: position.column - 1]
    if len(before) < position.column - 1 or _hides(before, source):
        return None
    return len(before.encode("utf-8", "surrogatepass")) + 1


def _hides(part: str, source: SourceText) -> bool:
    """Tell whether `part` of `source` may hold a redact secret, whose length is not known."""
    return MASK in part and SECURED in source.text


def _suggestions(fix: Fix | None, source: SourceText) -> list[dict[str, Any]]:
    """Return what replaces the stretch of `source` that the edits of a fix lie in, as one change.

    Suggestions are applied one by one, and half a fix is none. There are none where the text
    between the edits is not known.
    """
    if fix is None or not fix.edits:
        return []
    ends = [position for edit in fix.edits for position in edit.span]
    if any(_byte_column(position, source) is None for position in ends):
        return []
    kept = [
        source.text[source.offset(one.span.end) : source.offset(other.span.start)]
        for one, other in pairwise(fix.edits)
    ]
    if any(_hides(part, source) for part in kept):
        return []
    new = "".join(edit.text + part for edit, part in zip(fix.edits, [*kept, ""], strict=True))
    return [{"range": _range(Span(ends[0], ends[-1]), source), "text": new}]
