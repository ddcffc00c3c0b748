"""The formats for machines."""

import json
from pathlib import Path

from hypothesis import given

from helpers import Golden
from newslint import __version__
from newslint.diagnostics import Report, Severity
from newslint.reporters.concise import render_concise
from newslint.reporters.fast_json import fast_line
from newslint.reporters.json import dumps, encode_diagnostic, render_json
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
