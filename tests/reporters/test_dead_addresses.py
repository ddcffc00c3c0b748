"""Statistics and the HTML report count dead links and images by host and by age."""

import json
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.app import run
from newslint.reporters.report_model import StatisticsModel

RECORD = """\
title: {0}
webUrl: https://{0}.test/a
publishedDateTime: {1}-05-01T00:00:00Z
images: [{{url: https://img.test/x.jpg}}, {{url: https://img.test/{0}.jpg}}]
"""
GONE = ["https://one.test/a", "https://img.test/x.jpg", "https://img.test/one.jpg"]


@pytest.fixture
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (archive / "newslint.toml").write_text("today = 2026-11-30\nselect = ['online']\n")
    lines = (
        json.dumps({"address": url, "state": "gone", "status": 404, "time": "2026-11-28T00:00:00Z"})
        for url in GONE
    )
    (archive / "newslint-verdicts.jsonl").write_text("\n".join(lines))
    undated = RECORD.format("one", 2020).replace("publishedDateTime", "other")
    write(archive, a=RECORD.format("one", 2020), b=RECORD.format("two", 2021), c=undated)
    monkeypatch.chdir(archive)
    return archive


def test_the_text(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats"]) == 0
    tables = capsys.readouterr().out.partition("dead at host")[2].splitlines()
    assert [line.split() for line in tables] == [
        ["links", "images", "documents"],
        ["img.test", "0", "2", "3"],
        ["one.test", "1", "0", "2"],
        [],
        ["dead", "in", "records", "of", "links", "images", "documents"],
        ["2020", "1", "2", "1"],
        ["2021", "0", "1", "1"],
        ["unknown", "1", "2", "1"],
    ]


def test_the_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    StatisticsModel.model_validate(found)
    assert found["dead_hosts"] == [
        {"host": "img.test", "links": 0, "images": 2, "documents": 3},
        {"host": "one.test", "links": 1, "images": 0, "documents": 2},
    ]
    assert [each["year"] for each in found["dead_years"]] == ["2020", "2021", None]


def test_the_page(here: Path) -> None:
    assert run(["check", "--report", "html=report.html", "--quiet"]) == 0
    page = (here / "report.html").read_text("utf-8")
    assert "Dead links and images by host" in page
    assert "3 at 2 hosts, 2 of them at img.test." in page
    assert "Dead links and images by age" in page
    assert "2020: 1 link, 2 images" in page


def test_nothing_is_shown_if_nothing_is_gone(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "newslint-verdicts.jsonl").unlink()
    assert run(["stats", "--format", "json"]) == 0
    assert "dead_hosts" not in json.loads(capsys.readouterr().out)
    assert run(["stats"]) == 0
    assert "dead" not in capsys.readouterr().out
    assert run(["check", "--report", "html=report.html", "--quiet"]) == 0
    assert "Dead links" not in (here / "report.html").read_text("utf-8")
