"""What tests of CI share: the GitHub action, installed once, and archives to run it on."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from commits import git_environment
from steps import Runner

Act = Callable[..., tuple[int, Runner]]


@pytest.fixture(scope="session")
def action(repository: Path) -> dict[str, Any]:
    """The action, as YAML holds it."""
    loaded: dict[str, Any] = yaml.safe_load((repository / "action.yml").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="session")
def ci_environment() -> dict[str, str]:
    """What a CI server's processes start with: nothing of this checkout is importable."""
    env = git_environment(PIP_NO_COMPILE="1")
    del env["PYTHONPATH"]
    return env


@pytest.fixture(scope="session")
def installed(
    repository: Path,
    action: dict[str, Any],
    ci_environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Install newslint with the action's own step, and return where its program is."""
    folder = tmp_path_factory.mktemp("action")
    environment = {**ci_environment, "GITHUB_ACTION_PATH": str(repository)}
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
    ci_environment: dict[str, str],
) -> Act:
    """Run the action on an archive, given its inputs."""

    def act(**inputs: str) -> tuple[int, Runner]:
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        assert given.keys() <= action["inputs"].keys()
        values = {name: each["default"] for name, each in action["inputs"].items()} | given
        known = {f"inputs.{name}": value for name, value in values.items()}
        known["steps.install.outputs.program"] = installed
        runner = Runner(archive, tmp_path, ci_environment, known)
        return runner.run(step(action, "check")), runner

    return act
