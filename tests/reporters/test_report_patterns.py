"""Patterns in reports of an archive that has some."""

import json
from pathlib import Path

import pytest
from lxml.html import fromstring

from helpers import write
from newslint.cli.app import run
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.workspace import Workspace

RECORD = """\
title: Story {0}
webUrl: https://{1}.example/{2}/{0}
published: {3}
provider: {{name: {1}, domain: {1}.example}}
images: {4}"""
SELECT = "missing-image"
PICTURE = "[{url: https://p.example/a.jpg}]"


@pytest.fixture
def planted(archive: Path) -> Path:
    """An archive in which one provider's `/updates/` pages have no images."""
    records = {}
    for number in range(60):
        is_shown = str(number % 6 == 0).lower()
        records[f"u{number:02}"] = RECORD.format(number, "acme", "updates", is_shown, "[]")
        records[f"n{number:02}"] = RECORD.format(number, "acme", "news", is_shown, PICTURE)
    records["n00"] = RECORD.format(0, "acme", "news", "true", "[]")
    write(archive, **records)
    return archive


def output(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    select = () if "--select" in options else ("--select", SELECT)
    run(["check", "--no-cache", *select, *options])
    return capsys.readouterr().out


def test_json_describes_the_pattern(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(output(capsys, str(planted), "--format", "json"))
    assert len(report["diagnostics"]) == 61
    assert report["summary"]["visible"]["diagnostics"] == 11
    (pattern,) = report["patterns"]
    assert pattern["examples"][0] in {each["fingerprint"] for each in report["diagnostics"]}
    del pattern["examples"]
    assert pattern == {
        "rule": "missing-image",
        "severity": "warning",
        "project": None,
        "provider": "acme.example",
        "folder": "updates",
        "reported": 60,
        "examined": 60,
        "visible": {"reported": 10, "examined": 10},
        "diagnostics": 60,
        "causes": 60,
        "settings": '[[overrides]]\npaths = ["*"]\nproviders = ["acme.example/updates/"]\n'
        'ignore = ["missing-image"]',
    }


def test_text_shows_it_as_one_block(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, str(planted))
    first, counts, *_ = text.splitlines()
    assert first == "pattern: warning missing-image in acme.example/updates/"
    assert counts == "  10 of 10 (100 %) visible places, 60 of 60 (100 %) places in all, 60 causes"
    assert text.count("no image") == 4, "three examples, and the other cause"
    assert 'providers = ["acme.example/updates/"]' in text
    assert "61 diagnostics (61 warnings)" in text


def test_its_settings_accept_it(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(output(capsys, str(planted), "--format", "json"))
    (planted / "newslint.toml").write_text(report["patterns"][0]["settings"])
    after = json.loads(output(capsys, str(planted), "--format", "json"))
    assert after["patterns"] == []
    assert [each["path"] for each in after["diagnostics"]] == ["n00.md"]


@pytest.mark.parametrize("name", ["markdown", "html", "sarif"])
def test_other_formats_show_it(
    planted: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    text = output(capsys, str(planted), "--format", name)
    assert "acme.example/updates/" in text.replace("\\/", "/").replace("&#46;", ".")
    if name == "html":
        (shown,) = fromstring(text).xpath('//section[@id="patterns"]//pre')
        assert shown.text_content().splitlines()[0] == "[[overrides]]"
        assert len(shown.text_content().splitlines()) == 4


def test_a_workspace_reports_the_same(planted: Path) -> None:
    request = CheckRequest.create([planted], planted, select=[SELECT])
    assert Workspace(request).report().patterns == run_check(request).report.patterns != ()


BROKEN = (
    "title: 'Story â€™ {0} &amp; <b>  more '\nexcerpt: ' na &#8217; {0} ...'\n"
    "webUrl: http://a.example/{0} x?utm_source=y\nquality: high\nimages: []"
)


@pytest.mark.parametrize("columns", ["40", "80", "200"])
@pytest.mark.parametrize("intact", [0, 80])
def test_text_of_many_causes_has_at_most_150_lines(
    archive: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    columns: str,
    intact: int,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    write(archive, **{f"r{number}": BROKEN.format(number) for number in range(60)})
    write(archive, **{f"i{number}": f"title: Story {number}" for number in range(intact)})
    run(["check", "--no-cache", str(archive), "--ignore", "missing-field"])
    text = capsys.readouterr().out
    assert len(text.splitlines()) <= 150
    assert bool(intact) == ("--group-by cause" in text)
    assert intact or "pattern: " in text


def test_files_without_front_matter_in_a_folder_are_one_pattern(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(60):
        news = RECORD.format(number, "acme", "news", "true", PICTURE)
        for folder, text in (("news", f"---\n{news}\n---\n"), ("docs #1/a", "Only textâ€™s\n")):
            path = tmp_path / "site" / folder / f"{number}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    (tmp_path / "site" / "newslint.toml").write_text("")
    report = json.loads(
        output(capsys, "site", "--format", "json", "--select", "missing-front-matter,mojibake")
    )
    assert report["summary"]["by_rule"] == {"missing-front-matter": 60, "mojibake": 60}
    (pattern,) = (each for each in report["patterns"] if each["rule"] == "missing-front-matter")
    assert (pattern["project"], pattern["folder"], pattern["reported"]) == ("site", "docs #1", 60)
    text = output(capsys, "site", "--select", "missing-front-matter,mojibake")
    assert "missing-front-matter in the folder docs #1/ of project site" in text
    with (tmp_path / "site" / "newslint.toml").open("a") as settings:
        settings.write(pattern["settings"])
    report = json.loads(
        output(capsys, "site", "--format", "json", "--select", "missing-front-matter,mojibake")
    )
    assert report["summary"]["by_rule"] == {"mojibake": 60}
