"""Commits with git and pre-commit, independent of the user's configuration."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from processes import environment

Git = Callable[..., subprocess.CompletedProcess[str]]


def git_environment(**variables: str) -> dict[str, str]:
    """Return an environment without the user's git configuration and without a repository."""
    usual = environment(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1", **variables)
    kept = {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"}
    env = {key: value for key, value in usual.items() if key in kept or not key.startswith("GIT_")}
    for role in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{role}_NAME": "Ann Editor", f"GIT_{role}_EMAIL": "ann@example.org"}
    return env


def git_in(folder: Path, env: dict[str, str]) -> Git:
    """Return a function that runs git in `folder`, with stderr merged into stdout."""

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


def pre_commit(*arguments: str | Path, cwd: Path, env: dict[str, str]) -> str:
    """Run pre-commit, which must succeed, and return its output."""
    command = [sys.executable, "-m", "pre_commit", *arguments]
    ended = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, check=False, encoding="utf-8"
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def commit_all(git: Git, *, fails: bool = False, skip: str = "") -> str:
    """Stage and commit everything, and return the output of the hooks.

    Args:
        git: Runs git.
        fails: A hook must reject the commit.
        skip: The message of a commit without hooks.
    """
    git("add", "--all")
    if skip:
        git("commit", "--no-verify", "--quiet", "--message", skip)
        return ""
    return git("commit", "--message", "Change", fails=fails).stdout


def ended(hook: str, said: str) -> str:
    """Return the result of a hook: Passed, Failed or Skipped."""
    (line,) = [line for line in said.splitlines() if line.startswith(f"{hook}.")]
    return line.rsplit(".", 1)[1].removeprefix("(no files to check)")
