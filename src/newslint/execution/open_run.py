"""Execution of a run: the workspaces of its projects, of which files can be read again."""

import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from newslint.diagnostics import judge_gate
from newslint.diagnostics.listing import CreateLister
from newslint.engine.baseline import Baseline
from newslint.execution.check_request import CheckRequest
from newslint.execution.files import UsageError
from newslint.execution.fixed_file import FixResult
from newslint.execution.run import ProjectResult, RunRequest, RunResult
from newslint.execution.workspace import Workspace

if TYPE_CHECKING:
    from newslint.diagnostics import Safety
    from newslint.execution.outcome_memo import OutcomeKey, RecalledCheck
    from newslint.execution.partitions.check import PartitionedCheck

    _Opened = Workspace | PartitionedCheck | RecalledCheck
    """The files of a project, their check in partitions, or a check whose outcome is known."""


def run_checks(
    run: RunRequest,
    baselines: Sequence[Baseline] = (),
    safeties: "frozenset[Safety]" = frozenset(),
    *,
    write: bool = True,
    lists_all: bool = False,
) -> RunResult:
    """Check the files of all projects, and fix them if asked to.

    Args:
        run: The checks.
        baselines: For each project, the diagnostics that are neither reported nor fixed; empty for
            none at all.
        safeties: The safeties of the fixes to apply; none to fix nothing.
        write: Whether to write the fixed files.
        lists_all: Whether to list more diagnostics of a rule than the settings allow.

    Raises:
        UsageError: No project has files, or none has rules.
    """
    opened = OpenRun(run, baselines, safeties, lists_all=lists_all, is_final=True)
    return opened.result(write=write)


class _Part(msgspec.Struct, frozen=True):
    """A project of an open run.

    Attributes:
        check: Its check.
        workspace: Its files, or their check in partitions, or its outcome.
        baseline: Diagnostics that are neither reported nor fixed.
        limit: Number of diagnostics of each rule to list; None for all.
        key: The key under which to store its outcome; None to store nothing.
    """

    check: CheckRequest
    workspace: "_Opened"
    baseline: Baseline
    limit: int | None
    key: "OutcomeKey | None"


