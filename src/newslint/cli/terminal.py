"""Terminals: colour, links and width."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TextIO

import click

from newslint.cli.help import OptionGroup, grouped_option

if TYPE_CHECKING:
    from rich.console import Console

    from newslint.reporters.console import StyledWriter


ColorChoice = Literal["auto", "always", "never"]

_DEFAULT_WIDTH = 80

_LINKING_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "kitty"})
_LINKING_TERMS = frozenset({"xterm-kitty", "xterm-ghostty", "alacritty"})
_LINKING_VARIABLES = ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM")
_UNLINKING_VARIABLES = ("CI", "TMUX", "STY")
_LAST_VTE_WITHOUT_LINKS = 5000

color_option = grouped_option(
    "--color",
    group=OptionGroup.OUTPUT,
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="Whether to use colour; 'auto' uses it on a terminal, and respects FORCE_COLOR and "
    "NO_COLOR.",
)


def use_color(choice: ColorChoice, file: TextIO) -> bool:
    """Decide whether to print in colour.

    `--color` has precedence over `FORCE_COLOR`, that over `NO_COLOR`, and that over whether the
    file is an interactive terminal. Empty variables are ignored.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR"):
        return False
    return is_interactive(file)


def is_interactive(file: TextIO) -> bool:
    """Check whether a file is a terminal that supports control sequences."""
    return file.isatty() and os.environ.get("TERM") != "dumb"


def supports_links(file: TextIO) -> bool:
    """Check whether a file is a terminal that is known to support links (OSC 8).

    `FORCE_HYPERLINK` decides if it is not empty: `0` turns links off, anything else on. They are
    off inside of screen and tmux, which may be attached to another terminal later.
    """
    variables = os.environ
    if forced := variables.get("FORCE_HYPERLINK"):
        return forced != "0"
    term = variables.get("TERM", "")
    if (
        not is_interactive(file)
        or any(map(variables.get, _UNLINKING_VARIABLES))
        or term.startswith(("screen", "tmux"))
    ):
        return False
    vte = variables.get("VTE_VERSION", "")
    return (
        variables.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or term in _LINKING_TERMS
        or any(map(variables.get, _LINKING_VARIABLES))
        or (vte.isdecimal() and int(vte[:9]) > _LAST_VTE_WITHOUT_LINKS)
    )


def create_console(file: TextIO, choice: ColorChoice) -> "Console":
    """Create a rich console for a file, as wide as `terminal_width` of it."""
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


def create_writer(
    file: TextIO, choice: ColorChoice, addresses: Mapping[str, str] | None = None
) -> "StyledWriter":
    """Create a page of the text report for a file, as wide as `terminal_width` of it.

    Args:
        file: The output.
        choice: Whether to use colour.
        addresses: Addresses that names of rules link to if the file supports links.
    """
    from newslint.reporters.console import StyledWriter

    links = addresses if supports_links(file) else None
    color = use_color(choice, file)
    return StyledWriter(file, terminal_width(file), color=color, addresses=links)


def terminal_width(file: TextIO) -> int:
    """Return the number of columns: `COLUMNS`, else that of the terminal, else 80."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(file.fileno()).columns or _DEFAULT_WIDTH
    except (OSError, ValueError, AttributeError):
        return _DEFAULT_WIDTH
