"""Properties of every run, for any bytes: the check, its reports in all formats, and the fixes."""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import jsonschema_rs
from archives import Archive
from runs import outcome, request

from newslint.cli.json_schemas import generate_json_schemas
from newslint.diagnostics import Diagnostic, Safety
from newslint.execution import Outcome
from newslint.execution.fixing import fix_files
from newslint.execution.workspace import Workspace
from newslint.reporters.console import StyledWriter
from newslint.reporters.escape import UNSAFE
from newslint.reporters.formats import FORMAT_NAMES, TEXT, ReportInput, render
from newslint.reporters.text import render_text
from newslint.text import Position, SourceText, Span

MACHINES = tuple(name for name in FORMAT_NAMES if name != TEXT)


def survive(archive: Archive) -> None:
    """Assert that an archive is checked, rendered in every format, and fixed."""
    workspace = Workspace(request(archive))
    found = workspace.outcome()
    hold(found, archive)
    report_all(found)
    repairs = fix_files(workspace, frozenset(Safety))
    assert repairs.settled
    if repairs.files:
        repaired = archive | {name: file.after for name, file in repairs.files.items()}
        hold(repairs.outcome, repaired)
        hold(outcome(repaired), repaired)


def check_and_report(archive: Archive, ignore: Sequence[str] = ()) -> None:
    """Assert that an archive is checked and rendered in every format."""
    found = outcome(archive, ignore=ignore)
    hold(found, archive)
    report_all(found)


def hold(found: Outcome, archive: Archive) -> None:
    """Assert that no rule failed, and that all positions lie inside the files."""
    crashes = [each.message for each in found.report.diagnostics if each.rule == "rule-crashed"]
    assert not crashes, crashes
    assert found.complete
    texts = {name: SourceText(_decoded(data)) for name, data in archive.items()}
    silenced = (each.diagnostic for each in found.report.suppressed)
    for each in (*found.report.diagnostics, *silenced):
        for path, span in _spans(each):
            assert is_inside(span, texts[path]), (each.rule, path, span)
        assert _in_order(each), each


def _decoded(data: bytes) -> str:
    """Decode a file, up to and including the first byte that is not UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        return data[: error.start].decode() + "?"


def _spans(diagnostic: Diagnostic) -> Iterator[tuple[str, Span]]:
    """Yield the path and span of all locations of a diagnostic."""
    path = diagnostic.location.path
    yield path, diagnostic.location.span
    for related in diagnostic.related_locations:
        yield related.location.path, related.location.span
    for edit in diagnostic.fix.edits if diagnostic.fix else ():
        yield path, edit.span


def is_inside(span: Span, text: SourceText) -> bool:
    """Check that a span does not end before it starts, and that both are positions in a text."""
    return span.start <= span.end and all(_is_place(each, text) for each in span)


def _is_place(position: Position, text: SourceText) -> bool:
    """Check that a position is before a character of a text or at its end."""
    if not 1 <= position.line <= len(text.line_starts):
        return False
    offset = text.offset(position)
    return offset <= len(text.text) and text.position(offset) == position


def _in_order(diagnostic: Diagnostic) -> bool:
    """Check that the edits of a fix are in order and do not overlap."""
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    ends = [edit.span.end for edit in edits[:-1]]
    return all(end <= edit.span.start for end, edit in zip(ends, edits[1:], strict=True))


def report_all(found: Outcome) -> None:
    """Assert that every format renders a report, without control characters."""
    report_input = ReportInput(
        found.report, found.rules, found.text, lambda _sentence: None, found.statistics
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
    text = text.replace("\n", "")
    unsafe: Iterable[str] = () if text.isprintable() else UNSAFE.findall(text)
    assert not unsafe, unsafe


@cache
def _schema() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        json.loads(generate_json_schemas()["report.schema.json"])
    )
