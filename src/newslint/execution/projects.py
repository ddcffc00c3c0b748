"""The projects of a run: for each file, the closest settings above it apply."""

import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newslint.execution.files import find_root
from newslint.settings import Project, load_project
from newslint.settings.discovery import find_closest, find_settings_file
from newslint.settings.load import read_project
from newslint.settings.toml_file import TomlFile


class ProjectPaths(NamedTuple):
    """A project, and those of its files and folders that are to be reported on.

    Attributes:
        project: The project.
        paths: The files and folders, absolute.
    """

    project: Project
    paths: tuple[Path, ...]


def group_paths(
    paths: Sequence[Path], working: Path, config: Path | None, *, plugins: bool
) -> list[ProjectPaths]:
    """Group files and folders by their projects, outer projects first.

    All that have no settings file above them belong to one project without settings.

    Args:
        paths: Files and folders, absolute.
        working: The current folder, absolute.
        config: The settings file of all; None to find the closest one of each.
        plugins: Whether code that the settings name may be loaded.

    Raises:
        SettingsError: The settings of a project cannot be used.
    """
    if config is not None:
        return [ProjectPaths(load_project(working / config, plugins=plugins), tuple(paths))]
    files: dict[Path, TomlFile] = {}
    groups: dict[Path, list[Path]] = {}
    others: list[Path] = []
    read = functools.cache(find_settings_file)
    find = functools.cache(lambda folder: find_closest(folder, read))
    for path in paths:
        closest = find(path if path.is_dir() else path.parent)
        if isinstance(closest, TomlFile):
            files[closest.path] = closest
            groups.setdefault(closest.path, []).append(path)
        else:
            others.append(path)
    found = [
        ProjectPaths(read_project(files[file], plugins=plugins), tuple(group))
        for file, group in groups.items()
    ]
    if others:
        found = add_paths(found, find_root(others, working, plugins=plugins), others)
    return _sort(found)


def add_paths(
    groups: Iterable[ProjectPaths], project: Project, paths: Iterable[Path]
) -> list[ProjectPaths]:
    """Add files and folders to the group of a project; if there is none, add one in its place."""
    groups = list(groups)
    for index, each in enumerate(groups):
        if each.project.root == project.root:
            groups[index] = each._replace(paths=(*dict.fromkeys((*each.paths, *paths)),))
            return groups
    return _sort([*groups, ProjectPaths(project, tuple(paths))])


def _sort(groups: Iterable[ProjectPaths]) -> list[ProjectPaths]:
    """Sort groups: outer projects come before those inside of them."""
    return sorted(groups, key=lambda each: (len(each.project.root.parts), each.project.root))


def read_nested(
    folders: Iterable[Path], paths: Iterable[Path], *, plugins: bool
) -> Iterator[Project]:
    """Load the projects below the folders that are to be reported on.

    Args:
        folders: The folders of projects that were found.
        paths: Files and folders to report on.
        plugins: Whether code that the settings name may be loaded.

    Raises:
        SettingsError: The settings of a project cannot be used.
    """
    paths = tuple(paths)
    for folder in folders:
        if any(folder.is_relative_to(path) for path in paths):
            file = find_settings_file(folder)
            if file is not None:
                yield read_project(file, plugins=plugins)


def absolute_path(path: Path) -> Path:
    """Remove `..` from an absolute path, unless it follows a symbolic link to a folder."""
    plain = os.path.normpath(path)
    return Path(plain) if os.path.realpath(plain) == os.path.realpath(path) else path


def common_root(projects: Sequence[Project], working: Path) -> Path:
    """Find the folder that paths in the report are relative to.

    This is the current folder if it contains all projects, or else the innermost folder that does.
    The top folder of the file system, which contains everything, does not count.
    """
    roots = [Path(os.path.normpath(project.root)) for project in projects]
    is_top = working == working.parent
    if not is_top and all(root.is_relative_to(working) for root in roots):
        return working
    return Path(os.path.commonpath(roots))
