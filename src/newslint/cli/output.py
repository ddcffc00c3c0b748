"""Where a report goes: stdout, or a file that is never left half-written."""

import errno
import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TextIO

import click

from newslint.reporters.formats import FORMAT_NAMES, HTML

_REASONS = {
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "its folder is a file",
    errno.EISDIR: "it is a folder",
}


def configure_streams() -> None:
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
def open_destination(path: Path | None) -> Iterator[TextIO]:
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
    with convert_os_errors(path):
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
    with convert_os_errors(path):
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
        with convert_os_errors(path):
            with suppress(FileNotFoundError):
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


@contextmanager
def guard_output(file: TextIO, path: Path | None = None) -> Iterator[None]:
    """Guard what writes to `file`: a reader that goes away, as `head` does, ends it quietly.

    Args:
        file: What is written to.
        path: What it is called; stdout where None.

    Raises:
        click.ClickException: It cannot be written for another reason, such as a full disk.
    """
    with convert_os_errors(path):
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
def convert_os_errors(path: Path | None) -> Iterator[None]:
    """Turn a failure to write `path`, or stdout where None, into a sentence.

    Raises:
        click.ClickException: It cannot be written.
    """
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror)
        raise click.ClickException(f"cannot write to {path or 'stdout'}: {reason}") from error


_INDEX = "index.html"


class ReportTarget(NamedTuple):
    """Where a report goes.

    Attributes:
        format: Its format.
        path: Its file; stdout where None.
    """

    format: str
    path: Path | None


def _targets(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[ReportTarget, ...]:
    """Return what the option asks for."""
    return tuple(map(_target, values))


def _target(value: str) -> ReportTarget:
    """Return what one `FORMAT=PATH` asks for."""
    name, _, path = value.partition("=")
    if name not in FORMAT_NAMES:
        from difflib import get_close_matches

        near = get_close_matches(name, FORMAT_NAMES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(FORMAT_NAMES)}"
        raise click.BadParameter(f"unknown format {name!r}; {hint}")
    if not path:
        raise click.BadParameter(f"{value!r} names no file; write {name}=FILE")
    return ReportTarget(
        name, Path(path, _INDEX) if name == HTML and path.endswith("/") else Path(path)
    )


report_option = click.option(
    "--report",
    "reports",
    multiple=True,
    callback=_targets,
    metavar="FORMAT=FILE",
    show_default="none",
    help="Write a further report; may be repeated. FILE is replaced as with --output. "
    "'html=FOLDER/' writes FOLDER/index.html.",
)


def collect_targets(
    format_: str, output: Path | None, reports: Sequence[ReportTarget], *, quiet: bool
) -> list[ReportTarget]:
    """Return all that a run writes.

    Args:
        format_: Format of the main report.
        output: Where it goes; stdout where None.
        reports: Further reports.
        quiet: Write nothing to stdout.

    Raises:
        click.BadParameter: Two reports would go to one file.
    """
    main = [] if output is None and quiet else [ReportTarget(format_, output)]
    targets = [*main, *reports]
    taken: set[str] = set()
    for path in (target.path for target in targets if target.path):
        real = os.path.realpath(path)
        if real in taken:
            raise click.BadParameter(f"two reports would go to {path}", param_hint="--report")
        taken.add(real)
    return targets


@contextmanager
def open_targets(targets: Sequence[ReportTarget]) -> Iterator[list[tuple[ReportTarget, TextIO]]]:
    """Provide the file of each target; all are replaced at the end, or none when something fails.

    Raises:
        click.ClickException: One cannot be written.
    """
    with ExitStack() as stack:
        for format_, path in targets:
            if format_ == HTML and path and path.name == _INDEX:
                stack.enter_context(_made(path.parent))
        yield [(target, stack.enter_context(open_destination(target.path))) for target in targets]


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make `folder` where there is none, and take it away again when something fails.

    Raises:
        click.ClickException: It cannot be made.
    """
    is_new = not folder.is_dir()
    with convert_os_errors(folder):
        folder.mkdir(exist_ok=True)
    try:
        yield
    except BaseException:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise
