"""`newslint check`: lint files and print a report."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from newslint._version import __version__
from newslint.cli import ExitStatus
from newslint.cli.baseline_options import baseline_options, load_baseline, print_stale
from newslint.cli.ci import append_step_summary, suggest_format
from newslint.cli.fix_options import (
    FixOptions,
    apply_fixes,
    fix_options,
    print_diff,
    print_fix_summary,
)
from newslint.cli.history import history_option, load_history
from newslint.cli.messages import (
    print_message,
    print_profile,
    profile_option,
    profile_report,
    verbose_lines,
    verbose_option,
)
from newslint.cli.options import STDIN, CheckOptions, check_options
from newslint.cli.output import (
    ReportTarget,
    collect_targets,
    guard_output,
    open_targets,
    report_option,
)
from newslint.cli.request import build_request
from newslint.cli.terminal import ColorChoice, color_option, create_writer
from newslint.reporters.formats import FORMAT_NAMES, TEXT, ReportInput, render

if TYPE_CHECKING:
    from newslint.cli.output_cache import Opening
    from newslint.diagnostics import Report
    from newslint.engine import Outcome, Session
    from newslint.reporters.text import GroupBy
    from newslint.settings import StaleBaseline

_LEVELS = ("error", "warning", "info")
_GROUPS = ("auto", "file", "rule", "cause")


@click.command("check")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMAT_NAMES),
    default=TEXT,
    metavar="FORMAT",
    help=f"Form of the report: {', '.join(FORMAT_NAMES)}.",
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
@report_option
@history_option
@check_options
@click.option(
    "--since",
    metavar="REV",
    show_default="all files",
    help="Report only on records that differ from this git revision, and on what they made wrong "
    "in others.",
)
@click.option(
    "--stdin-filename",
    type=click.Path(path_type=Path),
    metavar="FILE",
    show_default="none",
    help="With '-' as PATH: take the text on stdin for the content of this file.",
)
@click.option(
    "--fail-level",
    type=click.Choice(_LEVELS),
    show_default="that of the settings, else error",
    help="Lowest severity that makes the exit status 1.",
)
@fix_options
@baseline_options
@click.option(
    "--no-fragments",
    "fragments",
    is_flag=True,
    flag_value=False,
    default=True,
    hidden=True,
    help="Read every front matter as a whole: the report is the same, and takes longer.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when diagnostics are found.")
@click.option(
    "--quiet", "-q", is_flag=True, help="Print no report; the exit status and files tell."
)
@verbose_option
@profile_option
@color_option
@click.version_option(__version__, message="newslint %(version)s")
def command(  # noqa: C901, PLR0913 # one parameter for each option, and most are one question
    *,
    asked: CheckOptions,
    fixing: FixOptions,
    format_: str,
    group_by: "GroupBy",
    statistics: bool,
    output: Path | None,
    reports: tuple[ReportTarget, ...],
    history: Path | None,
    since: str | None,
    fail_level: str | None,
    baseline: Path | None,
    no_baseline: bool,
    stale_baseline: "StaleBaseline | None",
    exit_zero: bool,
    quiet: bool,
    verbose: bool,
    profile: bool,
    color: ColorChoice,
) -> int:
    """Check records and report what is wrong with them.

    PATH is a file or a folder, the current one by default, or '-' for the text on stdin. Folders
    are searched for .md, .markdown, .mdx, .html, .txt, .yml and .yaml files; hidden files, files
    that .gitignore names and folders such as node_modules are left out. All records of the project
    are known to the rules, whichever of them are reported on.

    NAMES are rules or categories separated by commas: see 'newslint rules'. Options win over the
    settings in newslint.toml or pyproject.toml.

    With --fix, files are repaired, and what is reported is what remains.

    Exit status: 0 nothing found at the fail level or above, 1 something found, 2 bad usage, bad
    settings or a failure of newslint, 130 interrupted.
    """
    from newslint.diagnostics import Severity
    from newslint.engine.profiler import Profiler

    is_for_machines = format_ != TEXT and output is None
    fixing.check(
        reads_stdin=Path(STDIN) in asked.paths, is_for_machines=is_for_machines and not quiet
    )
    targets = collect_targets(format_, output, reports, quiet=quiet or fixing.is_silent)
    formats = {target.format for target in targets}
    past = load_history(history, formats, _tell)
    profiler = Profiler() if profile else None
    checking = build_request(asked, since=since, quiet=quiet, profiler=profiler)
    session = checking.session
    known = load_baseline(session, baseline, without=no_baseline)

    def work(open_files: "Opening") -> int:
        with open_files(targets) as files:
            most = session.project.settings.limits.diagnostics
            needed = None if fixing.is_wanted or len(known.baseline) else most
            repaired = apply_fixes(
                session, lambda each: checking.outcome(each, needed).passing(known.baseline), fixing
            )
            outcome = repaired.outcome.limit(most)
            report_input = ReportInput(
                outcome.report, outcome.rules, outcome.text, _tell, outcome.overview, past
            )
            if fixing.diff and not quiet:
                print_diff(repaired)
            for target, file in files:
                with guard_output(file, target.path), profile_report(profiler):
                    _write(report_input, target, file, color, group_by)
        _tell_files(session, outcome, quiet=quiet, verbose=verbose)
        if not quiet:
            _tell_omitted(outcome, formats)
        _serve_ci(outcome.report, formats, quiet=quiet)
        if statistics:
            _print_statistics(outcome.report, err=is_for_machines or fixing.is_silent)
        if output is not None and not quiet:
            _announce(outcome.report, output)
        policy = stale_baseline or session.project.settings.stale_baseline
        if not quiet:
            print_stale(outcome.stale, known.file, policy)
        if fixing.is_wanted:
            print_fix_summary(repaired, fixing, quiet=quiet)
        print_profile(profiler)
        if repaired.failures or not outcome.complete:
            return _incomplete(outcome)
        level = Severity(fail_level) if fail_level else session.project.settings.fail_level
        failed = outcome.report.fails(level) or (bool(outcome.stale) and policy == "error")
        is_lenient = exit_zero or fixing.fix_only
        return ExitStatus.FOUND if failed and not is_lenient else ExitStatus.CLEAN

    does_more = fixing.is_wanted or since is not None or bool(session.contents)
    tells_more = verbose or profile or history is not None
    if does_more or tells_more or checking.cache is None:
        return work(open_targets)
    from newslint.cli.output_cache import output_key, run_cached

    checking = checking.with_files()
    others = () if known.file is None else (known.file.path,)
    return run_cached(checking.cache, output_key(checking, targets, others), targets, work)


def _incomplete(outcome: "Outcome") -> ExitStatus:
    """Return the status of a run that could not do all that was asked, and say so."""
    if not outcome.complete:
        print_message("Error: a rule failed, so the report is incomplete: see rule-crashed")
    return ExitStatus.ERROR


def _color_in(output: Path | None, color: ColorChoice) -> ColorChoice:
    """Return whether to use colour: in a file only where that is asked for on the command line."""
    return "never" if output is not None and color == "auto" else color


def _print_statistics(report: "Report", *, err: bool) -> None:
    """Print the tables by rule and by provider, to stderr where stdout has a machine's report."""
    from newslint.reporters.summary import render_statistics

    with guard_output(sys.stderr if err else sys.stdout, None):
        for line in render_statistics(report):
            click.echo(line, err=err)


