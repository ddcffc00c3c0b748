"""`newslint check`: lint files and print a report."""

import io
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from newslint.cli.exit_status import ExitStatus
from newslint.cli.terminal import ColorChoice, color_option, console_for

if TYPE_CHECKING:
    from newslint.diagnostics import Report
    from newslint.engine import Outcome, Session
    from newslint.rules.api import Rule

_FORMATS = ("text", "concise", "json")
_LEVELS = ("error", "warning", "info")


def _names(
    _context: click.Context, _parameter: click.Parameter, values: Iterable[str]
) -> tuple[str, ...]:
    """Return the names in repeated and comma-separated options."""
    names = (name.strip() for value in values for name in value.split(","))
    return tuple(name for name in names if name)


@click.command("check")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), default="text", help="Form of the report."
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the report to FILE instead of stdout.",
)
@click.option(
    "--select",
    multiple=True,
    callback=_names,
    metavar="NAMES",
    help="Run only these rules or categories; 'all' for every rule.",
)
@click.option(
    "--ignore",
    multiple=True,
    callback=_names,
    metavar="NAMES",
    help="Do not run these rules or categories.",
)
@click.option(
    "--fail-level",
    type=click.Choice(_LEVELS),
    help="Lowest severity that makes the exit status 1 (default: error).",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when diagnostics are found.")
@click.option("--quiet", "-q", is_flag=True, help="Print no report; the exit status tells.")
@color_option
def command(  # noqa: PLR0913 # one parameter for each option
    paths: tuple[Path, ...],
    format_: str,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_level: str | None,
    exit_zero: bool,  # noqa: FBT001 # click passes options by name
    quiet: bool,  # noqa: FBT001 # likewise
    color: ColorChoice,
) -> int:
    """Check records and report what is wrong with them.

    PATH is a file or a folder. Folders are searched for .md, .markdown, .mdx, .html, .txt, .yml and
    .yaml files; hidden files, files that .gitignore names and folders such as node_modules are left
    out. All records of the project are known to the rules, whichever of them are reported on.

    NAMES are rules or categories separated by commas: see 'newslint rules'.
    """
    from newslint.diagnostics import Severity

    session, rules = _prepared(paths, select, ignore)
    outcome = _checked(session, rules)
    if not quiet or output is not None:
        _written(outcome, format_, output, color)
    if not outcome.complete:
        click.echo("newslint: a rule failed (see rule-crashed); the report is incomplete", err=True)
        return ExitStatus.ERROR
    level = Severity(fail_level) if fail_level else session.project.settings.fail_level
    failed = outcome.report.fails(level) and not exit_zero
    return ExitStatus.FOUND if failed else ExitStatus.CLEAN


def _prepared(
    paths: tuple[Path, ...], select: tuple[str, ...], ignore: tuple[str, ...]
) -> "tuple[Session, tuple[Rule, ...]]":
    """Return the session over `paths` and the rules to run in it."""
    from newslint.engine import Session, UsageError
    from newslint.settings import SettingsError, UnknownNameError

    try:
        session = Session(paths, Path.cwd())
        return session, session.rules(select, ignore)
    except (UsageError, SettingsError, UnknownNameError) as error:
        raise click.ClickException(str(error)) from error


def _checked(session: "Session", rules: "tuple[Rule, ...]") -> "Outcome":
    """Return the outcome of checking."""
    from newslint.engine import UsageError

    try:
        return session.check(rules)
    except UsageError as error:
        raise click.ClickException(str(error)) from error


def _written(outcome: "Outcome", format_: str, output: Path | None, color: ColorChoice) -> None:
    """Write the report to `output`, or to stdout."""
    if output is None:
        _write(outcome, format_, _utf8(sys.stdout), color)
        return
    try:
        with output.open("w", encoding="utf-8", newline="\n") as file:
            _write(outcome, format_, file, color)
    except OSError as error:
        message = f"cannot write {output}: {error.strerror}"
        raise click.ClickException(message) from error


def _write(outcome: "Outcome", format_: str, file: TextIO, color: ColorChoice) -> None:
    """Write the report in a format."""
    if format_ == "text":
        from newslint.reporters.text import render_text

        render_text(outcome.report, console_for(file, color), outcome.text)
        return
    file.writelines(_renderer(format_)(outcome.report))


def _renderer(format_: str) -> "Callable[[Report], Iterable[str]]":
    """Return the function that renders a machine format."""
    if format_ == "json":
        from newslint.reporters.json import render_json

        return render_json
    from newslint.reporters.concise import render_concise

    return render_concise


def _utf8(stream: TextIO) -> TextIO:
    """Return `stream`, writing UTF-8 with what cannot be encoded escaped, whatever the locale."""
    if isinstance(stream, io.TextIOWrapper):
        encoding = "utf-8" if not stream.isatty() else stream.encoding
        stream.reconfigure(encoding=encoding, errors="backslashreplace", newline=os.linesep)
    return stream
