"""Settings that build on others: one table out of several, and where each value came from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.settings.toml_file import SettingsError, TomlFile

if TYPE_CHECKING:
    from newslint.settings.toml_locations import KeyPath

_ADDED = ("extend-select", "overrides", "plugins")
"""Lists to which a settings file adds, rather than replacing them."""


class SettingsSource(NamedTuple):
    """A settings file and what it says.

    Attributes:
        file: The file.
        table: Its settings.
    """

    file: TomlFile
    table: dict[str, Any]


class Origins:
    """Where each value of merged settings came from."""

    def __init__(self) -> None:
        self._found: dict[KeyPath, tuple[TomlFile, KeyPath]] = {}

    def note(self, keys: "KeyPath", file: TomlFile, there: "KeyPath") -> None:
        """Take note that the value at `keys` is the one at `there` in `file`."""
        self._found[keys] = (file, there)

    def find(self, keys: "KeyPath") -> "tuple[TomlFile, KeyPath] | None":
        """Return the file that the value at `keys` came from, and its keys there; None by default.

        What is inside a value came from where the value did.
        """
        for count in range(len(keys), 0, -1):
            found = self._found.get(keys[:count])
            if found is not None:
                return found[0], (*found[1], *keys[count:])
        return None

    def error(self, keys: "KeyPath", message: str, *, of_key: bool = False) -> SettingsError:
        """Return the error to raise for the value at `keys`, or for its key."""
        found = self.find(keys)
        if found is None:
            return SettingsError(message)
        file, there = found
        return file.error(there, message, of_key=of_key)


def merge_settings(sources: Sequence[SettingsSource]) -> tuple[dict[str, Any], Origins]:
    """Return the settings that `sources` come to, and where each came from.

    What a later one says replaces what an earlier one says, but: `extend-select`, `overrides` and
    `plugins` are added; `rules` and `limits` are merged option by option; a collection replaces the
    one of its name.

    Args:
        sources: Each extends the one before.
    """
    table: dict[str, Any] = {}
    origins = Origins()
    for file, own in sources:
        for key, value in own.items():
            if key == "rules":
                _merge_rules(table.setdefault(key, {}), value, file, origins)
            elif key == "limits":
                _merge_table(table.setdefault(key, {}), value, key, file, origins)
            elif key == "collections":
                _merge_named(table.setdefault(key, []), value, file, origins)
            elif key in _ADDED:
                _add(table.setdefault(key, []), value, key, file, origins)
            elif key != "extends":
                table[key] = value
                origins.note((key,), file, (key,))
    return table, origins


def _merge_rules(
    rules: dict[str, Any], own: dict[str, Any], file: TomlFile, origins: Origins
) -> None:
    """Merge the tables of rules, option by option."""
    for name, options in own.items():
        rules.setdefault(name, {})
        origins.note(("rules", name), file, ("rules", name))
        for option, value in options.items():
            rules[name][option] = value
            keys = ("rules", name, option)
            origins.note(keys, file, keys)


def _merge_table(
    table: dict[str, Any], own: dict[str, Any], key: str, file: TomlFile, origins: Origins
) -> None:
    """Merge a table, option by option."""
    for option, value in own.items():
        table[option] = value
        origins.note((key, option), file, (key, option))


def _merge_named(entries: list[Any], own: list[Any], file: TomlFile, origins: Origins) -> None:
    """Merge collections by name."""
    names = [each["name"] for each in entries]
    for index, entry in enumerate(own):
        at = names.index(entry["name"]) if entry["name"] in names else len(entries)
        entries[at : at + 1] = [entry]
        origins.note(("collections", at), file, ("collections", index))


def _add(entries: list[Any], own: list[Any], key: str, file: TomlFile, origins: Origins) -> None:
    """Add the entries of a list."""
    origins.note((key,), file, (key,))
    for index, entry in enumerate(own):
        origins.note((key, len(entries)), file, (key, index))
        entries.append(entry)
