"""What the progress of a run looks like. Apart, since it takes `rich.progress` to draw it."""

from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn
from rich.progress import Progress as Drawing
from rich.text import Text

from newslint.cli.terminal import wants_color, width_of
from newslint.engine.progress import Progress

ETA_AFTER = 2.0
"""After how many seconds a run says how long it will take: before, nobody can tell."""

_AROUND = 45
"""How many columns stand beside the bar, at most."""

_WIDEST = 30
_MINUTE = 60


class Bar:
    """A line that says how far a run is.

    Args:
        file: The terminal.
    """

    def __init__(self, file: TextIO) -> None:
        color = wants_color("auto", file)
        console = Console(
            file=file,
            force_terminal=True,
            no_color=not color,
            width=width_of(file),
            highlight=False,
        )
        self._drawing = Drawing(
            *_columns(console.width),
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._drawing.add_task("")
        self._drawing.start()

    def show(self, progress: Progress) -> None:
        """Show how far a run is; a phase of unknown length leaves the bar as it is."""
        description = progress.phase.capitalize()
        if progress.total:
            self._drawing.update(
                self._task,
                description=description,
                completed=progress.done,
                total=progress.total,
            )
        else:
            total = self._drawing.tasks[0].total
            self._drawing.update(self._task, description=description, completed=total)
        self._drawing.refresh()

    def wipe(self) -> None:
        """Leave no trace."""
        self._drawing.stop()


def _columns(width: int) -> Iterator[ProgressColumn]:
    """Yield what stands in the line, as far as there is room for it."""
    yield TextColumn("{task.description:<9}")
    if width > _AROUND:
        yield BarColumn(min(_WIDEST, width - _AROUND))
    yield MofNCompleteColumn()
    if width > _AROUND:
        yield _Left()


class _Left(ProgressColumn):
    """How long a run will take, once that can be told."""

    def render(self, task: Task) -> Text:
        """Return the text of the column."""
        if task.finished or task.time_remaining is None or (task.elapsed or 0) < ETA_AFTER:
            return Text("")
        return Text(left(task.time_remaining))


def left(seconds: float) -> str:
    """Return in words how many seconds are left."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} s left"
    return f"{round(seconds / _MINUTE)} min left"
