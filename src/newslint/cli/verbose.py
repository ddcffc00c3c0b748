"""What `newslint check --verbose` tells besides: where settings are from, what was read or skipped.

Each section is a few sentences of its own; whoever knows more of a run adds another.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.reporters.counts import counted

if TYPE_CHECKING:
    from newslint.engine import Outcome, Session
    from newslint.engine.scope import Skipped

_MOST_NAMES = 3

verbose_option = click.option(
    "--verbose",
    "-v",
    is_flag=True,
    help="Say on stderr which settings hold, and which files were read, which skipped and why.",
)


def details(session: "Session", outcome: "Outcome") -> Iterator[str]:
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
    yield f"Read: {counted(len(outcome.seen), 'file')} to report on{more}"


def _skipped(skipped: "Iterable[Skipped]") -> Iterator[str]:
    """Yield what was skipped, by reason, and the first of each."""
    found = sorted(skipped, key=lambda each: (each.reason, each.name))
    yield f"Skipped: {len(found):,}" if found else "Skipped: nothing"
    for reason, group in groupby(found, key=lambda each: each.reason):
        names = [each.name for each in group]
        more = len(names) - _MOST_NAMES
        listed = ", ".join(names[:_MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")
        yield f"  {reason}: {listed}"
