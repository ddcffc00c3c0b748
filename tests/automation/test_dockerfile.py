"""Tests of the Dockerfile without Docker: its instructions, and the commands of its first stage."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from pathspec import GitIgnoreSpec

from helpers import write
from newslint import __version__
from newslint.rules.example_records import NEWS_RECORD

INSTALLED = "/opt/newslint"


class Instruction(NamedTuple):
    """A line of a Dockerfile.

    Attributes:
        name: The keyword.
        value: The arguments.
    """

    name: str
    value: str


@pytest.fixture(scope="session")
def stages(repository: Path) -> list[list[Instruction]]:
    """Return the instructions of each stage; the first of each is FROM."""
    text = (repository / "Dockerfile").read_text("utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    lines = re.sub(r"\\\n\s*", "", code).splitlines()
    found: list[list[Instruction]] = []
    for name, _, value in (line.partition(" ") for line in lines if line):
        if name == "FROM":
            found.append([])
        if found:
            found[-1].append(Instruction(name, value))
    return found


def copied(stage: list[Instruction]) -> list[str]:
    """Return the files that a stage copies from the checkout."""
    values = [each.value for each in stage if each.name == "COPY"]
    return [name for value in values if not value.startswith("--") for name in value.split()[:-1]]


def test_there_are_two_stages_of_one_pinned_image(stages: list[list[Instruction]]) -> None:
    build, final = stages
    assert build[0].value == "python:${PYTHON} AS build"
    assert final[0].value == "python:${PYTHON}"
    assert [each.name for each in final].count("RUN") == 0
    assert copied(final) == []


def test_the_program_does_not_run_as_root(stages: list[list[Instruction]]) -> None:
    final = {each.name: each.value for each in stages[-1]}
    user, group = final["USER"].split(":")
    assert int(user) > 0
    assert int(group) > 0
    assert (final["ENTRYPOINT"], final["CMD"]) == ('["newslint"]', '["check"]')


def test_only_what_the_image_is_made_of_is_sent_to_docker(
    stages: list[list[Instruction]], repository: Path
) -> None:
    lines = (repository / ".dockerignore").read_text("utf-8").splitlines()
    rooted = (
        re.sub(r"^(!?)(?=[^!*#]|\*$)", r"\1/", line) for line in lines
    )  # as Docker reads them
    ignored = GitIgnoreSpec.from_lines(rooted)
    for name in copied(stages[0]):
        path = repository / name
        assert path.exists()
        assert not ignored.match_file(f"{name}/newslint/__init__.py" if path.is_dir() else name)
    for name in (".git/HEAD", "tests/conftest.py", ".venv/bin/python", "src/a/__pycache__/b.pyc"):
        assert ignored.match_file(name)


@pytest.mark.skipif(os.name != "posix", reason="needs sh")
def test_the_first_stage_installs_what_the_second_runs(
    stages: list[list[Instruction]],
    borrowed_pip: dict[str, str],
    repository: Path,
    tmp_path: Path,
) -> None:
    work, installed = tmp_path / "build", tmp_path / "installed"
    work.mkdir()
    ignored = shutil.ignore_patterns("__pycache__")
    for each in stages[0]:
        if each.name == "COPY":
            for name in shlex.split(each.value)[:-1]:
                source = repository / name
                if source.is_dir():
                    shutil.copytree(source, work / name, ignore=ignored)
                else:
                    shutil.copy(source, work)
        if each.name == "RUN":
            script = each.value.replace(INSTALLED, str(installed))
            ended = subprocess.run(
                ["sh", "-c", script],
                cwd=work,
                env=borrowed_pip,
                capture_output=True,
                text=True,
                check=False,
            )
            assert ended.returncode == 0, ended.stderr
    assert f"newslint {__version__}" in ended.stdout
    pins = dict(
        line.lower().replace("_", "-").split("==")
        for line in (repository / "requirements" / "constraints.txt")
        .read_text("utf-8")
        .splitlines()
        if "==" in line
    )
    freeze = [installed / "bin" / "python", "-m", "pip", "freeze", "--exclude", "newslint"]
    frozen = subprocess.run(
        freeze, env=borrowed_pip, capture_output=True, text=True, check=True
    ).stdout
    for line in frozen.lower().replace("_", "-").splitlines():
        name, version = line.split("==")
        assert pins[name] == version


def test_newslint_needs_neither_a_home_nor_a_name(archive: Path, repository: Path) -> None:
    write(archive, a=NEWS_RECORD)
    ended = subprocess.run(
        [sys.executable, "-m", "newslint", "check", "--format", "concise"],
        cwd=archive,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(repository / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "missing-image" in ended.stdout
