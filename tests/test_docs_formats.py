"""The page on formats names them all, and its commands work."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from newslint.cli.app import run
from newslint.reporters.formats import FORMAT_NAMES, PARQUET

PAGE = (Path(__file__).parents[1] / "docs" / "formats.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = sorted(
    {
        match[1].strip()
        for _, block in BLOCKS
        for match in re.finditer(r"(newslint check [^|>\n]*)", block)
    }
)


def test_every_format_has_a_row() -> None:
    assert re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE) == [*FORMAT_NAMES, PARQUET]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_work(
    command: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(repository / "seeds", tmp_path / "seeds")
    (tmp_path / "newslint.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    if "origin/main" in command:
        for arguments in (
            ["init", "-q"],
            [
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@a.example",
                "commit",
                "-qm",
                "x",
                "--allow-empty",
            ],
            ["update-ref", "refs/remotes/origin/main", "HEAD"],
        ):
            subprocess.run(["git", *arguments], check=True)
    _, *arguments = shlex.split(command)
    assert run(arguments) == (0 if "--exit-zero" in arguments else 1)
    for target in re.findall(r"--report \w+=(\S+)|--output (\S+)", command):
        assert Path("".join(target)).stat().st_size


@pytest.mark.parametrize("block", [block for kind, block in BLOCKS if kind == "yaml"])
def test_yaml_is_yaml(block: str) -> None:
    assert yaml.safe_load(block)
