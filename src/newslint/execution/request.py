"""From options to a run, as the command line and the Python API need it."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslint.engine.baseline import Baseline
from newslint.execution.archive_kind import adapt_to_archive
from newslint.execution.check_request import CheckRequest
from newslint.execution.files import find_root, shown_path
from newslint.execution.fixing import FixResult, fix_files, write_fixed_files
from newslint.execution.unmatched import note_unmatched
from newslint.execution.workspace import Workspace
from newslint.settings import Project, load_project

if TYPE_CHECKING:
    from newslint.diagnostics import Safety
    from newslint.execution.git import GitDiff


def build_request(  # noqa: PLR0913 # independent values
    paths: Sequence[Path],
    *,
    config: Path | None = None,
    plugins: bool = True,
    since: str | None = None,
    use_cache: bool = True,
    cache_dir: Path | None = None,
    **options: Any,
) -> CheckRequest:
    """Build the request that options describe; paths are relative to the current folder.

    Args:
        paths: Files or folders to report on.
        config: The settings file; None to search for it.
        plugins: Whether code that the settings name may be loaded.
        since: Report only on changes since this git revision.
        use_cache: Whether to read and write the cache.
        cache_dir: Folder of the cache; None for the default.
        options: Further options of `CheckRequest.create`.

    Raises:
        UsageError: A path or the revision does not exist, or git is not available.
        SettingsError: The settings cannot be used.
        UnknownNameError: A name is neither a rule's nor a category's.
    """
    folder = Path.cwd()
    targets = [folder / path for path in paths]
    named = frozenset(targets)
    project = resolve_project(targets, config, plugins=plugins)
    diff, note = (None, "") if since is None else _find_changes(since, project, named)
    cache = None
    if use_cache:
        from newslint.execution.cache import Cache

        cache = Cache(find_cache_folder(cache_dir), project.root)
    request = CheckRequest.create(paths, folder, project=project, diff=diff, cache=cache, **options)
    request = adapt_to_archive(note_unmatched(request))
    return replace(request, notes=(*request.notes, note)) if note else request


def _find_changes(
    since: str, project: Project, named: frozenset[Path]
) -> "tuple[GitDiff | None, str]":
    """Find the files that differ from a git revision.

    Args:
        since: The revision.
        project: The project.
        named: Files that belong to it because the user names them.

    Returns:
        The differences, or None and a note if all files must be checked because the settings, or
        files that these name, differ.

    Raises:
        UsageError: The revision does not exist, or git is not available.
    """
    from newslint.execution.git import diff_since
    from newslint.settings.sources import list_sources

    sources, root = list_sources(project), project.root
    diff = diff_since(
        since,
        root,
        project.settings.limits.file_size,
        lambda path: path in sources or path in named or project.filter.accepts(path),
    )
    names = {shown_path(path, root) for path in sources - named}
    changed = sorted(names.intersection((*diff.changed, *diff.previous)))
    if not changed:
        return diff, ""
    return None, f"all files are checked, because {changed[0]} differs from {since}"


def resolve_project(paths: Sequence[Path], config: Path | None, *, plugins: bool) -> Project:
    """Load the settings in `config`, or else the closest ones above files or folders.

    Args:
        paths: The files or folders, absolute.
        config: The settings file; None to search for it.
        plugins: Whether code that the settings name may be loaded.

    Raises:
        SettingsError: The settings cannot be used.
    """
    folder = Path.cwd()
    if config is not None:
        return load_project(folder / config, plugins=plugins)
    return find_root(paths, folder, plugins=plugins)


def find_cache_folder(cache_dir: Path | None = None) -> Path:
    """Find the absolute path of the cache folder.

    Args:
        cache_dir: The folder given by the user; None for that of the environment variable
            `NEWSLINT_CACHE_DIR`, or else the platform's default.
    """
    folder = cache_dir or os.environ.get("NEWSLINT_CACHE_DIR")
    if folder:
        return Path.cwd() / folder
    from platformdirs import user_cache_path

    return user_cache_path("newslint", appauthor=False)


def run_request(
    request: CheckRequest,
    baseline: Baseline,
    safeties: "frozenset[Safety]" = frozenset(),
    *,
    write: bool = True,
) -> FixResult:
    """Check the files of a request, and fix them if asked to.

    Only a plain check may list fewer diagnostics: fixes and baselines need all of them. A file that
    cannot be written is reported.

    Args:
        request: The files and the rules.
        baseline: Diagnostics that are neither reported nor fixed.
        safeties: The safeties of the fixes to apply; none to fix nothing.
        write: Whether to write the fixed files.

    Raises:
        UsageError: There are no files, or no rules.
    """
    needs_all = bool(safeties) or len(baseline) > 0
    limit = None if needs_all else request.project.settings.limits.diagnostics
    request = replace(request, max_per_rule=limit)
    workspace = Workspace(request)
    if not safeties:
        return FixResult(request, workspace.outcome().passing(baseline), {})
    result = fix_files(workspace, safeties, baseline)
    if write:
        result = write_fixed_files(result, workspace, baseline)
    return result.with_failures_reported()
