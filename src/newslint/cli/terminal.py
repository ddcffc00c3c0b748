"""Colour and width: what the terminal can do, and what the user wants of it."""

import os
from typing import TYPE_CHECKING, Literal, TextIO

import click

if TYPE_CHECKING:
    from rich.console import Console

    from newslint.reporters.page import Page

ColorChoice = Literal["auto", "always", "never"]

color_option = click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="Whether to use colour; auto does on a terminal, and heeds FORCE_COLOR and NO_COLOR.",
)


def wants_color(choice: ColorChoice, file: TextIO) -> bool:
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
    return is_live(file)


def is_live(file: TextIO) -> bool:
    """Tell whether `file` is a terminal that understands more than text."""
    return file.isatty() and os.environ.get("TERM") != "dumb"


def console_for(file: TextIO, choice: ColorChoice) -> "Console":
    """Return a console that prints to `file`: as wide as the terminal, else 80 columns."""
    from rich.console import Console

    color = wants_color(choice, file)
    return Console(
        file=file,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        width=width_of(file),
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def page_for(file: TextIO, choice: ColorChoice) -> "Page":
    """Return a page that prints to `file`: as wide as the terminal, else 80 columns."""
    from newslint.reporters.page import Page

    return Page(file, width_of(file), color=wants_color(choice, file))


def width_of(file: TextIO) -> int:
    """Return how many columns there are: `COLUMNS`, the terminal's, or 80."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(file.fileno()).columns or 80
    except (OSError, ValueError, AttributeError):
        return 80
