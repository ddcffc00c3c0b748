"""Parallel execution: share the work for many items among worker processes."""

import os
import pickle
import signal
import sys
import threading
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")

LEAST_BYTES = 512 * 1024
"""Bytes that a process must have to read to be worth starting."""

_MOST_JOBS = 64
_CHUNKS_PER_JOB = 24

_CHUNKS_IN_POOL = 2
"""Chunks per process of a pool: one that it works on, and one in reserve."""

Worker = Callable[[int], bytes | None]
"""Does the work for the item with a 0-based index; None leaves it to the main process."""


def count_jobs(size: int, files: int) -> int:
    """Choose the number of processes for files.

    Args:
        size: Bytes in all files.
        files: Number of files.
    """
    if sys.platform == "darwin" or not can_fork():  # forks break in libraries of macOS
        return 1
    return max(1, min(_cores(), size // LEAST_BYTES, files, _MOST_JOBS))


def can_fork() -> bool:
    """Check if a fork is possible and safe: there is no other thread, which might hold a lock."""
    return hasattr(os, "fork") and threading.active_count() == 1


def run_parallel(
    worker: Worker, sizes: Sequence[int], jobs: int, start_method: str | None = None
) -> Iterator[tuple[int, bytes | None]]:
    """Run `worker` for each item, in a pool of processes.

    Items are taken in chunks of neighbours: processes take them from the first chunk on, the caller
    from the last. Each process has one chunk in reserve, so nothing has to be cancelled: up to
    Python 3.11, cancelling a future while the pool breaks fails in the pool's thread. If a process
    dies, the caller does the work for its items.

    Args:
        worker: Does the work for an item. It must be picklable unless processes are forked.
        sizes: The amount of work of each item, in any unit.
        jobs: Number of processes, this one included.
        start_method: `fork` or `spawn`; None for fork if that is safe, else for one process.

    Yields:
        The 0-based index of each item and its result; None if the caller has to do the work.
    """
    if start_method is None and can_fork():
        start_method = "fork"
    is_possible = start_method == "fork" or (start_method and _is_picklable(worker))
    if jobs == 1 or not sizes or start_method is None or not is_possible:
        yield from ((index, None) for index in range(len(sizes)))
        return
    chunks = deque(_chunks(sizes, jobs * _CHUNKS_PER_JOB))
    submitted: deque[_Submitted] = deque()
    with _start_pool(worker, jobs - 1, start_method) as pool:
        while chunks or submitted:
            while chunks and len(submitted) < _CHUNKS_IN_POOL * (jobs - 1):
                submitted.append(_submit(pool, chunks.popleft()))
            if chunks:
                yield from ((index, None) for index in reversed(chunks.pop()))
            while submitted and (submitted[0].future.done() or not chunks):
                yield from _results(submitted.popleft())


def _is_picklable(worker: Worker) -> bool:
    """Whether a worker can be sent to a process that is not forked."""
    try:
        pickle.dumps(worker)
    except Exception:  # noqa: BLE001 # whatever `__reduce__` of plugins and schemas raises
        return False
    return True


@contextmanager
def run_apart(work: Callable[[], T]) -> Iterator[Callable[[], T | None]]:
    """Do some work in a forked process while the context is open.

    Yields:
        A function that waits for the result; None if this process has to do the work.
    """
    with _start_pool(lambda _: pickle.dumps(work()), 1, "fork") as pool:
        submitted = _submit(pool, range(1))

        def wait() -> T | None:
            ((_, data),) = _results(submitted)
            return None if data is None else pickle.loads(data)  # noqa: S301 # of this program

        yield wait


class _Submitted(NamedTuple):
    """A chunk of items that a pool works on."""

    future: "Future[list[bytes | None]]"
    chunk: range


def _submit(pool: "ProcessPoolExecutor", chunk: range) -> _Submitted:
    """Give a chunk to a pool; if the pool is broken, the future has failed already."""
    from concurrent.futures import BrokenExecutor, Future

    try:
        return _Submitted(pool.submit(_run_chunk, chunk), chunk)
    except BrokenExecutor as error:
        failed = Future[list[bytes | None]]()
        failed.set_exception(error)
        return _Submitted(failed, chunk)


def _results(submitted: _Submitted) -> Iterator[tuple[int, bytes | None]]:
    """Yield the results of a chunk when they are there; None if its process died or failed."""
    try:
        results = submitted.future.result()
    except Exception:  # noqa: BLE001 # this process repeats the work and reports the failure
        results = [None] * len(submitted.chunk)
    yield from zip(submitted.chunk, results, strict=True)


@contextmanager
def _start_pool(worker: Worker, jobs: int, start_method: str) -> "Iterator[ProcessPoolExecutor]":
    """Provide a pool of processes that end with the context."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context(start_method)
    pool = ProcessPoolExecutor(jobs, context, _start_worker, (worker,))
    try:
        yield pool
    finally:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        pool.shutdown(cancel_futures=True)


_worker: Worker | None = None
"""The worker of this process, if it belongs to a pool."""


def _start_worker(worker: Worker) -> None:
    """Prepare a process of a pool. Ctrl-C is left to the process that started it."""
    global _worker  # noqa: PLW0603 # the only way from the start of a process to its tasks
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = worker


def _end_with_parent() -> None:
    """End this process when the one that started it ends, even if that is killed.

    It would wait forever to write its results, and keep the output of the command open.
    """
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _run_chunk(chunk: range) -> list[bytes | None]:
    """Do the work for some items in a process of a pool."""
    assert _worker is not None  # noqa: S101 # `_start_worker` has run
    return [_worker(index) for index in chunk]


def _chunks(sizes: Sequence[int], count: int) -> Iterator[range]:
    """Yield up to `count` ranges of indexes with about equal amounts of work."""
    done = list(accumulate(sizes))
    ends = [bisect_right(done, done[-1] * number / count) for number in range(1, count)]
    edges = sorted({0, *ends, len(sizes)})
    yield from (range(start, end) for start, end in pairwise(edges))


def _cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
