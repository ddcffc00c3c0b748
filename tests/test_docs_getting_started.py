"""Tests of the pages for newcomers."""

import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from newslint.cli.app import run

DOCS = Path(__file__).parents[1] / "docs"
START = (DOCS / "getting-started.md").read_text("utf-8")
INFER = (DOCS / "schema-infer.md").read_text("utf-8")
RECIPES = re.findall(
    r"^```toml\n(.*?)^```$", (DOCS / "recipes.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)


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


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda text: text.split('"')[1].partition(":")[2])
def test_a_recipe_fits_records_of_its_generator(
    recipe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    collections = tomllib.loads(recipe)["collections"]
    for number, collection in enumerate(collections):
        pattern = collection["paths"][0].lstrip("/").replace("**", "a")
        file = tmp_path / pattern / ("" if pattern.endswith(".md") else "a.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: The weather of day {number}\n{_values(collection)}---\n")
    (tmp_path / "newslint.toml").write_text(recipe)
    monkeypatch.chdir(tmp_path)
    assert run(["check", "--no-cache"]) == 0
    printed = capsys.readouterr()
    documents = "1 document" if len(collections) == 1 else f"{len(collections)} documents"
    assert (printed.out, printed.err) == (f"No diagnostics in {documents}\n", "")


def _values(collection: dict[str, Any]) -> str:
    """Write a value of each field that plays a role, so that no role lacks its field."""
    texts = {"date": "2022-01-02", "updated": "2022-01-03", "excerpt": "It was mild and dry."}
    fields = collection.get("fields", {})
    names = {role: each if isinstance(each, str) else each[0] for role, each in fields.items()}
    return "".join(f"{name}: {texts[role]}\n" for role, name in names.items())
