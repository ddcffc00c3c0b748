"""The hook that repairs, in the real pre-commit, on real commits."""

import shutil
from pathlib import Path

import pytest

from commits import Git, commit_all, ended
from helpers import write
from newslint.rules.example_records import NEWS_RECORD

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud")
REPAIRED = NEWS_RECORD.replace("PyTorch moves", "Alphabet’s cloud")
BEYOND_REPAIR = NEWS_RECORD.replace("quality: 84", "quality: high").replace(
    "pytorch-moves", "amd-joins"
)


@pytest.fixture
def git(hooked) -> Git:
    """Run git in an archive whose commits are repaired, and then checked."""
    return hooked("newslint-fix", "newslint")


def text_of(path: Path) -> str:
    """Return the front matter of a file."""
    return path.read_text("utf-8").removeprefix("---\n").removesuffix("---\n").removesuffix("\n")


def test_a_repair_stops_the_commit_and_goes_with_the_next(git: Git, archive: Path) -> None:
    write(archive, a=BROKEN)
    said = commit_all(git, fails=True)
    assert ended("newslint (fixes)", said) == "Failed"
    assert "files were modified by this hook" in said
    assert "Fixed 1 diagnostic in 1 file" in said
    assert ended("newslint", said) == "Passed"
    assert text_of(archive / "a.md") == REPAIRED
    said = commit_all(git)
    assert ended("newslint (fixes)", said) == ended("newslint", said) == "Passed"
    assert "Alphabet’s cloud" in git("show", "HEAD:a.md").stdout


def test_what_cannot_be_repaired_is_reported_once(git: Git, archive: Path) -> None:
    write(archive, a=BROKEN, b=BEYOND_REPAIR)
    said = commit_all(git, fails=True)
    repairs, check = said.split("\nnewslint....")
    assert "b.md" not in repairs
    assert check.count("error wrong-type") == 1
    assert "mojibake" not in check


def test_only_committed_files_are_repaired(git: Git, archive: Path) -> None:
    write(archive, old=BROKEN)
    commit_all(git, skip="What was broken before")
    write(archive, new=NEWS_RECORD.replace("pytorch-moves", "amd-joins"))
    assert ended("newslint (fixes)", commit_all(git)) == "Passed"
    assert text_of(archive / "old.md") == BROKEN


def test_a_deletion_repairs_nothing(git: Git, archive: Path) -> None:
    write(archive, a=NEWS_RECORD, b=NEWS_RECORD.replace("pytorch-moves", "amd-joins"))
    commit_all(git)
    (archive / "b.md").unlink()
    assert ended("newslint (fixes)", commit_all(git)) == "Skipped"


def test_what_the_settings_exclude_is_not_repaired(git: Git, archive: Path) -> None:
    (archive / "newslint.toml").write_text('exclude = ["/drafts/"]\n')
    (archive / "drafts").mkdir()
    write(archive / "drafts", b=BROKEN)
    assert ended("newslint (fixes)", commit_all(git)) == "Passed"
    assert text_of(archive / "drafts" / "b.md") == BROKEN


def test_what_is_not_staged_is_neither_checked_nor_lost(git: Git, archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    commit_all(git)
    write(archive, a=NEWS_RECORD.replace("heat: 154", "heat: 155"))
    git("add", "a.md")
    unstaged = NEWS_RECORD.replace("heat: 154", "heat: 155").replace("PyTorch", "Alphabetâ€™s")
    write(archive, a=unstaged)
    said = git("commit", "--message", "Change").stdout
    assert ended("newslint (fixes)", said) == ended("newslint", said) == "Passed"
    assert "â€™" not in git("show", "HEAD:a.md").stdout
    assert text_of(archive / "a.md") == unstaged


def test_a_repair_leaves_unstaged_changes_of_other_lines(git: Git, archive: Path) -> None:
    write(archive, a=BROKEN)
    git("add", "a.md")
    write(archive, a=BROKEN.replace("topics: [AI]", "topics: [AI, Cloud]"))
    said = git("commit", "--message", "Change", fails=True).stdout
    assert ended("newslint (fixes)", said) == "Failed"
    now = text_of(archive / "a.md")
    assert "Alphabet’s cloud" in now
    assert "topics: [AI, Cloud]" in now


def test_a_repair_that_meets_unstaged_changes_is_taken_back(git: Git, archive: Path) -> None:
    write(archive, a=BROKEN)
    git("add", "a.md")
    unstaged = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud grows")
    write(archive, a=unstaged)
    said = git("commit", "--message", "Change", fails=True).stdout
    assert "Rolling back fixes" in said
    assert text_of(archive / "a.md") == unstaged
    assert "cloud\n" in git("show", ":a.md").stdout
