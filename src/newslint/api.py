"""The Python API: check and fix files as `newslint check` does.

The names in `__all__` are also those of the package: `newslint.check`, `newslint.fix` and so on.
`docs/python-api.md` is its manual.
"""

import os
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from msgspec.structs import replace

from newslint.diagnostics import Diagnostic, GateResult, Report, Safety, Severity
from newslint.diagnostics.index import DiagnosticSelection
from newslint.engine.baseline import Baseline
from newslint.engine.baseline_file import BaselineError, read_baseline
from newslint.execution import UsageError
from newslint.execution.files import shown_path
from newslint.execution.fixed_file import FixedFile, FixFailure
from newslint.execution.open_run import run_checks
from newslint.execution.request import build_run
from newslint.execution.run import RunRequest, RunResult
from newslint.reporters.causes import rank_causes
from newslint.reporters.json import encode_report
from newslint.reporters.summary import summary_lines
from newslint.settings import Project, SettingsError, UnknownNameError
from newslint.settings.gate import GateOverride

if TYPE_CHECKING:
    import pandas
    import polars

__all__ = [
    "BaselineError",
    "CheckReport",
    "FixFailure",
    "FixReport",
    "FixedFile",
    "SettingsError",
    "UnknownNameError",
    "UsageError",
    "check",
    "fix",
]

StrPath = str | os.PathLike[str]

Names = str | Iterable[str]
"""Rules or categories; a string may contain several, separated by commas."""


@dataclass(frozen=True, repr=False)
class CheckReport:
    """The outcome of a check.

    Attributes:
        report: The diagnostics and the counts.
        is_complete: Whether no rule failed; if one did, `rule-crashed` is among the diagnostics.
        fail_level: The setting `fail-level`; of several projects, the lowest one.
    """

    report: Report
    is_complete: bool
    fail_level: Severity

    def __repr__(self) -> str:
        """Summarise the counts."""
        return f"<{type(self).__name__}: {'; '.join(summary_lines(self.report))}>"

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """The diagnostics, sorted by file, place and rule."""
        return self.report.diagnostics

    @property
    def gate(self) -> GateResult:
        """The quality gate of the settings, applied to the report."""
        return self.report.gate or GateResult()

    @cached_property
    def causes(self) -> dict[str, list[Diagnostic]]:
        """The diagnostics by cause id; causes are in the order of their first diagnostics."""
        groups = DiagnosticSelection.of(self.diagnostics).by_cause()
        return {group.kind.cause: list(group) for group in groups}

    def worst_causes(self, limit: int | None = 10) -> dict[str, list[Diagnostic]]:
        """List the diagnostics of the worst causes by cause id, as reports rank causes.

        The worst severity comes first; then causes with most diagnostics in records that readers
        can see, then those with most diagnostics. Causes that belong to patterns come after others
        of the same severity. Within a cause, diagnostics in visible records come first.

        Args:
            limit: Maximum number of causes; None for all.
        """
        ranked = rank_causes(self.diagnostics, self.report.patterns)[:limit]
        return {cause.diagnostics.kind.cause: list(cause.diagnostics) for cause in ranked}

    def fails(self, level: Severity | str | None = None) -> bool:
        """Check whether the quality gate fails, or any diagnostic is at a severity or above it.

        Args:
            level: `error`, `warning` or `info`; None for the quality gate.
        """
        return not self.gate.has_passed if level is None else self.report.fails(Severity(level))

    def to_dict(self) -> dict[str, Any]:
        """Encode the report as `newslint check --format json` does."""
        return encode_report(self.report)

    @overload
    def to_frame(self) -> Any: ...

    @overload
    def to_frame(self, library: Literal["pandas"]) -> "pandas.DataFrame": ...

    @overload
    def to_frame(self, library: Literal["polars"]) -> "polars.DataFrame": ...

    def to_frame(self, library: Literal["pandas", "polars"] | None = None) -> Any:
        """Create a data frame with a row for each diagnostic.

        Args:
            library: The library of the frame; None for pandas if it is installed, else polars.

        Raises:
            ImportError: The library is not installed.
        """
        from newslint.reporters.frame import render_frame

        return render_frame(self.diagnostics, library)


