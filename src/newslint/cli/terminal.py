"""Colour and width: what the terminal can do, and what the user wants of it."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, TextIO

import click

if TYPE_CHECKING:
    from rich.console import Console

    from newslint.reporters.console import StyledWriter


ColorChoice = Literal["auto", "always", "never"]

color_option = click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="Whether to use colour; auto does on a terminal, and heeds FORCE_COLOR and NO_COLOR.",
)


def use_color(choice: ColorChoice, file: TextIO) -> bool:
    """Tell whether to print in colour.

    `--color` decides; then `FORCE_COLOR`, then `NO_COLOR` (each where set and not empty), then
    whether `file` is a terminal that is not called `dumb`.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR"):
        return False
    return is_interactive(file)


def is_interactive(file: TextIO) -> bool:
    """Tell whether `file` is a terminal that understands more than text."""
    return file.isatty() and os.environ.get("TERM") != "dumb"


def create_console(file: TextIO, choice: ColorChoice) -> "Console":
    """Return a console that prints to `file`: as wide as the terminal, else 80 columns."""
    from rich.console import Console

    color = use_color(choice, file)
    return Console(
        file=file,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        width=terminal_width(file),
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def create_writer(file: TextIO, choice: ColorChoice) -> "StyledWriter":
    """Return a writer that prints to `file`: as wide as the terminal, else 80 columns."""
    from newslint.reporters.console import StyledWriter

    return StyledWriter(file, terminal_width(file), color=use_color(choice, file))


def terminal_width(file: TextIO) -> int:
    """Return how many columns there are: `COLUMNS`, the terminal's, or 80."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(file.fileno()).columns or 80
    except (OSError, ValueError, AttributeError):
        return 80


_VARIABLES = ("NEWSLINT_PAGER", "PAGER")
_NO_PAGER = {"", "cat"}

pager_option = click.option(
    "--pager/--no-pager",
    default=True,
    help="On a terminal, show what is longer than the screen in $NEWSLINT_PAGER, $PAGER or less.",
)


def print_paged(text: str, *, pager: bool) -> None:
    """Print a text to stdout; page by page where that is a terminal with fewer lines.

    Args:
        text: What to print.
        pager: Whether a pager may be used.
    """
    wanted = pager and is_interactive(sys.stdout) and _is_longer_than_screen(text)
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
        from newslint.cli.messages import print_message

        print_message(f"newslint: cannot start the pager '{command[0]}': {error.strerror}; "
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
