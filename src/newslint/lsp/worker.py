"""A thread that does the work, so that the server always answers the client."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class _Job(NamedTuple):
    """A function to call, and the future of its result."""

    function: Callable[[], Any]
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"


class Worker:
    """Calls functions one after the other in a thread, which does not delay the program's end."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        Thread(target=self._work, name="newslint-worker", daemon=True).start()

    async def run(self, function: Callable[[], T]) -> T:
        """Call a function after those before it; not at all if the caller is cancelled first."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(function, loop, future))
        return await future

    def stop(self) -> None:
        """End the thread after the functions before."""
        self._jobs.put(None)

    def _work(self) -> None:
        """Call functions until the end."""
        while (job := self._jobs.get()) is not None:
            function, loop, future = job
            if future.cancelled():
                continue
            result: Any = None
            error: BaseException | None = None
            try:
                result = function()
            except BaseException as raised:  # noqa: BLE001 # raised again by `run`
                error = raised
            with suppress(RuntimeError):  # the loop is closed: the program ends
                loop.call_soon_threadsafe(_finish, future, result, error)


def _finish(future: "asyncio.Future[Any]", result: object, error: BaseException | None) -> None:
    """Set the result of a future, unless nobody waits for it any more."""
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
