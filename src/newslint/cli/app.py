"""The command `newslint`: finds the sub-command and turns failures into exit statuses."""

import importlib
from collections.abc import Sequence
from pathlib import Path

import click

from newslint._version import __version__
from newslint.cli import ExitStatus
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
    "rules",
    "schema",
    "stats",
    "suppress",
)


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
        if name not in _COMMANDS and not ctx.resilient_parsing:  # as when a shell completes
            raise click.UsageError(f"No such command '{name}'.{_hint(name)}", ctx)
        return super().resolve_command(ctx, args)


def _hint(name: str) -> str:
    """Return what somebody who took `name` for a command probably wants."""
    import shlex
    from difflib import get_close_matches

    if Path(name).exists():
        return f" To check it, run: newslint check {shlex.quote(name)}"
    near = get_close_matches(name, _COMMANDS, n=1)
    return f" Did you mean '{near[0]}'?" if near else ""


@click.command(
    cls=_Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 80,
        "show_default": True,
        "color": True,  # lets `show_error` see escape sequences; nothing here prints any
    },
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
        configure_streams()
        return int(app.main(arguments, prog_name="newslint", standalone_mode=False) or 0)
    except click.ClickException as error:
        print_error(error)
        return ExitStatus.ERROR
    except (KeyboardInterrupt, click.Abort):
        click.echo("newslint: interrupted", err=True)
        return ExitStatus.INTERRUPTED
    except SystemExit:  # click's answer to a reader that goes away while it prints help
        return ExitStatus.CLEAN
    except Exception as error:  # noqa: BLE001 # whatever failed, the caller gets its exit status
        print_crash(error)
        return ExitStatus.ERROR
