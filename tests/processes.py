"""Run newslint as a process, as users do.

A start takes most of the time of a test. `newslint` and `quick_command` therefore have a server
fork the process, in which all modules are imported already: see `fork_server.py`. `COMMAND` starts
newslint. Use it in tests of the start itself, and in those that kill or limit the process.
"""

import atexit
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import chdir
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import newslint as package
from newslint.cli.app import run

SOURCE = Path(package.__file__).parents[1]
_TESTS = Path(__file__).parent
COMMAND = [sys.executable, "-m", "newslint"]
INTERRUPTIBLE = [
    sys.executable,
    "-c",
    (
        "import runpy, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "runpy.run_module('newslint', run_name='__main__', alter_sys=True)"
    ),
]
"""newslint with Ctrl-C enabled, even if the tests themselves run with SIGINT ignored."""

UNSET = {
    "COLUMNS",
    "DOMTERM",
    "FORCE_COLOR",
    "FORCE_HYPERLINK",
    "KONSOLE_VERSION",
    "LESS",
    "LINES",
    "NEWSLINT_PAGER",
    "NEWSLINT_TRACEBACK",
    "NO_COLOR",
    "PAGER",
    "PYTHONDONTWRITEBYTECODE",  # compiling newslint takes thrice as long as a run of it
    "PYTHONUNBUFFERED",
    "TERM_PROGRAM",
    "VTE_VERSION",
    "WT_SESSION",
}


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of this process with `changes` and without `UNSET`."""
    kept = {key: value for key, value in os.environ.items() if key not in UNSET}
    return kept | {"PYTHONPATH": str(SOURCE)} | changes


def unmeasured_environment(**changes: str) -> dict[str, str]:
    """Return the environment of a process that a test kills: coverage does not measure it.

    Coverage writes its data without a journal. A process killed while it writes leaves a malformed
    file, and combining the files of all processes fails.
    """
    variables = environment(**changes)
    return {key: value for key, value in variables.items() if not key.startswith("COVERAGE_")}


_AT_START = environment()


@cache
def quick_command() -> list[str]:
    """Return the command of newslint in a forked process, which differs from `COMMAND` in that its
    modules have been imported before.

    The server ends with this process, even if that is killed: its end of a pipe is closed then.
    """
    address = Path(tempfile.mkdtemp(prefix="newslint-")) / "socket"
    lifeline, ours = os.pipe()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(address))
        listener.listen(64)
        fds = (listener.fileno(), lifeline)
        server = subprocess.Popen(
            [sys.executable, _TESTS / "fork_server.py", *map(str, fds)],
            cwd=SOURCE,
            env=_AT_START,
            stdin=subprocess.DEVNULL,
            pass_fds=fds,
        )
    os.close(lifeline)
    atexit.register(_end_server, server, address.parent, ours)
    return [sys.executable, "-I", "-S", str(_TESTS / "fork_client.py"), str(address)]


def _end_server(server: subprocess.Popen[bytes], folder: Path, lifeline: int) -> None:
    """End the server. Processes that this one has forked may hold the lifeline as well."""
    server.terminate()
    server.wait()
    os.close(lifeline)
    shutil.rmtree(folder, ignore_errors=True)


def newslint(
    *arguments: str | bytes, cwd: Path, env: dict[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run newslint in a forked process, and return its exit status and output."""
    return run_newslint(quick_command(), *arguments, cwd=cwd, env=env, **options)


def run_newslint(
    command: list[str],
    *arguments: str | bytes,
    cwd: Path,
    env: dict[str, str] | None = None,
    **options: Any,
) -> subprocess.CompletedProcess[str]:
    """Run newslint by a command, and return its exit status and output."""
    return subprocess.run(
        [*command, *arguments],
        cwd=cwd,
        env=env or environment(),
        check=False,
        encoding="utf-8",
        **({"capture_output": True} | options),
    )


def newslint_in_process(
    *arguments: str,
    cwd: Path,
    env: dict[str, str] | None = None,
    input: str = "",  # noqa: A002 # as subprocess
) -> subprocess.CompletedProcess[str]:
    """Run newslint in this process: a start takes a second, so few tests need another one.

    Arguments and result are those of `newslint`.
    """
    stdin, out, err = (_stream(text) for text in (input, "", ""))
    with (
        chdir(cwd),
        patch.dict(os.environ, env or environment(), clear=True),
        patch.multiple(sys, stdin=stdin, stdout=out, stderr=err),
    ):
        status = run(arguments)
    printed = (_read(stream) for stream in (out, err))
    return subprocess.CompletedProcess(arguments, status, *printed)


def _stream(text: str) -> io.TextIOWrapper:
    """Create a stream over bytes, as the standard streams are."""
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", newline="")


def _read(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined] # of `BytesIO`
