"""`newslint completion`, and the completion of rule names."""

import sys

import click

from newslint.cli import ExitStatus
from newslint.cli.help import HelpCommand
from newslint.cli.output import guard_output

SHELLS = ("bash", "zsh", "fish")
_PROGRAM = "newslint"
_VARIABLE = "_NEWSLINT_COMPLETE"


@click.command("completion", cls=HelpCommand)
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Print a completion script for bash, zsh or fish.

    \b
    In ~/.bashrc:
      eval "$(newslint completion bash)"

    \b
    In ~/.zshrc, after compinit:
      eval "$(newslint completion zsh)"

    \b
    In ~/.config/fish/config.fish:
      newslint completion fish | source
    """  # noqa: D301 # click keeps the line breaks of a paragraph after a backspace
    with guard_output(sys.stdout):
        click.echo(_render_script(shell), nl=False)
    return ExitStatus.CLEAN


def _render_script(shell: str) -> str:
    """Render the script for a shell, which need not be installed.

    `ShellComplete.source` is not used, since it runs bash to find its version.
    """
    from click.shell_completion import get_completion_class

    completion_class = get_completion_class(shell)
    if completion_class is None:
        raise AssertionError(shell)
    completion = completion_class(click.Command(_PROGRAM), {}, _PROGRAM, _VARIABLE)
    return completion.source_template % completion.source_vars()


def complete_rules(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """Complete the name of a built-in rule.

    Rules of plugins are left out: pressing a key must not run code that the settings name.
    """
    from newslint.rules.builtin import BUILTIN

    return [rule.id for rule in BUILTIN if rule.id.startswith(incomplete)]


def complete_names(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """Complete the last of several names of built-in rules or categories, separated by commas."""
    from newslint.settings import Registry

    before, comma, last = incomplete.rpartition(",")
    registry = Registry()
    names = ["all", *registry.categories, *(rule.id for rule in registry)]
    given = set(before.split(","))
    return [
        f"{before}{comma}{name}" for name in names if name.startswith(last) and name not in given
    ]
