"""The Reviewdog Diagnostic Format, which reviewdog turns into review comments: one for each cause.

Its columns start at 1 and count bytes of UTF-8, so they are computed from the source line.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from newslint.diagnostics import Fix, Report
from newslint.reporters.causes import Cause, omission_notice, rank_causes, select_causes
from newslint.reporters.escape import escape
from newslint.reporters.formats import SourceReader, Warn
from newslint.reporters.json import dumps_utf8
from newslint.rules.addresses import rule_addresses
from newslint.rules.api import Rule
from newslint.syntax.redaction import MASK, may_contain_secret
from newslint.text import Position, SourceText, Span


def render_rdjson(
    report: Report, rules: Sequence[type[Rule]], read_source: SourceReader, warn: Warn
) -> Iterator[str]:
    """Yield the report in pieces: one line for each cause, in the order of their files.

    Args:
        report: The outcome of the run.
        rules: The rules that ran.
        read_source: Reads the text of a file, secrets redacted.
        warn: Receives a sentence if causes are omitted.
    """
    read_source = lru_cache(maxsize=8)(read_source)
    causes = rank_causes(report.diagnostics, report.patterns)
    selected = select_causes(causes)
    addresses = rule_addresses(rules)
    yield '{"source": {"name": "newslint"}, "diagnostics": ['
    separator = "\n "
    for cause in sorted(selected, key=lambda each: each.first.order):
        source = read_source(cause.first.path)
        address = addresses.get(cause.first.rule, "")
        yield separator + dumps_utf8(_encode_cause(cause, source, address))
        separator = ",\n "
    yield "]}\n" if separator == "\n " else "\n]}\n"
    if notice := omission_notice("the report for reviewdog", len(selected), len(causes)):
        warn(notice)


def _encode_cause(cause: Cause, source: SourceText, address: str) -> dict[str, Any]:
    """Encode a cause as a reviewdog diagnostic.

    Args:
        cause: The cause.
        source: The file of its first place.
        address: Address of the documentation of its rule; empty if there is none.
    """
    first = cause.first
    location = first.location
    return {
        "message": escape(cause.message),
        "location": {"path": location.path, "range": _range(location.span, source)},
        "severity": cause.severity.value.upper(),
        "code": {"value": first.rule, **({"url": address} if address else {})},
        "suggestions": _suggestions(first.fix, source),
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
