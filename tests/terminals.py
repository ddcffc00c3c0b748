"""newslint at a pseudo-terminal, and the resulting screen."""

import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pyte

from processes import environment, quick_command

LINES = 2000
"""Height of the screen: more than any command prints, so that nothing scrolls away."""

TIMEOUT = 240
"""Seconds after which a program that waits for a key fails the test."""


class Shown(NamedTuple):
    """The output of a command at a terminal.

    Attributes:
        status: The exit status.
        sent: All output to the terminal, control sequences included.
        screen: The final lines of the screen, without empty ones at the end.
        other: The output to the stream that is a pipe.
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
        cwd: The current folder.
        columns: The width of the terminal.
        lines: The height of the terminal.
        only: `stdout` or `stderr` if the other one is a pipe.
        keys: The user's input.
        variables: Additional environment variables.
    """
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    process = subprocess.Popen(
        [*quick_command(), *arguments],
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
    """Read from a terminal until no process has it open."""
    parts = []
    try:
        while part := os.read(terminal, 65536):
            parts.append(part)
    except OSError:  # Linux raises it at the end
        pass
    os.close(terminal)
    return b"".join(parts)


def screen(sent: str, columns: int) -> list[str]:
    """Return the final lines of the screen, without empty ones at the end."""
    shown = pyte.Screen(columns, LINES)
    pyte.Stream(shown).feed(sent)
    lines = [line.rstrip() for line in shown.display]
    while lines and not lines[-1]:
        lines.pop()
    return lines
