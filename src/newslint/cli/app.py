"""The command `newslint`: finds the sub-command and turns failures into exit statuses."""

import importlib
import os
import sys
from collections.abc import Sequence

import click

from newslint._version import __version__
from newslint.cli.exit_status import ExitStatus

_COMMANDS = ("check", "explain", "rules")


class _Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 # click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 # as above
        if cmd_name not in _COMMANDS:
            return None
        command = importlib.import_module(f"newslint.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, _COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            if os.path.exists(name):
                hint = f" To check it, run 'newslint check {name}'."
            raise click.UsageError(f"No such command '{name}'.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Exit status: 0 clean, 1 diagnostics found, 2 error, 130 interrupted.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def app() -> None:
    """Lint news archives kept as text files with YAML front matter."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: Without the program's name; those of the process by default.
    """
    try:
        status = app.main(arguments, prog_name="newslint", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return ExitStatus.ERROR
    except (KeyboardInterrupt, click.Abort):
        click.echo("newslint: interrupted", err=True)
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        return _closed_pipe()
    return int(status or 0)


def _closed_pipe() -> int:
    """Return the status for a reader that went away, which is no failure of the run."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitStatus.CLEAN
