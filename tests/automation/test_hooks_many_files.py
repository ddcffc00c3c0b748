"""More files than one command line holds: pre-commit starts a hook several times."""

import shutil
from pathlib import Path

import pytest

from commits import commit_all, ended, git_in, pre_commit
from helpers import write
from newslint.rules.example_records import NEWS_RECORD

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud")
FILES = 320
FOLDER = "folder-of-a-long-name-" * 11
"""With names of 200 characters, more than the 128 KiB that pre-commit puts on one line."""


def records() -> dict[str, str]:
    """Return records by names so long that no command line holds them all; two are broken alike."""
    names = [f"{number:04}-{'long-name-' * 19}" for number in range(FILES)]
    found = {name: NEWS_RECORD.replace("pytorch-moves", name[:4]) for name in names}
    for name in (names[0], names[-1]):
        found[name] = BROKEN.replace("pytorch-moves", name[:4])
    return found


def test_a_list_that_is_split_is_reported_on_once(hooked, archive: Path) -> None:
    git = hooked("newslint")
    (archive / "newslint.toml").write_text('select = ["mojibake", "related-unpublished"]\n')
    (archive / FOLDER).mkdir()
    write(archive / FOLDER, **records())
    said = commit_all(git, fails=True)
    assert ended("newslint", said) == "Failed"
    assert said.count("error mojibake") == 2
    assert said.count("0000-long") == said.count("0319-long") == 1
    assert said.count("1 diagnostic (1 error)") == 2, "pre-commit is to start it twice"


def test_a_list_that_is_split_is_fixed_once(
    hooked, archive: Path, clean_environment: dict[str, str]
) -> None:
    git = hooked("newslint-fix", "newslint")
    (archive / "newslint.toml").write_text('select = ["mojibake", "related-unpublished"]\n')
    texts = records()
    (archive / FOLDER).mkdir()
    write(archive / FOLDER, **texts)
    said = commit_all(git, fails=True)
    assert ended("newslint (fixes)", said) == "Failed"
    assert said.count("Fixed 1 diagnostic in 1 file") == 2
    changed = git_in(archive, clean_environment)("diff", "--name-only").stdout.split()
    assert [Path(name).name[:4] for name in changed] == ["0000", "0319"]
    for name in texts:
        assert "Alphabetâ€™s" not in (archive / FOLDER / f"{name}.md").read_text("utf-8")
    git("add", "--all")
    pre_commit("run", cwd=archive, env=clean_environment)
