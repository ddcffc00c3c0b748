"""What tests of the hooks share: this checkout as a repository of hooks, and an archive in git."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from commits import Git, git_environment, git_in, pre_commit

PUBLISHED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")

Hooked = Callable[..., Git]


@pytest.fixture(scope="session")
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which git and pre-commit know of nobody's settings."""
    home = str(tmp_path_factory.mktemp("pre-commit"))
    env = git_environment(PRE_COMMIT_HOME=home, PRE_COMMIT_COLOR="never", PIP_NO_COMPILE="1")
    del env["PYTHONPATH"]
    return env


@pytest.fixture(scope="session")
def published(
    repository: Path,
    clean_environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, str]:
    """Return a repository that holds what this checkout holds, and its one commit."""
    folder = tmp_path_factory.mktemp("newslint")
    for name in PUBLISHED:
        shutil.copy(repository / name, folder)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(repository / "src", folder / "src", ignore=ignored)
    git = git_in(folder, clean_environment)
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Publish")
    return folder, git("rev-parse", "HEAD").stdout.strip()


@pytest.fixture
def hooked(archive: Path, published: tuple[Path, str], clean_environment: dict[str, str]) -> Hooked:
    """Put an archive into git whose commits are checked by the hooks that are named."""
    folder, revision = published

    def hooked(*names: str) -> Git:
        hooks = [{"id": name} for name in names]
        config = {"repos": [{"repo": str(folder), "rev": revision, "hooks": hooks}]}
        (archive / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
        git = git_in(archive, clean_environment)
        git("init", "--quiet")
        git("add", "--all")
        git("commit", "--quiet", "--message", "Start")
        pre_commit("install", cwd=archive, env=clean_environment)
        return git

    return hooked
