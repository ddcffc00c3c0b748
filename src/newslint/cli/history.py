"""The file that keeps the counts of each run: read for a report, or a line added to it."""

import os
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from newslint.cli.output import convert_os_errors
from newslint.reporters.formats import HTML

if TYPE_CHECKING:
    from newslint.reporters.history import HistoryEntry

_EPOCH = "SOURCE_DATE_EPOCH"

history_option = click.option(
    "--history",
    type=click.Path(path_type=Path),
    metavar="FILE",
    show_default="none",
    help="Earlier runs, which the HTML report draws: see 'newslint stats'.",
)


def load_history(
    file: Path | None, formats: Collection[str], tell: Callable[[str], None]
) -> "tuple[HistoryEntry, ...]":
    """Return the runs in a history file, the oldest first; none where no file is given.

    Args:
        file: The file.
        formats: Those of the reports that are written.
        tell: Is told of lines that cannot be read.

    Raises:
        click.ClickException: The file cannot be read, is no history, or no report draws it.
    """
    if file is None:
        return ()
    from newslint.reporters.history import parse_history

    if HTML not in formats:
        raise click.BadParameter(
            f"only the HTML report draws it; add --report {HTML}=FILE", param_hint="--history"
        )
    if not file.exists():
        raise click.ClickException(
            f"no such file: {file}; 'newslint stats --history {file}' starts a history"
        )
    found = parse_history(_text(file))
    for number in found.damaged:
        tell(f"{file}:{number} is no run that this version can read, and is left out")
    return found.entries


def append_run(file: Path, line: str) -> None:
    """Add a line to a history file, which is made where there is none.

    The file is locked while its end is looked at and written, so that runs at one time do not mix.
    Where the last line was cut short, the new one starts on a line of its own.

    Args:
        file: The file.
        line: Without what ends it.

    Raises:
        click.ClickException: The file cannot be written, or is no history.
    """
    if file.exists():
        _text(file)
    with convert_os_errors(file), file.open("a+b") as stream:
        _lock(stream)
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - 1))
        start = b"" if stream.read() in {b"", b"\n"} else b"\n"
        stream.write(start + line.encode() + b"\n")


def _lock(stream: BinaryIO) -> None:
    """Wait until no other run writes the file, and keep the others from it until it is closed."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover
        return
    with suppress(OSError):
        fcntl.flock(stream, fcntl.LOCK_EX)


def run_time() -> datetime:
    """Return the time that a run is noted with: `SOURCE_DATE_EPOCH`, where it is set, or now.

    Raises:
        click.ClickException: `SOURCE_DATE_EPOCH` is no number of seconds.
    """
    seconds = os.environ.get(_EPOCH)
    if not seconds:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise click.ClickException(
            f"{_EPOCH} is {seconds!r}; it must be a number of seconds since 1970"
        ) from error


def _text(file: Path) -> str:
    """Return the text of a history file.

    Raises:
        click.ClickException: It cannot be read, or is no history.
    """
    from newslint.reporters.history import is_history

    try:
        text = file.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise click.ClickException(f"cannot read {file}: {error.strerror}") from error
    if not is_history(text):
        raise click.ClickException(
            f"{file} is no history of newslint, so nothing is added to it; name a new file"
        )
    return text
