"""What must hold whatever the files of an archive are: from bytes to reports to repairs."""

import io
import json
from collections.abc import Iterable, Iterator
from functools import cache

import jsonschema_rs
from archives import Archive
from runs import outcome, request

from newslint.cli.json_schemas import generate_json_schemas
from newslint.diagnostics import Diagnostic, Safety
from newslint.execution import Outcome, check
from newslint.execution.fixing import fix_files
from newslint.reporters.console import StyledWriter
from newslint.reporters.escape import UNSAFE
from newslint.reporters.formats import FORMAT_NAMES, TEXT, ReportInput, render
from newslint.reporters.text import render_text
from newslint.text import Position, SourceText, Span

MACHINES = tuple(name for name in FORMAT_NAMES if name != TEXT)


def survive(archive: Archive) -> None:
    """Hold that `archive` is checked, reported on in every format, and repaired."""
    be_told(archive)
    repairs = fix_files(request(archive), check, frozenset(Safety))
    assert repairs.settled
    repaired = archive | {name: file.after for name, file in repairs.files.items()}
    hold(repairs.outcome, repaired)
    hold(outcome(repaired), repaired)


def be_told(archive: Archive) -> None:
    """Hold that `archive` is checked and reported on in every format."""
    found = outcome(archive)
    hold(found, archive)
    report_all(found)


def hold(found: Outcome, archive: Archive) -> None:
    """Hold that no rule failed, and that all that is said lies inside the files."""
    told = [each.message for each in found.report.diagnostics if each.rule == "rule-crashed"]
    assert not told, told
    assert found.complete
    texts = {name: SourceText(_decoded(data)) for name, data in archive.items()}
    silenced = (each.diagnostic for each in found.report.suppressed)
    for each in (*found.report.diagnostics, *silenced):
        for path, span in _spans(each):
            assert is_inside(span, texts[path]), (each.rule, path, span)
        assert _in_order(each), each


def _decoded(data: bytes) -> str:
    """Return the text of a file; of one that is no UTF-8, up to and with the first wrong byte."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        return data[: error.start].decode() + "?"


def _spans(diagnostic: Diagnostic) -> Iterator[tuple[str, Span]]:
    """Yield the path and span of all places that a diagnostic names."""
    path = diagnostic.location.path
    yield path, diagnostic.location.span
    for related in diagnostic.related_locations:
        yield related.location.path, related.location.span
    for edit in diagnostic.fix.edits if diagnostic.fix else ():
        yield path, edit.span


def is_inside(span: Span, text: SourceText) -> bool:
    """Tell whether a span starts no later than it ends, and both are places of a text."""
    return span.start <= span.end and all(_is_place(each, text) for each in span)


def _is_place(position: Position, text: SourceText) -> bool:
    """Tell whether a position is before a character of a text, or at its end."""
    if not 1 <= position.line <= len(text.line_starts):
        return False
    offset = text.offset(position)
    return offset <= len(text.text) and text.position(offset) == position


def _in_order(diagnostic: Diagnostic) -> bool:
    """Tell whether the edits of a fix follow upon each other."""
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    ends = [edit.span.end for edit in edits[:-1]]
    return all(end <= edit.span.start for end, edit in zip(ends, edits[1:], strict=True))


def report_all(found: Outcome) -> None:
    """Hold that every format takes a report, and that none holds what a terminal acts upon."""
    report_input = ReportInput(
        found.report, found.rules, found.text, lambda _sentence: None, found.overview
    )
    for name in MACHINES:
        text = "".join(render(name, report_input))
        _hold_safe(text)
        if name == "json":
            _schema().validate(json.loads(text))
    file = io.StringIO()
    render_text(found.report, StyledWriter(file, 80, color=False), found.text, "file")
    _hold_safe(file.getvalue())


def _hold_safe(text: str) -> None:
    unsafe: Iterable[str] = UNSAFE.findall(text.replace("\n", ""))
    assert not unsafe, unsafe


@cache
def _schema() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        json.loads(generate_json_schemas()["report.schema.json"])
    )
