"""Measurement of commands: elapsed time, processor time and memory, children included."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import IO, NamedTuple

_EVERY = 0.02
_UNUSUAL = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}  # would slow down all that is Python
_UNIT = 1 if os.uname().sysname == "Darwin" else 1024


class Cost(NamedTuple):
    """The cost of a command.

    Attributes:
        wall: Seconds by the clock.
        cpu: Seconds of the processor, user and system, of it and all processes that it waited for.
        peak: Bytes of memory, at the most at one time; of the largest process unless watched.
    """

    wall: float
    cpu: float
    peak: int = 0


class BrokenRunError(Exception):
    """A command that was to be measured failed."""


def measured(
    command: Sequence[str | Path],
    folder: Path,
    *,
    allowed: frozenset[int] = frozenset({0, 1}),
    watch: bool = False,
) -> Cost:
    """Run a command and measure its cost.

    The calling process must always have been small: on Linux a child's peak starts at its parent's.

    Args:
        command: The command; its output is discarded.
        folder: The current folder of the command.
        allowed: Exit statuses that are no failure.
        watch: Add up the memory of all its processes, which takes some time of its own.

    Raises:
        BrokenRunError: It ended with another exit status; the message quotes its stderr.
    """
    with tempfile.TemporaryFile() as errors:
        environment = {name: each for name, each in os.environ.items() if name not in _UNUSUAL}
        before = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 # the benchmark's own commands
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        with _watching(process.pid) if watch else _not_watching() as seen:
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - before
        process.returncode = os.waitstatus_to_exitcode(status)  # so that Popen doesn't wait, too
        if process.returncode not in allowed:
            raise BrokenRunError(_failure(command, process.returncode, errors))
    peak = max(usage.ru_maxrss * _UNIT, *seen, 0)
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak)


def _failure(command: Sequence[str | Path], status: int, errors: IO[bytes]) -> str:
    """Return the sentence about a command that failed."""
    errors.seek(0)
    said = errors.read().decode(errors="replace").strip()[-2000:]
    return f"exit status {status} of {' '.join(map(str, command))}\n{said}"


@contextmanager
def _not_watching() -> Iterator[list[int]]:
    """Provide no sizes."""
    yield []


@contextmanager
def _watching(pid: int) -> Iterator[list[int]]:
    """Provide the sizes of a process and its descendants together, seen again and again."""
    seen: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_EVERY):
            seen.append(_tree_size(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def _tree_size(pid: int) -> int:
    """Return the bytes of memory that a process and its descendants hold together.

    If the system reports PSS, a page that several share counts once; else once for each.
    """
    import psutil

    try:
        root = psutil.Process(pid)
        return sum(map(_size, [root, *root.children(recursive=True)]))
    except psutil.Error:
        return 0


def _size(process: "psutil.Process") -> int:  # noqa: F821 # imported when memory is watched
    """Return the memory of a process in bytes; 0 if it has ended."""
    import psutil

    try:
        memory = process.memory_full_info()
    except psutil.Error:
        return 0
    return getattr(memory, "pss", 0) or memory.rss


def interleaved(runs: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, list[Cost]]:
    """Return the costs of each of `runs`, which take turns so that all meet the same noise."""
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            costs[name].append(run())
    return costs


class Figure(NamedTuple):
    """One number twice: by the clock, and by the processor."""

    wall: float
    cpu: float


def ratio(costs: Sequence[Cost], others: Sequence[Cost]) -> Figure:
    """Return how often the cost of `others` fits into that of the runs beside them: the median."""
    pairs = list(zip(costs, others, strict=True))
    return Figure(
        median(one.wall / other.wall for one, other in pairs),
        median(one.cpu / other.cpu for one, other in pairs),
    )


def typical(costs: Sequence[Cost]) -> Figure:
    """Return the median cost."""
    return Figure(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))