class OpenRun:
    """The workspaces of a run, of which files can be read again.

    Only a plain check may stop at the limits of the report: fixes and baselines need all
    diagnostics.

    Args:
        run: The checks.
        baselines: For each project, the diagnostics that are neither reported nor fixed; empty for
            none at all.
        safeties: The safeties of the fixes to apply; none to fix nothing.
        lists_all: Whether to list more diagnostics of a rule than the settings allow.
        is_final: Whether no file is read again.
        shows_few: Whether few diagnostics are looked at, others only counted and listed.
        lister: Lists all diagnostics in the formats of reports that do so; None if no report does.

    Raises:
        UsageError: No project has files, or none has rules.
    """

    def __init__(  # noqa: PLR0913 # independent values
        self,
        run: RunRequest,
        baselines: Sequence[Baseline] = (),
        safeties: "frozenset[Safety]" = frozenset(),
        *,
        lists_all: bool = False,
        is_final: bool = False,
        shows_few: bool = False,
        lister: CreateLister | None = None,
    ) -> None:
        self._run = run
        self._safeties = safeties
        self._parts: list[_Part] = []
        opening: type[Workspace | PartitionedCheck] = Workspace
        if any(check.memory is not None for check in run.checks):
            from newslint.execution.partitions import check as partitions

            partitions.refuse_requests(
                run.checks, has_fixes=bool(safeties), has_baseline=any(baselines)
            )
            opening = partitions.PartitionedCheck
        errors: list[UsageError] = []
        for check, baseline in zip(run.checks, baselines or repeat(Baseline()), strict=False):
            limit = None if lists_all else check.project.settings.limits.diagnostics
            needs_all = bool(safeties) or len(baseline) > 0
            check = replace(  # noqa: PLW2901 # the same one, as this run needs it
                check,
                max_per_rule=None if needs_all else limit,
                is_final=is_final and not safeties,
                shows_few=shows_few and is_final and not needs_all,
                lister=lister,
            )
            key, recalled = _recall(check, baseline, safeties) if is_final else (None, None)
            try:
                workspace = recalled or opening(check)
            except UsageError as error:
                errors.append(error)
                continue
            self._parts.append(_Part(check, workspace, baseline, limit, key))
        if not self._parts:
            raise errors[0]

    @cached_property
    def _files(self) -> dict[Path, tuple[Workspace, str]]:
        """The files that are known, by real path, with their workspace and name."""
        return {
            Path(os.path.realpath(path)): (part.workspace, name)
            for part in self._parts
            if isinstance(part.workspace, Workspace)
            for name, path in part.workspace.found.corpus.items()
        }

    def update(self, paths: Iterable[Path]) -> bool:
        """Read files again.

        Args:
            paths: Files whose content has changed, absolute.

        Returns:
            Whether that was possible. If not, as for a new file or settings, nothing was read, and
            a new run has to be opened.
        """
        found = [self._files.get(Path(os.path.realpath(path))) for path in paths]
        known = [each for each in found if each is not None]
        if len(known) < len(found) or not all(map(os.path.isfile, paths)):
            return False
        for workspace, name in known:
            workspace.update(name, None)
        return True

    def result(self, *, write: bool = True, has_patch: bool = False) -> RunResult:
        """Judge the files as they are now, and fix them if asked to.

        A file that cannot be written is reported.

        Args:
            write: Whether to write the fixed files.
            has_patch: Whether fixes of the rows of tables are written to a patch table.
        """
        parts = (self._finish(part, write=write, has_patch=has_patch) for part in self._parts)
        return RunResult(self._run.root, tuple(parts), self._run.notes)

    def _finish(self, part: _Part, *, write: bool, has_patch: bool) -> ProjectResult:
        """Judge the files of one project, and apply its quality gate."""
        workspace, baseline = part.workspace, part.baseline
        if self._safeties and isinstance(workspace, Workspace):
            result = _fix(workspace, baseline, self._safeties, write=write, has_patch=has_patch)
        else:
            outcome = workspace.outcome()
            if part.key is not None and isinstance(workspace, Workspace):
                from newslint.execution.outcome_memo import store_outcome

                store_outcome(part.check, part.key, outcome)
            result = FixResult(workspace.request, outcome.passing(baseline), {})
        if part.limit is not None:
            result = replace(result, outcome=result.outcome.limit(part.limit))
        gate = None
        if (limits := self._run.limits) is not None:
            gate = judge_gate(result.outcome.report, limits.apply(part.check.project.gate))
        return ProjectResult(self._run.place(part.check), result, part.baseline, gate)


def _recall(
    check: CheckRequest, baseline: Baseline, safeties: "frozenset[Safety]"
) -> "tuple[OutcomeKey | None, RecalledCheck | None]":
    """Find a check whose outcome is known, and leaves nothing to fix.

    Returns:
        The key of its outcome and the check; None for what does not exist.
    """
    if check.cache is None:
        return None, None
    from newslint.execution.outcome_memo import RecalledCheck, outcome_key, recall_outcome

    key = outcome_key(check)
    known = None if key is None else recall_outcome(check, key)
    if known is not None and safeties:
        from newslint.execution.fixing import has_fixes

        known = None if has_fixes(known.passing(baseline), safeties) else known
    return key, None if known is None else RecalledCheck(check, known)


def _fix(
    workspace: Workspace,
    baseline: Baseline,
    safeties: "frozenset[Safety]",
    *,
    write: bool,
    has_patch: bool,
) -> FixResult:
    """Fix the files of one project, and save them if asked to."""
    from newslint.execution.fixing import fix_files, write_fixed_files

    result = fix_files(workspace, safeties, baseline)
    if write:
        result = write_fixed_files(result, workspace, baseline, has_patch=has_patch)
    return result.with_failures_reported()
