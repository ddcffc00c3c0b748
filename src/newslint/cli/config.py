"""`newslint config`: show the settings that apply, and their origin."""

import sys
from pathlib import Path

import click

from newslint.cli import ExitStatus
from newslint.cli.help import HelpGroup
from newslint.cli.options import settings_options
from newslint.cli.output import guard_output
from newslint.cli.request import find_project


@click.group("config", cls=HelpGroup)
def command() -> None:
    """Show the settings that apply, and their origin."""


@command.command("show")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@settings_options
def show(path: Path | None, config: Path | None, *, plugins: bool) -> int:
    """Print the settings, each with its file and line.

    If PATH is a file, print the settings that apply to it: its collection, its overrides, and its
    rules with their severities and options. The file need not exist. If PATH is a folder, print the
    settings of its project, and the folders below with settings of their own.
    """
    from newslint.execution.files import find_nested, shown_path
    from newslint.reporters.escape import escape, escape_commands
    from newslint.settings.show import show_path, show_project

    target = Path.cwd() / (path or "")
    project = find_project(target, config, plugins=plugins)
    name = shown_path(target, project.root)
    if target.is_dir():
        nested = (shown_path(each, project.root) for each in find_nested(target, project))
        lines = show_project(project, nested)
    else:
        lines = show_path(project, name)
    with guard_output(sys.stdout):
        for line in lines:
            click.echo(escape_commands(escape(line)))
    return ExitStatus.CLEAN
