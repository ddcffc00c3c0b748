"""Loading of projects: their settings files, and the files that these extend."""

import os
from pathlib import Path

from newslint.documents.access import (
    AccessError,
    project_boundary,
    read_limited,
    resolve_inside,
    resolve_named,
)
from newslint.documents.similar_names import suggest_file
from newslint.settings.bases import PRESETS, BaseError, find_base, suggest_preset
from newslint.settings.discovery import MAX_BYTES, find_closest, label_path, parse_file
from newslint.settings.merging import SettingsSource, merge_settings
from newslint.settings.project import Project
from newslint.settings.settings import Settings
from newslint.settings.toml_file import SettingsError, TomlFile
from newslint.settings.validation import validate

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
    found = find_closest(start)
    if isinstance(found, TomlFile):
        return read_project(found, plugins=plugins)
    if found is not None:
        return Project.build(found, Settings.model_construct(), root_found=True)
    return Project.build(start, Settings.model_construct())


def load_project(path: Path, *, plugins: bool = True) -> Project:
    """Load the project whose settings file is `path` and whose root is the folder of that file.

    Settings files in folders below do not count: all files there belong to this project.

    Args:
        path: The file, which the user has named; absolute.
        plugins: Whether code that the settings name may be imported.

    Raises:
        SettingsError: The file does not exist, or cannot be read or used.
    """
    display_path = label_path(path)
    try:
        file = parse_file(read_limited(resolve_named(path), MAX_BYTES), path)
    except FileNotFoundError:
        hint = suggest_file(path, display_path) or "; 'newslint init' drafts one"
        raise SettingsError(f"{display_path}: settings file not found{hint}") from None
    except AccessError as error:
        raise SettingsError(f"{display_path}: cannot be read: {error}") from error
    if file.table is None:
        raise SettingsError(f"{file.display_path}: there is no table [tool.newslint] in this file")
    return read_project(file, plugins=plugins, has_nested=False)


def read_project(file: TomlFile, *, plugins: bool = True, has_nested: bool = True) -> Project:
    """Build the project that a settings file and those that it extends describe.

    Args:
        file: The file.
        plugins: Whether code that the settings name may be imported.
        has_nested: Whether folders below with settings are projects of their own.

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
        has_nested=has_nested,
    )


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
    name = reference if boundary == path.parent == PRESETS else label_path(path)
    try:
        data = read_limited(resolve_inside(path, boundary), MAX_BYTES)
        extended = parse_file(data, path, name)
    except FileNotFoundError:
        hint = suggest_preset(reference) or suggest_file(path, name)
        raise file.error(("extends",), f"settings file not found: {name}{hint}") from None
    except AccessError as error:
        raise file.error(("extends",), f"cannot read {name}: {error}") from error
    if extended.table is None:
        raise file.error(("extends",), f"there is no table [tool.newslint] in {name}")
    return extended
