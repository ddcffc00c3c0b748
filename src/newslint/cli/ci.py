"""CI servers: suggests the formats that they read, and writes the job summary of GitHub Actions."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from newslint.cli.output import convert_os_errors

if TYPE_CHECKING:
    from newslint.diagnostics import Report

MAX_SUMMARY_BYTES = 1024 * 1024
"""Limit of GitHub for the summary of a step; a longer one is not shown at all."""


class _Server(msgspec.Struct, frozen=True):
    """A CI server.

    Attributes:
        variable: Environment variable that is `true` in its jobs.
        name: Its name.
        formats: The formats that it reads.
        hint: Advice on using them.
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
    """Suggest a format for the CI server that runs newslint, unless one is used already.

    Args:
        environment: The environment variables.
        formats: The formats of the run's reports.

    Returns:
        The suggestion; empty if there is none.
    """
    for server in _SERVERS:
        if environment.get(server.variable) == "true" and server.formats.isdisjoint(formats):
            return f"in {server.name}, {server.hint}"
    return ""


def append_step_summary(report: "Report") -> None:
    """Append counts to the summary of a GitHub Actions job, if the report is made in one.

    Raises:
        click.ClickException: The summary file cannot be written.
    """
    from newslint.reporters.github import render_step_summary

    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    path = Path(name)
    with convert_os_errors(path), path.open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(render_step_summary(report, MAX_SUMMARY_BYTES - file.tell()))
