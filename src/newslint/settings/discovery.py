"""Discovery of settings files: the closest one above a folder, and those of projects below it."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from newslint.documents.access import (
    AccessError,
    project_boundary,
    read_limited,
    resolve_inside,
)
from newslint.settings.toml_file import (
    OWN_FILE,
    SHARED_FILE,
    SHARED_KEYS,
    SettingsError,
    TomlFile,
    parse_toml,
)

MAX_BYTES = 1024 * 1024
"""The size limit of a settings file."""

_MISNAMED = {
    ".newslint.toml": f"rename it to {OWN_FILE}",
    ".newslintrc": f"write its settings into {OWN_FILE}",
    ".newslintignore": f"write its patterns into the list 'exclude' of {OWN_FILE}",
}
"""Files whose authors expect them to be read, and what to do."""


def find_closest(
    start: Path, read: Callable[[Path], TomlFile | None] | None = None
) -> TomlFile | Path | None:
    """Find the settings file that applies to the files in a folder: the closest one going up.

    The search ends at a git repository, and below a folder that belongs to somebody else, as `/tmp`
    does.

    Args:
        start: The folder, absolute.
        read: Replaces `find_settings_file`, for instance by a cached one.

    Returns:
        The file; the top of the repository if there is none in it; None if there is neither.

    Raises:
        SettingsError: The file cannot be read.
    """
    for folder in _trusted_folders(start):
        file = (read or find_settings_file)(folder)
        if file is not None:
            return file
        if (folder / ".git").exists():
            return folder
    return None


def _trusted_folders(start: Path) -> Iterator[Path]:
    """Yield `start` and the folders above it that belong to the user or to its owner.

    A folder like `/tmp`, in which everybody may create files, is not trusted, whoever owns it.
    """
    owners: set[int] = set()
    for folder in (start, *start.parents):
        try:
            status = folder.stat()
        except OSError:
            continue  # it does not exist
        if owners:
            is_shared = status.st_mode & stat.S_IWOTH and status.st_mode & stat.S_ISVTX
            if is_shared or status.st_uid not in owners:
                return
        owners = owners or {os.geteuid(), status.st_uid}
        yield folder


def find_settings_file(folder: Path) -> TomlFile | None:
    """Read the settings file of a folder; None if the folder has none.

    Raises:
        SettingsError: The file cannot be read.
    """
    for name, remedy in _MISNAMED.items():
        if os.path.isfile(folder / name):  # noqa: PTH113 # `Path.is_file` raises for long names
            raise SettingsError(f"{label_path(folder / name)} is not read: {remedy}")
    files = (_read_candidate(folder / name) for name in (OWN_FILE, SHARED_FILE))
    return next((file for file in files if file is not None), None)


def has_settings(folder: Path) -> bool:
    """Check if a folder has a settings file, readable or not, and so is a project of its own.

    A folder that belongs neither to the user nor to the owner of the folder above is none.
    """
    names = [name for name in (OWN_FILE, SHARED_FILE, *_MISNAMED) if os.path.lexists(folder / name)]
    if not names or not _is_trusted(folder):
        return False
    try:
        return names != [SHARED_FILE] or _read_candidate(folder / SHARED_FILE) is not None
    except SettingsError:
        return True


def _is_trusted(folder: Path) -> bool:
    """Check if a folder belongs to the user or to the owner of the folder above it."""
    try:
        return folder.stat().st_uid in {os.geteuid(), folder.parent.stat().st_uid}
    except OSError:
        return False


def _read_candidate(path: Path) -> TomlFile | None:
    """Read a settings file; None if there is none, or if it has no settings of newslint."""
    if path.is_fifo():  # reading it would wait for a writer
        raise SettingsError(f"{label_path(path)}: cannot be read: it is a named pipe")
    try:
        data = read_limited(resolve_inside(path, project_boundary(path.parent)), MAX_BYTES)
    except FileNotFoundError:
        return None
    except AccessError as error:
        if path.name == SHARED_FILE:
            return None
        raise SettingsError(f"{label_path(path)}: cannot be read: {error}") from error
    if path.name == SHARED_FILE and b"newslint" not in data:
        return None  # whatever else is wrong with it
    try:
        file = parse_file(data, path)
    except SettingsError:
        if path.name == SHARED_FILE and b"tool.newslint" not in data:
            return None
        raise
    return None if file.table is None else file


def parse_file(data: bytes, path: Path, name: str = "") -> TomlFile:
    """Parse the settings in `path`, which `pyproject.toml` has in `[tool.newslint]`."""
    prefix = SHARED_KEYS if path.name == SHARED_FILE else ()
    return parse_toml(data, path, name or label_path(path), prefix)


def label_path(path: Path) -> str:
    """Format the path of a file for messages, relative to the current folder if it is inside."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
