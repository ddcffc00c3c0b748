"""Time as the prober sees it; tests replace it."""

import asyncio
import time
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Protocol


class Clock(Protocol):
    """A source of time."""

    def seconds(self) -> float:
        """Seconds since some moment; they never go back."""

    def now(self) -> datetime:
        """The current time in UTC."""

    async def wait(self, tasks: Collection["asyncio.Task[Any]"], seconds: float | None) -> None:
        """Wait until one of the tasks is done, but not longer than some seconds."""


class SystemClock:
    """The clock of this machine."""

    def seconds(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    def now(self) -> datetime:
        """The current time in UTC, in whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)

    async def wait(self, tasks: Collection["asyncio.Task[Any]"], seconds: float | None) -> None:
        """Wait until one of the tasks is done, but not longer than some seconds."""
        if tasks:
            await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        elif seconds is not None:
            await asyncio.sleep(seconds)
