"""`newslint init`, in this process."""

import json
import re
import shutil
from pathlib import Path

import pytest

from helpers import fence
from newslint.cli.app import run
from newslint.rules.example_records import NEWS_RECORD

TALK = "name: A talk\nvideo: https://example.org/a"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Jekyll site with news and talks, and no settings."""
    for name in ("_news/a.md", "_news/b.md", "_talks/a.md", "_talks/b.md"):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        news = NEWS_RECORD.replace("https://example.org/", f"https://{path.stem}.example.org/")
        record = TALK if "talks" in name else news
        path.write_text(fence(record))
    (tmp_path / "site" / "_config.yml").write_text("title: A site\n")
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path / "site"


def test_settings_are_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "Found a Jekyll site (_config.yml)\n"
        "  news   2 records, 2 of them fit the schema 'news'\n"
        "  talks  2 records, schema drafted: schemas/talks.schema.json\n"
        "Wrote newslint.toml and 1 schema in schemas\n"
        "Next: newslint check\n"
        "  newslint baseline create  records existing problems; later runs report new ones only\n"
    )
    schema = json.loads((site / "schemas" / "talks.schema.json").read_text())
    assert schema["required"] == ["name", "video"]


def test_the_article_fits_the_generator(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "_config.yml").rename(site / ".eleventy.js")
    run(["init", "--dry-run"])
    assert capsys.readouterr().err.startswith("Found an Eleventy site (.eleventy.js)\n")


def test_drafted_settings_need_no_editing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init"]) == 0
    assert run(["check", "--quiet"]) == 0


def test_a_dry_run_prints_the_same_and_writes_nothing(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(site.rglob("*"))
    assert run(["init", "--dry-run"]) == 0
    printed = capsys.readouterr()
    assert sorted(site.rglob("*")) == before
    run(["init"])
    assert printed.out == (site / "newslint.toml").read_text()
    assert "Wrote" not in printed.err


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("newslint.toml", "", "newslint.toml has settings already. "),
        ("newslint.toml", "[", "newslint.toml:1:2: not valid TOML"),
        (
            "pyproject.toml",
            "[tool.newslint]\n",
            "pyproject.toml has settings already; a newslint.toml would hide them",
        ),
    ],
)
def test_settings_that_exist_are_never_touched(
    name: str, text: str, expected: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / name).write_text(text)
    assert run(["init"]) == 2
    assert expected in capsys.readouterr().err
    assert (site / name).read_text() == text
    assert not (site / "schemas").exists()
    assert run(["init", "--dry-run"]) == 0


def test_another_program_s_pyproject_is_no_hindrance(site: Path) -> None:
    (site / "pyproject.toml").write_text('[project]\nname = "a"\n')
    assert run(["init"]) == 0


def test_a_schema_that_exists_is_never_touched(site: Path) -> None:
    (site / "schemas").mkdir()
    (site / "schemas" / "talks.schema.json").write_text("mine")
    assert run(["init"]) == 0
    assert (site / "schemas" / "talks.schema.json").read_text() == "mine"
    assert 'schema = "schemas/talks-2.schema.json"' in (site / "newslint.toml").read_text()


def test_another_folder(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site.parent)
    assert run(["init", "site"]) == 0
    err = capsys.readouterr().err
    assert "Wrote site/newslint.toml and 1 schema in site/schemas" in err
    assert "Next: newslint check site\n  newslint baseline create site  records" in err


def test_nothing_found_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("Error: no records found in .: expected at least two documents of a kind")
    assert "front matter" in err

    assert list(tmp_path.iterdir()) == []
    assert run(["init", "nowhere"]) == 2


def test_sites_with_settings_are_named(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(site, site.parent / "other")
    monkeypatch.chdir(site.parent)
    assert run(["init"]) == 0
    before = sorted(site.parent.rglob("*"))
    capsys.readouterr()
    assert run(["init"]) == 2
    assert capsys.readouterr().err == (
        "Error: other, site have settings already, and no other folder has records. Nothing is "
        "written. Next: newslint check\n"
    )
    assert sorted(site.parent.rglob("*")) == before


def test_a_folder_s_name_cannot_reach_the_terminal(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "_talks").rename(site / "_t\u0085")
    assert run(["init"]) == 0
    assert "\u0085" not in capsys.readouterr().err


def test_the_report_is_the_same_every_time(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["init", "--dry-run"])
    first = capsys.readouterr()
    run(["init", "--dry-run"])
    assert capsys.readouterr() == first


def test_comments_name_commands_and_settings_that_exist(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["init", "--dry-run"])
    text = capsys.readouterr().out
    for name, command in re.findall(r"`newslint ((\w+)[^`]*)`", text):
        assert run([command, "--help"]) == 0, name
    switched_on = re.sub(r"^# (?=[\w-]+ = )", "", text, flags=re.MULTILINE)
    run(["init"])
    (site / "newslint.toml").write_text(switched_on)
    assert run(["config", "show"]) == 0
    assert "2026-01-31" in capsys.readouterr().out
