"""Listing of the files of a project, for rules that compare records with them."""

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.documents import create_document
from newslint.documents.discovery import SKIPPED_FOLDERS
from newslint.execution.files import list_roots, shown_path
from newslint.records import ProjectFiles
from newslint.records.collection import NEWS_FIELDS
from newslint.records.name_tables import find_table, list_names, singular
from newslint.syntax import Reader

if TYPE_CHECKING:
    from newslint.execution.check_request import CheckRequest

_SKIPPED = SKIPPED_FOLDERS - {"vendor"} | {".git", ".venv", ".tox", ".mypy_cache", ".ruff_cache"}
_MAX_FILES = 1_000_000
_MAX_DATA_FILES = 10_000


class ProjectListing:
    """The files of a project, which are listed when a rule needs them."""

    def __init__(self) -> None:
        self._files: ProjectFiles | None = None
        self._has_changed = False

    @property
    def digest(self) -> bytes:
        """Digest of the files; empty if no rule needed them."""
        return b"" if self._files is None else self._files.digest

    def read(self, request: "CheckRequest") -> ProjectFiles:
        """List the files of the project of a request, unless they have been listed."""
        if self._files is None:
            self._files = list_project_files(request)
        return self._files

    def change(self, *, added: str = "", removed: str = "") -> None:
        """Add or remove a file by its path, if the files have been listed."""
        before = self._files
        if before is not None:
            self._files = before.change(added, removed)
            self._has_changed |= self._files is not before

    @property
    def has_changed(self) -> bool:
        """Whether the files have changed since the last call of `take_change`."""
        return self._has_changed

    def take_change(self) -> bool:
        """Check if the files have changed since the last call."""
        changed, self._has_changed = self._has_changed, False
        return changed


def list_project_files(request: "CheckRequest") -> ProjectFiles:
    """List all files of the project, whatever their kind.

    Folders of installed and generated files are left out. Without settings or a repository, the
    project is what the request names.
    """
    root = request.project.root
    found = {shown_path(path, root) for path in request.contents}
    opaque: set[str] = set()
    for top in filter(Path.is_dir, list_roots(request.paths, request.project)):
        prefix = shown_path(top, root)
        for path, is_listed in _walk(str(top), "" if prefix == "." else f"{prefix}/"):
            if is_listed:
                found.add(path)
            else:
                opaque.add(path.rstrip("/").rpartition("/")[2])
            if len(found) > _MAX_FILES:
                break
    return ProjectFiles(frozenset(found), frozenset(opaque), _read_tables(found, request))


def _read_tables(paths: Iterable[str], request: "CheckRequest") -> dict[str, tuple[str, ...]]:
    """Read the data files that define the values of fields with terms."""
    maps = [each.collection.field_map for each in request.project.selection.collections]
    keys = (keys for each in maps or [NEWS_FIELDS] for keys in each.keys("terms"))
    fields = {singular(names[-1]) for names in keys}
    reader, parser, root = request.reader, Reader(), request.project.root
    found: dict[str, list[str]] = {}
    tables = ((path, table) for path in sorted(paths) if (table := find_table(path, fields)))
    for path, table in islice(tables, _MAX_DATA_FILES):
        content = reader.read(root / path)
        names = found.setdefault(table, [])
        for value in create_document(path, content, parser).roots[:1]:
            names += list_names(table, path, value.python)
    return {table: tuple(names) for table, names in found.items()}


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, bool]]:
    """Yield the files below a folder, and its folders whose files are not listed.

    Args:
        folder: The folder.
        prefix: What the paths of its files start with.
    """
    pending = [(folder, prefix)]
    while pending:  # without recursion: folders may be nested more deeply than calls of functions
        folder, prefix = pending.pop()
        try:
            with os.scandir(folder) as entries:
                found = list(entries)
        except OSError:
            found = []
        if not found:
            yield prefix, False
        for entry in found:
            name = f"{prefix}{entry.name}"
            is_link = entry.is_symlink()
            if not (os.path.isdir(entry.path) if is_link else entry.is_dir()):  # noqa: PTH112 # never raises
                yield name, True
            elif is_link:
                yield name, False
            elif entry.name not in _SKIPPED:
                pending.append((entry.path, f"{name}/"))