@dataclass(frozen=True, repr=False)
class FixReport:
    """The outcome of a fix.

    Attributes:
        files: The changed files, by their paths in reports.
        failures: The files that were left unchanged because their fixes could not be applied.
        remaining: The outcome of the check after all fixes.
    """

    files: dict[str, FixedFile]
    failures: tuple[FixFailure, ...]
    remaining: CheckReport

    def __repr__(self) -> str:
        """Summarise the counts."""
        return (
            f"<{type(self).__name__}: {len(self.fixed):,} fixed in {len(self.files):,}; "
            f"{len(self.failures):,} failed; {self.remaining!r}>"
        )

    @property
    def fixed(self) -> list[Diagnostic]:
        """The diagnostics whose fixes were applied, file by file."""
        return [diagnostic for file in self.files.values() for diagnostic in file.fixed]


def check(  # noqa: PLR0913 # the options of the command
    *paths: StrPath,
    select: Names = (),
    extend_select: Names = (),
    ignore: Names = (),
    config: StrPath | None = None,
    plugins: bool = True,
    since: str | None = None,
    force_exclude: bool = False,
    baseline: StrPath | bool = True,
    jobs: int | Literal["auto"] = 1,
    cache: StrPath | bool = True,
) -> CheckReport:
    """Check files.

    Args:
        paths: Files or folders, relative to the current folder. The default is the folder of
            `config`, or else the current one.
        select: Rules or categories to run; if empty, the settings select them.
        extend_select: Further rules or categories to run.
        ignore: Rules or categories that do not run.
        config: The settings file; None to search for it.
        plugins: Whether code that the settings name may be loaded.
        since: Report only on changes since this git revision.
        force_exclude: Apply exclusions of the settings to the files in `paths`, too.
        baseline: File of known diagnostics, which are not reported; True for that of the settings,
            False for none.
        jobs: Number of processes; `"auto"` depends on the number of files. More than one are
            forked, and only while the program has a single thread.
        cache: Folder of the cache; True for the default, False to check every file anew.

    Raises:
        UsageError: There are no files or rules, a path or a revision does not exist, or an option
            has an invalid value.
        SettingsError: The settings cannot be used.
        UnknownNameError: A name is neither a rule's nor a category's.
        BaselineError: The baseline does not exist or cannot be used.
    """
    result = _run(
        paths,
        baseline,
        select=_split(select),
        extend_select=_split(extend_select),
        ignore=_split(ignore),
        config=config,
        plugins=plugins,
        since=since,
        force_exclude=force_exclude,
        jobs=jobs,
        cache=cache,
    )
    return _check_report(result)


