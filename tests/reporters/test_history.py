"""The history of an archive: a line for each run."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from msgspec.structs import replace
from pages import parse_page

from newslint.diagnostics import Report
from newslint.reporters.formats import HTML, render
from newslint.reporters.history import format_history_line, is_history, parse_history
from newslint.reporters.html.chart_data import MAX_RUNS
from newslint.reporters.json import encode_summary
from reports import REPORTS, diagnostic, report_input

TIME = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
REPORT = Report(3, diagnostics=(diagnostic(),))


def history(*reports: Report) -> str:
    return "".join(
        format_history_line(report, TIME + timedelta(days=day)) + "\n"
        for day, report in enumerate(reports)
    )


def trend_of(text: str) -> str:
    """Render the caption of the trend."""
    page = "".join(
        render(HTML, replace(report_input(Report(3)), history=parse_history(text).entries))
    )
    return " ".join(parse_page(page).tree.xpath('string(//figure[@id="trend"]/figcaption)').split())


@given(REPORTS)
def test_line_has_the_counts_of_the_json_report(report: Report) -> None:
    line = format_history_line(report, TIME.astimezone(timezone(timedelta(hours=5))))
    written = json.loads(line)
    assert "\n" not in line
    assert written["schema_version"] == 1
    assert written["time"] == "2026-01-31T12:00:00Z"
    assert written["summary"] == json.loads(json.dumps(encode_summary(report)))
    (entry,) = parse_history(line).entries
    assert entry.time == TIME
    assert entry.summary.diagnostics == len(report.diagnostics)


def test_files_without_diagnostics_are_clean() -> None:
    assert parse_history(history(REPORT)).entries[0].clean == 2


def test_runs_are_sorted_by_time() -> None:
    lines = history(Report(1), Report(2), Report(3)).splitlines()
    found = parse_history("\n".join(reversed(lines)))
    assert [entry.summary.documents for entry in found.entries] == [1, 2, 3]


@pytest.mark.parametrize(
    "damaged",
    [
        '{"schema_version": 1, "ti',
        '{"schema_version": 2}',
        "[]",
        "\x00\x00",
        "\ufffd",
        format_history_line(REPORT, TIME).replace("2026-01-31", "2026-13-31"),
        format_history_line(REPORT, TIME).replace('"error": 1', '"error": -1'),
    ],
)
def test_damaged_line_is_skipped(damaged: str) -> None:
    whole = history(REPORT, Report(3))
    for text in (whole + damaged, damaged + "\n" + whole, whole + "\n\n" + damaged + "\n\n"):
        found = parse_history(text)
        assert len(found.entries) == 2
        assert [text.split("\n")[line - 1] for line in found.damaged] == [damaged]


def test_unknown_members_of_a_line_are_ignored() -> None:
    line = json.dumps(json.loads(history(REPORT)) | {"more": 1})
    assert len(parse_history(line).entries) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("\n", True),
        (history(REPORT), True),
        ('{"schema_version": 1, "ti', True),
        ("---\ntitle: a\n---\n", False),
        ('{"a": 1}', False),
    ],
)
def test_is_history(text: str, *, expected: bool) -> None:
    assert is_history(text) is expected


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([REPORT], "1 diagnostic on 2026-01-31 12:00; a second run makes a trend."),
        (
            [REPORT, Report(3)],
            "0 diagnostics on 2026-02-01 12:00, 1 fewer than on 2026-01-31 12:00.",
        ),
        (
            [Report(3), REPORT],
            "1 diagnostic on 2026-02-01 12:00, 1 more than on 2026-01-31 12:00.",
        ),
        (
            [REPORT, REPORT],
            "1 diagnostic on 2026-02-01 12:00, as many as on 2026-01-31 12:00.",
        ),
    ],
)
def test_caption_of_the_trend(reports: list[Report], expected: str) -> None:
    assert trend_of(history(*reports)) == expected


def test_trend_is_limited_to_the_latest_runs() -> None:
    caption = trend_of(history(*[REPORT] * (MAX_RUNS + 2)))
    assert caption.endswith("as many as on 2026-02-02 12:00. 2 earlier runs are not shown.")
