"""`newslint schema`, in this process."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from helpers import fence
from newslint.cli.app import run

RECORD = "title: A\nkind: talk\nsecured: c2VjcmV0;c2VjcmV0"


@pytest.fixture
def talks(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(archive)
    folder = archive / "_talks"
    folder.mkdir()
    (folder / "a.md").write_text(fence(RECORD))
    (folder / "b.md").write_text(fence(RECORD + "\nvideo: https://example.org/b"))
    return folder


def test_a_schema_is_drafted(talks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "infer", "_talks"]) == 0
    printed = capsys.readouterr()
    schema = json.loads(printed.out)
    Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == ["title", "kind", "secured", "video"]
    assert schema["required"] == ["title", "kind", "secured"]
    assert "c2VjcmV0" not in printed.out
    assert printed.err == "newslint: drafted from 2 of 2 files\n"


def test_files_without_records_are_counted(talks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (talks / "notes.md").write_text("# Notes\n")
    (talks / "open.md").write_text("---\ntitle: A\n")
    (talks / "yaml.md").write_text(fence("title: 'A"))
    (talks / "bytes.md").write_bytes(b"---\ntitle: \xff\n---\n")
    assert run(["schema", "infer", "_talks", "_talks/a.md"]) == 0
    assert capsys.readouterr().err == (
        "newslint: drafted from 2 of 6 files; skipped: 1 without front matter, "
        "3 that cannot be read\n"
    )


def test_nothing_to_draft_from_is_an_error(talks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (talks / "notes.md").write_text("# Notes\n")
    assert run(["schema", "infer", "_talks/notes.md"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Error: no front matter that can be read in _talks/notes.md" in printed.err


def test_a_path_that_does_not_exist(talks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "infer", "_talsk"]) == 2
    assert (
        capsys.readouterr().err == "Error: no such file or folder: _talsk; did you mean '_talks'?\n"
    )


def test_a_file_is_never_replaced_unasked(talks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["schema", "infer", "_talks", "--output", "talk.schema.json"]
    assert run(arguments) == 0
    first = Path("talk.schema.json").read_text()
    (talks / "b.md").unlink()
    assert run(arguments) == 2
    assert "talk.schema.json exists already; --force replaces it" in capsys.readouterr().err
    assert Path("talk.schema.json").read_text() == first
    assert run([*arguments, "--force"]) == 0
    assert "video" not in Path("talk.schema.json").read_text()


def test_nothing_that_a_terminal_acts_upon_is_printed(
    talks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (talks / "a.md").write_text(fence('"a\\e[31m\\u202e": x'))
    assert run(["schema", "infer", "_talks/a.md"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert json.loads(out)["required"] == ["a\x1b[31m\u202e"]


def test_the_built_in_schema_is_shown(talks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "show", "news"]) == 0
    assert "publishedDateTime" in json.loads(capsys.readouterr().out)["required"]


def test_collections_are_listed(talks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("newslint.toml").write_text('[[collections]]\nname = "talks"\npaths = ["/_talks/"]\n')
    assert run(["schema", "show"]) == 0
    assert capsys.readouterr().out == "talks\nnews\n"
    assert run(["schema", "show", "talk"]) == 2
    assert capsys.readouterr().err == (
        "Error: there is no collection 'talk' with a schema; did you mean 'talks'?\n"
    )
    assert run(["schema", "show", "x"]) == 2
    assert "with a schema; there are talks, news" in capsys.readouterr().err
