"""Merging of settings files that extend each other, with the origin of each value."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.settings.toml_file import SettingsError, TomlFile

if TYPE_CHECKING:
    from pathlib import Path

    from newslint.settings.toml_locations import KeyPath

_APPENDED = ("extend-select", "overrides", "plugins")
"""Lists to which a settings file appends, instead of replacing those that it extends."""


class SettingsSource(NamedTuple):
    """A settings file and its settings.

    Attributes:
        file: The file.
        table: The settings in it.
    """

    file: TomlFile
    table: dict[str, Any]


class Origins:
    """The file and the keys in it from which each value of merged settings comes.

    Attributes:
        files: The paths of all settings files that were merged.
    """

    def __init__(self, files: Sequence["Path"] = ()) -> None:
        self.files = tuple(files)
        self._origins: dict[KeyPath, tuple[TomlFile, KeyPath]] = {}

    def record(self, keys: "KeyPath", file: TomlFile, file_keys: "KeyPath") -> None:
        """Record that the value at `keys` comes from `file_keys` in `file`."""
        self._origins[keys] = (file, file_keys)

    def find(self, keys: "KeyPath") -> "tuple[TomlFile, KeyPath] | None":
        """Look up the file that a value comes from, and its keys there.

        A value inside another comes from the same file.

        Returns:
            None if the value is a default.
        """
        for count in range(len(keys), 0, -1):
            origin = self._origins.get(keys[:count])
            if origin is not None:
                return origin[0], (*origin[1], *keys[count:])
        return None

    def is_from(self, keys: "KeyPath", path: "Path | None") -> bool:
        """Check if a value comes from the settings file `path`, rather than one that it extends."""
        origin = self.find(keys)
        return origin is not None and origin[0].path == path

    def label(self, keys: "KeyPath") -> str:
        """Format the place of a setting as `file:line`."""
        origin = self.find(keys)
        return "settings" if origin is None else origin[0].label(origin[1])

    def error(self, keys: "KeyPath", message: str, *, of_key: bool = False) -> SettingsError:
        """Create the error to raise for a value, at its location.

        Args:
            keys: The keys of the value in the merged settings.
            message: The problem and its remedy, without a full stop.
            of_key: Mark the key instead of the value.
        """
        origin = self.find(keys)
        if origin is None:
            return SettingsError(message)
        file, file_keys = origin
        return file.error(file_keys, message, of_key=of_key)


def merge_settings(sources: Sequence[SettingsSource]) -> tuple[dict[str, Any], Origins]:
    """Merge settings files into one table and record the origin of each value.

    A later value replaces an earlier one, except that `extend-select`, `overrides` and `plugins`
    are appended; `rules`, `limits`, `online` and `gate` are merged option by option; a collection
    replaces the collection of the same name.

    Args:
        sources: The files; each extends the one before.
    """
    table: dict[str, Any] = {}
    origins = Origins([each.file.path for each in sources])
    for file, settings in sources:
        for key, value in settings.items():
            if key == "rules":
                _merge_rules(table.setdefault(key, {}), value, file, origins)
            elif key in ("limits", "online"):
                _merge_options(table.setdefault(key, {}), value, (key,), file, origins)
            elif key == "gate":
                _merge_gate(table.setdefault(key, {}), value, file, origins)
            elif key == "collections":
                _merge_collections(table.setdefault(key, []), value, file, origins)
            elif key in _APPENDED:
                _append(table.setdefault(key, []), value, key, file, origins)
            elif key != "extends":
                table[key] = value
                origins.record((key,), file, (key,))
    return table, origins


def _merge_rules(
    rules: dict[str, Any], added: dict[str, Any], file: TomlFile, origins: Origins
) -> None:
    """Merge the tables of rules, option by option."""
    for name, options in added.items():
        keys = ("rules", name)
        origins.record(keys, file, keys)
        _merge_options(rules.setdefault(name, {}), options, keys, file, origins)


def _merge_options(
    table: dict[str, Any], added: dict[str, Any], keys: "KeyPath", file: TomlFile, origins: Origins
) -> None:
    """Merge the table at `keys`, option by option."""
    for option, value in added.items():
        table[option] = value
        origins.record((*keys, option), file, (*keys, option))


def _merge_gate(
    gate: dict[str, Any], added: dict[str, Any], file: TomlFile, origins: Origins
) -> None:
    """Merge the quality gate, limit by limit."""
    limits = {name: value for name, value in added.items() if name != "rules"}
    _merge_options(gate, limits, ("gate",), file, origins)
    if "rules" in added:
        rules = gate.setdefault("rules", {})
        _merge_options(rules, added["rules"], ("gate", "rules"), file, origins)


def _merge_collections(
    entries: list[Any], added: list[Any], file: TomlFile, origins: Origins
) -> None:
    """Append collections, or replace the one of the same name."""
    names = [each["name"] for each in entries]
    for file_index, entry in enumerate(added):
        index = names.index(entry["name"]) if entry["name"] in names else len(entries)
        entries[index : index + 1] = [entry]
        origins.record(("collections", index), file, ("collections", file_index))


def _append(
    entries: list[Any], added: list[Any], key: str, file: TomlFile, origins: Origins
) -> None:
    """Append the entries of a list."""
    origins.record((key,), file, (key,))
    for file_index, entry in enumerate(added):
        origins.record((key, len(entries)), file, (key, file_index))
        entries.append(entry)
