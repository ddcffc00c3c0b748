"""Reports of `newslint check`: the options, and the files that reports are written to."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TextIO

import click
import msgspec

from newslint.cli.help import OptionGroup, grouped_option
from newslint.cli.options import gather_options
from newslint.cli.output import convert_os_errors, guard_output, open_destination
from newslint.cli.terminal import ColorChoice, color_option, create_writer
from newslint.reporters.formats import FORMAT_NAMES, HTML, PARQUET, TEXT, ReportInput, render

if TYPE_CHECKING:
    from newslint.diagnostics import Report
    from newslint.reporters.history import HistoryEntry

_GROUPINGS = ("auto", "file", "rule", "cause")
_FORMATS = (*FORMAT_NAMES, PARQUET)
_INDEX = "index.html"


class ReportTarget(NamedTuple):
    """A report to write.

    Attributes:
        format: Its format.
        path: Its file; None for stdout.
    """

    format: str
    path: Path | None


class ReportOptions(msgspec.Struct, frozen=True):
    """Options of reports and further output.

    Attributes:
        format: Format of the main report.
        group_by: Grouping of diagnostics in the text report.
        statistics: Print tables by rule and by provider.
        output: File of the main report; None for stdout.
        reports: Further reports.
        history: File with the counts of earlier runs, for the HTML report.
        editor_url: Template of links of the HTML report to an editor; empty for none.
        quiet: Print neither the main report nor notes.
        verbose: Print details about settings and files.
        profile: Print the time of each stage and rule.
        color: Whether to use colour.
    """

    format: str = TEXT
    group_by: Literal["auto", "file", "rule", "cause"] = "auto"
    statistics: bool = False
    output: Path | None = None
    reports: tuple[ReportTarget, ...] = ()
    history: Path | None = None
    editor_url: str = ""
    quiet: bool = False
    verbose: bool = False
    profile: bool = False
    color: ColorChoice = "auto"

    @property
    def is_machine_readable(self) -> bool:
        """Whether stdout gets a report for programs."""
        return self.format != TEXT and self.output is None

    def list_targets(self, *, has_stdout: bool) -> list[ReportTarget]:
        """List all reports to write.

        Args:
            has_stdout: Whether the main report may be printed to stdout.

        Raises:
            click.BadParameter: Two reports have the same file.
        """
        has_main = self.output is not None or has_stdout
        main = [ReportTarget(self.format, self.output)] if has_main else []
        targets = [*main, *self.reports]
        seen: set[str] = set()
        for path in (target.path for target in targets if target.path):
            real = os.path.realpath(path)
            if real in seen:
                raise click.BadParameter(f"two reports would go to {path}", param_hint="--report")
            seen.add(real)
        for target in targets:
            _check_parquet(target)
        return targets

    def load_history(self, targets: Sequence[ReportTarget]) -> "tuple[HistoryEntry, ...]":
        """Load earlier runs for the HTML report; the oldest is the first.

        Raises:
            click.ClickException: The history file cannot be read, or there is no HTML report.
        """
        if self.history is None:
            return ()
        from newslint.cli.stats import load_history

        if all(target.format != HTML for target in targets):
            raise click.BadParameter(
                f"only the HTML report shows it; add --report {HTML}=FILE", param_hint="--history"
            )
        return load_history(self.history)

    def write_report(self, target: ReportTarget, file: TextIO, report_input: ReportInput) -> None:
        """Write a report to its file."""
        if target.format == PARQUET:
            from newslint.reporters.parquet import write_parquet

            write_parquet(report_input.report, file.buffer)
            return
        if target.format != TEXT:
            file.writelines(render(target.format, report_input))
            return
        from newslint.reporters.text import render_text

        in_file = target.path is not None
        color: ColorChoice = "never" if in_file and self.color == "auto" else self.color
        addresses = None if in_file else report_input.report.documentation
        page = create_writer(file, color, addresses)
        render_text(report_input.report, page, report_input.read_source, self.group_by)


def _check_parquet(target: ReportTarget) -> None:
    """Refuse a report in Parquet without a file, or without the package that writes it.

    Raises:
        click.UsageError: It cannot be written.
    """
    if target.format != PARQUET:
        return
    if target.path is None:
        raise click.UsageError("a report in Parquet needs a file: --output FILE")
    if find_spec("pyarrow") is None:
        raise click.UsageError("a report in Parquet needs pyarrow: pip install pyarrow")


def _parse_targets(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[ReportTarget, ...]:
    """Parse the values of `--report`."""
    return tuple(map(_parse_target, values))


def _parse_target(value: str) -> ReportTarget:
    """Parse one `FORMAT=FILE`."""
    name, _, path = value.partition("=")
    if name not in _FORMATS:
        from difflib import get_close_matches

        near = get_close_matches(name, _FORMATS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(_FORMATS)}"
        raise click.BadParameter(f"unknown format {name!r}; {hint}")
    if not path:
        raise click.BadParameter(f"{value!r} has no file name; write {name}=FILE")
    is_folder = name == HTML and path.endswith("/")
    return ReportTarget(name, Path(path, _INDEX) if is_folder else Path(path))


def _resolve_editor(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Resolve the value of `--editor` to a template of links."""
    if not value:
        return ""
    from newslint.reporters.html.links import resolve_editor

    try:
        return resolve_editor(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


report_options = gather_options(
    "reporting",
    ReportOptions,
    grouped_option(
        "--format",
        group=OptionGroup.OUTPUT,
        type=click.Choice(_FORMATS),
        default=TEXT,
        metavar="FORMAT",
        help=f"Format of the report: {', '.join(_FORMATS)}.",
    ),
    grouped_option(
        "--group-by",
        group=OptionGroup.OUTPUT,
        type=click.Choice(_GROUPINGS),
        default="auto",
        show_default="all causes, or of many the largest of each rule",
        help="Grouping of the text report: every place by file, causes by rule, or causes by "
        "number of places.",
    ),
    grouped_option(
        "--statistics",
        group=OptionGroup.OUTPUT,
        is_flag=True,
        help="Print tables by rule and by provider; to stderr if stdout has a machine-readable "
        "report.",
    ),
    grouped_option(
        "--output",
        "-o",
        group=OptionGroup.OUTPUT,
        type=click.Path(path_type=Path),
        metavar="FILE",
        show_default="stdout",
        help="File of the report. It is replaced as a whole when the run succeeds.",
    ),
    grouped_option(
        "--report",
        "reports",
        group=OptionGroup.OUTPUT,
        multiple=True,
        callback=_parse_targets,
        metavar="FORMAT=FILE",
        help="Write a further report; may be repeated. 'html=FOLDER/' writes FOLDER/index.html.",
    ),
    grouped_option(
        "--history",
        group=OptionGroup.OUTPUT,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Earlier runs to show in the HTML report; 'newslint stats' records them.",
    ),
    grouped_option(
        "--editor",
        "editor_url",
        group=OptionGroup.OUTPUT,
        default="",
        envvar="NEWSLINT_EDITOR",
        callback=_resolve_editor,
        metavar="EDITOR",
        show_default="none",
        help="Editor that links of the HTML report open: cursor, idea, vscode, zed, or a URL with "
        "{path}, {line} and {column}.",
    ),
    grouped_option(
        "--quiet",
        "-q",
        group=OptionGroup.OUTPUT,
        is_flag=True,
        help="Print no report and no notes; reports in files are written.",
    ),
    grouped_option(
        "--verbose",
        "-v",
        group=OptionGroup.OUTPUT,
        is_flag=True,
        help="Print to stderr the settings file, and which files are read or skipped, and why.",
    ),
    grouped_option(
        "--profile",
        group=OptionGroup.OUTPUT,
        is_flag=True,
        help="Print to stderr the seconds of each stage and rule; runs in one process.",
    ),
    color_option,
)
"""Adds the options of `ReportOptions` to a command, which takes them as `reporting`."""


@contextmanager
def open_targets(targets: Sequence[ReportTarget]) -> Iterator[list[tuple[ReportTarget, TextIO]]]:
    """Open the files of all reports; all are replaced at the end, or none if something fails.

    Raises:
        click.ClickException: One cannot be written.
    """
    with ExitStack() as stack:
        for format_, path in targets:
            if format_ == HTML and path and path.name == _INDEX:
                stack.enter_context(_create_folder(path.parent))
        yield [(target, stack.enter_context(open_destination(target.path))) for target in targets]


@contextmanager
def _create_folder(folder: Path) -> Iterator[None]:
    """Create a folder unless it exists, and remove it again if the `with` block fails.

    Raises:
        click.ClickException: It cannot be created.
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


def print_statistics(report: "Report", *, err: bool) -> None:
    """Print tables by rule and by provider to stderr or stdout."""
    from newslint.reporters.escape import escape_commands
    from newslint.reporters.summary import render_statistics

    with guard_output(sys.stderr if err else sys.stdout):
        for line in render_statistics(report):
            click.echo(escape_commands(line), err=err)
