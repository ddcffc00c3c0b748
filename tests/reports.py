"""Reports for the tests of reporters and schemas: builders, and strategies for any report."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from newslint.diagnostics import (
    Diagnostic,
    Edit,
    Fix,
    Occurrence,
    RelatedLocation,
    Report,
    Safety,
    Severity,
    SuppressedDiagnostic,
)
from newslint.records import ArchiveStatistics
from newslint.reporters.formats import ReportInput, render
from newslint.rules.builtin import BUILTIN
from newslint.text import Location, Position, SourceText, Span


def span(line: int, column: int, end_column: int, end_line: int | None = None) -> Span:
    return Span(Position(line, column), Position(end_line or line, end_column))


def diagnostic(at: Span | None = None, path: str = "a.md", **fields: Any) -> Diagnostic:
    """Build a diagnostic from `fields`, with plausible values for the other fields."""
    usual = Diagnostic(
        rule="mojibake",
        category="text",
        severity=Severity.ERROR,
        message="text decoded with the wrong code page",
        local_location=Location(path, "/title", at or span(2, 8, 9)),
        cause="mojibake:1",
        fingerprint="0f",
    )
    return usual.replace(**fields)


def related(path: str, line: int, message: str) -> RelatedLocation:
    return RelatedLocation(Location(path, "/title", span(line, 1, 2)), message)


def suppressed(number: int) -> tuple[SuppressedDiagnostic, ...]:
    """Build suppressed diagnostics, every other with a reason."""
    return tuple(
        SuppressedDiagnostic(diagnostic(), "as printed" * (at % 2)) for at in range(number)
    )


FIX = Fix("Restore the text", Safety.SAFE, (Edit(span(2, 8, 11), "’"),))

_TEXT = st.text(st.characters(), max_size=30)
_NUMBERS = st.integers(1, 10**6)
_SPANS = st.builds(Span, *[st.builds(Position, _NUMBERS, _NUMBERS)] * 2)
_LOCATIONS = st.builds(Location, _TEXT, _TEXT, _SPANS)
_EDITS = st.lists(st.builds(Edit, _SPANS, _TEXT), max_size=3).map(tuple)
_FIXES = st.builds(Fix, _TEXT, st.sampled_from(Safety), _EDITS)
_RELATED = st.lists(st.builds(RelatedLocation, _LOCATIONS, _TEXT), max_size=2).map(tuple)
_DIAGNOSTICS = st.builds(
    Diagnostic,
    rule=st.sampled_from(["mojibake", "missing-image"]),
    category=st.sampled_from(["text", "images"]),
    severity=st.sampled_from(Severity),
    message=_TEXT,
    local_location=_LOCATIONS | _LOCATIONS.map(lambda each: each._replace(path="")),
    cause=st.sampled_from("abc"),
    local_related=_RELATED,
    local_fix=st.none() | _FIXES,
    occurrence=st.builds(Occurrence, _TEXT, _TEXT, _NUMBERS, _TEXT, _TEXT),
    fingerprint=st.text("0123456789abcdef", max_size=16),
)
_SUPPRESSED = st.builds(SuppressedDiagnostic, _DIAGNOSTICS, _TEXT)
_COUNTS = st.integers(0, 10**6)
REPORTS = st.builds(
    Report,
    documents=_COUNTS,
    records=_COUNTS,
    mentions=_COUNTS,
    diagnostics=st.lists(_DIAGNOSTICS, max_size=4).map(tuple),
    suppressed=st.lists(_SUPPRESSED, max_size=2).map(tuple),
    baselined=_COUNTS,
    stale_baseline=_COUNTS,
    omitted=st.dictionaries(st.sampled_from(["mojibake", "missing-image"]), _COUNTS),
)


HOSTILE = (
    "<script>alert(1)</script>",
    "a\n::error::b %0A\r::set-output name=x::y",
    "]]></failure><![CDATA[ &amp; \x00\x1b[2J\ufffe",
    "\u202egnp.exe \ud800 \u2028",
    "| a | b \\| `c` ``` **d** @org/team #1 [e](https://evil.example) ![f](g) www.evil.example",
    "a@evil.example :smile: $x$ ~~y~~ https://evil.example {0} {{x}} \\",
)
"""Texts that have a special meaning in some format."""


def report_input(
    report: Report, text: Callable[[str], str] = lambda _path: "", warnings: list[str] | None = None
) -> ReportInput:
    """Build the input of renderers: all rules ran, and files contain the given text."""
    taken = [] if warnings is None else warnings
    return ReportInput(
        report, BUILTIN, lambda path: SourceText(text(path)), taken.append, ArchiveStatistics
    )


def render_report(name: str, report: Report, text: Callable[[str], str] = lambda _path: "") -> str:
    """Render a report in the format `name`."""
    return "".join(render(name, report_input(report, text)))
