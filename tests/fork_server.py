"""Fork processes in which newslint is already imported: `fork_server.py LISTENER LIFELINE`.

Args:
    LISTENER: The descriptor of a listening Unix socket, to which `fork_client.py` connects.
    LIFELINE: The descriptor of a pipe. The server ends when its other end is closed.
"""

import importlib
import marshal
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TextIO

import newslint
import newslint.cli

INTERPRETER = (b"COVERAGE_", b"LANG", b"LC_", b"PYTHON")
"""Prefixes of variables that the interpreter reads when it starts."""


def read_at_start(variables: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Return the variables that a process is forked with and cannot change any more."""
    return {name: value for name, value in variables.items() if name.startswith(INTERPRETER)}


IMPORTED_LATE = ("difflib", "ftfy", "platformdirs", "rich.console", "rich.table", "rich.text")
"""Modules that newslint imports in functions and that take long."""


def import_all() -> None:
    """Import every module of newslint except the one that is run."""
    for name in IMPORTED_LATE:
        importlib.import_module(name)
    for module in pkgutil.walk_packages(newslint.__path__, "newslint."):
        if module.name != "newslint.__main__":
            importlib.import_module(module.name)


def serve(listener: socket.socket, lifeline: int) -> None:
    """Fork a process for each request, and return in that process only."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the processes that wait are not waited for
    while lifeline not in select.select([listener, lifeline], [], [])[0]:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            os.close(lifeline)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            return run_and_wait(connection)
        connection.close()
    path = Path(listener.getsockname())
    path.unlink()
    path.parent.rmdir()
    return sys.exit()


def run_and_wait(connection: socket.socket) -> None:
    """Return in a process as requested, and meanwhile wait for it in another, which kills it if
    the client ends."""
    head, streams, _, _ = socket.recv_fds(connection, 4, 3)
    with connection.makefile("rb") as file:
        body = file.read(int.from_bytes(head, "big"))
    folder, umask, arguments, variables = marshal.loads(body)  # noqa: S302 # of our own client
    if read_at_start(variables) != read_at_start(dict(os.environb)):
        connection.send(b"n")
        os._exit(0)
    process = os.fork()
    if process == 0:
        connection.close()
        return become(folder, umask, arguments, variables, streams)
    for fd in streams:
        os.close(fd)
    connection.send(b"y")
    threading.Thread(target=kill_without, args=[connection], daemon=True).start()
    _, status = os.waitpid(process, 0)
    connection.send(status.to_bytes(4, "big"))
    return os._exit(0)


def kill_without(client: socket.socket) -> None:
    """Kill all processes of the session when the client has ended."""
    client.recv(1)
    os.killpg(0, signal.SIGKILL)


def become(
    folder: bytes,
    umask: int,
    arguments: list[bytes],
    variables: dict[bytes, bytes],
    streams: list[int],
) -> None:
    """Make of this process what `python -m newslint` is at its start."""
    for number, fd in enumerate(streams):
        os.dup2(fd, number)
        os.close(fd)
    sys.stdin = sys.__stdin__ = reopen(sys.stdin)
    sys.stdout = sys.__stdout__ = reopen(sys.stdout)
    sys.stderr = sys.__stderr__ = reopen(sys.stderr)
    os.umask(umask)
    os.chdir(folder)
    os.environb.clear()
    os.environb.update(variables)
    time.tzset()
    sys.argv = ["newslint", *map(os.fsdecode, arguments)]
    sys.path[0] = str(Path.cwd())


def reopen(stream: TextIO) -> TextIO:
    """Open a standard stream again: it is another file now."""
    fd = stream.fileno()
    return open(
        fd,
        stream.mode,
        buffering=1 if stream is sys.stderr or os.isatty(fd) else -1,
        encoding=stream.encoding,
        errors=stream.errors,
        newline="\n" if fd else None,
        closefd=False,
    )


if __name__ == "__main__":
    import_all()
    serve(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]))
    runpy.run_module("newslint", run_name="__main__", alter_sys=True)
