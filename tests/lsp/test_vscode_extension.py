"""The extension for Visual Studio Code: type-checked, bundled, and driven against the server.

Its own tests run in Node, with as much of the editor's API as the language client needs.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from processes import environment

FILES = ("package.json", "package-lock.json", "tsconfig.json", ".npmrc", "src", "test")


@pytest.fixture(scope="module")
def extension(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the extension and install its packages; skip if that is impossible here."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("vscode")
    for name in FILES:
        source = repository / "editors" / "vscode" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    installed = npm_in(folder, "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    if installed.returncode != 0:
        pytest.skip("npm cannot fetch the packages of the extension")
    return folder


def npm_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run npm in a folder."""
    program = Path(sys.executable).with_name("newslint")
    return subprocess.run(
        ["npm", *arguments],
        cwd=folder,
        env=environment(NEWSLINT=str(program)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def test_the_extension_drives_the_server(extension: Path) -> None:
    ended = npm_in(extension, "test")
    assert ended.returncode == 0, ended.stdout
    assert "\n# fail 0\n" in ended.stdout or "ℹ fail 0\n" in ended.stdout


def test_the_lock_file_names_no_registry(repository: Path) -> None:
    text = (repository / "editors" / "vscode" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text
    assert '"integrity"' in text
