"""`newslint check`: lint files and print a report."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from newslint._version import __version__
from newslint.cli.exit_status import ExitStatus
from newslint.cli.inputs import checked, names_given, paths_given, prepared
from newslint.cli.output import destination, writing
from newslint.cli.terminal import ColorChoice, color_option, console_for

if TYPE_CHECKING:
    from newslint.diagnostics import Report
    from newslint.engine import Outcome
    from newslint.reporters.text import GroupBy

_FORMATS = ("text", "concise", "json")
_LEVELS = ("error", "warning", "info")
_GROUPS = ("auto", "file", "rule", "cause")


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", callback=paths_given)
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), default="text", help="Form of the report."
)
@click.option(
    "--group-by",
    type=click.Choice(_GROUPS),
    default="auto",
    show_default="causes as they come; of many, the greatest of each rule",
    help="What the text report puts together: all places file by file, causes rule by rule, or "
    "causes with most places first.",
)
@click.option(
    "--statistics",
    is_flag=True,
    help="Add tables by rule and by provider; on stderr beside a machine format.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    show_default="stdout",
    help="Where to write the report. FILE is replaced at the end, as a whole.",
)
@click.option(
    "--select",
    multiple=True,
    callback=names_given,
    metavar="NAMES",
    show_default="those of the settings, else those that are on by default",
    help="Run these rules or categories; 'all' for every rule.",
)
@click.option(
    "--ignore",
    multiple=True,
    callback=names_given,
    metavar="NAMES",
    show_default="none",
    help="Do not run these rules or categories, nor those that the settings ignore.",
)
@click.option(
    "--fail-level",
    type=click.Choice(_LEVELS),
    show_default="that of the settings, else error",
    help="Lowest severity that makes the exit status 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when diagnostics are found.")
@click.option(
    "--quiet", "-q", is_flag=True, help="Print no report; the exit status and --output tell."
)
@color_option
@click.version_option(__version__, message="newslint %(version)s")
def command(  # noqa: PLR0913 # one parameter for each option
    *,
    paths: tuple[Path, ...],
    format_: str,
    group_by: "GroupBy",
    statistics: bool,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_level: str | None,
    exit_zero: bool,
    quiet: bool,
    color: ColorChoice,
) -> int:
    """Check records and report what is wrong with them.

    PATH is a file or a folder, the current one by default. Folders are searched for .md, .markdown,
    .mdx, .html, .txt, .yml and .yaml files; hidden files, files that .gitignore names and folders
    such as node_modules are left out. All records of the project are known to the rules, whichever
    of them are reported on.

    NAMES are rules or categories separated by commas: see 'newslint rules'. Options win over the
    settings in newslint.toml or pyproject.toml.

    Exit status: 0 nothing found at the fail level or above, 1 something found, 2 bad usage, bad
    settings or a failure of newslint, 130 interrupted.
    """
    from newslint.diagnostics import Severity

    session, rules = prepared(paths, select, ignore)
    with destination(output) as file:
        outcome = checked(session, rules)
        if output is not None or not quiet:
            with writing(file, output):
                _write(outcome, format_, file, _color_in(output, color), group_by)
    if statistics:
        _print_statistics(outcome.report, err=format_ != "text" and output is None)
    if output is not None and not quiet:
        _announce(outcome.report, output)
    if not outcome.complete:
        click.echo("Error: a rule failed, so the report is incomplete: see rule-crashed", err=True)
        return ExitStatus.ERROR
    level = Severity(fail_level) if fail_level else session.project.settings.fail_level
    failed = outcome.report.fails(level) and not exit_zero
    return ExitStatus.FOUND if failed else ExitStatus.CLEAN


def _color_in(output: Path | None, color: ColorChoice) -> ColorChoice:
    """Return whether to use colour: in a file only where that is asked for on the command line."""
    return "never" if output is not None and color == "auto" else color


def _print_statistics(report: "Report", *, err: bool) -> None:
    """Print the tables by rule and by provider, to stderr where stdout has a machine's report."""
    from newslint.reporters.statistics import render_statistics

    with writing(sys.stderr if err else sys.stdout, None):
        for line in render_statistics(report):
            click.echo(line, err=err)


def _write(
    outcome: "Outcome", format_: str, file: TextIO, color: ColorChoice, group_by: "GroupBy"
) -> None:
    """Write the report in a format."""
    if format_ == "text":
        from newslint.reporters.text import render_text

        render_text(outcome.report, console_for(file, color), outcome.text, group_by)
        return
    file.writelines(_renderer(format_)(outcome.report))


def _renderer(format_: str) -> "Callable[[Report], Iterable[str]]":
    """Return the function that renders a machine format."""
    if format_ == "json":
        from newslint.reporters.json import render_json

        return render_json
    from newslint.reporters.concise import render_concise

    return render_concise


def _announce(report: "Report", output: Path) -> None:
    """Say on stderr what the report in `output` comes to."""
    from newslint.reporters.escape import escaped
    from newslint.reporters.text import counts

    lines = "; ".join(counts(report))
    click.echo(f"{lines}: see {escaped(str(output))}", err=True)
