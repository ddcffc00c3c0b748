"""Finds and reads the settings: `newslint.toml`, or `[tool.newslint]` of `pyproject.toml`."""

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
_EXPECTED = {
    "tuple_type": "expected a list",
    "string_type": "expected text in quotes",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "dict_type": "expected a table",
    "model_type": "expected a table",
    "model_attributes_type": "expected a table",
    "string_too_short": "it is empty",
    "too_short": "it is empty",
    "date_from_datetime_parsing": "expected a date, such as 2022-09-12",
    "date_parsing": "expected a date, such as 2022-09-12",
    "date_type": "expected a date, such as 2022-09-12",
}


def find_project(start: Path, *, plugins: bool = True) -> Project:
    """Return the project that the folder `start` belongs to.

    The closest folder going up that holds a settings file or a `.git` is its root; else `start`.

    Args:
        start: Absolute.
        plugins: Whether code that the settings name may be loaded.

    Raises:
        SettingsError: The settings file cannot be read, or says what it must not.
    """
    for folder in (start, *start.parents):
        file = find_settings_file(folder)
        if file is not None:
            return read_project(file, plugins=plugins)
        if (folder / ".git").exists():
            return Project.build(folder, Settings.model_construct(), root_found=True)
    return Project.build(start, Settings.model_construct())


def find_settings_file(folder: Path) -> TomlFile | None:
    """Return the settings file of a folder; None where it has none.

    Raises:
        SettingsError: It cannot be read.
    """
    files = (_found(folder / name) for name in (OWN_FILE, SHARED_FILE))
    return next((file for file in files if file is not None), None)


def load_project(path: Path, *, plugins: bool = True) -> Project:
    """Return the project whose settings are in the file `path`; its folder is the root.

    Raises:
        SettingsError: It cannot be read, or says what it must not.
    """
    try:
        file = read_toml(path, _shown(path), _prefix(path))
    except FileNotFoundError:
        raise SettingsError(f"{_shown(path)}: no such settings file") from None
    if file.table is None:
        raise SettingsError(f"{_shown(path)}: there is no [tool.newslint] in it")
    return read_project(file, plugins=plugins)


def read_project(file: TomlFile, *, plugins: bool = True) -> Project:
    """Return the project that a settings file describes.

    Raises:
        SettingsError: It, or one that it extends, says what it must not.
    """
    files = _chain(file)
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


def _found(path: Path) -> TomlFile | None:
    """Return the settings file `path`; None where there is none, or it does not speak to us."""
    try:
        file = read_toml(path, _shown(path), _prefix(path))
    except FileNotFoundError:
        return None
    except SettingsError:
        if path.name == SHARED_FILE and b"tool.newslint" not in _bytes(path):
            return None
        raise
    return None if file.table is None else file


def _bytes(path: Path) -> bytes:
    """Return what is in `path`; nothing where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _prefix(path: Path) -> tuple[str, ...]:
    """Return the keys of the table that holds the settings."""
    return SHARED_KEYS if path.name == SHARED_FILE else ()


def _shown(path: Path) -> str:
    """Return what messages call a file: its path from the current folder where that is below."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.startswith("..") else relative


def _chain(file: TomlFile) -> list[TomlFile]:
    """Return `file` and what it extends, the one that extends nothing first.

    Raises:
        SettingsError: One of them does not exist, cannot be read, or extends itself.
    """
    chain = [file]
    seen = {file.path.resolve()}
    while (base := (chain[-1].table or {}).get("extends")) is not None:
        last = chain[-1]
        if not isinstance(base, str) or not base:
            break  # said when it is validated
        path = Path(os.path.normpath(last.path.parent / Path(base).expanduser()))
        if path.resolve() in seen:
            names = " → ".join(each.display_path for each in [*chain, file])
            raise last.error(("extends",), f"settings extend each other in a circle: {names}")
        seen.add(path.resolve())
        try:
            found = read_toml(path, _shown(path), _prefix(path))
        except FileNotFoundError:
            raise last.error(("extends",), f"there is no file {_shown(path)}") from None
        if found.table is None:
            raise last.error(("extends",), f"there is no [tool.newslint] in {found.display_path}")
        chain.append(found)
    return chain[::-1]


def _validate(file: TomlFile) -> None:
    """Raise what is wrong with a settings file.

    Raises:
        SettingsError: It has unknown keys or wrong values.
    """
    try:
        Settings.model_validate(file.table)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise SettingsError.combine(_located(file, each) for each in found) from error


def _located(file: TomlFile, error: ErrorDetails) -> SettingsError:
    """Return what pydantic says of a settings file, in our words and at its place."""
    keys = tuple(error["loc"])
    if error["type"] == "extra_forbidden":
        return file.error(keys, _unknown(keys), of_key=True)
    if error["type"] == "missing":
        return file.error(keys[:-1], f"'{keys[-1]}' is missing here", of_key=True)
    return file.error(keys, f"{_dotted(keys)}: {_wrong(error)}")


def _unknown(keys: tuple[str | int, ...]) -> str:
    """Return what to say of a key that means nothing."""
    tables = [_TABLES[key] for key in keys[:-1] if isinstance(key, str) and key in _TABLES]
    model: type[BaseModel] = tables[-1] if tables else Settings
    known = [field.alias or name for name, field in model.model_fields.items()]
    near = closest(str(keys[-1]).replace("_", "-"), known)
    hint = f"; did you mean '{near}'?" if near else f"; there are {', '.join(sorted(known))}"
    return f"unknown setting '{keys[-1]}'{hint}"


def _wrong(error: ErrorDetails) -> str:
    """Return what is wrong with a value."""
    if error["type"] == "enum":
        levels = error["ctx"]["expected"].replace("'", "")
        near = closest(str(error["input"]), levels.replace(" or ", ", ").split(", "))
        return f"expected {levels}" + (f"; did you mean '{near}'?" if near else "")
    message: Any = _EXPECTED.get(error["type"]) or error["msg"]
    return f"{message[:1].lower()}{message[1:]}"


def _dotted(keys: tuple[str | int, ...]) -> str:
    """Return the name of a setting in words: `collections.0.paths`."""
    return "'" + ".".join(map(str, keys)) + "'"
