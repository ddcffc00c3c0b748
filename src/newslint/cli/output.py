"""Where a report goes: stdout, or a file that is never left half-written."""

import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import click

_REASONS = {
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "its folder is a file",
    errno.EISDIR: "it is a folder",
}


def prepare_streams() -> None:
    """Make stdout and stderr write UTF-8, whatever the locale, and nowhere where they are closed.

    A lone surrogate, which UTF-8 cannot hold, is escaped. Where Python is told not to buffer they
    are buffered even so: else what the system does not write at once would be lost unnoticed.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 # until the end
            continue
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if isinstance(stream.buffer, io.RawIOBase):
            size = 1 if name == "stderr" else -1  # line by line, or as Python does by itself
            stream = open(stream.fileno(), "w", size, encoding="utf-8", closefd=False)  # noqa: SIM115 # until the end
            setattr(sys, name, stream)
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


@contextmanager
def destination(path: Path | None) -> Iterator[TextIO]:
    """Provide the file to write a report to.

    It becomes `path` when all went well; else `path` stays as it was. What is no regular file, such
    as `/dev/null` or a named pipe, is written to directly.

    Args:
        path: Where the report goes; stdout where None.

    Raises:
        click.ClickException: It cannot be written.
    """
    if path is None:
        yield sys.stdout
        return
    with telling(path):
        special = _is_special(path)
    with _opened(path, path) if special else _replacing(path) as file:
        yield file


def _is_special(path: Path) -> bool:
    """Tell whether `path` must be written to as it is, whatever it leads to.

    `/dev/stdout` may lead to a regular file, which belongs to whoever redirected stdout there.
    """
    if path.absolute().parts[:2] in {("/", "dev"), ("/", "proc")}:
        return True
    return path.exists() and not path.is_file()


@contextmanager
def _opened(file_path: Path, path: Path) -> Iterator[TextIO]:
    """Provide the file `file_path`, which messages call `path`; what it holds already stays."""
    with telling(path):
        file = file_path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n")
    with file:
        yield file


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """Provide a file beside `path` that takes its place, and its permissions, at the end."""
    import secrets

    target = Path(os.path.realpath(path))
    beside = target.with_name(f".newslint-{secrets.token_hex(4)}.tmp")
    try:
        with _opened(beside, path) as file:
            yield file
        with telling(path):
            with suppress(FileNotFoundError):
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


@contextmanager
def writing(file: TextIO, path: Path | None = None) -> Iterator[None]:
    """Guard what writes to `file`: a reader that goes away, as `head` does, ends it quietly.

    Args:
        file: What is written to.
        path: What it is called; stdout where None.

    Raises:
        click.ClickException: It cannot be written for another reason, such as a full disk.
    """
    with telling(path):
        try:
            yield
            file.flush()
        except (BrokenPipeError, SystemExit):  # the latter is what rich makes of the former
            _discard(file)
        except OSError:
            _discard(file)
            raise


def _discard(file: TextIO) -> None:
    """Let what `file` still holds, and what comes after it, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, file.fileno())
    os.close(nowhere)


@contextmanager
def telling(path: Path | None) -> Iterator[None]:
    """Turn a failure to write `path`, or stdout where None, into a sentence.

    Raises:
        click.ClickException: It cannot be written.
    """
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror)
        raise click.ClickException(f"cannot write to {path or 'stdout'}: {reason}") from error
