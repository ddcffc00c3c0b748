"""`newslint baseline`: record known diagnostics, which `newslint check` does not report."""

import json
import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from newslint.cli import ExitStatus
from newslint.cli.baseline_options import (
    BaselineFile,
    baseline_file_option,
    find_baseline_file,
    require_one_project,
)
from newslint.cli.help import HelpGroup
from newslint.cli.messages import print_message
from newslint.cli.options import CheckOptions, check_options
from newslint.cli.output import guard_output, open_destination
from newslint.cli.request import build_run, run_check
from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.diagnostics import Diagnostic
    from newslint.engine.baseline import Baseline
    from newslint.execution.run import RunRequest
    from newslint.settings import Project

DEFAULT_NAME = "newslint.baseline"
"""Name of a baseline by default; it has no suffix of a document."""


class _Current(NamedTuple):
    """The diagnostics of a project.

    Attributes:
        project: The project.
        baseline: The diagnostics that a baseline can record.
        judged: The rules that were applied to all files of the archive.
        unread: The files that could not be read.
        diagnostics: The diagnostics.
    """

    project: "Project"
    baseline: "Baseline"
    judged: Collection[str]
    unread: frozenset[str]
    diagnostics: "Sequence[Diagnostic]"

    def complete_rules(self, baseline: "Baseline") -> Collection[str]:
        """Find the rules whose diagnostics in a baseline can be stale."""
        from newslint.engine.baseline import find_complete_rules

        return find_complete_rules(self.judged, self.unread, baseline, self.diagnostics)


