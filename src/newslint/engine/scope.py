"""Which files a run reports on, and which it knows."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newslint.settings import Project, find_project
from newslint.source import discover


class UsageError(ValueError):
    """What was asked for cannot be done; the message says why and what to do."""


class Files(NamedTuple):
    """The files of a run, by what they are called in reports.

    Attributes:
        scope: Those reported on.
        corpus: Those known: the scope and all records that belong with it.
    """

    scope: dict[str, Path]
    corpus: dict[str, Path]


def find_root(paths: Sequence[Path], working: Path) -> Project:
    """Return the project that `paths` belong to.

    Args:
        paths: Files or folders, absolute.
        working: The current folder: the root where nothing better is found.

    Raises:
        UsageError: A path does not exist.
        SettingsError: The settings cannot be used.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"no such file or folder: {shown_path(path, working)}")
    folders = [path if path.is_dir() else path.parent for path in paths]
    start = Path(os.path.commonpath(folders))
    project = find_project(start)
    if not project.found and start.is_relative_to(working):
        return project._replace(root=working)
    return project


def find_files(paths: Sequence[Path], project: Project) -> Files:
    """Return the files of a run over `paths`, absolute, in the order of their names.

    Raises:
        UsageError: There is none, or a folder cannot be listed.
    """
    scope = _named((file for path in paths for file in _below(path)), project.root)
    if not scope:
        listed = ", ".join(shown_path(path, project.root) for path in paths)
        raise UsageError(
            f"no documents found in {listed}: newslint reads .md, .markdown, .mdx, .html, .txt, "
            ".yml and .yaml files that are neither hidden nor ignored by .gitignore"
        )
    roots = _corpus_roots(paths, project)
    known = _named((file for root in roots for file in _below(root)), project.root)
    return Files(dict(sorted(scope.items())), dict(sorted((known | scope).items())))


def _corpus_roots(paths: Sequence[Path], project: Project) -> list[Path]:
    """Return the folders whose records are known."""
    if project.settings.corpus:
        return [project.root / folder for folder in project.settings.corpus]
    if project.found:
        return [project.root]
    return [path if path.is_dir() else path.parent for path in paths]


def _below(path: Path) -> Iterator[Path]:
    """Yield the documents of a folder; a file is yielded as it is."""
    if not path.is_dir():
        yield path
        return
    try:
        yield from discover(path)
    except OSError as error:
        raise UsageError(f"cannot list {path}: {error.strerror}") from error


def _named(files: Iterable[Path], root: Path) -> dict[str, Path]:
    """Return `files` by what reports call them."""
    return {shown_path(file, root): file for file in files}


def shown_path(path: Path, root: Path) -> str:
    """Return `path` relative to `root`, with `/`, in characters that can be written anywhere."""
    relative = os.path.relpath(path, root)
    name = relative if not relative.startswith("..") else str(path)
    return os.fsencode(name.replace(os.sep, "/")).decode("utf-8", "backslashreplace")
