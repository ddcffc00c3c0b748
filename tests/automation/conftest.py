"""Fixtures for tests of hooks and CI: newslint in a repository, its action, archives in git."""

import os
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from commits import Git, git_environment, git_in, pre_commit
from steps import Runner, expanded

PUBLISHED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")

Act = Callable[..., tuple[int, Runner]]
Hooked = Callable[..., Git]


@pytest.fixture(scope="session")
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of a machine on which nothing of this checkout can be imported."""
    home = str(tmp_path_factory.mktemp("pre-commit"))
    env = git_environment(PRE_COMMIT_HOME=home, PRE_COMMIT_COLOR="never", PIP_COMPILE="0")
    del env["PYTHONPATH"]
    return env


WITHOUT_PIP = """\
#!/bin/sh
if [ "$2" = venv ]; then set -- "$@" --without-pip; fi
exec "{python}" "$@"
"""
"""Stands for a Python that creates environments without pip."""


@pytest.fixture(scope="session")
def borrowed_pip(
    clean_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Return an environment in which new environments use the pip of this one.

    To install pip takes longer than newslint, and the tests of the action do it.
    """
    folder = tmp_path_factory.mktemp("pip")
    python = folder / "python"
    python.write_text(WITHOUT_PIP.format(python=sys.executable))
    python.chmod(0o755)
    modules = folder / "modules"
    modules.mkdir()
    (modules / "pip").symlink_to(Path(find_spec("pip").origin).parent)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    return clean_environment | {"PATH": path, "PYTHONPATH": str(modules)}


@pytest.fixture(scope="session")
def published(
    repository: Path,
    clean_environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, str]:
    """Create a repository with the files of this checkout in one commit."""
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


@pytest.fixture(scope="session")
def hook_script(
    clean_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Have pre-commit install its script, which is the same for all repositories."""
    folder = tmp_path_factory.mktemp("scripts")
    git_in(folder, clean_environment)("init", "--quiet")
    pre_commit("install", cwd=folder, env=clean_environment)
    return folder / ".git" / "hooks" / "pre-commit"


@pytest.fixture
def hooked(
    archive: Path,
    published: tuple[Path, str],
    hook_script: Path,
    clean_environment: dict[str, str],
) -> Hooked:
    """Put an archive into git whose commits are checked by the hooks that are named."""
    folder, revision = published

    def hooked(*names: str, **options: str) -> Git:
        hooks = [{"id": name, **options} for name in names]
        config = {"repos": [{"repo": str(folder), "rev": revision, "hooks": hooks}]}
        (archive / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
        git = git_in(archive, clean_environment)
        git("init", "--quiet")
        git("add", "--all")
        git("commit", "--quiet", "--message", "Start")
        (archive / ".git" / "hooks").mkdir(exist_ok=True)
        shutil.copy(hook_script, archive / ".git" / "hooks")
        return git

    return hooked


@pytest.fixture(scope="session")
def action(repository: Path) -> dict[str, Any]:
    """The action, as YAML holds it."""
    loaded: dict[str, Any] = yaml.safe_load(
        (repository / "ci" / "github" / "action.yml").read_text("utf-8")
    )
    return loaded


@pytest.fixture(scope="session")
def installed(
    repository: Path,
    action: dict[str, Any],
    clean_environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Install newslint with the action's own step, and return the path of its program."""
    folder = tmp_path_factory.mktemp("action")
    environment = {**clean_environment, "GITHUB_ACTION_PATH": str(repository / "ci" / "github")}
    known = {"steps.python.outputs.python-path": sys.executable, "inputs.version": ""}
    runner = Runner(folder, folder, environment, known)
    assert runner.run(step(action, "install")) == 0, runner.log
    return runner.known["steps.install.outputs.program"]


def step(action: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the step of the action whose id is `name`."""
    (found,) = [each for each in action["runs"]["steps"] if each.get("id") == name]
    return dict(found)


@pytest.fixture
def act(
    archive: Path,
    tmp_path: Path,
    action: dict[str, Any],
    installed: str,
    clean_environment: dict[str, str],
) -> Act:
    """Run the action on an archive, given its inputs."""

    def act(**inputs: str) -> tuple[int, Runner]:
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        assert given.keys() <= action["inputs"].keys()
        known = {"steps.install.outputs.program": installed}
        runner = Runner(archive, tmp_path, clean_environment, known)
        (check,) = expanded(action, {"with": given}, runner)
        return runner.run(check), runner

    return act
