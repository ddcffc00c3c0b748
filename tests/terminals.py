"""Runs newslint at a terminal, and shows what its screen showed."""

import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pyte

from processes import COMMAND, environment

LINES = 2000
"""Of the screen: as many as any command prints, so that nothing scrolls away."""

TIMEOUT = 60
"""In seconds, so that a program that waits for a key ends the test."""


class Shown(NamedTuple):
    """What a terminal was sent, and what it came to.

    Attributes:
        status: The exit status.
        sent: All that was written to it, control sequences too.
        screen: Its lines at the end, without those below the last that holds something.
        other: What was written to the stream that was no terminal.
    """

    status: int
    sent: str
    screen: list[str]
    other: str


def at_terminal(
    *arguments: str,
    cwd: Path,
    columns: int = 80,
    lines: int = LINES,
    only: str = "",
    keys: str = "",
    **variables: str,
) -> Shown:
    """Run newslint with a terminal.

    Args:
        arguments: Those of newslint.
        cwd: Where to run it.
        columns: How wide the terminal is.
        lines: How high it is.
        only: `stdout` or `stderr`, where the other one is a pipe.
        keys: What the person types.
        variables: Of the environment, besides the usual ones.
    """
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=environment(**{"TERM": "xterm"} | variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if only == "stderr" else theirs,
        stderr=subprocess.PIPE if only == "stdout" else theirs,
        start_new_session=True,
    )
    os.write(ours, keys.encode())
    os.close(theirs)
    with ThreadPoolExecutor() as pool:  # a full pipe would keep the process waiting
        terminal = pool.submit(_all_of, ours)
        try:
            out, err = process.communicate(timeout=TIMEOUT)
        finally:
            with suppress(ProcessLookupError):  # there is nobody left
                os.killpg(process.pid, signal.SIGKILL)
        sent = terminal.result().decode()
    other = (out or err or b"").decode()
    return Shown(process.returncode, sent, screen(sent, columns), other)


def _all_of(terminal: int) -> bytes:
    """Return all that is written to a terminal, until nobody has it open any more."""
    parts = []
    try:
        while part := os.read(terminal, 65536):
            parts.append(part)
    except OSError:  # what Linux says at the end
        pass
    os.close(terminal)
    return b"".join(parts)


def screen(sent: str, columns: int) -> list[str]:
    """Return what a terminal shows in the end, its last empty lines left out."""
    shown = pyte.Screen(columns, LINES)
    pyte.Stream(shown).feed(sent)
    lines = [line.rstrip() for line in shown.display]
    while lines and not lines[-1]:
        lines.pop()
    return lines
