"""Progress of the reading of a folder, which the user can stop."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event
from typing import TYPE_CHECKING

from lsprotocol import types

from newslint.execution.progress import Phase, Progress

if TYPE_CHECKING:
    from newslint.lsp.server import Server

_TICK = 0.2
"""Seconds between two reports."""


class StoppedError(Exception):
    """The user, or the end of the program, stopped the reading of a folder."""


class FolderProgress:
    """The progress that the client shows.

    Args:
        server: The server.
    """

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._stop = Event()
        self._token = ""
        self._requested = ""
        self._next = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None

    def stop(self) -> None:
        """End the reading of a folder as soon as possible."""
        self._stop.set()

    def stop_token(self, token: str | int) -> None:
        """End the reading of a folder if the user has cancelled its progress."""
        if token == self._token:
            self._stop.set()

    @asynccontextmanager
    async def show(self, title: str) -> AsyncIterator[None]:
        """Show progress during the reading of a folder, and swallow that it was stopped."""
        self._loop = asyncio.get_running_loop()
        if not self._server.has_ended:
            self._stop.clear()
        token = str(uuid.uuid4())
        self._requested = token
        if self._server.client.has_progress:
            self._server.work_done_progress.create(token, lambda _: self._begin(token, title))
        message = None
        try:
            yield
        except StoppedError:
            message = "stopped"
        finally:
            self._requested = ""
            if self._token == token and not self._server.has_ended:
                end = types.WorkDoneProgressEnd(message=message)
                self._server.work_done_progress.end(token, end)
            self._token = ""

    def _begin(self, token: str, title: str) -> None:
        """Show the progress, unless the client took so long to agree that the work is done."""
        if token == self._requested:
            self._token = token
            begin = types.WorkDoneProgressBegin(title=title, cancellable=True, percentage=0)
            self._server.work_done_progress.begin(token, begin)

    def observe(self, progress: Progress) -> None:
        """Report progress; called in the thread of the session.

        Raises:
            StoppedError: The work is not needed any more.
        """
        if self._stop.is_set():
            raise StoppedError
        now = time.monotonic()
        if self._token and self._loop is not None and now >= self._next:
            self._next = now + _TICK
            self._loop.call_soon_threadsafe(self._report, self._token, progress)

    def _report(self, token: str, progress: Progress) -> None:
        """Send a report."""
        if token != self._token:
            return
        done, total = progress.done, progress.total
        message = f"{progress.phase.value} {done:,} of {total:,} files"
        if progress.phase is Phase.COMPARING or not total:
            message = progress.phase.value
        percentage = min(100, 100 * done // total) if total else None
        self._server.work_done_progress.report(
            token, types.WorkDoneProgressReport(message=message, percentage=percentage)
        )
