"""What a run does on CI servers: suggests formats that they read, and writes GitHub's summary."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint.cli.output import convert_os_errors

if TYPE_CHECKING:
    from newslint.diagnostics import Report

MAX_SUMMARY_BYTES = 1024 * 1024
"""How long the summary of one step may be; GitHub shows nothing of a longer one."""


class _Server(NamedTuple):
    """A CI server.

    Attributes:
        variable: Is `true` in the environment of its jobs.
        name: What it is called.
        formats: Those that it reads.
        hint: How to use them.
    """

    variable: str
    name: str
    formats: frozenset[str]
    hint: str


_SERVERS = (
    _Server(
        "GITHUB_ACTIONS",
        "GitHub Actions",
        frozenset({"github", "sarif"}),
        "--format github annotates pull requests, --report sarif=newslint.sarif is for code "
        "scanning",
    ),
    _Server(
        "GITLAB_CI",
        "GitLab CI",
        frozenset({"gitlab", "junit"}),
        "--report gitlab=gl-code-quality-report.json is for merge requests",
    ),
)


def suggest_format(environment: Mapping[str, str], formats: Iterable[str]) -> str:
    """Return which format would suit the CI server; empty where one is used, or there is no server.

    Args:
        environment: Variables of the process.
        formats: Those that the run writes.
    """
    for server in _SERVERS:
        if environment.get(server.variable) == "true" and server.formats.isdisjoint(formats):
            return f"in {server.name}, {server.hint}"
    return ""


def append_step_summary(report: "Report") -> None:
    """Add to the page of a run in GitHub Actions what annotations have no room for.

    Raises:
        click.ClickException: The file that GitHub names for it cannot be written.
    """
    from newslint.reporters.github import render_step_summary

    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    path = Path(name)
    with convert_os_errors(path), path.open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(render_step_summary(report, MAX_SUMMARY_BYTES - file.tell()))
