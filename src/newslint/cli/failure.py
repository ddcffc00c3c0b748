"""What stderr says when a command cannot do its work."""

import io
import os
import traceback
from pathlib import Path

import click

from newslint.cli.say import say

_VARIABLE = "NEWSLINT_TRACEBACK"


def show_error(error: click.ClickException) -> None:
    """Print why a command cannot do what was asked for, with nothing a terminal would act upon."""
    text = io.StringIO()
    error.show(text)
    for line in text.getvalue().removesuffix("\n").split("\n"):
        say(line)


def show_crash(error: Exception) -> None:
    """Print that newslint itself failed.

    The exception's own text stays out of it: it may quote what is secret in a record.
    """
    if os.environ.get(_VARIABLE):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    say(
        f"Error: newslint failed with {type(error).__name__} at {place}. "
        "This is a bug in newslint, not in your records; please report it."
    )
    say(f"Set the environment variable {_VARIABLE}=1 to see the whole traceback.")
