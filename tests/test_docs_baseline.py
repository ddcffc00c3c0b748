"""The page on the baseline shows what its commands print."""

import re
import shutil
import subprocess
from pathlib import Path

from helpers import Golden
from processes import COMMAND, environment

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_shows_what_commands_print(
    repository: Path, tmp_path: Path, golden: Golden
) -> None:
    page = repository / "docs" / "baseline.md"
    shutil.copytree(repository / "seeds", tmp_path / "seeds")
    golden(page, BLOCK.sub(lambda block: replayed(block[1], tmp_path), page.read_text("utf-8")))


def replayed(block: str, folder: Path) -> str:
    """Return a block with what its commands print in `folder`."""
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    shown = "".join(f"$ {command}\n{printed(command, folder)}" for command in commands)
    return f"```console\n{shown}```"


def printed(command: str, folder: Path) -> str:
    """Return all that a command prints in `folder`."""
    shim = f'newslint() {{ {" ".join(COMMAND)} "$@"; }}; exec 2>&1\n'
    ran = subprocess.run(
        ["sh", "-c", shim + command],
        cwd=folder,
        env=environment(COLUMNS="100"),
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    return ran.stdout
