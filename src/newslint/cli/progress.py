"""Progress of a long run: a line on stderr, on a terminal only, erased at the end.

Most runs are over before the line appears, so `rich.progress` is imported when it is drawn first.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from newslint.cli.terminal import is_interactive, terminal_width, use_color
from newslint.execution.progress import Observe, Progress, no_observer

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

BAR_DELAY = 0.5
"""Seconds before the line appears."""

ETA_DELAY = 2.0
"""Seconds before the line shows the time left: earlier estimates are unreliable."""

_REFRESH_INTERVAL = 0.1
_TEXT_WIDTH = 45
"""Columns that the line takes beside the bar, at most."""

_MAX_BAR_WIDTH = 30
_MINUTE = 60


@contextmanager
def show_progress(file: TextIO, *, quiet: bool = False) -> Iterator[Observe]:
    """Provide an observer that draws the progress of a run, and erase its line at the end.

    Args:
        file: The stream to draw on; nothing is drawn unless it is a terminal.
        quiet: Draw nothing.
    """
    if quiet or not is_interactive(file):
        yield no_observer
        return
    bar = _DelayedBar(file)
    try:
        yield bar.update
    finally:
        bar.erase()


class _DelayedBar:
    """A progress bar that appears after `BAR_DELAY` and is redrawn at most ten times a second."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._next_update = monotonic() + BAR_DELAY
        self._bar: ProgressBar | None = None
        self._phase: object = None

    def update(self, progress: Progress) -> None:
        """Draw the bar if it is due or a new phase has begun."""
        is_new_phase = self._bar is not None and progress.phase != self._phase
        if monotonic() < self._next_update and not is_new_phase:
            return
        if self._bar is None:
            self._bar = ProgressBar(self._file)
        self._bar.update(progress)
        self._phase = progress.phase
        self._next_update = monotonic() + _REFRESH_INTERVAL

    def erase(self) -> None:
        """Erase the bar if it was drawn, and draw it no more."""
        if self._bar is not None:
            self._bar.erase()
        self._bar, self._next_update = None, math.inf


class ProgressBar:
    """A line with the phase of a run, a bar, the number of files and the time left.

    Args:
        file: The terminal.
    """

    def __init__(self, file: TextIO) -> None:
        from rich.console import Console
        from rich.progress import Progress as RichProgress

        console = Console(
            file=file,
            force_terminal=True,
            no_color=not use_color("auto", file),
            width=terminal_width(file),
            highlight=False,
        )
        self._display = RichProgress(
            *_create_columns(console.width),
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._display.add_task("", time_left="")
        self._display.start()

    def update(self, progress: Progress) -> None:
        """Redraw the line; a phase of unknown length keeps the bar at its end."""
        task = self._display.tasks[0]
        total = progress.total or task.total
        completed = progress.done if progress.total else task.total
        self._display.update(
            self._task,
            description=progress.phase.capitalize(),
            completed=completed,
            total=total,
        )
        is_estimated = not task.finished and (task.elapsed or 0) >= ETA_DELAY
        remaining = task.time_remaining if is_estimated else None
        time_left = "" if remaining is None else format_time_left(remaining)
        self._display.update(self._task, time_left=time_left)
        self._display.refresh()

    def erase(self) -> None:
        """Erase the line."""
        self._display.stop()


def _create_columns(width: int) -> "Iterator[ProgressColumn]":
    """Yield the columns of the line; a narrow terminal has neither a bar nor a time left."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn

    yield TextColumn("{task.description:<9}")
    if width > _TEXT_WIDTH:
        yield BarColumn(min(_MAX_BAR_WIDTH, width - _TEXT_WIDTH))
    yield MofNCompleteColumn()
    if width > _TEXT_WIDTH:
        yield TextColumn("{task.fields[time_left]}")


def format_time_left(seconds: float) -> str:
    """Format the time left, such as `5 s left` or `2 min left`."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} s left"
    return f"{round(seconds / _MINUTE)} min left"
