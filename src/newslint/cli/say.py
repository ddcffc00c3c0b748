"""Sentences for people: safe to print, and on a terminal no wider than that."""

import sys

import click

from newslint.cli.terminal import width_of
from newslint.reporters.escape import escaped

_HANGING = "  "


def say(line: str, *, err: bool = True) -> None:
    """Print a sentence with nothing that a terminal would act upon.

    It is one line, and on a terminal as many as it takes; words and paths stay whole.

    Args:
        line: What to print; blanks at its start indent all of it.
        err: Print to stderr, not to stdout.
    """
    text = escaped(line)
    file = sys.stderr if err else sys.stdout
    click.echo(_fitted(text, width_of(file)) if file.isatty() else text, err=err)


def _fitted(text: str, width: int) -> str:
    """Return a text in lines of at most `width` cells where its words allow it."""
    from rich.cells import cell_len

    from newslint.reporters.wrap import wrapped

    if cell_len(text) <= width:
        return text
    indent = text[: len(text) - len(text.lstrip(" "))]
    return "\n".join(wrapped(text.split(), width, indent, indent + _HANGING))
