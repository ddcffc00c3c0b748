"""Shows what is longer than the screen page by page."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress

import click

from newslint.cli.say import say
from newslint.cli.terminal import is_live

_VARIABLES = ("NEWSLINT_PAGER", "PAGER")
_NO_PAGER = {"", "cat"}

pager_option = click.option(
    "--pager/--no-pager",
    default=True,
    help="On a terminal, show what is longer than the screen in $NEWSLINT_PAGER, $PAGER or less.",
)


def show(text: str, *, pager: bool) -> None:
    """Print a text to stdout; page by page where that is a terminal with fewer lines.

    Args:
        text: What to print.
        pager: Whether a pager may be used.
    """
    wanted = pager and is_live(sys.stdout) and _is_longer_than_screen(text)
    command = pager_command(os.environ) if wanted else []
    if not command or not _is_paged(text, command):
        sys.stdout.write(text)


def pager_command(environment: Mapping[str, str]) -> list[str]:
    """Return the words of the command that pages, by the variables of the process; none for none.

    `NEWSLINT_PAGER` wins over `PAGER`, and an empty one or `cat` means no pager. Without either it
    is `less`, where there is one.
    """
    for name in _VARIABLES:
        if name in environment:
            value = environment[name].strip()
            return [] if value in _NO_PAGER else _words(value)
    return ["less"] if shutil.which("less") else []


def _words(command: str) -> list[str]:
    """Return the words of a command; one that ends within quotes is one word."""
    try:
        return shlex.split(command)
    except ValueError:
        return [command]


def _is_longer_than_screen(text: str) -> bool:
    """Tell whether a text has more lines than the terminal."""
    return text.count("\n") >= shutil.get_terminal_size().lines


def _is_paged(text: str, command: list[str]) -> bool:
    """Show a text with a pager until its reader ends it; tell whether the pager could be run.

    `less` is asked to keep colours, unless its own variable says what it shall do.
    """
    sys.stdout.flush()
    try:
        pager = subprocess.Popen(  # noqa: S603 # the command is the user's own
            command, stdin=subprocess.PIPE, env={"LESS": "R", **os.environ}
        )
    except OSError as error:
        say(f"newslint: cannot start the pager '{command[0]}': {error.strerror}; "
            "set NEWSLINT_PAGER to another one, or use --no-pager")  # fmt: skip
        return False
    with suppress(BrokenPipeError):  # its reader has seen enough
        pager.communicate(text.encode())
    _wait(pager)
    return True


def _wait(pager: "subprocess.Popen[bytes]") -> None:
    """Wait for the end of a pager, for which Ctrl-C is a key as any other."""
    while pager.poll() is None:
        with suppress(KeyboardInterrupt):
            pager.wait()
