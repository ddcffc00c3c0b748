"""A run of `newslint check`: checks files, writes the reports and prints notes."""

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, TextIO

import msgspec
from msgspec.structs import replace

from newslint.cli import ExitStatus, check_messages
from newslint.cli.baseline_options import (
    BaselineOptions,
    LoadedBaseline,
    load_baselines,
    print_stale,
)
from newslint.cli.ci import append_step_summary, suggest_format
from newslint.cli.fix_options import FixOptions, print_fix_summary, print_fixes, write_patch
from newslint.cli.messages import print_message, print_note
from newslint.cli.options import CheckOptions
from newslint.cli.output import guard_output
from newslint.cli.report_options import ReportOptions, ReportTarget, print_statistics
from newslint.cli.request import build_run, observe
from newslint.cli.run_facts import describe_run
from newslint.reporters.formats import HTML, TEXT, ReportInput, can_list, find_lister, needs_origin
from newslint.reporters.run_facts import RunFacts

if TYPE_CHECKING:
    from newslint.cli.output_cache import OpenTargets
    from newslint.diagnostics import Safety
    from newslint.engine.baseline import Baseline
    from newslint.execution.open_run import OpenRun
    from newslint.execution.origin import Origin
    from newslint.execution.profiler import Profiler
    from newslint.execution.run import ProjectResult, RunRequest, RunResult
    from newslint.reporters.history import HistoryEntry
    from newslint.settings import StaleBaseline
    from newslint.settings.gate import GateOverride


class CheckRun(msgspec.Struct, frozen=True):
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
    stale_policy: "StaleBaseline | None" = None
    exit_zero: bool = False
    profiler: "Profiler | None" = None

    @classmethod
    def create(  # noqa: PLR0913 # groups of options
        cls,
        options: CheckOptions,
        reporting: ReportOptions,
        fixing: FixOptions,
        baselines: BaselineOptions,
        *,
        since: str | None,
        limits: "GateOverride",
        targets: list[ReportTarget],
    ) -> "CheckRun":
        """Read the settings, find the files and load the baselines.

        Args:
            options: Which files to check, and with which rules.
            reporting: Options of reports and further output.
            fixing: Which fixes to apply.
            baselines: Options of the baselines.
            since: Report only on changes since this git revision.
            limits: Limits that replace those of the quality gates in the settings.
            targets: The reports to write.

        Raises:
            click.ClickException: The options, the settings, a baseline, the history or the revision
                cannot be used.
        """
        from newslint.execution.profiler import Profiler

        history = reporting.load_history(targets)
        profiler = Profiler() if reporting.profile else None
        request = replace(build_run(options, since=since, profiler=profiler), limits=limits)
        known = load_baselines(request, baselines)
        facts = RunFacts()
        if any(target.format == HTML for target in targets):
            facts = describe_run(
                options,
                request,
                known,
                since,
                reporting.editor_url,
                ignores_baseline=baselines.no_baseline,
            )
        policy = baselines.stale_baseline
        return cls(
            request, reporting, fixing, targets, history, known, facts, policy, profiler=profiler
        )

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
        from newslint.execution.open_run import OpenRun

        formats = [target.format for target in self.targets]
        shows_few = can_list(formats)
        with open_files(self.targets) as files:
            with observe(self.request, quiet=self.reporting.quiet) as request:
                opened = OpenRun(
                    request,
                    *self.open_arguments,
                    is_final=True,
                    shows_few=shows_few,
                    lister=find_lister(formats) if shows_few else None,
                )
                result = self.judge(opened)
            self.write(result, files)
        return self.conclude(result)

    @property
    def open_arguments(self) -> "tuple[list[Baseline], frozenset[Safety]]":
        """The arguments of `OpenRun` besides the checks."""
        return [each.baseline for each in self.baselines], self.fixing.safeties

    def judge(self, opened: "OpenRun") -> "RunResult":
        """Judge files as they are now, and fix them if asked to."""
        fixing = self.fixing
        return opened.result(write=not fixing.diff, has_patch=fixing.patch is not None)

    def write(self, result: "RunResult", files: "Iterable[tuple[ReportTarget, TextIO]]") -> None:
        """Write the reports.

        Args:
            result: The result of the check.
            files: The reports, each with its open file.
        """
        outcome = result.outcome
        if self.fixing.diff and not self.reporting.quiet:
            print_fixes(result)
        if self.fixing.patch is not None:
            write_patch(result, self.fixing.patch)
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

    def conclude(self, result: "RunResult") -> ExitStatus:
        """Print notes and the summary; return the exit status."""
        self._print_notes(result)
        if self.fixing.is_enabled:
            print_fix_summary(result, self.fixing, quiet=self.reporting.quiet)
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
