"""Messages for people, safe to print: notes, errors and crashes."""

import io
import os
import sys
from pathlib import Path

import click

from newslint.cli.terminal import terminal_width
from newslint.reporters.escape import escape, escape_commands

_CONTINUATION_INDENT = "  "
_TRACEBACK_VARIABLE = "NEWSLINT_TRACEBACK"


def print_message(line: str, *, err: bool = True) -> None:
    """Print a line with control characters escaped, wrapped to the width of a terminal.

    Only blanks are line breaks: words and paths stay whole. A pipe gets a single line.

    Args:
        line: The line; blanks at its start indent all of it.
        err: Whether to print to stderr; else to stdout.
    """
    text = escape(line)
    file = sys.stderr if err else sys.stdout
    lines = _wrap(text, terminal_width(file)).split("\n") if file.isatty() else [text]
    click.echo("\n".join(map(escape_commands, lines)), err=err)


def _wrap(text: str, width: int) -> str:
    """Wrap a text to lines of at most `width` cells."""
    from rich.cells import cell_len

    from newslint.reporters.console import wrap_words

    if cell_len(text) <= width:
        return text
    indent = text[: len(text) - len(text.lstrip(" "))]
    return "\n".join(wrap_words(text.split(), width, indent, indent + _CONTINUATION_INDENT))


def print_note(text: str) -> None:
    """Print a note about the run to stderr."""
    print_message(f"newslint: {text}")


def print_error(error: click.ClickException) -> None:
    """Print the message of an error, after the usage of the command if that was violated."""
    text = io.StringIO()
    error.show(text)
    for line in text.getvalue().removesuffix("\n").split("\n"):
        print_message(line)


def print_crash(error: Exception) -> None:
    """Print that newslint itself failed, with the place in its code.

    The message of the exception is left out: it may quote a secret value of a record.
    """
    import traceback

    if os.environ.get(_TRACEBACK_VARIABLE):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    location = f"{Path(last.filename).name}:{last.lineno}"
    print_message(
        f"Error: newslint failed with {type(error).__name__} at {location}. "
        "This is a bug in newslint, not in your records; please report it."
    )
    print_message(f"Set the environment variable {_TRACEBACK_VARIABLE}=1 to see the traceback.")
