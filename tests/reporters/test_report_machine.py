"""The formats for machines."""

import json
from pathlib import Path

from hypothesis import given

from helpers import Golden
from newslint import __version__
from newslint.diagnostics import Occurrence, Report, Severity
from newslint.reporters.concise import render_concise
from newslint.reporters.fast_json import fast_line
from newslint.reporters.json import dumps, encode_diagnostic, render_json
from newslint.reporters.json_causes import render_json_causes
from reports import FIX, REPORTS, diagnostic, related, span, suppressed

SNAPSHOTS = Path(__file__).parent / "snapshots"
REPORT = Report(
    documents=3,
    records=2,
    mentions=9,
    diagnostics=(
        diagnostic(
            span(2, 8, 11),
            message="'â€™' was '’'",
            related_locations=(related("b.md", 9, "and here"),),
            fix=FIX,
            record="https://example.org/a",
        ),
        diagnostic(path="a b\n\x1b.md", severity=Severity.INFO, message="tab\tbell\x07\u202e"),
    ),
    suppressed=suppressed(2),
    baselined=2,
    stale_baseline=4,
)


def test_concise_snapshot(golden: Golden) -> None:
    golden(SNAPSHOTS / "concise.txt", "".join(render_concise(REPORT)))


def test_concise_of_a_clean_run_is_empty() -> None:
    assert "".join(render_concise(Report(3))) == ""


def test_json_snapshot(golden: Golden) -> None:
    text = "".join(render_json(REPORT))
    golden(SNAPSHOTS / "report.json", text.replace(f'"{__version__}"', '"…"'))


def test_json_of_a_clean_run() -> None:
    text = "".join(render_json(Report(3)))
    assert text.count("\n") == 3
    assert json.loads(text)["diagnostics"] == []


@given(REPORTS)
def test_fast_lines_equal_those_of_the_encoder(report: Report) -> None:
    for each in report.diagnostics:
        assert fast_line(each) == dumps(encode_diagnostic(each))


@given(REPORTS)
def test_causes_have_the_places_of_the_json_report(report: Report) -> None:
    whole = json.loads("".join(render_json(report)))
    by_cause = json.loads("".join(render_json_causes(report)))
    assert by_cause["summary"] == whole["summary"]
    assert len(by_cause["causes"]) == report.causes
    listed = {
        (cause["cause"], *place)
        for cause in by_cause["causes"]
        for place in zip(*cause["places"].values(), strict=True)
    }
    assert listed == {
        (
            each["cause"],
            each["path"],
            each["pointer"],
            each["location"]["start"]["line"],
            each["fingerprint"],
        )
        for each in whole["diagnostics"]
    }
    for name in ("diagnostics", "fixable"):
        assert sum(each[name] for each in by_cause["causes"]) == whole["summary"][name]
    assert [len(each["places"]["path"]) for each in by_cause["causes"]] == [
        each["diagnostics"] for each in by_cause["causes"]
    ]


def test_visible_places_of_a_cause_come_first() -> None:
    hidden = diagnostic(occurrence=Occurrence("a.md", is_visible=False), fingerprint="1")
    report = Report(2, diagnostics=(hidden, diagnostic(path="b.md", fingerprint="2", fix=FIX)))
    (cause,) = json.loads("".join(render_json_causes(report)))["causes"]
    assert cause["places"]["fingerprint"] == ["2", "1"]
    numbers = ("diagnostics", "visible", "fixable", "documents")
    assert [cause[name] for name in numbers] == [2, 1, 1, 2]
    assert cause["fix"] == {"title": "Restore the text", "safety": "safe"}
