"""From options to a run, as the command line and the Python API need it."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from newslint.execution.archive_kind import adapt_to_archive
from newslint.execution.check_request import CheckRequest
from newslint.execution.files import UsageError, shown_path
from newslint.execution.missing_paths import check_exist
from newslint.execution.projects import (
    ProjectPaths,
    absolute_path,
    add_paths,
    common_root,
    group_paths,
    read_nested,
)
from newslint.execution.run import RunRequest
from newslint.execution.unmatched import note_unmatched
from newslint.settings import Project, RuleSelector

if TYPE_CHECKING:
    from newslint.execution.git import GitDiff


def build_run(  # noqa: PLR0913 # independent values
    paths: Sequence[Path],
    *,
    config: Path | None = None,
    plugins: bool = True,
    since: str | None = None,
    use_cache: bool = True,
    cache_dir: Path | None = None,
    select: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    contents: Mapping[Path, bytes] = MappingProxyType({}),
    **options: Any,
) -> RunRequest:
    """Build the checks that options describe, one for each project.

    Args:
        paths: Files or folders to report on, relative to the current folder. If there are none,
            that is the folder of `config`, or else the current one.
        config: The settings file of all files; None to find the closest one of each.
        plugins: Whether code that the settings name may be loaded.
        since: Report only on changes since this git revision.
        use_cache: Whether to read and write the cache.
        cache_dir: Folder of the cache; None for the default.
        select: Rules or categories to run; empty for those that the settings select.
        extend_select: Rules or categories to run in addition to those selected.
        ignore: Rules or categories to leave out, in addition to those that the settings ignore.
        contents: Contents to use instead of those on the disk.
        options: Further attributes of `CheckRequest`.

    Raises:
        UsageError: A path or the revision does not exist, there are no files, or git is not
            available.
        SettingsError: The settings cannot be used.
        UnknownNameError: A name is neither a rule's nor a category's.
    """
    working = Path.cwd()
    default = Path() if config is None else config.parent
    targets = [absolute_path(working / path) for path in paths or (default,)]
    contents = {absolute_path(working / path): data for path, data in contents.items()}
    check_exist((path for path in targets if path not in contents), working)
    groups = group_paths(targets, working, config, plugins=plugins)

    def create(project: Project, paths: Sequence[Path]) -> CheckRequest:
        return CheckRequest.create(
            paths, working, project.selection, project=project, contents=contents, **options
        )

    checks, notes = _find_checks(groups, create, plugins=plugins)
    checks = _select_rules(checks, select, extend_select, ignore)
    named = frozenset(targets)
    folder = find_cache_folder(cache_dir) if use_cache else None
    is_alone = len(checks) == 1
    checks = [_complete(check, since, named, folder, is_alone=is_alone) for check in checks]
    root = common_root([check.project for check in checks], working)
    return RunRequest(root, tuple(checks), tuple(notes))


def _find_checks(
    groups: Sequence[ProjectPaths],
    create: Callable[[Project, Sequence[Path]], CheckRequest],
    *,
    plugins: bool,
) -> tuple[list[CheckRequest], list[str]]:
    """Find the files of each project, and the projects inside of these.

    Args:
        groups: The projects, with the files and folders to report on.
        create: Creates the check of a project.
        plugins: Whether code that settings name may be loaded.

    Returns:
        The checks of the projects that have files, and notes about the others.

    Raises:
        UsageError: There are no files.
    """
    waiting = list(groups)
    checks: list[CheckRequest] = []
    errors: list[UsageError] = []
    while waiting:
        project, paths = waiting.pop(0)
        check = create(project, paths)
        try:
            files = check.found_files()
        except UsageError as error:
            errors.append(error)
            continue
        for nested in read_nested(files.projects, paths, plugins=plugins):
            waiting = add_paths(waiting, nested, [nested.root])
        if files.scope or files.left_out:
            checks.append(replace(check, files=files))
    if not checks:
        raise errors[0]
    return checks, list(map(str, errors))


def _select_rules(
    checks: Sequence[CheckRequest],
    select: Sequence[str],
    extend_select: Sequence[str],
    ignore: Sequence[str],
) -> list[CheckRequest]:
    """Apply the rules that the command line names to each project.

    A name may be that of a rule which only some projects know, from a plugin. A project without any
    of the selected rules is left out.

    Raises:
        UnknownNameError: A name is neither a rule's nor a category's in any project.
    """
    registries = [check.project.registry for check in checks]
    for name in (*select, *extend_select, *ignore):
        if not any(registry.knows(name) for registry in registries):
            registries[0].expand(name)
    found = []
    for check, registry in zip(checks, registries, strict=True):
        selected, added, ignored = (
            tuple(filter(registry.knows, names)) for names in (select, extend_select, ignore)
        )
        if selected or not select:
            selector = RuleSelector(selected or None, added, ignored)
            rules = check.project.selection.with_command_line(selector)
            found.append(replace(check, rules=rules))
    return found


def _complete(
    check: CheckRequest,
    since: str | None,
    named: frozenset[Path],
    cache_folder: Path | None,
    *,
    is_alone: bool,
) -> CheckRequest:
    """Add to a check its changes since a revision, its cache and its notes."""
    project = check.project
    diff, note = (None, "") if since is None else _find_changes(since, project, named)
    cache = None
    if cache_folder is not None:
        from newslint.execution.cache import Cache

        cache = Cache(cache_folder, project.root)
    check = note_unmatched(replace(check, diff=diff, cache=cache))
    check = adapt_to_archive(check, is_alone=is_alone and not check.found_files().projects)
    return replace(check, notes=(*check.notes, note)) if note else check


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
        lambda path: (
            path in sources
            or ((path in named or project.filter.accepts(path)) and project.filter.owns(path))
        ),
    )
    names = {shown_path(path, root) for path in sources - named}
    changed = sorted(names.intersection((*diff.changed, *diff.previous)))
    if not changed:
        return diff, ""
    name = shown_path(root / changed[0], common_root([project], Path.cwd()))
    return None, f"all files are checked, because {name} differs from {since}"


def find_project_of(path: Path, config: Path | None, *, plugins: bool) -> Project:
    """Load the settings in `config`, or else the closest ones above a file or folder.

    Args:
        path: The file or folder, absolute.
        config: The settings file; None to search for it.
        plugins: Whether code that the settings name may be loaded.

    Raises:
        SettingsError: The settings cannot be used.
    """
    (group,) = group_paths([path], Path.cwd(), config, plugins=plugins)
    return group.project


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
