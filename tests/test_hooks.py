"""The hooks, in the real pre-commit, on real commits."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from helpers import write
from newslint.rules.samples import ENTRY, NEWS
from processes import environment

pytestmark = [
    pytest.mark.xdist_group("hooks"),
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
]

BROKEN = NEWS.replace("PyTorch moves", "Alphabetâ€™s cloud").replace("pytorch-moves", "cloud")
WITHDRAWN = NEWS.replace("published: true", "published: false")
OTHER = NEWS.replace("pytorch-moves", "amd-joins") + "\n" + ENTRY

Git = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which git knows of nobody's settings and of no repository."""
    usual = environment(
        PRE_COMMIT_HOME=str(tmp_path_factory.mktemp("pre-commit")),
        PRE_COMMIT_COLOR="never",
        PIP_NO_COMPILE="1",
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_NOSYSTEM="1",
    )
    del usual["PYTHONPATH"]
    kept = {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"}
    env = {key: value for key, value in usual.items() if key in kept or not key.startswith("GIT_")}
    for role in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{role}_NAME": "Ann Editor", f"GIT_{role}_EMAIL": "ann@example.org"}
    return env


def git_in(folder: Path, env: dict[str, str]) -> Git:
    """Return a function that runs git in `folder`; stderr goes where stdout goes."""

    def git(*arguments: str, fails: bool = False) -> subprocess.CompletedProcess[str]:
        ended = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert (ended.returncode != 0) == fails, ended.stdout
        return ended

    return git


@pytest.fixture(scope="session")
def published(
    repository: Path,
    clean_environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, str]:
    """Return a repository that holds what this checkout holds, and its one commit."""
    folder = tmp_path_factory.mktemp("newslint")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(repository / name, folder)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(repository / "src", folder / "src", ignore=ignored)
    git = git_in(folder, clean_environment)
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Publish")
    return folder, git("rev-parse", "HEAD").stdout.strip()


@pytest.fixture
def git(archive: Path, published: tuple[Path, str], clean_environment: dict[str, str]) -> Git:
    """Run git in an archive whose commits are checked by both hooks."""
    folder, revision = published
    hooks = [{"id": "newslint"}, {"id": "newslint-corpus"}]
    config = {"repos": [{"repo": str(folder), "rev": revision, "hooks": hooks}]}
    (archive / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git = git_in(archive, clean_environment)
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Start")
    pre_commit = [sys.executable, "-m", "pre_commit", "install"]
    subprocess.run(pre_commit, cwd=archive, env=clean_environment, check=True, capture_output=True)
    return git


def commit(git: Git, *, fails: bool = False, skip: str = "") -> str:
    """Stage and commit everything, and return what the hooks say, line by line."""
    git("add", "--all")
    if skip:
        git("commit", "--no-verify", "--quiet", "--message", skip)
        return ""
    return git("commit", "--message", "Change", fails=fails).stdout


def told_of(hook: str, said: str) -> str:
    """Return how a hook ended: Passed, Failed or Skipped."""
    (line,) = [line for line in said.splitlines() if line.startswith(f"{hook}.")]
    return line.rsplit(".", 1)[1].removeprefix("(no files to check)")


def test_a_clean_commit_passes(git: Git, archive: Path) -> None:
    write(archive, a=NEWS)
    said = commit(git)
    assert told_of("newslint", said) == "Passed"
    assert told_of("newslint (whole archive)", said) == "Passed"
    assert "Change" in git("log", "--oneline").stdout


def test_a_broken_record_stops_the_commit(git: Git, archive: Path) -> None:
    write(archive, a=BROKEN)
    said = commit(git, fails=True)
    assert told_of("newslint", said) == "Failed"
    assert "a.md:3:16 error mojibake" in said
    assert "Change" not in git("log", "--oneline").stdout


def test_staged_files_are_reported_on_and_the_others_are_known(git: Git, archive: Path) -> None:
    write(archive, old=BROKEN, withdrawn=WITHDRAWN)
    commit(git, skip="What was broken before")
    write(archive, new=OTHER)
    said = commit(git, fails=True)
    staged, whole = said.split("newslint (whole archive)")
    assert "error related-unpublished" in staged
    assert "withdrawn.md says" in " ".join(staged.split())
    assert "old.md" not in staged
    assert "old.md:3:16 error mojibake" in whole


def test_a_deletion_is_checked_too(git: Git, archive: Path) -> None:
    write(archive, old=BROKEN, gone=NEWS)
    commit(git, skip="What was broken before")
    (archive / "gone.md").unlink()
    said = commit(git, fails=True)
    assert told_of("newslint", said) == "Skipped"
    assert told_of("newslint (whole archive)", said) == "Failed"
    assert "old.md:3:16 error mojibake" in said


def test_only_documents_are_handed_over(git: Git, archive: Path) -> None:
    write(archive, a=NEWS)
    commit(git)
    (archive / ".github").mkdir()
    (archive / ".github" / "ci.yml").write_text("on: push\n")
    (archive / "picture.svg").write_text("<svg/>\n")
    assert told_of("newslint", commit(git)) == "Skipped"
    (archive / "b.MD").write_text("no front matter\n")
    assert "b.MD:1:1 error missing-front-matter" in commit(git, fails=True)


def test_the_manifest_is_valid(repository: Path, clean_environment: dict[str, str]) -> None:
    manifest = repository / ".pre-commit-hooks.yaml"
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest)]
    subprocess.run(command, env=clean_environment, check=True)
    newslint, corpus = yaml.safe_load(manifest.read_text())
    assert newslint["require_serial"] is True
    assert corpus["pass_filenames"] is False
    assert corpus["always_run"] is True
