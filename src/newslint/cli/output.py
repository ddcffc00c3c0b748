"""Writing to stdout and to files: atomically, in UTF-8, with failures as messages."""

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

from newslint.documents.access import AccessError, resolve_named

_REASONS = {
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "its folder is a file",
    errno.EISDIR: "it is a folder",
}


def configure_streams() -> None:
    """Make stdout and stderr write UTF-8 in every locale, and discard output if they are closed.

    A lone surrogate, which UTF-8 cannot encode, is escaped. Unbuffered streams are replaced by
    buffered ones: a raw stream may write a part of the data only, and the rest would be lost.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 # open until the process ends
            continue
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if isinstance(stream.buffer, io.RawIOBase):
            size = 1 if name == "stderr" else -1  # line-buffered, or Python's default
            stream = open(stream.fileno(), "w", size, encoding="utf-8", closefd=False)  # noqa: SIM115 # open until the process ends
            setattr(sys, name, stream)
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


@contextmanager
def open_destination(path: Path | None, boundary: Path | None = None) -> Iterator[TextIO]:
    """Open a file that replaces `path` when the `with` block succeeds.

    If the block fails, `path` is unchanged. Special files, such as `/dev/null` or a named pipe, are
    written to directly.

    Args:
        path: The file; None for stdout.
        boundary: A folder that symbolic links inside of it must not leave; by default the enclosing
            project or the current folder.

    Raises:
        click.ClickException: The file cannot be written, or a symbolic link leads out of the
            project.
    """
    if path is None:
        yield sys.stdout
        return
    with convert_os_errors(path):
        target = path if _is_device(path) else resolve_named(path, boundary)
        special = target.exists() and not target.is_file()
    if special or _is_device(target):
        with _open_for_appending(target, path) as file:
            yield file
        return
    with _replace_file(target, path) as file:
        yield file


def _is_device(path: Path) -> bool:
    """Check whether the operating system provides a file, which must be written to directly.

    `/dev/stdout` may lead to a regular file, which belongs to whoever redirected stdout.
    """
    return path.absolute().parts[:2] in {("/", "dev"), ("/", "proc")}


@contextmanager
def _open_for_appending(path: Path, name: Path) -> Iterator[TextIO]:
    """Open a file for appending; error messages call it `name`."""
    with convert_os_errors(name):
        file = path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n")
    with file:
        yield file


@contextmanager
def _replace_file(target: Path, path: Path) -> Iterator[TextIO]:
    """Open a temporary file beside `target`, and rename it to `target` at the end.

    The permissions of an existing file are kept. Error messages call the file `path`.
    """
    import secrets

    temporary = target.with_name(f".newslint-{secrets.token_hex(4)}.tmp")
    try:
        with _open_for_appending(temporary, path) as file:
            yield file
        with convert_os_errors(path):
            with suppress(FileNotFoundError):
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


@contextmanager
def guard_output(file: TextIO, path: Path | None = None) -> Iterator[None]:
    """Flush a file at the end, and ignore that its reader has closed the pipe, as `head` does.

    Args:
        file: The file that the `with` block writes to.
        path: Its path, for messages; None for stdout.

    Raises:
        click.ClickException: It cannot be written for another reason, such as a full disk.
    """
    with convert_os_errors(path):
        try:
            yield
            file.flush()
        except (BrokenPipeError, SystemExit):  # rich turns the former into the latter
            _redirect_to_devnull(file)
        except OSError:
            _redirect_to_devnull(file)
            raise


def _redirect_to_devnull(file: TextIO) -> None:
    """Discard the buffered and all further output of a file."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, file.fileno())
    os.close(devnull)


@contextmanager
def convert_os_errors(path: Path | None) -> Iterator[None]:
    """Turn an `OSError` into a message that `path`, or stdout if None, cannot be written.

    Raises:
        click.ClickException: The `with` block raised an `OSError` or an `AccessError`.
    """
    try:
        yield
    except AccessError as error:
        raise click.ClickException(f"cannot write to {path or 'stdout'}: {error}") from error
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror)
        raise click.ClickException(f"cannot write to {path or 'stdout'}: {reason}") from error
