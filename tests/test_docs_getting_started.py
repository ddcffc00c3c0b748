"""Tests of the pages for newcomers."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from newslint.cli.app import run

DOCS = Path(__file__).parents[1] / "docs"
START = (DOCS / "getting-started.md").read_text("utf-8")
INFER = (DOCS / "schema-infer.md").read_text("utf-8")


@pytest.fixture
def archive(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample records in a folder without settings."""
    shutil.copytree(repository / "seeds", tmp_path / "archive" / "seeds")
    monkeypatch.chdir(tmp_path / "archive")
    return tmp_path / "archive"


def test_init_prints_what_the_page_shows(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = re.search(r"^\$ newslint init\n(.*?)^```$", START, re.MULTILINE | re.DOTALL)
    assert shown is not None
    assert run(["init"]) == 0
    assert capsys.readouterr().err == shown[1]


@pytest.mark.parametrize("command", re.findall(r"^\$ newslint (check[^#\n]*)", START, re.MULTILINE))
def test_checking_works_as_shown(command: str, archive: Path) -> None:
    run(["init"])
    assert run(shlex.split(command)) == 1


def test_a_schema_is_drafted_as_shown(archive: Path) -> None:
    (archive / "seeds").rename(archive / "_talks")
    (archive / "schemas").mkdir()
    command = re.search(r"^\$ newslint (schema infer.*)", INFER, re.MULTILINE)
    assert command is not None
    assert run(shlex.split(command[1])) == 0
    assert (archive / "schemas" / "talk.schema.json").stat().st_size
