"""A runner for the steps of GitHub's composite actions and workflows, except `uses`."""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EXPRESSION = re.compile(r"\$\{\{\s*([^}]*?)\s*\}\}")
BASH = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"]
"""GitHub's command for steps whose shell is bash."""


@dataclass
class Runner:
    """A machine that looks like GitHub's runner to scripts.

    Attributes:
        workspace: The checkout that steps run in.
        temporary: A folder of its own.
        environment: The environment variables of processes.
        known: Values of expressions, such as `inputs.paths`.
        log: The output of the steps.
    """

    workspace: Path
    temporary: Path
    environment: Mapping[str, str]
    known: dict[str, str] = field(default_factory=dict)
    log: str = ""

    def run(self, step: Mapping[str, Any]) -> int:
        """Run a step that is a script, and return its exit status."""
        for name in ("output", "summary", "env"):
            (self.temporary / name).touch()
        script = self.temporary / "script.sh"
        script.write_text(self.filled(step["run"]), "utf-8")
        own = {name: self.filled(str(value)) for name, value in step.get("env", {}).items()}
        ended = subprocess.run(
            [*BASH, str(script)],
            cwd=self.workspace / self.filled(step.get("working-directory", ".")),
            env={**self.environment, **self._variables(), **own},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self.log += ended.stdout
        for line in (self.temporary / "output").read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            self.known[f"steps.{step.get('id')}.outputs.{name}"] = value
        (self.temporary / "output").write_text("")
        return ended.returncode

    def filled(self, text: str) -> str:
        """Replace the expressions in a text by their values."""
        return EXPRESSION.sub(lambda match: self.known[match[1]], text)

    def _variables(self) -> dict[str, str]:
        """Return the environment variables that every step has."""
        return {
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_OUTPUT": str(self.temporary / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
            "GITHUB_ENV": str(self.temporary / "env"),
            "RUNNER_TEMP": str(self.temporary),
        }


def expanded(
    action: Mapping[str, Any], use: Mapping[str, Any], runner: Runner
) -> list[Mapping[str, Any]]:
    """Expand a workflow's use of an action to its scripts after the installation.

    Args:
        action: The parsed `action.yml`.
        use: The step of the workflow that uses it.
        runner: Receives the inputs.
    """
    values = {name: each["default"] for name, each in action["inputs"].items()}
    for name, value in {**values, **use.get("with", {})}.items():
        runner.known[f"inputs.{name}"] = runner.filled(str(value))
    return [each for each in action["runs"]["steps"] if each.get("id") == "check"]
