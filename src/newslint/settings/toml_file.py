"""A TOML file with settings, and errors that show the line with the mistake."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslint.syntax.toml.long_keys import LONG_KEY
from newslint.text.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from newslint.settings.toml_locations import KeyPath, TomlLocation, TomlLocations

OWN_FILE = "newslint.toml"
SHARED_FILE = "pyproject.toml"
SHARED_KEYS = ("tool", "newslint")
_TOMLLIB_LOCATION = lazy_pattern(r" \(at line (\d+), column (\d+)\)$")
MAX_PROBLEMS = 100
"""Problems that are listed of one project's settings."""

_MAX_DEPTH = 50
"""Levels of tables and arrays in settings."""
_MAX_ENTRIES = 5000
"""Entries of a table or an array in settings."""
_MAX_BITS = 4096
"""Bits of a number; Python refuses to print one of 15,000."""
_MAX_SOURCE_WIDTH = 100
_PROBLEM_LOCATION = lazy_pattern(r"(.*?):(\d+):(\d+): ")


class SettingsError(ValueError):
    """Settings that cannot be used.

    The message has one entry for each problem: `file:line:column: description`, then the line of
    the file, then a marker below the offending part.

    Attributes:
        problems: The entries.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

    @classmethod
    def combine(cls, errors: Iterable["SettingsError"]) -> "SettingsError":
        """Merge errors into one, without repetitions, sorted by file, line and column."""
        problems = {problem for error in errors for problem in error.problems}
        return cls(*sorted(problems, key=_problem_location))


def _problem_location(problem: str) -> tuple[str, int, int]:
    """Parse the file, line and column that a problem starts with."""
    match = _PROBLEM_LOCATION.match(problem)
    return (match[1], int(match[2]), int(match[3])) if match else (problem, 0, 0)


class TomlFile:
    """A settings file.

    Attributes:
        path: The absolute path of the file.
        display_path: The path to show in messages.
        text: The text of the file.
        prefix: The keys of the table that contains the settings: `tool`, `newslint` in
            `pyproject.toml`, none in `newslint.toml`.
        table: The settings; None if the file has no such table.
    """

    def __init__(
        self, path: Path, display_path: str, text: str, prefix: tuple[str, ...] = ()
    ) -> None:
        """Parse `text`.

        Raises:
            SettingsError: The text is not TOML, or the settings are not a table.
        """
        self.path = path
        self.display_path = display_path
        self.text = text
        self.prefix = prefix
        import tomllib

        if excess := LONG_KEY.search(text):
            raise self._offset_error(excess.start(1), "a key has too many parts")
        try:
            table: Any = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise self._syntax_error(str(error)) from error
        except (RecursionError, ValueError) as error:
            raise self._limit_error() from error
        for key in prefix:
            table = table.get(key) if isinstance(table, dict) else None
        self.table: dict[str, Any] | None = table
        if table is not None and not isinstance(table, dict):
            raise self.error((), "expected a table")
        for keys, reason in _find_excess(table):
            raise self.error(keys, reason)

    @cached_property
    def locations(self) -> "TomlLocations":
        """The line and column of every key and value."""
        from newslint.settings.toml_locations import locate_keys

        return locate_keys(self.text)

    def locate(self, keys: "KeyPath", *, of_key: bool = False) -> "TomlLocation | None":
        """Look up the location of a setting.

        Args:
            keys: The keys that lead to the setting from the table of the settings.
            of_key: Locate the key instead of the value.

        Returns:
            None if neither the setting nor a table around it is written in this file.
        """
        find = self.locations.key if of_key else self.locations.value
        return find((*self.prefix, *keys))

    def label(self, keys: "KeyPath") -> str:
        """Format the location of a setting as `file:line`."""
        location = self.locate(keys, of_key=True)
        return self.display_path if location is None else f"{self.display_path}:{location.line}"

    def error(self, keys: "KeyPath", message: str, *, of_key: bool = False) -> SettingsError:
        """Create the error to raise for a setting.

        Args:
            keys: The keys that lead to the setting from the table of the settings.
            message: The problem and its remedy, without a full stop.
            of_key: Mark the key instead of the value.
        """
        location = self.locate(keys, of_key=of_key)
        if location is None:
            return SettingsError(f"{self.display_path}: {message}")
        return self._located_error(location, message)

    def _located_error(self, location: "TomlLocation", message: str) -> SettingsError:
        """Create an error that quotes the line of its location, truncated if it is long."""
        line, column, width = location
        source = self.text.split("\n")[line - 1].rstrip("\r").replace("\t", " ")
        first = max(0, column - 1 - _MAX_SOURCE_WIDTH // 2)
        excerpt = source[first : first + _MAX_SOURCE_WIDTH]
        marker = " " * (column - 1 - first) + "^" * min(width, _MAX_SOURCE_WIDTH // 2)
        gutter = " " * len(str(line))
        return SettingsError(
            f"{self.display_path}:{line}:{column}: {message}\n"
            f"  {line} | {excerpt}\n  {gutter} | {marker}"
        )

    def _syntax_error(self, message: str) -> SettingsError:
        """Create the error for text that is not TOML from the message of `tomllib`."""
        from newslint.settings.toml_locations import TomlLocation

        reason = f"not valid TOML: {message.split(' (at ', maxsplit=1)[0]}"
        match = _TOMLLIB_LOCATION.search(message)
        if match is not None:
            return self._located_error(TomlLocation(int(match[1]), int(match[2]), 1), reason)
        lines = self.text.rstrip("\n").split("\n")  # the text ends too early
        return self._located_error(TomlLocation(len(lines), len(lines[-1]) + 1, 1), reason)

    def _offset_error(self, offset: int, reason: str) -> SettingsError:
        """Create the error for text at a 0-based offset that is not parsed."""
        from newslint.settings.toml_locations import TomlLocation

        line = self.text.count("\n", 0, offset) + 1
        column = offset - self.text.rfind("\n", 0, offset)
        return self._located_error(TomlLocation(line, column, 1), f"not valid TOML: {reason}")

    def _limit_error(self) -> SettingsError:
        """Create the error for a number or a nesting that is too much for `tomllib`."""
        from newslint.settings.toml_locations import locate_excess

        found = locate_excess(self.text)
        if found is None:
            return SettingsError(f"{self.display_path}: not valid TOML: a value is out of range")
        location, reason = found
        return self._located_error(location, f"not valid TOML: {reason}")


def _find_excess(table: Any) -> "Iterator[tuple[KeyPath, str]]":
    """Yield the keys of each value that is nested too deeply, or too large to be printed."""
    stack: list[tuple[KeyPath, Any]] = [((), table)]
    while stack:
        keys, value = stack.pop()
        if isinstance(value, int) and value.bit_length() > _MAX_BITS:
            yield keys, f"a number has more than {_MAX_BITS:,} bits"
        elif isinstance(value, dict | list) and len(keys) >= _MAX_DEPTH:
            yield keys, f"nested more than {_MAX_DEPTH} levels deep"
        elif isinstance(value, dict | list) and len(value) > _MAX_ENTRIES:
            yield keys, f"more than {_MAX_ENTRIES:,} entries"
        elif isinstance(value, dict):
            stack += (((*keys, key), each) for key, each in value.items())
        elif isinstance(value, list):
            stack += (((*keys, index), each) for index, each in enumerate(value))


def parse_toml(
    data: bytes, path: Path, display_path: str, prefix: tuple[str, ...] = ()
) -> TomlFile:
    """Parse the content of a settings file.

    Args:
        data: The content.
        path: The file, absolute.
        display_path: The path to show in messages.
        prefix: The keys of the table that contains the settings.

    Raises:
        SettingsError: It is not TOML.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise SettingsError(f"{display_path}:{line}:{column}: not valid TOML: not UTF-8") from error
    return TomlFile(path, display_path, text, prefix)
