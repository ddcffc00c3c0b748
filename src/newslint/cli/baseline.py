"""`newslint baseline`: keep the diagnostics that a run lets pass."""

import json
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from newslint.cli import ExitStatus
from newslint.cli.baseline_options import BaselineFile, baseline_option, find_baseline_file
from newslint.cli.messages import print_message
from newslint.cli.options import CheckOptions, check_options
from newslint.cli.output import guard_output, open_destination
from newslint.cli.request import CheckRequest, build_request
from newslint.reporters.summary import pluralize

if TYPE_CHECKING:
    from newslint.engine import Session
    from newslint.engine.baseline import Baseline

DEFAULT_NAME = "newslint.baseline"
"""What a baseline is called where nobody says otherwise: not as documents are called."""


class _Found(NamedTuple):
    """What a run found.

    Attributes:
        baseline: All that a baseline can let pass.
        judged: The rules of which that is all there is.
    """

    baseline: "Baseline"
    judged: Collection[str]


def _inputs(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add to a command what says where to look, for what, and in which file to keep it."""
    return baseline_option(check_options(command))


_dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would be written, and write nothing."
)


@click.group("baseline")
def command() -> None:
    """Keep the diagnostics that 'newslint check' lets pass.

    A baseline is a text file to commit: what is in it, 'newslint check' neither reports nor counts
    nor fails on. The setting 'baseline' or the option --baseline names it.
    """


@command.command("create")
@_inputs
def create(*, asked: CheckOptions, baseline: Path | None) -> int:
    """Write a baseline of all that is there now.

    PATH and NAMES are those of 'newslint check'. A baseline that exists is left alone. Where
    neither --baseline nor the settings name the file, it is newslint.baseline, beside the settings.
    """
    checking = build_request(asked)
    file = _file(checking.session, baseline)
    if os.path.lexists(file.path):
        raise click.ClickException(
            f"{file.name} exists; to take in what is new, run: {file.command('update')}; "
            f"to take out what occurs no longer, run: {file.command('prune')}"
        )
    found = _found(checking)
    _write(file, found.baseline)
    print_message(f"Wrote {_told(file, found.baseline)}", err=False)
    _suggest_setting(checking.session, file)
    return ExitStatus.CLEAN


@command.command("update")
@_inputs
@_dry_run_option
def update(*, asked: CheckOptions, baseline: Path | None, dry_run: bool) -> int:
    """Take in what is new, and take out what occurs no longer.

    What belongs to rules that do not run stays. Where PATH is not all of the archive, nothing is
    taken out.
    """
    from newslint.engine.baseline import update_baseline

    checking = build_request(asked)
    file = _file(checking.session, baseline)
    before, found = file.read(), _found(checking)
    _rewrite(file, before, update_baseline(before, *found), found, dry_run=dry_run)
    return ExitStatus.CLEAN


@command.command("prune")
@_inputs
@_dry_run_option
def prune(*, asked: CheckOptions, baseline: Path | None, dry_run: bool) -> int:
    """Take out what occurs no longer, and take in nothing.

    What belongs to rules that do not run stays. Where PATH is not all of the archive, nothing is
    taken out.
    """
    from newslint.engine.baseline import find_stale

    checking = build_request(asked)
    file = _file(checking.session, baseline)
    before, found = file.read(), _found(checking)
    after = before.subtract(find_stale(before, *found).by_rule)
    _rewrite(file, before, after, found, dry_run=dry_run)
    return ExitStatus.CLEAN


def _file(session: "Session", given: Path | None) -> BaselineFile:
    """Return the file to work on."""
    from newslint.engine.scope import shown_path

    chosen = find_baseline_file(session, given)
    if chosen is not None:
        return chosen
    path = session.project.root / DEFAULT_NAME
    name = shown_path(path, Path.cwd())
    return BaselineFile(path, name, ("--baseline", name))


def _found(checking: CheckRequest) -> _Found:
    """Return what a run finds.

    Raises:
        click.ClickException: A rule fails, so that what it would say is unknown.
    """
    from newslint.engine.baseline import Baseline

    outcome = checking.outcome()
    if not outcome.complete:
        raise click.ClickException(
            "a rule failed, so no baseline is written: run 'newslint check' to see rule-crashed"
        )
    return _Found(Baseline.from_diagnostics(outcome.report.diagnostics), outcome.judged)


def _write(file: BaselineFile, baseline: "Baseline") -> None:
    """Write a baseline to its file, which is replaced as a whole."""
    from newslint.engine.baseline_file import render_baseline

    with open_destination(file.path) as text, guard_output(text, file.path):
        text.writelines(render_baseline(baseline))


def _rewrite(
    file: BaselineFile, before: "Baseline", after: "Baseline", found: _Found, *, dry_run: bool
) -> None:
    """Write what a baseline has become, unless this is a dry run, and say what that is."""
    if not dry_run:
        _write(file, after)
    added, removed = len(after.subtract(before.by_rule)), len(before.subtract(after.by_rule))
    verb = "Would write" if dry_run else "Wrote"
    print_message(f"{verb} {_told(file, after)}; {added:,} added, {removed:,} removed", err=False)
    kept = len(after.subtract(found.baseline.by_rule))
    if kept:
        print_message(
            f"{pluralize(kept, 'diagnostic')} kept unseen: "
            "their rules did not run, or not all files of the archive were checked",
            err=False,
        )


def _told(file: BaselineFile, baseline: "Baseline") -> str:
    """Return what a baseline comes to, on one line."""
    if not baseline:
        return f"{file.name}: no diagnostics"
    causes = pluralize(len(baseline.causes), "cause")
    return f"{file.name}: {pluralize(len(baseline), 'diagnostic')} of {causes}"


def _suggest_setting(session: "Session", file: BaselineFile) -> None:
    """Say what to add to the settings for every run to use a baseline, where they do not say so."""
    from newslint.engine.scope import shown_path
    from newslint.settings.toml_file import OWN_FILE, SHARED_FILE

    project = session.project
    if project.baseline is not None and project.baseline.resolve() == file.path.resolve():
        return
    settings = project.file or project.root / OWN_FILE
    value = json.dumps(shown_path(file.path.resolve(), project.root.resolve()), ensure_ascii=False)
    name = shown_path(settings, Path.cwd())
    place = f"in {name} under [tool.newslint]" if settings.name == SHARED_FILE else f"atop {name}"
    print_message(f"For every run to use it, write {place}:", err=False)
    print_message(f"  baseline = {value}", err=False)
