"""Finds and reads the settings: `newslint.toml`, or `[tool.newslint]` of `pyproject.toml`."""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from newslint.settings.registry import closest
from newslint.settings.settings import Settings

OWN_FILE = "newslint.toml"
SHARED_FILE = "pyproject.toml"


class SettingsError(ValueError):
    """The settings cannot be used; the message says where and why."""


class Project(NamedTuple):
    """The settings that hold for a run.

    Attributes:
        root: The folder that paths in reports are relative to.
        settings: What is configured.
        file: Where; None where nothing is.
        found: Whether the root was found by a settings file or a `.git`, not just assumed.
    """

    root: Path
    settings: Settings
    file: Path | None = None
    found: bool = False


def find_project(start: Path) -> Project:
    """Return the project that the folder `start` belongs to.

    The closest folder going up that holds a settings file or a `.git` is its root; else `start`.

    Raises:
        SettingsError: The settings file cannot be read, or says what it must not.
    """
    for folder in (start, *start.parents):
        for name in (OWN_FILE, SHARED_FILE):
            table = _table(folder / name)
            if table is not None:
                return Project(folder, _validated(folder / name, table), folder / name, found=True)
        if (folder / ".git").exists():
            return Project(folder, Settings(), found=True)
    return Project(start, Settings())


def _table(path: Path) -> dict[str, Any] | None:
    """Return the settings in the file `path`; None where there are none."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        if path.name == SHARED_FILE and b"tool.newslint" not in path.read_bytes():
            return None
        raise SettingsError(f"{path}: not valid TOML: {error}") from error
    table: dict[str, Any] | None = data
    if path.name == SHARED_FILE:
        table = data.get("tool", {}).get("newslint")
    return table


def _validated(path: Path, table: dict[str, Any]) -> Settings:
    """Return the settings that `table` holds."""
    try:
        return Settings.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            fields = Settings.model_fields.items()
            near = closest(key, [field.alias or name for name, field in fields])
            hint = f"; did you mean '{near}'?" if near else ""
            raise SettingsError(f"{path}: unknown setting '{key}'{hint}") from error
        raise SettingsError(f"{path}: setting '{key}': {first['msg']}") from error
