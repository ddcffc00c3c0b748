"""`newslint completion`: print what makes a shell complete commands, options and names of rules."""

import sys

import click
from click.shell_completion import get_completion_class

from newslint.cli import ExitStatus
from newslint.cli.output import guard_output

SHELLS = ("bash", "zsh", "fish")
_PROGRAM = "newslint"
_VARIABLE = "_NEWSLINT_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Print a script that makes SHELL complete what is typed after 'newslint'.

    \b
    bash:  eval "$(newslint completion bash)"       in ~/.bashrc
    zsh:   eval "$(newslint completion zsh)"        in ~/.zshrc, below compinit
    fish:  newslint completion fish | source        in ~/.config/fish/config.fish
    """  # noqa: D301 # a backspace is what click takes for "leave these lines as they are"
    with guard_output(sys.stdout):
        click.echo(_script(shell), nl=False)
    return ExitStatus.CLEAN


def _script(shell: str) -> str:
    """Return the script for `shell`.

    It is filled in here, since click's own way of doing so looks for the shell on this machine.
    """
    found = get_completion_class(shell)
    if found is None:
        raise AssertionError(shell)
    made = found(click.Command(_PROGRAM), {}, _PROGRAM, _VARIABLE)
    return made.source_template % made.source_vars()


def complete_rules(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """Return the rules whose names start with `incomplete`."""
    from newslint.rules.builtin import BUILTIN

    return [rule.id for rule in BUILTIN if rule.id.startswith(incomplete)]


def complete_names(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """Return what the last of `incomplete`, names separated by commas, may become."""
    from newslint.settings import Registry

    before, comma, last = incomplete.rpartition(",")
    registry = Registry()
    names = ["all", *registry.categories, *(rule.id for rule in registry)]
    given = set(before.split(","))
    return [
        f"{before}{comma}{name}" for name in names if name.startswith(last) and name not in given
    ]
