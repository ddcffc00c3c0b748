"""`newslint stats`: print the numbers of problems, and record them in a history file."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from newslint._version import __version__
from newslint.cli import ExitStatus
from newslint.cli.baseline_options import BaselineOptions, baseline_choice, load_baselines
from newslint.cli.help import HelpCommand
from newslint.cli.messages import print_message, print_note
from newslint.cli.options import CheckOptions, check_options
from newslint.cli.output import convert_os_errors, guard_output
from newslint.cli.request import build_run, run_check
from newslint.documents.access import AccessError, read_limited, resolve_named

if TYPE_CHECKING:
    from newslint.diagnostics import Report
    from newslint.reporters.history import HistoryEntry

_MAX_BYTES = 64 * 1024 * 1024
_EPOCH = "SOURCE_DATE_EPOCH"


@click.command("stats", cls=HelpCommand)
@check_options
@click.option(
    "--history",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Append the counts of this run to FILE, which is created if necessary.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Format of the counts.",
)
@baseline_choice
@click.version_option(__version__, message="newslint %(version)s")
def command(
    *, options: CheckOptions, baselines: BaselineOptions, history: Path | None, format_: str
) -> int:
    """Count problems by rule and by provider.

    PATH and NAMES are those of 'newslint check'. The history records the current time, or
    SOURCE_DATE_EPOCH if it is set. 'newslint check --report html=FILE --history FILE' shows it.

    Exit status: 0 even if there are problems, 2 wrong usage, wrong settings or an internal error,
    130 interrupted.
    """
    from newslint.reporters.history import format_history_line

    time = current_time()
    run = build_run(options)
    known = [each.baseline for each in load_baselines(run, baselines)]
    outcome = run_check(run, known).outcome
    if not outcome.complete:
        print_message("Error: a rule failed, so the counts are incomplete: see rule-crashed")
        return ExitStatus.ERROR
    with guard_output(sys.stdout):
        days = outcome.statistics().days
        click.echo(_render(outcome.report, days, format_), nl=False)
    if history is not None:
        append_run(history, format_history_line(outcome.report, time))
    return ExitStatus.CLEAN


def _render(report: "Report", days: "Mapping[str, date]", format_: str) -> str:
    """Render the counts in a format."""
    from newslint.reporters.dead_addresses import count_dead_addresses, render_dead_addresses

    dead = count_dead_addresses(report, days)
    if format_ == "json":
        from newslint.reporters.json import dumps_pretty, encode_statistics

        return dumps_pretty(encode_statistics(report, dead))
    from newslint.reporters.escape import escape_commands
    from newslint.reporters.summary import render_statistics, summary_lines

    tables = (list(render_statistics(report)), list(render_dead_addresses(dead)))
    lines = list(summary_lines(report))
    for table in filter(None, tables):
        lines += ["", *table]
    lines.append("")
    return "\n".join(map(escape_commands, lines))


def load_history(file: Path) -> "tuple[HistoryEntry, ...]":
    """Load the runs of a history file, the oldest first, and print which lines are unreadable.

    Raises:
        click.ClickException: The file cannot be read, or is not a history.
    """
    from newslint.reporters.history import parse_history

    text = _read_text(_resolve(file), file)
    if text is None:
        raise click.ClickException(
            f"no such file: {file}; 'newslint stats --history {file}' creates it"
        )
    history = parse_history(text)
    for line in history.damaged:
        print_note(f"{file}:{line} is ignored: this version of newslint cannot read it")
    return history.entries


def append_run(file: Path, line: str) -> None:
    """Append a line to a history file, which is created if necessary.

    The file is locked meanwhile, so that simultaneous runs do not mix their lines. If the last line
    is incomplete, the new one starts on a line of its own.

    Args:
        file: The file.
        line: The line without its line end.

    Raises:
        click.ClickException: The file cannot be written, or is not a history.
    """
    target = _resolve(file)
    _read_text(target, file)
    with convert_os_errors(file), target.open("a+b") as stream:
        _lock(stream)
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - 1))
        start = b"" if stream.read() in {b"", b"\n"} else b"\n"
        stream.write(start + line.encode() + b"\n")


def _lock(stream: BinaryIO) -> None:
    """Lock a file until it is closed, if the file system can."""
    import fcntl

    with suppress(OSError):
        fcntl.flock(stream, fcntl.LOCK_EX)


def current_time() -> datetime:
    """Return the time to record for a run: `SOURCE_DATE_EPOCH` if it is set, else now.

    Raises:
        click.ClickException: `SOURCE_DATE_EPOCH` is not a number of seconds.
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


def _resolve(file: Path) -> Path:
    """Resolve the symbolic links of a history file.

    Raises:
        click.ClickException: One leads out of the project.
    """
    try:
        return resolve_named(file)
    except AccessError as error:
        raise click.ClickException(f"cannot use {file}: {error}") from error


def _read_text(file: Path, name: Path) -> str | None:
    """Read a history file, which messages call `name`; None if there is none.

    Raises:
        click.ClickException: It cannot be read, or is not a history.
    """
    from newslint.reporters.history import is_history

    try:
        text = read_limited(file, _MAX_BYTES).decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except AccessError as error:
        raise click.ClickException(f"cannot read {name}: {error}") from error
    if not is_history(text):
        raise click.ClickException(
            f"{name} is not a history of newslint and is left unchanged; choose another file"
        )
    return text
