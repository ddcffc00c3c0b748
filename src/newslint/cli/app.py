"""The command `newslint`: runs a sub-command and turns failures into exit statuses."""

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from newslint._version import __version__
from newslint.cli import ExitStatus
from newslint.cli.help import HelpGroup
from newslint.cli.messages import print_crash, print_error
from newslint.cli.output import configure_streams

_COMMANDS = (
    "check",
    "baseline",
    "cache",
    "completion",
    "config",
    "explain",
    "init",
    "probe",
    "rules",
    "schema",
    "server",
    "stats",
    "suppress",
)
"""Names of the sub-commands, each of which is the attribute `command` of its own module."""

_OTHER_NAMES = {
    **dict.fromkeys(("lint", "run", "test", "validate"), "check"),
    **dict.fromkeys(("fix", "format", "fmt"), "check --fix"),
    "list": "rules",
    "rule": "explain",
}
"""Names that commands have in other linters."""

_EXAMPLES = (
    ("newslint check news/", "Check a folder."),
    ("newslint explain mojibake", "Explain a rule."),
)


class _LazyGroup(HelpGroup):
    """A group that imports the module of a sub-command when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 # click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 # click's signature
        if cmd_name not in _COMMANDS:
            return None
        command = importlib.import_module(f"newslint.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not ctx.resilient_parsing:  # which shell completion sets
            raise click.UsageError(f"No such command '{name}'.{_suggest_command(name)}", ctx)
        return super().resolve_command(ctx, args)


def _suggest_command(name: str) -> str:
    """Suggest a command for an unknown name: a similar one, or `check` if it is a path."""
    import shlex
    from difflib import get_close_matches

    if Path(name).exists():
        return f" To check it, run: newslint check {shlex.quote(name)}"
    if name in _OTHER_NAMES:
        return f" Did you mean '{_OTHER_NAMES[name]}'?"
    similar = get_close_matches(name, _COMMANDS, n=1)
    return f" Did you mean '{similar[0]}'?" if similar else ""


@click.command(
    cls=_LazyGroup,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "show_default": True,
        "color": True,  # keeps escape sequences for `print_error`, which escapes them
    },
    epilog="Exit status: 0 passed, 1 failed (by default: errors found), 2 wrong usage or an "
    "internal error, 130 interrupted.",
    examples=_EXAMPLES,
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def app() -> None:
    """Lint news archives kept as text files with front matter in YAML, TOML or JSON."""
    if os.name != "posix":
        raise click.ClickException(
            "newslint does not support this operating system; use Linux or macOS, or on Windows "
            "Docker or WSL"
        )
    if sys.flags.optimize > 1:
        raise click.ClickException(
            "newslint needs the docstrings of its rules: run Python without -OO, and unset "
            "PYTHONOPTIMIZE"
        )
    try:
        os.getcwd()  # noqa: PTH109 # commands resolve paths from it
    except OSError as error:
        raise click.ClickException(
            f"the current folder cannot be used ({error.strerror}); change to another folder"
        ) from error


def run(
    arguments: Sequence[str] | None = None, *, command: click.Command = app, name: str = "newslint"
) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: The arguments after the program's name; those of the process by default.
        command: The command, which returns its exit status.
        name: The name of the program.
    """
    try:
        return _run(arguments, command, name)
    except OSError:  # not even the message about an error can be written
        return ExitStatus.ERROR


def _run(arguments: Sequence[str] | None, command: click.Command, name: str) -> int:
    """Run a command, print its error if there is one, and return the exit status.

    Raises:
        OSError: The error cannot be printed.
    """
    try:
        configure_streams()
        given = tuple(sys.argv[1:] if arguments is None else arguments)
        return int(command.main(given, prog_name=name, standalone_mode=False, obj=given) or 0)
    except click.ClickException as error:
        print_error(error)
        return ExitStatus.ERROR
    except (KeyboardInterrupt, click.Abort):
        click.echo("newslint: interrupted", err=True)
        return ExitStatus.INTERRUPTED
    except SystemExit:  # click raises it if the reader of the help closes the pipe
        return ExitStatus.CLEAN
    except Exception as error:  # noqa: BLE001 # any failure must become an exit status
        print_crash(error)
        return ExitStatus.ERROR
