"""Columns and suggestions for reviewdog, which counts bytes."""

import json
from typing import Any

import pytest

from newslint.diagnostics import Edit, Fix, Report, Safety
from newslint.text import Span
from reports import diagnostic, render_report, span

TEXT = '---\ntitle: "a𐐀b — é"\nsecured: ••• x\n• y\n---\n'


def first(at: Span, *edits: Edit, text: str = TEXT) -> dict[str, Any]:
    """Render one diagnostic with the given span and edits."""
    fix = Fix("Do it", Safety.SAFE, edits) if edits else None
    report = Report(1, diagnostics=(diagnostic(at, fix=fix),))
    return dict(json.loads(render_report("rdjson", report, lambda _path: text))["diagnostics"][0])


@pytest.mark.parametrize(
    ("at", "columns"),
    [
        (span(2, 8, 8), (8, 8)),
        (span(2, 9, 10), (9, 10)),
        (span(2, 10, 11), (10, 14)),
        (span(2, 11, 12), (14, 15)),
        (span(2, 8, 17), (8, 23)),
        (span(2, 13, 4, 5), (16, 4)),
        (span(3, 1, 10), (1, 10)),
    ],
)
def test_columns_count_bytes(at: Span, columns: tuple[int, int]) -> None:
    place = first(at)["location"]["range"]
    assert (place["start"]["column"], place["end"]["column"]) == columns


@pytest.mark.parametrize("at", [span(3, 10, 13), span(3, 1, 14), span(2, 8, 99), span(99, 1, 2)])
def test_columns_are_omitted_if_bytes_cannot_be_counted(at: Span) -> None:
    place = first(at)["location"]["range"]
    assert place == {"start": {"line": at.start.line}, "end": {"line": at.end.line}}


def test_edits_become_one_suggestion() -> None:
    found = first(span(2, 9, 10), Edit(span(2, 9, 10), "A"), Edit(span(2, 11, 12), "B"))
    (suggestion,) = found["suggestions"]
    assert suggestion["text"] == "A𐐀B"
    assert suggestion["range"]["start"] == {"line": 2, "column": 9}
    assert suggestion["range"]["end"] == {"line": 2, "column": 15}


@pytest.mark.parametrize(
    "edits",
    [
        (Edit(span(2, 9, 10), "A"), Edit(span(4, 3, 4), "B")),
        (Edit(span(2, 9, 10), "A"), Edit(span(99, 3, 4), "B")),
        (Edit(span(3, 12, 13), "A"),),
    ],
)
def test_no_suggestion_if_the_text_is_unknown(edits: tuple[Edit, ...]) -> None:
    assert first(span(2, 9, 10), *edits)["suggestions"] == []


def test_bullets_count_if_nothing_is_redacted() -> None:
    found = first(span(1, 3, 4), Edit(span(1, 1, 2), "-"), text="• x\n")
    assert found["location"]["range"]["start"]["column"] == 5
    assert found["suggestions"][0]["range"]["end"]["column"] == 4
