"""`newslint config`: tell which settings apply, and where they come from."""

import sys
from pathlib import Path

import click

from newslint.cli import ExitStatus
from newslint.cli.options import settings_options
from newslint.cli.output import guard_output
from newslint.cli.request import find_project


@click.group("config")
def command() -> None:
    """Tell which settings apply, and where they come from."""


@command.command("show")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@settings_options
def show(path: Path | None, config: Path | None, *, plugins: bool) -> int:
    """Print the settings, each with the file and line that it comes from.

    With PATH, print what applies to that file: its collection, the overrides that name it, and
    the rules that run on it with their severities and options. The file need not exist. A folder
    stands for the project that it belongs to.
    """
    from newslint.engine.scope import shown_path
    from newslint.reporters.escape import escape
    from newslint.settings.show import show_path, show_project

    target = Path.cwd() / (path or "")
    project = find_project(target, config, plugins=plugins)
    name = shown_path(target, project.root)
    lines = show_project(project) if target.is_dir() else show_path(project, name)
    with guard_output(sys.stdout):
        for line in lines:
            click.echo(escape(line))
    return ExitStatus.CLEAN
