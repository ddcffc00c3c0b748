"""Discovery and reading of settings: `newslint.toml`, or `[tool.newslint]` of `pyproject.toml`."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from newslint.documents.access import (
    AccessError,
    project_boundary,
    read_limited,
    resolve_inside,
    resolve_named,
)
from newslint.settings.merging import SettingsSource, merge_settings
from newslint.settings.project import Project
from newslint.settings.registry import closest
from newslint.settings.settings import (
    CollectionTable,
    FieldsTable,
    LimitsTable,
    OverrideTable,
    Settings,
)
from newslint.settings.toml_file import (
    MAX_PROBLEMS,
    OWN_FILE,
    SHARED_FILE,
    SHARED_KEYS,
    SettingsError,
    TomlFile,
    parse_toml,
)

_MAX_BYTES = 1024 * 1024
"""The size limit of a settings file."""

_MAX_EXTENDS = 20
"""The number of files that may extend each other."""

_TABLES: dict[str, type[BaseModel]] = {
    "collections": CollectionTable,
    "overrides": OverrideTable,
    "fields": FieldsTable,
    "limits": LimitsTable,
}
_MESSAGES = {
    "tuple_type": "expected a list",
    "string_type": "expected text in quotes",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "dict_type": "expected a table",
    "model_type": "expected a table",
    "model_attributes_type": "expected a table",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "date_from_datetime_parsing": "expected a date, such as 2022-09-12",
    "date_parsing": "expected a date, such as 2022-09-12",
    "date_type": "expected a date, such as 2022-09-12",
}
"""Messages that replace those of pydantic, by the type of its error."""


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
        _validate(each)
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


def _parse(data: bytes, path: Path) -> TomlFile:
    """Parse the settings in `path`, which `pyproject.toml` has in `[tool.newslint]`."""
    prefix = SHARED_KEYS if path.name == SHARED_FILE else ()
    return parse_toml(data, path, _display_path(path), prefix)


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
            break  # _validate reports it
        path = Path(os.path.normpath(last.path.parent / base))
        real = os.path.realpath(path) if "\0" not in base else ""
        if real in seen:
            names = " → ".join(each.display_path for each in [*chain, file])
            raise last.error(("extends",), f"'extends' is circular: {names}")
        seen.add(real)
        if len(chain) > _MAX_EXTENDS:
            raise last.error(("extends",), f"more than {_MAX_EXTENDS} files extend each other")
        chain.append(_read_extended(path, last, project_boundary(file.path.parent)))
    return chain[::-1]


def _read_extended(path: Path, file: TomlFile, boundary: Path) -> TomlFile:
    """Read the settings file `path` that `file` extends.

    Raises:
        SettingsError: It is outside of `boundary`, does not exist, or cannot be read.
    """
    name = _display_path(path)
    try:
        extended = _parse(read_limited(resolve_inside(path, boundary), _MAX_BYTES), path)
    except FileNotFoundError:
        raise file.error(("extends",), f"settings file not found: {name}") from None
    except AccessError as error:
        raise file.error(("extends",), f"cannot read {name}: {error}") from error
    if extended.table is None:
        raise file.error(("extends",), f"there is no table [tool.newslint] in {name}")
    return extended


def _validate(file: TomlFile) -> None:
    """Check the keys and values of a settings file.

    Raises:
        SettingsError: A key is unknown or missing, or a value is not valid.
    """
    try:
        Settings.model_validate(file.table)
    except ValidationError as error:
        details = error.errors(include_url=False)[:MAX_PROBLEMS]
        raise SettingsError.combine(_convert_error(file, each) for each in details) from error


def _convert_error(file: TomlFile, error: ErrorDetails) -> SettingsError:
    """Convert an error of pydantic to one with our message and the location in the file."""
    keys = tuple(error["loc"])
    if error["type"] == "extra_forbidden":
        return file.error(keys, _unknown_key_message(keys), of_key=True)
    if error["type"] == "missing":
        return file.error(keys[:-1], f"required setting '{keys[-1]}' is missing", of_key=True)
    name = ".".join(map(str, keys))
    return file.error(keys, f"'{name}': {_value_message(error)}")


def _unknown_key_message(keys: tuple[str | int, ...]) -> str:
    """Describe an unknown key and suggest a similar one of its table, or list all."""
    tables = [_TABLES[key] for key in keys[:-1] if isinstance(key, str) and key in _TABLES]
    model: type[BaseModel] = tables[-1] if tables else Settings
    known = [field.alias or name for name, field in model.model_fields.items()]
    near = closest(str(keys[-1]).replace("_", "-"), known)
    hint = f"did you mean '{near}'?" if near else f"expected one of {', '.join(sorted(known))}"
    return f"unknown setting '{keys[-1]}'; {hint}"


def _value_message(error: ErrorDetails) -> str:
    """Describe why a value is not valid."""
    if error["type"] == "enum":
        levels = error["ctx"]["expected"].replace("'", "")
        near = closest(str(error["input"]), levels.replace(" or ", ", ").split(", "))
        return f"expected {levels}" + (f"; did you mean '{near}'?" if near else "")
    message: Any = _MESSAGES.get(error["type"]) or error["msg"]
    return f"{message[:1].lower()}{message[1:]}"
