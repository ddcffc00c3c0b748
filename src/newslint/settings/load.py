"""Discovery and reading of settings: `newslint.toml`, or `[tool.newslint]` of `pyproject.toml`."""

import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

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
    OWN_FILE,
    SHARED_FILE,
    SHARED_KEYS,
    SettingsError,
    TomlFile,
    read_toml,
)

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

    Args:
        start: An absolute path.
        plugins: Whether code that the settings name may be imported.

    Raises:
        SettingsError: The settings file cannot be read or used.
    """
    for folder in (start, *start.parents):
        file = find_settings_file(folder)
        if file is not None:
            return read_project(file, plugins=plugins)
        if (folder / ".git").exists():
            return Project.build(folder, Settings.model_construct(), root_found=True)
    return Project.build(start, Settings.model_construct())


def find_settings_file(folder: Path) -> TomlFile | None:
    """Read the settings file of a folder; None if the folder has none.

    Raises:
        SettingsError: The file cannot be read.
    """
    files = (_read_candidate(folder / name) for name in (OWN_FILE, SHARED_FILE))
    return next((file for file in files if file is not None), None)


def load_project(path: Path, *, plugins: bool = True) -> Project:
    """Load the project whose settings file is `path` and whose root is the folder of that file.

    Raises:
        SettingsError: The file does not exist, or cannot be read or used.
    """
    try:
        file = _read_settings(path)
    except FileNotFoundError:
        raise SettingsError(f"{_display_path(path)}: settings file not found") from None
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
        file = _read_settings(path)
    except FileNotFoundError:
        return None
    except SettingsError:
        if path.name == SHARED_FILE and b"tool.newslint" not in _read_bytes(path):
            return None
        raise
    return None if file.table is None else file


def _read_settings(path: Path) -> TomlFile:
    """Read the settings in `path`, which `pyproject.toml` has in `[tool.newslint]`."""
    prefix = SHARED_KEYS if path.name == SHARED_FILE else ()
    return read_toml(path, _display_path(path), prefix)


def _read_bytes(path: Path) -> bytes:
    """Read a file; return nothing if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _display_path(path: Path) -> str:
    """Format the path of a file for messages, relative to the current folder if it is inside."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.startswith("..") else relative


def _resolve_extends(file: TomlFile) -> list[TomlFile]:
    """Read the files that `file` extends, directly or not, and list them before it, base first.

    Raises:
        SettingsError: A file does not exist, cannot be read, or extends itself.
    """
    chain = [file]
    seen = {file.path.resolve()}
    while (base := (chain[-1].table or {}).get("extends")) is not None:
        last = chain[-1]
        if not isinstance(base, str) or not base:
            break  # _validate reports it
        path = Path(os.path.normpath(last.path.parent / Path(base).expanduser()))
        if path.resolve() in seen:
            names = " → ".join(each.display_path for each in [*chain, file])
            raise last.error(("extends",), f"'extends' is circular: {names}")
        seen.add(path.resolve())
        try:
            extended = _read_settings(path)
        except FileNotFoundError:
            message = f"settings file not found: {_display_path(path)}"
            raise last.error(("extends",), message) from None
        if extended.table is None:
            message = f"there is no table [tool.newslint] in {extended.display_path}"
            raise last.error(("extends",), message)
        chain.append(extended)
    return chain[::-1]


def _validate(file: TomlFile) -> None:
    """Check the keys and values of a settings file.

    Raises:
        SettingsError: A key is unknown or missing, or a value is not valid.
    """
    try:
        Settings.model_validate(file.table)
    except ValidationError as error:
        details = error.errors(include_url=False)
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
