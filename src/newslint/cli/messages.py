"""Sentences for people: safe to print, and on a terminal no wider than that."""

import io
import os
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli.terminal import terminal_width
from newslint.reporters.escape import escape
from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.engine import Outcome, Session
    from newslint.engine.profiler import Profiler
    from newslint.engine.scope import Skipped

_HANGING = "  "


def print_message(line: str, *, err: bool = True) -> None:
    """Print a sentence with nothing that a terminal would act upon.

    It is one line, and on a terminal as many as it takes; words and paths stay whole.

    Args:
        line: What to print; blanks at its start indent all of it.
        err: Print to stderr, not to stdout.
    """
    text = escape(line)
    file = sys.stderr if err else sys.stdout
    click.echo(_fitted(text, terminal_width(file)) if file.isatty() else text, err=err)


def _fitted(text: str, width: int) -> str:
    """Return a text in lines of at most `width` cells where its words allow it."""
    from rich.cells import cell_len

    from newslint.reporters.console import wrap_words

    if cell_len(text) <= width:
        return text
    indent = text[: len(text) - len(text.lstrip(" "))]
    return "\n".join(wrap_words(text.split(), width, indent, indent + _HANGING))


_VARIABLE = "NEWSLINT_TRACEBACK"


def print_error(error: click.ClickException) -> None:
    """Print why a command cannot do what was asked for, with nothing a terminal would act upon."""
    text = io.StringIO()
    error.show(text)
    for line in text.getvalue().removesuffix("\n").split("\n"):
        print_message(line)


def print_crash(error: Exception) -> None:
    """Print that newslint itself failed.

    The exception's own text stays out of it: it may quote what is secret in a record.
    """
    if os.environ.get(_VARIABLE):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    print_message(
        f"Error: newslint failed with {type(error).__name__} at {place}. "
        "This is a bug in newslint, not in your records; please report it."
    )
    print_message(f"Set the environment variable {_VARIABLE}=1 to see the whole traceback.")


_MOST_NAMES = 3

verbose_option = click.option(
    "--verbose",
    "-v",
    is_flag=True,
    help="Say on stderr which settings hold, and which files were read, which skipped and why.",
)


def verbose_lines(session: "Session", outcome: "Outcome") -> Iterator[str]:
    """Yield sentences about a run: those that are indented belong to the one before them."""
    return chain(_settings(session), _read(outcome), _skipped(session.skipped()))


def _settings(session: "Session") -> Iterator[str]:
    """Yield where the settings are from, and which folder paths are relative to."""
    from newslint.engine.scope import shown_path

    project = session.project
    yield f"Settings: {shown_path(project.file, Path.cwd()) if project.file else 'none'}"
    yield f"Project: {project.root}"


def _read(outcome: "Outcome") -> Iterator[str]:
    """Yield how many rules there were, how many files were read, and what for."""
    yield f"Rules: {len(outcome.rules):,}"
    more = f", and {outcome.known:,} more for what they say of articles" if outcome.known else ""
    yield f"Read: {pluralize(len(outcome.seen), 'file')} to report on{more}"


def _skipped(skipped: "Iterable[Skipped]") -> Iterator[str]:
    """Yield what was skipped, by reason, and the first of each."""
    found = sorted(skipped, key=lambda each: (each.reason, each.name))
    yield f"Skipped: {len(found):,}" if found else "Skipped: nothing"
    for reason, group in groupby(found, key=lambda each: each.reason):
        names = [each.name for each in group]
        more = len(names) - _MOST_NAMES
        listed = ", ".join(names[:_MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")
        yield f"  {reason}: {listed}"


profile_option = click.option(
    "--profile",
    is_flag=True,
    help="Say on stderr how many seconds each stage and each rule took, in one process.",
)
_NAME = 33


def profile_report(profiler: "Profiler | None") -> AbstractContextManager[None]:
    """Take the time of the report, where any is taken."""
    if profiler is None:
        return nullcontext()
    from newslint.engine.profiler import Stage

    return profiler.stage(Stage.REPORT)


def print_profile(profiler: "Profiler | None") -> None:
    """Say on stderr what took how long, where time was taken."""
    if profiler is not None:
        for line in profile_lines(profiler):
            print_message(line)


def profile_lines(profiler: "Profiler") -> Iterator[str]:
    """Yield the lines of a table: stages as they come, then rules, the slowest first."""
    whole = sum(profiler.stages.values())
    yield "Profile: seconds of this process"
    yield from _rows({stage.value: each for stage, each in profiler.stages.items()}, whole)
    yield f"  {'all':{_NAME}} {whole:8.3f}"
    yield "Rules: their part of it"
    slowest = sorted(profiler.rules.items(), key=lambda item: (-item[1], item[0]))
    yield from _rows(dict(slowest), whole)


def _rows(seconds: Mapping[str, float], whole: float) -> Iterator[str]:
    """Yield a line for each name."""
    for name, each in seconds.items():
        yield f"  {name:{_NAME}} {each:8.3f} {each / whole:7.1%}"
