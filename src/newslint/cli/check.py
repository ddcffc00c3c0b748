"""`newslint check`: check files, fix them and write reports."""

import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint._version import __version__
from newslint.cli import ExitStatus, check_messages
from newslint.cli.baseline_options import (
    BaselineOptions,
    LoadedBaseline,
    baseline_options,
    load_baselines,
    print_stale,
)
from newslint.cli.ci import append_step_summary, suggest_format
from newslint.cli.fix_options import (
    FixOptions,
    fix_options,
    print_fix_summary,
    print_fixes,
)
from newslint.cli.help import HelpCommand, OptionGroup, grouped_option
from newslint.cli.messages import print_message, print_note
from newslint.cli.options import STDIN, CheckOptions, check_options, parse_limit
from newslint.cli.output import guard_output
from newslint.cli.report_options import (
    ReportOptions,
    ReportTarget,
    open_targets,
    print_statistics,
    report_options,
)
from newslint.cli.request import build_run, observe
from newslint.cli.run_facts import describe_run
from newslint.reporters.formats import HTML, TEXT, ReportInput, needs_origin
from newslint.reporters.run_facts import RunFacts

if TYPE_CHECKING:
    from newslint.cli.output_cache import OpenTargets
    from newslint.execution.origin import Origin
    from newslint.execution.profiler import Profiler
    from newslint.execution.run import ProjectResult, RunRequest, RunResult
    from newslint.reporters.history import HistoryEntry
    from newslint.settings import StaleBaseline

_EXAMPLES = (
    ("newslint check news/", "Check a folder."),
    ("newslint check --fix --since main", "Fix files that differ from a branch."),
)


@click.command("check", cls=HelpCommand, examples=_EXAMPLES)
@check_options
@grouped_option(
    "--since",
    group=OptionGroup.INPUT,
    metavar="REV",
    show_default="all files",
    help="Report only on records that differ from this git revision, and on problems that the "
    "changes cause in other records.",
)
@grouped_option(
    "--stdin-filename",
    group=OptionGroup.INPUT,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With '-' as PATH: check stdin as the content of this file.",
)
@report_options
@grouped_option(
    "--fail-level",
    group=OptionGroup.OUTPUT,
    type=click.Choice(("error", "warning", "info")),
    show_default="that of the settings, else error",
    help="Lowest severity of which no diagnostic passes the quality gate.",
)
@grouped_option(
    "--max-warnings",
    group=OptionGroup.OUTPUT,
    callback=parse_limit,
    metavar="N",
    show_default="that of the settings, else any number",
    help="Number of warnings that pass the quality gate.",
)
@grouped_option(
    "--exit-zero",
    group=OptionGroup.OUTPUT,
    is_flag=True,
    help="Exit with 0 even if the quality gate fails.",
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
    help="Parse every front matter as a whole: the report is the same, but takes longer.",
)
@click.version_option(__version__, message="newslint %(version)s")
def command(  # noqa: PLR0913 # groups of options, and those of this command only
    *,
    options: CheckOptions,
    reporting: ReportOptions,
    fixing: FixOptions,
    baselines: BaselineOptions,
    since: str | None,
    fail_level: str | None,
    max_warnings: int | None,
    exit_zero: bool,
) -> int:
    """Check records and report their problems.

    PATH is a file or a folder, the current folder by default, or '-' for stdin. Folders are
    searched for .md, .markdown, .mdx, .html, .txt, .yml and .yaml files. Hidden files, files that
    .gitignore excludes and folders such as node_modules are skipped. Rules compare records with
    all records of the project, even if only some are reported on.

    NAMES are rules or categories, separated by commas: see 'newslint rules'. Options override the
    settings in newslint.toml or pyproject.toml.

    Exit status: 0 the quality gate passed (by default: no errors), 1 it failed, 2 wrong usage,
    wrong settings or an internal error, 130 interrupted.
    """
    from newslint.diagnostics import Severity
    from newslint.execution.profiler import Profiler
    from newslint.settings.gate import GateOverride

    fixing.validate(
        reads_stdin=Path(STDIN) in options.paths,
        has_machine_report=reporting.is_machine_readable and not reporting.quiet,
    )
    targets = reporting.list_targets(has_stdout=not (reporting.quiet or fixing.replaces_report))
    history = reporting.load_history(targets)
    profiler = Profiler() if reporting.profile else None
    request = build_run(options, since=since, profiler=profiler)
    level = Severity(fail_level) if fail_level else None
    limits = GateOverride(level, max_warnings, baselines.stale_baseline)
    request = replace(request, limits=limits)
    known = load_baselines(request, baselines)
    has_page = any(target.format == HTML for target in targets)
    run = _Run(
        request,
        reporting,
        fixing,
        targets,
        history,
        known,
        describe_run(options, request, known, since, reporting.editor_url)
        if has_page
        else RunFacts(),
        stale_policy=baselines.stale_baseline,
        exit_zero=exit_zero or fixing.fix_only,
        profiler=profiler,
    )
    reads_stdin = any(check.contents for check in request.checks)
    has_effects = fixing.is_enabled or since is not None or reads_stdin
    has_notes = reporting.verbose or reporting.profile or reporting.history is not None
    if has_effects or has_notes or request.checks[0].cache is None:
        return run(open_targets)
    from newslint.cli.output_cache import run_cached

    return run_cached(request, run.output_key(), targets, run)