def _baseline_command_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a check and `--baseline` to a sub-command."""
    return baseline_file_option(check_options(command))


_dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Print the summary, and write nothing."
)


@click.group("baseline", cls=HelpGroup)
def command() -> None:
    """Record known diagnostics, which 'newslint check' then ignores.

    A baseline is a text file to commit. 'newslint check' neither reports nor counts its
    diagnostics, and they do not affect the exit status. The setting 'baseline' or the option
    --baseline names the file.
    """


@command.command("create")
@_baseline_command_options
def create(*, options: CheckOptions, baseline: Path | None) -> int:
    """Write a baseline of all current diagnostics.

    PATH and NAMES are those of 'newslint check'. An existing baseline is never replaced. Without
    --baseline and the setting 'baseline', the file is newslint.baseline beside the settings. Of
    several projects, each with diagnostics gets a file.
    """
    run = build_run(options)
    require_one_project(run, baseline)
    for file in (_find_file(project, baseline) for project in run.projects):
        if os.path.lexists(file.path):
            raise click.ClickException(
                f"{file.name} exists; to add new diagnostics, run: {file.command('update')}; "
                f"to remove those that no longer occur, run: {file.command('prune')}"
            )
    found = _run(run)
    is_needed = any(current.diagnostics for current in found)
    for current in found:
        if len(found) == 1 or current.diagnostics or not is_needed:
            file = _find_file(current.project, baseline)
            _write(file, current.baseline)
            print_message(f"Wrote {_summarize(file, current.baseline)}", err=False)
            _add_setting(current.project, file)
    return ExitStatus.CLEAN


@command.command("update")
@_baseline_command_options
@_dry_run_option
def update(*, options: CheckOptions, baseline: Path | None, dry_run: bool) -> int:
    """Add new diagnostics, and remove those that no longer occur.

    Diagnostics of rules that do not run are kept. Nothing is removed unless PATH covers the whole
    archive.
    """
    from newslint.engine.baseline import update_baseline

    def change(before: "Baseline", current: _Current) -> "Baseline":
        return update_baseline(before, current.baseline, current.complete_rules(before))

    return _rewrite_all(options, baseline, change, dry_run=dry_run)


@command.command("prune")
@_baseline_command_options
@_dry_run_option
def prune(*, options: CheckOptions, baseline: Path | None, dry_run: bool) -> int:
    """Remove diagnostics that no longer occur, and add none.

    Diagnostics of rules that do not run are kept. Nothing is removed unless PATH covers the whole
    archive.
    """
    from newslint.engine.baseline import find_stale

    def change(before: "Baseline", current: _Current) -> "Baseline":
        complete = current.complete_rules(before)
        return before.subtract(find_stale(before, current.baseline, complete).by_rule)

    return _rewrite_all(options, baseline, change, dry_run=dry_run)


def _rewrite_all(
    options: CheckOptions,
    baseline: Path | None,
    change: "Callable[[Baseline, _Current], Baseline]",
    *,
    dry_run: bool,
) -> int:
    """Rewrite the baseline of each project that has one.

    Raises:
        click.ClickException: None has one, or one cannot be used.
    """
    run = build_run(options)
    require_one_project(run, baseline)
    files = {project.root: _find_file(project, baseline) for project in run.projects}
    existing = {root: file for root, file in files.items() if os.path.lexists(file.path)}
    read = {root: file.read() for root, file in (existing or files).items()}
    for current in _run(run):
        root = current.project.root
        if root in read:
            before = read[root].upgrade(current.diagnostics)
            _rewrite(files[root], before, change(before, current), current, dry_run=dry_run)
    return ExitStatus.CLEAN


def _find_file(project: "Project", baseline: Path | None) -> BaselineFile:
    """Find the file of the command line or the settings, or else the default one."""
    from newslint.execution.files import shown_path

    file = find_baseline_file(project, baseline)
    if file is not None:
        return file
    path = project.root / DEFAULT_NAME
    name = shown_path(path, Path.cwd())
    return BaselineFile(path, name, ("--baseline", name))


def _run(run: "RunRequest") -> list[_Current]:
    """Run a check without baselines.

    Raises:
        click.ClickException: A rule failed, so its diagnostics are unknown.
    """
    from newslint.engine.baseline import Baseline

    result = run_check(run)
    if not all(part.outcome.complete for part in result.parts):
        raise click.ClickException(
            "a rule failed, so no baseline is written: run 'newslint check' to see rule-crashed"
        )
    found = ((part, part.outcome.report.diagnostics) for part in result.parts)
    return [
        _Current(
            part.project,
            Baseline.from_diagnostics(diagnostics),
            part.outcome.judged,
            part.outcome.unread,
            diagnostics,
        )
        for part, diagnostics in found
    ]


def _write(file: BaselineFile, baseline: "Baseline") -> None:
    """Replace the file by a baseline."""
    from newslint.engine.baseline_file import render_baseline

    with open_destination(file.path) as text, guard_output(text, file.path):
        text.writelines(render_baseline(baseline))


def _rewrite(
    file: BaselineFile, before: "Baseline", after: "Baseline", current: _Current, *, dry_run: bool
) -> None:
    """Replace the file unless this is a dry run, and print a summary of the changes."""
    if not dry_run:
        _write(file, after)
    added, removed = len(after.subtract(before.by_rule)), len(before.subtract(after.by_rule))
    verb = "Would write" if dry_run else "Wrote"
    print_message(
        f"{verb} {_summarize(file, after)}; {added:,} added, {removed:,} removed", err=False
    )
    unchecked = len(after.subtract(current.baseline.by_rule))
    if unchecked:
        reason = "their rules did not run, or not all files of the archive were checked"
        if current.judged and not current.complete_rules(before):
            reason = f"{pluralize(len(current.unread), 'file')} could not be read"
        print_message(f"Kept {pluralize(unchecked, 'diagnostic')} unchecked: {reason}", err=False)


def _summarize(file: BaselineFile, baseline: "Baseline") -> str:
    """Format the name of a baseline and the numbers of its diagnostics and causes."""
    if not baseline:
        return f"{file.name}: no diagnostics"
    causes = pluralize(len(baseline.causes), "cause")
    return f"{file.name}: {pluralize(len(baseline), 'diagnostic')} of {causes}"


def _add_setting(project: "Project", file: BaselineFile) -> None:
    """Add the setting that makes every run use a baseline, or print it if that is not possible."""
    from newslint.execution.files import shown_path
    from newslint.settings.editing import add_setting
    from newslint.settings.toml_file import OWN_FILE, SHARED_FILE

    if project.baseline is not None and project.baseline.resolve() == file.path.resolve():
        return
    settings = project.file or project.root / OWN_FILE
    value = json.dumps(shown_path(file.path.resolve(), project.root.resolve()), ensure_ascii=False)
    name = shown_path(settings, Path.cwd())
    is_shared = settings.name == SHARED_FILE
    before = settings.read_bytes().decode() if project.file is not None else ""
    keys = ("tool", "newslint") if is_shared else ()
    after = None if project.settings.baseline else add_setting(before, keys, f"baseline = {value}")
    if after is not None:
        with open_destination(settings, project.root) as text, guard_output(text, settings):
            text.write(after)
        print_message(f"Added to {name}: baseline = {value}", err=False)
        return
    place = f"to [tool.newslint] in {name}" if is_shared else f"at the top of {name}"
    print_message(f"To use it in every run, add this line {place}:", err=False)
    print_message(f"  baseline = {value}", err=False)
