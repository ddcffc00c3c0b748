"""Discovery and reading of settings: `newslint.toml`, or `[tool.newslint]` of `pyproject.toml`."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from newslint.documents.access import (
    AccessError,
    project_boundary,
    read_limited,
    resolve_inside,
    resolve_named,
)
from newslint.settings.bases import PRESETS, BaseError, find_base, suggest_preset
from newslint.settings.merging import SettingsSource, merge_settings
from newslint.settings.project import Project
from newslint.settings.settings import Settings
from newslint.settings.toml_file import (
    OWN_FILE,
    SHARED_FILE,
    SHARED_KEYS,
    SettingsError,
    TomlFile,
    parse_toml,
)
from newslint.settings.validation import validate

_MAX_BYTES = 1024 * 1024
"""The size limit of a settings file."""

_MISNAMED = {
    ".newslint.toml": f"rename it to {OWN_FILE}",
    ".newslintrc": f"write its settings into {OWN_FILE}",
    ".newslintignore": f"write its patterns into the list 'exclude' of {OWN_FILE}",
}
"""Files whose authors expect them to be read, and what to do."""

_MAX_EXTENDS = 20
"""The number of files that may extend each other."""


def find_project(start: Path, *, plugins: bool = True) -> Project:
    """Load the project that the folder `start` belongs to.

    Its root is the closest folder going up that contains a settings file or `.git`, else `start`.
    The search ends below a folder that belongs to somebody else, as `/tmp` does.

    Args:
        start: An absolute path.
        plugins: Whether code that the settings name may be imported.

    Raises:
        SettingsError: The settings file cannot be read or used.
    """
    for folder in _trusted_folders(start):
        file = find_settings_file(folder)
        if file is not None:
            return read_project(file, plugins=plugins)
        if (folder / ".git").exists():
            return Project.build(folder, Settings.model_construct(), root_found=True)
    return Project.build(start, Settings.model_construct())


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
        if (folder / name).is_file():
            raise SettingsError(f"{_display_path(folder / name)} is not read: {remedy}")
    files = (_read_candidate(folder / name) for name in (OWN_FILE, SHARED_FILE))
    return next((file for file in files if file is not None), None)


def load_project(path: Path, *, plugins: bool = True) -> Project:
    """Load the project whose settings file is `path` and whose root is the folder of that file.

    Args:
        path: The file, which the user has named; absolute.
        plugins: Whether code that the settings name may be imported.

    Raises:
        SettingsError: The file does not exist, or cannot be read or used.
    """
    display_path = _display_path(path)
    try:
        file = _parse(read_limited(resolve_named(path), _MAX_BYTES), path)
    except FileNotFoundError:
        raise SettingsError(f"{display_path}: settings file not found") from None
    except AccessError as error:
        raise SettingsError(f"{display_path}: cannot be read: {error}") from error
    if file.table is None:
        raise SettingsError(f"{file.display_path}: there is no table [tool.newslint] in this file")
    return read_project(file, plugins=plugins)


def read_project(file: TomlFile, *, plugins: bool = True) -> Project:
    """Build the project that a settings file and those that it extends describe.

    Raises:
        SettingsError: One of the files cannot be used.
    """
    files = _resolve_extends(file)
    for each in files:
        validate(each)
    table, origins = merge_settings([SettingsSource(each, each.table or {}) for each in files])
    settings = Settings.model_validate(table)
    return Project.build(
        file.path.parent,
        settings,
        file=file.path,
        origins=origins,
        root_found=True,
        plugins=plugins,
    )


def _read_candidate(path: Path) -> TomlFile | None:
    """Read a settings file; None if there is none, or if it has no settings of newslint."""
    if path.is_fifo():  # reading it would wait for a writer
        raise SettingsError(f"{_display_path(path)}: cannot be read: it is a named pipe")
    try:
        data = read_limited(resolve_inside(path, project_boundary(path.parent)), _MAX_BYTES)
    except FileNotFoundError:
        return None
    except AccessError as error:
        if path.name == SHARED_FILE:
            return None
        raise SettingsError(f"{_display_path(path)}: cannot be read: {error}") from error
    if path.name == SHARED_FILE and b"newslint" not in data:
        return None  # whatever else is wrong with it
    try:
        file = _parse(data, path)
    except SettingsError:
        if path.name == SHARED_FILE and b"tool.newslint" not in data:
            return None
        raise
    return None if file.table is None else file


def _parse(data: bytes, path: Path, name: str = "") -> TomlFile:
    """Parse the settings in `path`, which `pyproject.toml` has in `[tool.newslint]`."""
    prefix = SHARED_KEYS if path.name == SHARED_FILE else ()
    return parse_toml(data, path, name or _display_path(path), prefix)


def _display_path(path: Path) -> str:
    """Format the path of a file for messages, relative to the current folder if it is inside."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _resolve_extends(file: TomlFile) -> list[TomlFile]:
    """Read the files that `file` extends, directly or not, and list them before it, base first.

    Raises:
        SettingsError: A file is outside of the project, does not exist, cannot be read, or extends
            itself.
    """
    chain = [file]
    seen = {os.path.realpath(file.path)}
    while (base := (chain[-1].table or {}).get("extends")) is not None:
        last = chain[-1]
        if not isinstance(base, str) or not base:
            break  # `validate` reports it
        path, boundary = _locate_base(base, last, project_boundary(file.path.parent))
        real = os.path.realpath(path) if "\0" not in base else ""
        if real in seen:
            names = " → ".join(each.display_path for each in [*chain, file])
            raise last.error(("extends",), f"'extends' is circular: {names}")
        seen.add(real)
        if len(chain) > _MAX_EXTENDS:
            raise last.error(("extends",), f"more than {_MAX_EXTENDS} files extend each other")
        chain.append(_read_extended(path, last, boundary, base))
    return chain[::-1]


def _locate_base(reference: str, file: TomlFile, boundary: Path) -> tuple[Path, Path]:
    """Locate the settings that `file` extends, and the folder that they must be in.

    Raises:
        SettingsError: The reference is a URL, or names no preset or package.
    """
    try:
        base = find_base(reference)
    except BaseError as error:
        raise file.error(("extends",), str(error)) from error
    if base is not None:
        return base
    return Path(os.path.normpath(file.path.parent / reference)), boundary


def _read_extended(path: Path, file: TomlFile, boundary: Path, reference: str) -> TomlFile:
    """Read the settings file `path` that `file` extends, and that `reference` names.

    Raises:
        SettingsError: It is outside of `boundary`, does not exist, or cannot be read.
    """
    name = reference if boundary == path.parent == PRESETS else _display_path(path)
    try:
        data = read_limited(resolve_inside(path, boundary), _MAX_BYTES)
        extended = _parse(data, path, name)
    except FileNotFoundError:
        raise file.error(
            ("extends",), f"settings file not found: {name}{suggest_preset(reference)}"
        ) from None
    except AccessError as error:
        raise file.error(("extends",), f"cannot read {name}: {error}") from error
    if extended.table is None:
        raise file.error(("extends",), f"there is no table [tool.newslint] in {name}")
    return extended
