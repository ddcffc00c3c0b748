"""One settings file: its values, and where each of them stands."""

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newslint.settings.toml_locations import KeyPath, TomlLocation, TomlLocations

OWN_FILE = "newslint.toml"
SHARED_FILE = "pyproject.toml"
SHARED_KEYS = ("tool", "newslint")
_TOMLLIB_LOCATION = re.compile(r" \(at line (\d+), column (\d+)\)$")
_MAX_SOURCE_WIDTH = 100
_PROBLEM_LOCATION = re.compile(r"(.*?):(\d+):(\d+): ")


class SettingsError(ValueError):
    """The settings cannot be used.

    Its text holds a line for each problem, as `file:line:column: what is wrong`, each followed by
    the line of the file concerned and a mark under the offending part.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

    @classmethod
    def combine(cls, errors: Iterable["SettingsError"]) -> "SettingsError":
        """Return one error with the problems of `errors`, each once, in the order of places."""
        return cls(
            *sorted({each for error in errors for each in error.problems}, key=_problem_location)
        )


def _problem_location(problem: str) -> tuple[str, int, int]:
    """Return the file, the line and the column that a problem starts with."""
    found = _PROBLEM_LOCATION.match(problem)
    return (found[1], int(found[2]), int(found[3])) if found else (problem, 0, 0)


class TomlFile:
    """A settings file.

    Attributes:
        path: The file, absolute.
        display_path: What messages call it.
        text: What it holds.
        prefix: The keys of the table in it that holds the settings.
        table: That table.
    """

    def __init__(
        self, path: Path, display_path: str, text: str, prefix: tuple[str, ...] = ()
    ) -> None:
        """Read the settings in `text`.

        Raises:
            SettingsError: It is not TOML.
        """
        self.path = path
        self.display_path = display_path
        self.text = text
        self.prefix = prefix
        import tomllib

        try:
            table: Any = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise self._syntax_error(str(error)) from error
        for key in prefix:
            table = table.get(key) if isinstance(table, dict) else None
        self.table: dict[str, Any] | None = table
        if table is not None and not isinstance(table, dict):
            raise self.error((), "expected a table")

    @cached_property
    def locations(self) -> "TomlLocations":
        """Where everything stands."""
        from newslint.settings.toml_locations import locate_keys

        return locate_keys(self.text)

    def locate(self, keys: "KeyPath", *, of_key: bool = False) -> "TomlLocation | None":
        """Return where a setting stands; None where the file does not say it.

        Args:
            keys: What leads to it from the table of the settings.
            of_key: The place of its key rather than its value.
        """
        find = self.locations.key if of_key else self.locations.value
        return find((*self.prefix, *keys))

    def label(self, keys: "KeyPath") -> str:
        """Return `file:line` of a setting."""
        place = self.locate(keys, of_key=True)
        return self.display_path if place is None else f"{self.display_path}:{place.line}"

    def error(self, keys: "KeyPath", message: str, *, of_key: bool = False) -> SettingsError:
        """Return the error to raise for a setting.

        Args:
            keys: What leads to it from the table of the settings.
            message: What is wrong and what to do, without a full stop.
            of_key: Its key is wrong rather than its value.
        """
        place = self.locate(keys, of_key=of_key)
        if place is None:
            return SettingsError(f"{self.display_path}: {message}")
        return self._error(place, message)

    def _error(self, place: "TomlLocation", message: str) -> SettingsError:
        """Return the error for a place, with the line that it is in."""
        line, column, width = place
        source = self.text.split("\n")[line - 1].rstrip("\r").replace("\t", " ")
        first = max(0, column - 1 - _MAX_SOURCE_WIDTH // 2)
        cut = source[first : first + _MAX_SOURCE_WIDTH]
        mark = " " * (column - 1 - first) + "^" * min(width, _MAX_SOURCE_WIDTH // 2)
        gutter = " " * len(str(line))
        return SettingsError(
            f"{self.display_path}:{line}:{column}: {message}\n  {line} | {cut}\n  {gutter} | {mark}"
        )

    def _syntax_error(self, message: str) -> SettingsError:
        """Return the error for text that is not TOML, given what tomllib says of it."""
        from newslint.settings.toml_locations import TomlLocation

        found = _TOMLLIB_LOCATION.search(message)
        reason = f"not valid TOML: {message.split(' (at ', maxsplit=1)[0]}"
        if found is not None:
            return self._error(TomlLocation(int(found[1]), int(found[2]), 1), reason)
        lines = self.text.rstrip("\n").split("\n")
        return self._error(TomlLocation(len(lines), len(lines[-1]) + 1, 1), reason)


def read_toml(path: Path, display_path: str, prefix: tuple[str, ...] = ()) -> TomlFile:
    """Return the settings file `path`.

    Args:
        path: The file.
        display_path: What messages call it.
        prefix: The keys of the table in it that holds the settings.

    Raises:
        FileNotFoundError: There is none.
        SettingsError: It cannot be read, or is not TOML.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(display_path) from None
    except OSError as error:
        raise SettingsError(f"{display_path}: cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise SettingsError(f"{display_path}:{line}:{column}: not valid TOML: not UTF-8") from error
    return TomlFile(path, display_path, text, prefix)
