"""The first steps: the repairs of a command, the causes that matter most, and a baseline."""

import shlex
from collections.abc import Sequence
from typing import NamedTuple

from newslint.diagnostics import Report
from newslint.reporters.html.cause_groups import CauseGroup, CauseGroups, has_safe_fix
from newslint.reporters.run_facts import RunFacts

MAX_STEPS = 3
"""The page suggests to repair at most this number of causes first."""

_WARNING = 1


class SafeRepair(NamedTuple):
    """The repairs of the safe fixes.

    Attributes:
        command: The command that applies them.
        diagnostics: Number of diagnostics that have a safe fix.
        documents: Number of files with these.
        cleaned: Number of files that have no other diagnostics.
    """

    command: str
    diagnostics: int
    documents: int
    cleaned: int


class Step(NamedTuple):
    """A cause to repair by hand.

    Attributes:
        cause: The cause.
        documents: Number of files that it is in and no step before: visible ones, if there are any.
    """

    cause: CauseGroup
    documents: int


class Worklist(NamedTuple):
    """The first steps.

    Attributes:
        repair: The repairs of safe fixes; None if there are none.
        steps: The causes that are in most files, together.
        covered: Number of files that have one of these causes.
        visible: Whether only files are counted whose records readers can see.
        baseline: The command that records all that is left; empty if nothing is.
    """

    repair: SafeRepair | None
    steps: tuple[Step, ...]
    covered: int
    visible: bool
    baseline: str


def build_worklist(report: Report, causes: CauseGroups, run: RunFacts) -> Worklist:
    """Choose the first steps for the diagnostics of a report."""
    repair = _count_repairs(report, run)
    visible = any(group.visible for group in causes.groups)
    steps = _choose_steps(causes.groups, visible=visible)
    covered = sum(step.documents for step in steps)
    baseline = _baseline_command(run) if any(each.needs_person for each in causes.groups) else ""
    return Worklist(repair, steps, covered, visible, baseline)


def _baseline_command(run: RunFacts) -> str:
    """Format the command that records the rest; empty after a run of a part, or without it."""
    if run.since or run.ignores_baseline or not run.is_repeatable:
        return ""
    verb = "update" if run.baseline else "create"
    return f"newslint baseline {verb} {run.arguments}".rstrip()


def _count_repairs(report: Report, run: RunFacts) -> SafeRepair | None:
    """Count the repairs of the safe fixes of a report."""
    fixable: set[str] = set()
    others: set[str] = set()
    number = 0
    for each in report.diagnostics:
        safe = has_safe_fix(each)
        number += safe
        (fixable if safe else others).add(each.path)
    if not number or not run.is_repeatable:
        return None
    since = shlex.join(["--since", run.since]) if run.since else ""
    baseline = "--no-baseline" if run.ignores_baseline else ""
    parts = ("newslint check --fix", run.arguments, since, baseline)
    command = " ".join(filter(None, parts))
    return SafeRepair(command, number, len(fixable), len(fixable - others))


def _choose_steps(groups: Sequence[CauseGroup], *, visible: bool) -> tuple[Step, ...]:
    """Choose causes one by one: each is in most of the files that those before it are not in.

    Causes whose fixes are all safe are no steps, nor are infos, if there is anything worse.
    """
    manual = [group for group in groups if group.needs_person]
    severe = [group for group in manual if group.rank <= _WARNING]
    files = [(group, group.files(visible=visible)) for group in severe or manual]
    covered: set[int] = set()
    steps: list[Step] = []
    while files and len(steps) < MAX_STEPS:
        best, found = max(files, key=lambda item: len(item[1] - covered))
        gain = len(found - covered)
        if not gain:
            break
        steps.append(Step(best, gain))
        covered |= found
    return tuple(steps)