@dataclass(frozen=True, slots=True)
class _Run:
    """A check that writes reports; calling it returns the exit status.

    Attributes:
        request: The checks.
        reporting: Options of reports and further output.
        fixing: Which fixes to apply.
        targets: The reports to write.
        history: Earlier runs.
        baselines: Diagnostics that are not reported, for each project.
        facts: The identity of the run, if a report shows it.
        stale_policy: How to report that diagnostics of the baseline no longer occur; None for the
            policy of each project.
        exit_zero: Exit with 0 even if the quality gate fails.
        profiler: Measures stages and rules; None to measure nothing.
    """

    request: "RunRequest"
    reporting: ReportOptions
    fixing: FixOptions
    targets: list[ReportTarget]
    history: "tuple[HistoryEntry, ...]"
    baselines: tuple[LoadedBaseline, ...]
    facts: RunFacts
    stale_policy: "StaleBaseline | None"
    exit_zero: bool
    profiler: "Profiler | None"

    def output_key(self) -> bytes | None:
        """Compute the cache key of the output; None if it must not be cached."""
        from newslint.cli.output_cache import run_key

        files = [each.file.path for each in self.baselines if each.file is not None]
        has_origin = any(needs_origin(target.format) for target in self.targets)
        origin = self._find_origin() if has_origin else None
        return run_key(self.request, self.targets, files, (origin and tuple(origin), *self.facts))

    def __call__(self, open_files: "OpenTargets") -> int:
        """Check the files, write the reports and print notes.

        Args:
            open_files: Opens the files of reports.
        """
        from newslint.execution.run import run_checks

        known = [each.baseline for each in self.baselines]
        fixing, quiet = self.fixing, self.reporting.quiet
        with open_files(self.targets) as files:
            with observe(self.request, quiet=quiet) as request:
                result = run_checks(request, known, fixing.safeties, write=not fixing.diff)
            outcome = result.outcome
            if fixing.diff and not quiet:
                print_fixes(result)
            report_input = ReportInput(
                outcome.report,
                outcome.rules,
                outcome.text,
                print_note,
                outcome.statistics,
                self.history,
                self._find_origin,
                self.facts,
            )
            for target, file in files:
                with guard_output(file, target.path), self._measure_report():
                    self.reporting.write_report(target, file, report_input)
        self._print_notes(result)
        if fixing.is_enabled:
            print_fix_summary(result, fixing, quiet=quiet)
        if self.profiler is not None:
            check_messages.print_profile(self.profiler)
        return self._exit_status(result)

    def _find_origin(self) -> "Origin | None":
        """Find the commit that is checked."""
        from newslint.execution.origin import find_origin

        return find_origin(self.request.root)

    def _measure_report(self) -> AbstractContextManager[None]:
        """Measure the time of a report if the run is profiled."""
        if self.profiler is None:
            return nullcontext()
        from newslint.execution.profiler import Stage

        return self.profiler.stage(Stage.REPORT)

    def _print_notes(self, result: "RunResult") -> None:
        """Print all that a run prints besides reports, and add the summary of a CI job."""
        outcome = result.outcome
        reporting, quiet = self.reporting, self.reporting.quiet
        formats = {target.format for target in self.targets}
        if reporting.verbose:
            check_messages.print_details(result)
        for note in result.list_notes() if not quiet else ():
            print_note(note)
        if formats - {TEXT} and not quiet:
            check_messages.print_omissions(outcome)
            check_messages.print_gate(outcome, formats)
        if "github" in formats:
            append_step_summary(outcome.report)
        if not quiet and (hint := suggest_format(os.environ, formats)):
            print_note(hint)
        if reporting.statistics:
            err = reporting.is_machine_readable or self.fixing.replaces_report
            print_statistics(outcome.report, err=err)
        if not quiet:
            check_messages.print_summary(outcome, reporting.output)
            for part in result.parts:
                file = next(each.file for each in self.baselines if each.project is part.project)
                print_stale(part.outcome.stale, file, self._stale_policy(part))

    def _stale_policy(self, part: "ProjectResult") -> "StaleBaseline":
        """Look up how to report that diagnostics of a project's baseline no longer occur."""
        return self.stale_policy or part.project.settings.stale_baseline

    def _exit_status(self, result: "RunResult") -> ExitStatus:
        """Determine the exit status, and print an error if the run is incomplete."""
        outcome = result.outcome
        if not outcome.complete:
            print_message("Error: a rule failed, so the report is incomplete: see rule-crashed")
        if result.failures or not outcome.complete:
            return ExitStatus.ERROR
        has_failed = outcome.report.gate is not None and not outcome.report.gate.has_passed
        return ExitStatus.FOUND if has_failed and not self.exit_zero else ExitStatus.CLEAN
