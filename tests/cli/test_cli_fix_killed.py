"""A process that is killed while it applies fixes leaves each file old or fixed."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers import fence
from newslint.rules.example_records import NEWS_RECORD
from processes import COMMAND, newslint, unmeasured_environment

FILES = 60
RUNS = 8
BODY = "It rains in Spain.\n" * 2000

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="takes SIGKILL")


def text_of(number: int) -> str:
    return fence(NEWS_RECORD.replace("PyTorch moves", f"Storyâ€™s {number}")) + BODY


def fill(folder: Path) -> None:
    for number in range(FILES):
        (folder / f"{number}.md").write_bytes(text_of(number).encode())


def states(folder: Path) -> set[str]:
    """Classify the files: each must be old or new, and none may be missing."""
    found = set()
    for number in range(FILES):
        content = (folder / f"{number}.md").read_bytes().decode()
        old = text_of(number)
        assert content in (old, old.replace("â€™", "’")), f"{number}.md is half-written"
        found.add("old" if content == old else "new")
    others = {path.name for path in folder.iterdir() if path.suffix != ".md"}
    assert all(name.startswith(".newslint-") for name in others - {"newslint.toml"})
    return found


def test_every_file_is_old_or_new(archive: Path) -> None:
    arguments = ("check", "--fix-only", "--select", "mojibake")
    fill(archive)
    seen: set[str] = set()
    chance = random.Random(6)
    for _ in range(RUNS):
        fill(archive)
        process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=archive,
            env=unmeasured_environment(),
            stdout=subprocess.DEVNULL,
        )
        wait_for_first_change(archive, process)
        time.sleep(chance.random() * 0.1)
        process.kill()
        process.wait()
        seen |= states(archive)
    assert seen == {"old", "new"}


def test_the_next_run_fixes_the_rest_and_removes_temporary_files(archive: Path) -> None:
    fill(archive)
    left = archive / ".newslint-0123abcd.tmp"
    left.write_bytes(text_of(0).encode())
    os.utime(left, (0, 0))
    done = newslint("check", "--fix", "--select", "mojibake", cwd=archive)
    assert f"Fixed {FILES} diagnostics in {FILES} files" in done.stderr
    assert states(archive) == {"new"}
    assert not left.exists()


def wait_for_first_change(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until the process writes its first file, near the end of its run, or has ended."""
    first = folder / "0.md"
    before = first.stat().st_ino
    while first.stat().st_ino == before and process.poll() is None:
        time.sleep(0.001)
