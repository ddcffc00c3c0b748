"""One settings file: its values, and where each of them stands."""

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslint.settings.errors import SettingsError

if TYPE_CHECKING:
    from newslint.settings.places import Keys, Place, Places

OWN_FILE = "newslint.toml"
SHARED_FILE = "pyproject.toml"
SHARED_KEYS = ("tool", "newslint")
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")
_WIDEST = 100


class TomlFile:
    """A settings file.

    Attributes:
        path: The file, absolute.
        shown: What messages call it.
        text: What it holds.
        prefix: The keys of the table in it that holds the settings.
        table: That table.
    """

    def __init__(self, path: Path, shown: str, text: str, prefix: tuple[str, ...] = ()) -> None:
        """Read the settings in `text`.

        Raises:
            SettingsError: It is not TOML.
        """
        self.path = path
        self.shown = shown
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
    def places(self) -> "Places":
        """Where everything stands."""
        from newslint.settings.places import find_places

        return find_places(self.text)

    def place(self, keys: "Keys", *, of_key: bool = False) -> "Place | None":
        """Return where a setting stands; None where the file does not say it.

        Args:
            keys: What leads to it from the table of the settings.
            of_key: The place of its key rather than its value.
        """
        find = self.places.key if of_key else self.places.value
        return find((*self.prefix, *keys))

    def at(self, keys: "Keys") -> str:
        """Return `file:line` of a setting."""
        place = self.place(keys, of_key=True)
        return self.shown if place is None else f"{self.shown}:{place.line}"

    def error(self, keys: "Keys", message: str, *, of_key: bool = False) -> SettingsError:
        """Return the error to raise for a setting.

        Args:
            keys: What leads to it from the table of the settings.
            message: What is wrong and what to do, without a full stop.
            of_key: Its key is wrong rather than its value.
        """
        place = self.place(keys, of_key=of_key)
        if place is None:
            return SettingsError(f"{self.shown}: {message}")
        return self._error(place, message)

    def _error(self, place: "Place", message: str) -> SettingsError:
        """Return the error for a place, with the line that it is in."""
        line, column, width = place
        source = self.text.split("\n")[line - 1].rstrip("\r").replace("\t", " ")
        first = max(0, column - 1 - _WIDEST // 2)
        cut = source[first : first + _WIDEST]
        mark = " " * (column - 1 - first) + "^" * min(width, _WIDEST // 2)
        gutter = " " * len(str(line))
        return SettingsError(
            f"{self.shown}:{line}:{column}: {message}\n  {line} | {cut}\n  {gutter} | {mark}"
        )

    def _syntax_error(self, message: str) -> SettingsError:
        """Return the error for text that is not TOML, given what tomllib says of it."""
        from newslint.settings.places import Place

        found = _AT.search(message)
        reason = f"not valid TOML: {message.split(' (at ', maxsplit=1)[0]}"
        if found is not None:
            return self._error(Place(int(found[1]), int(found[2]), 1), reason)
        lines = self.text.rstrip("\n").split("\n")
        return self._error(Place(len(lines), len(lines[-1]) + 1, 1), reason)


def read_toml(path: Path, shown: str, prefix: tuple[str, ...] = ()) -> TomlFile:
    """Return the settings file `path`.

    Args:
        path: The file.
        shown: What messages call it.
        prefix: The keys of the table in it that holds the settings.

    Raises:
        FileNotFoundError: There is none.
        SettingsError: It cannot be read, or is not TOML.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(shown) from None
    except OSError as error:
        raise SettingsError(f"{shown}: cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise SettingsError(f"{shown}:{line}:{column}: not valid TOML: not UTF-8") from error
    return TomlFile(path, shown, text, prefix)