def _write(
    report_input: ReportInput,
    target: ReportTarget,
    file: TextIO,
    color: ColorChoice,
    group_by: "GroupBy",
) -> None:
    """Write the report that `target` asks for to its file."""
    if target.format == TEXT:
        from newslint.reporters.text import render_text

        page = create_writer(file, _color_in(target.path, color))
        render_text(report_input.report, page, report_input.read_source, group_by)
    else:
        file.writelines(render(target.format, report_input))


def _tell(sentence: str) -> None:
    """Say something on stderr."""
    print_message(f"newslint: {sentence}")


def _tell_files(session: "Session", outcome: "Outcome", *, quiet: bool, verbose: bool) -> None:
    """Say which of the files that were named are not checked, and where wanted all about files."""
    if verbose:
        for sentence in verbose_lines(session, outcome):
            print_message(sentence)
    if outcome.left_out and not quiet:
        _tell(f"the settings leave out {', '.join(outcome.left_out)}")


def _tell_omitted(outcome: "Outcome", formats: set[str]) -> None:
    """Say on stderr what reports have no place for."""
    from newslint.reporters.summary import omission_lines

    if formats - {TEXT}:
        for sentence in omission_lines(outcome.report):
            _tell(sentence)


def _serve_ci(report: "Report", formats: set[str], *, quiet: bool) -> None:
    """Do what a CI server makes use of besides the reports."""
    if "github" in formats:
        append_step_summary(report)
    hint = suggest_format(os.environ, formats)
    if hint and not quiet:
        _tell(hint)


def _announce(report: "Report", output: Path) -> None:
    """Say on stderr what the report in `output` comes to."""
    from newslint.reporters.summary import summary_lines

    print_message(f"{'; '.join(summary_lines(report))}: see {output}")
