"""A deleted current folder, a full disk, an interpreter without docstrings, modules of a clone."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers import write
from newslint.cli.app import run
from newslint.rules.example_records import NEWS_RECORD
from processes import COMMAND, environment, newslint, run_newslint

FULL = Path("/dev/full")
NEEDS_FULL = pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")


@pytest.mark.parametrize(
    "arguments", ["check", "check -", "check /", "stats", "rules", "config show", "init"]
)
def test_a_deleted_current_folder_is_an_error(arguments: str, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    code = (
        "import os, sys\n"
        f"os.rmdir({str(folder)!r})\n"
        "from newslint.cli.app import run\n"
        "sys.exit(run(sys.argv[1:]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments.split()],
        cwd=folder,
        env=environment(),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ended.returncode == 2
    assert ended.stderr == (
        "Error: the current folder cannot be used (No such file or directory); "
        "change to another folder\n"
    )


def test_an_interpreter_without_docstrings_is_an_error(archive: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-OO", "-m", "newslint", "explain", "mojibake"],
        cwd=archive,
        env=environment(),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Error: newslint needs the docstrings of its rules: ")
    assert ended.stderr.count("\n") == 1


def test_windows_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("newslint.cli.app.os", SimpleNamespace(name="nt"))
    assert run(["rules"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Error: newslint does not support this operating system; ")


@NEEDS_FULL
@pytest.mark.parametrize(
    "arguments",
    ["check", "check nowhere", "check -q --output report", "rules", "stats", "--help", "--version"],
)
def test_full_streams_are_an_error(arguments: str, archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    with FULL.open("w") as full:
        ended = subprocess.run(
            [*COMMAND, *arguments.split()],
            cwd=archive,
            env=environment(),
            stdout=full,
            stderr=full,
            check=False,
        )
    is_silent = "-q" in arguments
    assert ended.returncode == (0 if is_silent else 2)


@NEEDS_FULL
def test_a_full_stdout_is_reported(archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    with FULL.open("w") as full:
        ended = newslint("check", cwd=archive, stdout=full, stderr=-1, capture_output=False)
    assert ended.returncode == 2
    assert ended.stderr == "Error: cannot write to stdout: No space left on device\n"


def test_no_module_of_the_current_folder_is_imported(archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    for name in ("click", "yaml", "ftfy", "pathspec", "msgspec", "pydantic", "newslint_x"):
        (archive / f"{name}.py").write_text("open('run', 'w')\nraise SystemExit(99)\n")
    (archive / "newslint.toml").write_text('exclude = ["x"]\n')
    ended = run_newslint(COMMAND, "check", "--no-plugins", cwd=archive)
    assert ended.returncode == 0, ended.stderr
    assert not (archive / "run").exists()
