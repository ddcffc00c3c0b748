"""The hooks, in the real pre-commit, on real commits."""

import shutil
from pathlib import Path

import pytest
import yaml

from commits import Git, commit_all, ended, pre_commit
from helpers import write
from newslint.rules.example_records import NEWS_RECORD, RELATED_ENTRY

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud").replace(
    "pytorch-moves", "cloud"
)
WITHDRAWN = NEWS_RECORD.replace("published: true", "published: false")
OTHER = NEWS_RECORD.replace("pytorch-moves", "amd-joins") + "\n" + RELATED_ENTRY


@pytest.fixture
def git(hooked) -> Git:
    """Run git in an archive whose commits are checked as the README proposes."""
    return hooked("newslint", "newslint-corpus")


def test_a_clean_commit_passes(git: Git, archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    said = commit_all(git)
    assert ended("newslint", said) == "Passed"
    assert ended("newslint (whole archive)", said) == "Passed"
    assert "Change" in git("log", "--oneline").stdout


def test_a_broken_record_stops_the_commit_all(git: Git, archive: Path) -> None:
    write(archive, a=BROKEN)
    said = commit_all(git, fails=True)
    assert ended("newslint", said) == "Failed"
    assert "a.md:3:16 error mojibake" in said
    assert "Change" not in git("log", "--oneline").stdout


def test_staged_files_are_reported_on_and_the_others_are_known(git: Git, archive: Path) -> None:
    write(archive, old=BROKEN, withdrawn=WITHDRAWN)
    commit_all(git, skip="What was broken before")
    write(archive, new=OTHER)
    said = commit_all(git, fails=True)
    staged, whole = said.split("newslint (whole archive)")
    assert "error related-unpublished" in staged
    assert "published is false in withdrawn.md" in " ".join(staged.split())
    assert "old.md" not in staged
    assert "old.md:3:16 error mojibake" in whole


def test_a_deletion_is_checked_too(git: Git, archive: Path) -> None:
    write(archive, old=BROKEN, gone=NEWS_RECORD)
    commit_all(git, skip="What was broken before")
    (archive / "gone.md").unlink()
    said = commit_all(git, fails=True)
    assert ended("newslint", said) == "Skipped"
    assert ended("newslint (whole archive)", said) == "Failed"
    assert "old.md:3:16 error mojibake" in said


def test_only_documents_are_handed_over(git: Git, archive: Path) -> None:
    write(archive, a=NEWS_RECORD)
    commit_all(git)
    (archive / ".github").mkdir()
    (archive / ".github" / "ci.yml").write_text("on: push\n")
    (archive / "picture.svg").write_text("<svg/>\n")
    assert ended("newslint", commit_all(git)) == "Skipped"
    (archive / "b.MD").write_text("no front matter\n")
    assert "b.MD:1:1 error missing-front-matter" in commit_all(git, fails=True)


def test_a_deletion_that_leaves_a_reference_dangling_stops_the_commit(
    git: Git, archive: Path
) -> None:
    settings = 'select = ["dangling-related"]\nfail-level = "warning"\n'
    (archive / "newslint.toml").write_text(settings)
    write(archive, story=OTHER, gone=NEWS_RECORD)
    commit_all(git)
    git("rm", "--quiet", "gone.md")
    said = git("commit", "--message", "Take it back", fails=True).stdout
    assert ended("newslint", said) == "Skipped"
    assert ended("newslint (whole archive)", said) == "Failed"
    assert "story.md:" in said
    assert "warning dangling-related" in said


def test_what_the_settings_exclude_is_left_out_even_when_it_is_committed(
    git: Git, archive: Path
) -> None:
    (archive / "newslint.toml").write_text('exclude = ["/drafts/"]\n')
    (archive / "drafts").mkdir()
    write(archive, a=NEWS_RECORD)
    write(archive / "drafts", b=BROKEN)
    assert ended("newslint", commit_all(git)) == "Passed"
    write(archive / "drafts", c=BROKEN)
    assert ended("newslint", commit_all(git)) == "Passed"


def test_other_files_of_the_users_pattern_are_skipped(hooked, archive: Path) -> None:
    git = hooked("newslint", "newslint-corpus", files=".")
    write(archive, a=NEWS_RECORD)
    (archive / "picture.svg").write_text("<svg/>\n")
    assert ended("newslint", commit_all(git)) == "Passed"


def test_the_manifest_is_valid(repository: Path, clean_environment: dict[str, str]) -> None:
    manifest = repository / ".pre-commit-hooks.yaml"
    pre_commit("validate-manifest", manifest, cwd=repository, env=clean_environment)
    newslint, fix, corpus = yaml.safe_load(manifest.read_text())
    assert newslint["require_serial"] is True
    assert fix["require_serial"] is True
    assert newslint["types_or"] == fix["types_or"]
    assert "files" not in newslint
    assert newslint["exclude"] == fix["exclude"]
    assert corpus["pass_filenames"] is False
    assert corpus["always_run"] is True
