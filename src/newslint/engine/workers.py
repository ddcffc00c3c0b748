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
from mmap import mmap
from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

T = TypeVar("T")

LEAST_BYTES = 512 * 1024
"""How much a process must have to read before it pays to start it."""

_MOST_JOBS = 64
_OWN_SHARE = 0.75
"""How much of what another process does is to be done here, where results are unpacked, too."""

_UNDER_WAY = 3
"""How many tasks another process may have done already, or be about to do, without having told."""

_INDEX = 4  # bytes of the number that each message starts with
_NUMBER = 8  # bytes of a number in shared memory


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

    They come in no certain order. A task is missing where its process came to an end before; and
    one may come twice, where both were about to do it.

    Args:
        tasks: What is to be done. Those that stand together are done together.
        sizes: How much work each is.
        work: Does one task.
        jobs: How many processes to use, this one included.
    """
    if jobs < 2 or not tasks or not _can_fork():  # noqa: PLR2004 # one process is this one
        yield from ((task, None) for task in tasks)
        return
    own, *chunks = _chunks(sizes, jobs)
    team = _Team(tasks, work)
    try:
        for chunk in chunks:
            team.start(chunk)
        for index in own:
            yield tasks[index], None
            yield from team.done(0)
        while team.is_at_work:
            taken = team.relieve()
            if taken is not None:
                yield tasks[taken], None
            yield from team.done(None if taken is None else 0)
    finally:
        team.end()


class _Team(Generic[T]):
    """The other processes.

    Args:
        tasks: What is to be done.
        work: Does one task.
    """

    def __init__(self, tasks: Sequence[T], work: Callable[[T], bytes]) -> None:
        self._tasks = tasks
        self._work = work
        self._processes: list[ForkProcess] = []
        self._shares: dict[Connection, _Share] = {}

    def start(self, chunk: range) -> None:
        """Start a process that does the tasks with these indexes."""
        from multiprocessing import get_context

        context = get_context("fork")
        reader, writer = context.Pipe(duplex=False)
        share = self._shares[reader] = _Share(chunk)
        arguments = (self._tasks, share, self._work, writer, tuple(self._shares))
        process = context.Process(target=_serve, args=arguments, daemon=True)
        self._processes.append(process)
        process.start()
        writer.close()

    @property
    def is_at_work(self) -> bool:
        """Whether any process may still send something."""
        return bool(self._shares)

    def done(self, timeout: float | None) -> Iterator[tuple[T, bytes]]:
        """Yield tasks that have been done, with what came of them.

        Args:
            timeout: How many seconds to wait for the first; None for as long as it takes.
        """
        from multiprocessing.connection import wait

        for reader in cast("list[Connection]", wait([*self._shares], timeout)):
            message = _received(reader)
            if message is None:
                del self._shares[reader]
            else:
                index = self._shares[reader].next = int.from_bytes(message[:_INDEX])
                yield self._tasks[index], message[_INDEX:]

    def relieve(self) -> int | None:
        """Take over a task of who has most left; return its index, or None where little is left."""
        share = max(self._shares.values(), key=lambda share: share.left)
        return share.relieve() if share.left > _UNDER_WAY else None

    def end(self) -> None:
        """End all processes."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()


class _Share:
    """What another process is to do: a run of tasks, the last first.

    Whoever started it takes over the first ones when there is nothing else to do. So tasks that
    stand together are still done together.

    Args:
        chunk: The indexes of its tasks.

    Attributes:
        next: The index of the task last heard of; it is at one below.
    """

    def __init__(self, chunk: range) -> None:
        self.next = chunk.stop
        self._chunk = chunk
        self._first = memoryview(mmap(-1, _NUMBER)).cast("Q")  # both processes see the same
        self._first[0] = chunk.start

    @property
    def left(self) -> int:
        """How many tasks are left to it, as far as is known here."""
        return self.next - self._first[0]

    def relieve(self) -> int:
        """Take over one of its tasks and return the index of that."""
        index = self._first[0]
        self._first[0] = index + 1
        return index

    def indexes(self) -> Iterator[int]:
        """Yield the indexes of the tasks, in the order in which they are to be done."""
        for index in reversed(self._chunk):
            if index < self._first[0]:
                return
            yield index


def _received(reader: "Connection") -> bytes | None:
    """Return what a process has sent; None where it has come to its end."""
    try:
        return reader.recv_bytes()
    except (EOFError, OSError):
        return None


def _serve(
    tasks: Sequence[T],
    share: _Share,
    work: Callable[[T], bytes],
    writer: "Connection",
    readers: "Sequence[Connection]",
) -> None:
    """Do some of `tasks` and send what comes of them.

    Ctrl-C is the business of who started this process, which ends it. Where that one is gone, so is
    the reader of what is sent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for reader in readers:
        reader.close()
    with suppress(Exception):  # what fails here fails there again, and is told there
        for index in share.indexes():
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
