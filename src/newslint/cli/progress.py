"""Shows how far a long run is: on stderr, on a terminal only, and gone at the end."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from newslint.cli.terminal import is_live
from newslint.engine.progress import Observe, Progress, unobserved

if TYPE_CHECKING:
    from newslint.cli.bar import Bar

PATIENCE = 0.5
"""For how many seconds a run shows nothing: most are over by then."""

_INTERVAL = 0.1
"""How many seconds pass between two looks of the bar, so that it costs nothing."""


@contextmanager
def watching(*, quiet: bool = False) -> Iterator[Observe]:
    """Provide what to tell of the progress of a run; whatever it shows is gone at the end."""
    if quiet or not is_live(sys.stderr):
        yield unobserved
        return
    watcher = _Watcher()
    try:
        yield watcher.see
    finally:
        watcher.end()


class _Watcher:
    """Shows a bar from some time on, and changes it now and then."""

    def __init__(self) -> None:
        self._due = monotonic() + PATIENCE
        self._bar: Bar | None = None
        self._phase: object = None

    def see(self, progress: Progress) -> None:
        """Show how far a run is, if it is time to."""
        now = monotonic()
        is_news = self._bar is not None and progress.phase != self._phase
        if now < self._due and not is_news:
            return
        if self._bar is None:
            from newslint.cli.bar import Bar

            self._bar = Bar(sys.stderr)
        self._bar.show(progress)
        self._phase = progress.phase
        self._due = monotonic() + _INTERVAL

    def end(self) -> None:
        """Wipe the bar away."""
        if self._bar is not None:
            self._bar.wipe()