def fix(  # noqa: PLR0913 # the options of the command
    *paths: StrPath,
    unsafe: bool = False,
    dry_run: bool = False,
    select: Names = (),
    extend_select: Names = (),
    ignore: Names = (),
    config: StrPath | None = None,
    plugins: bool = True,
    since: str | None = None,
    force_exclude: bool = False,
    baseline: StrPath | bool = True,
    jobs: int | Literal["auto"] = 1,
    cache: StrPath | bool = True,
) -> FixReport:
    """Check files and apply the fixes of their diagnostics.

    Args:
        paths: Files or folders, relative to the current folder. The default is the folder of
            `config`, or else the current one.
        unsafe: Apply unsafe fixes, too.
        dry_run: Write no file.
        select: As of `check`, like all options below.
        extend_select: Further rules or categories to run.
        ignore: Rules or categories that do not run.
        config: The settings file; None to search for it.
        plugins: Whether code that the settings name may be loaded.
        since: Report and fix only changes since this git revision.
        force_exclude: Apply exclusions of the settings to the files in `paths`, too.
        baseline: File of known diagnostics, which are neither reported nor fixed.
        jobs: Number of processes.
        cache: Folder of the cache.

    Raises:
        UsageError: There are no files or rules, a path or a revision does not exist, or an option
            has an invalid value.
        SettingsError: The settings cannot be used.
        UnknownNameError: A name is neither a rule's nor a category's.
        BaselineError: The baseline does not exist or cannot be used.
    """
    result = _run(
        paths,
        baseline,
        frozenset(Safety) if unsafe else frozenset({Safety.SAFE}),
        write=not dry_run,
        select=_split(select),
        extend_select=_split(extend_select),
        ignore=_split(ignore),
        config=config,
        plugins=plugins,
        since=since,
        force_exclude=force_exclude,
        jobs=jobs,
        cache=cache,
    )
    return FixReport(result.files, result.failures, _check_report(result))


def _run(  # noqa: PLR0913 # the options of the command
    paths: Sequence[StrPath],
    baseline: StrPath | bool,  # noqa: FBT001 # inside
    safeties: frozenset[Safety] = frozenset(),
    *,
    write: bool = False,
    config: StrPath | None,
    jobs: int | Literal["auto"],
    cache: StrPath | bool,
    **options: Any,
) -> RunResult:
    """Build the checks that the command line builds for the same options, and run them."""
    if jobs != "auto" and not _is_positive_integer(jobs):
        raise UsageError(f"jobs is {jobs!r}; it must be 'auto' or an integer from 1")
    if not all(map(os.fspath, paths)):
        raise UsageError("a path is empty; write '.' for the current folder")
    run = build_run(
        tuple(map(Path, paths)),
        config=None if config is None else Path(config),
        jobs=None if jobs == "auto" else jobs,
        use_cache=cache is not False,
        cache_dir=None if isinstance(cache, bool) else Path(cache),
        **options,
    )
    run = replace(run, limits=GateOverride())
    result = run_checks(run, _load_baselines(run, baseline), safeties, write=write)
    if trouble := run.take_cache_trouble():
        warnings.warn(f"the cache cannot be written: {trouble}", RuntimeWarning, stacklevel=3)
    return result


def _is_positive_integer(value: object) -> bool:
    """Check if a value is an integer from 1; booleans are none."""
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _check_report(result: RunResult) -> CheckReport:
    """Create the report of a run."""
    outcome = result.outcome
    return CheckReport(
        outcome.report,
        outcome.complete,
        min(part.fail_level for part in result.parts),
    )


def _load_baselines(run: RunRequest, baseline: StrPath | bool) -> list[Baseline]:  # noqa: FBT001 # inside
    """Load a baseline, or those of the settings of each project.

    Raises:
        UsageError: One file is given for several projects.
    """
    if not isinstance(baseline, bool) and len(run.checks) > 1:
        raise UsageError(f"'baseline' is the file of one project, and here are {len(run.checks)}")
    return [_load_baseline(project, baseline) for project in run.projects]


def _load_baseline(project: Project, baseline: StrPath | bool) -> Baseline:  # noqa: FBT001 # inside
    """Load a baseline, or that of the settings; an empty one by default."""
    if baseline is False:
        return Baseline()
    path = project.baseline if baseline is True else Path.cwd() / baseline
    if path is None:
        return Baseline()
    name = shown_path(path, Path.cwd())
    try:
        return read_baseline(path, name)
    except FileNotFoundError as error:
        raise BaselineError(f"no baseline {name}; 'newslint baseline create' writes it") from error


def _split(names: Names) -> tuple[str, ...]:
    """Split names at commas, as the command line does."""
    texts = (names,) if isinstance(names, str) else names
    return tuple(name.strip() for text in texts for name in text.split(",") if name.strip())
