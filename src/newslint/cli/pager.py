"""Paging of text that exceeds the screen."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress

from newslint.cli.help import OptionGroup, grouped_option
from newslint.cli.messages import print_note
from newslint.cli.terminal import is_interactive

_VARIABLES = ("NEWSLINT_PAGER", "PAGER")
_NO_PAGER = {"", "cat"}

pager_option = grouped_option(
    "--pager/--no-pager",
    group=OptionGroup.OUTPUT,
    default=True,
    help="On a terminal, show text that exceeds the screen in $NEWSLINT_PAGER, $PAGER or less.",
)


def print_paged(text: str, *, pager: bool) -> None:
    """Print a text to stdout, in a pager if stdout is a terminal with fewer lines.

    Args:
        text: The text.
        pager: Whether a pager may be used.
    """
    has_overflow = text.count("\n") >= shutil.get_terminal_size().lines
    use_pager = pager and is_interactive(sys.stdout) and has_overflow
    command = pager_command(os.environ) if use_pager else []
    if not command or not _run_pager(text, command):
        sys.stdout.write(text)


def pager_command(environment: Mapping[str, str]) -> list[str]:
    """Determine the pager from environment variables; an empty list for none.

    `NEWSLINT_PAGER` has precedence over `PAGER`; an empty value or `cat` disables paging. The
    default is `less`, if it is installed.
    """
    for name in _VARIABLES:
        if name in environment:
            value = environment[name].strip()
            return [] if value in _NO_PAGER else _split_command(value)
    return ["less"] if shutil.which("less") else []


def _split_command(command: str) -> list[str]:
    """Split a command into words; one with an unclosed quote is a single word."""
    try:
        return shlex.split(command)
    except ValueError:
        return [command]


def _run_pager(text: str, command: list[str]) -> bool:
    """Show a text in a pager, and wait for its end.

    `less` keeps colours, unless the variable `LESS` has other options.

    Returns:
        Whether the pager could be started; if not, a message is printed.
    """
    sys.stdout.flush()
    try:
        pager = subprocess.Popen(  # noqa: S603 # the command is the user's own
            command, stdin=subprocess.PIPE, env={"LESS": "R", **os.environ}
        )
    except OSError as error:
        print_note(
            f"cannot start the pager '{command[0]}': {error.strerror}; "
            "set NEWSLINT_PAGER to another one, or use --no-pager"
        )
        return False
    with suppress(BrokenPipeError):  # the user closed the pager early
        pager.communicate(text.encode())
    while pager.poll() is None:
        with suppress(KeyboardInterrupt):  # Ctrl-C is a key of the pager
            pager.wait()
    return True
