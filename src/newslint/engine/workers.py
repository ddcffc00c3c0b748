"""Other processes, for work that can be done apart.

They are forked, so what they need is there already, and only bytes come back. Whoever asks does a
share as well. Where a process dies, what it had not done yet is left to whoever asked.
"""

import os
import signal
import sys
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import accumulate, pairwise, repeat
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

T = TypeVar("T")

LEAST_BYTES = 512 * 1024
"""How much a process must have to read before it pays to start it."""

_MOST_JOBS = 64
_OWN_SHARE = 0.75
"""How much of what another process does is done here, where results have to be unpacked, too."""

_INDEX = 4  # bytes of the number that each message starts with


def jobs_that_pay(size: int, files: int) -> int:
    """Return how many processes are worth having.

    Args:
        size: How many bytes are to be read.
        files: In how many files.
    """
    if sys.platform == "darwin" or not _can_fork():  # forks break in libraries of macOS
        return 1
    return max(1, min(_cores(), size // LEAST_BYTES, files, _MOST_JOBS))


def spread(
    tasks: Sequence[T],
    sizes: Sequence[int],
    work: Callable[[T], bytes],
    jobs: int,
) -> Iterator[tuple[T, bytes | None]]:
    """Yield tasks with what `work` makes of each in another process; None for those to do here.

    They come in no certain order. A task is missing where its process came to an end before.

    Args:
        tasks: What is to be done. Those that stand together are done together.
        sizes: How much work each is.
        work: Does one task.
        jobs: How many processes to use, this one included.
    """
    if jobs < 2 or not tasks or not _can_fork():  # noqa: PLR2004 # one process is this one
        yield from ((task, None) for task in tasks)
        return
    from multiprocessing import get_context
    from multiprocessing.connection import wait

    own, *others = _chunks(sizes, jobs)
    context = get_context("fork")
    processes: list[ForkProcess] = []
    readers: list[Connection] = []

    def received(timeout: float | None) -> Iterator[tuple[T, bytes]]:
        for reader in cast("list[Connection]", wait(readers, timeout)):
            message = _received(reader)
            if message is None:
                readers.remove(reader)
            else:
                yield tasks[int.from_bytes(message[:_INDEX])], message[_INDEX:]

    try:
        for chunk in others:
            reader, writer = context.Pipe(duplex=False)
            readers.append(reader)
            arguments = (tasks, chunk, work, writer, tuple(readers))
            processes.append(context.Process(target=_serve, args=arguments, daemon=True))
            processes[-1].start()
            writer.close()
        for index in own:
            yield tasks[index], None
            yield from received(0)
        while readers:
            yield from received(None)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def _received(reader: "Connection") -> bytes | None:
    """Return what a process has sent; None where it has come to its end."""
    try:
        return reader.recv_bytes()
    except (EOFError, OSError):
        return None


def _serve(
    tasks: Sequence[T],
    chunk: range,
    work: Callable[[T], bytes],
    writer: "Connection",
    others: "Sequence[Connection]",
) -> None:
    """Do some of `tasks` and send what comes of them.

    Ctrl-C is the business of who started this process, which ends it. Where that one is gone, so is
    the reader of what is sent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()
    with suppress(Exception):  # what fails here fails there again, and is told there
        for index in chunk:
            writer.send_bytes(index.to_bytes(_INDEX) + work(tasks[index]))


def _chunks(sizes: Sequence[int], jobs: int) -> Iterator[range]:
    """Yield runs of indexes: what to do here, and up to `jobs - 1` of about as much work each."""
    done = list(accumulate(sizes))
    shares = list(accumulate(repeat(1.0, jobs - 1), initial=_OWN_SHARE))
    ends = [bisect_right(done, done[-1] * share / shares[-1]) for share in shares[:-1]]
    yield range(ends[0])
    yield from (range(start, end) for start, end in pairwise((*ends, len(sizes))) if start < end)


def _can_fork() -> bool:
    """Tell whether a fork is possible and safe: no lock is held by another thread."""
    return hasattr(os, "fork") and threading.active_count() == 1


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
