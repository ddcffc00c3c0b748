"""Tests of the installed package, with the dependencies that it asks for and no others."""

import shutil
import subprocess
from pathlib import Path

import pytest

from newslint import __version__


@pytest.fixture
def run(installed: str, clean_environment: dict[str, str], tmp_path: Path):
    """Run a program of the environment that newslint is installed in, and return its output."""

    def run(program: str, *arguments: str) -> str:
        command = [Path(installed).with_name(program), *arguments]
        return subprocess.check_output(
            command, cwd=tmp_path, env=clean_environment, encoding="utf-8"
        )

    return run


def test_the_command_and_the_module_are_one(run) -> None:
    told = [run("newslint", "--version"), run("python", "-m", "newslint", "--version")]
    assert told == [f"newslint {__version__}\n"] * 2


def test_what_is_installed_checks_records(run, repository: Path, tmp_path: Path) -> None:
    shutil.copytree(repository / "seeds", tmp_path / "seeds")
    reports = ("--report", "html=report/")
    assert "5 documents" in run("newslint", "check", "seeds", "--exit-zero", *reports)
    assert (tmp_path / "report" / "index.html").stat().st_size
    assert run("newslint", "explain", "mojibake")
    assert run("newslint", "rules", "--format", "json")
