"""Validation of the keys and values of a settings file, with messages that suggest a remedy."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from newslint.settings.settings import CollectionTable, OverrideTable, Settings
from newslint.settings.tables import FieldsTable, GateTable, LimitsTable
from newslint.settings.toml_file import MAX_PROBLEMS, SettingsError, TomlFile
from newslint.text.similarity import closest

if TYPE_CHECKING:
    from newslint.settings.toml_locations import KeyPath

_TABLES: dict[str, type[BaseModel]] = {
    "collections": CollectionTable,
    "overrides": OverrideTable,
    "fields": FieldsTable,
    "limits": LimitsTable,
    "gate": GateTable,
}
_MESSAGES = {
    "tuple_type": "expected a list",
    "string_type": "expected text in quotes",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "date_from_datetime_parsing": "expected a date, such as 2022-09-12",
    "date_parsing": "expected a date, such as 2022-09-12",
    "date_type": "expected a date, such as 2022-09-12",
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
}
"""Messages that replace those of pydantic, by the type of its error."""

_TABLE_TYPES = ("dict_type", "model_type", "model_attributes_type")
"""Types of the errors for a value that should be a table."""

_GATE = ("max-errors", "max-warnings", "max-infos", "max-baselined")
_EXCLUDE = "write the patterns into 'exclude'"
_IGNORE = "write rules that do not run into 'ignore'"
_ELSEWHERE = {
    "per-file-ignores": "write a table [[overrides]] with 'paths' and 'ignore'",
    "output-format": "use the option --format of 'newslint check'",
    "format": "use the option --format of 'newslint check'",
    **dict.fromkeys(_GATE, "write it into the table [gate]"),
    "tool": "in newslint.toml, settings are not inside of [tool.newslint]",
    "newslint": "in newslint.toml, settings are not inside of a table",
    "extend-ignore": _IGNORE,
    "disable": _IGNORE,
    "disabled-rules": _IGNORE,
    "extend-exclude": _EXCLUDE,
    "ignore-patterns": _EXCLUDE,
    "files": "write patterns of the files to read into 'include'",
    "severity": "write it into the table of a rule, [rules.NAME]",
}
"""Settings of other programs, and what to write instead."""


def validate(file: TomlFile) -> None:
    """Check the keys and values of a settings file.

    Raises:
        SettingsError: A key is unknown or missing, or a value is not valid.
    """
    table = file.table or {}
    wrong = [
        file.error(keys, _unknown_key_message(keys), of_key=True)
        for keys in _snake_case_keys(table, Settings)
    ]
    wrong += [
        file.error(keys, _describe_misplaced(keys, file.prefix), of_key=True)
        for keys in _limits_among_rules(table)
    ]
    try:
        Settings.model_validate(file.table)
    except ValidationError as error:
        details = error.errors(include_url=False)[:MAX_PROBLEMS]
        found = [_convert_error(file, each) for each in details]
        raise SettingsError.combine([*wrong, *found]) from error
    if wrong:
        raise SettingsError.combine(wrong)


def _limits_among_rules(table: dict[str, Any]) -> "Iterator[KeyPath]":
    """Yield the keys of limits that the table of rules in the gate contains by mistake."""
    gate = table.get("gate")
    rules = gate.get("rules") if isinstance(gate, dict) else None
    for name in rules if isinstance(rules, dict) else ():
        if name in _GATE:
            yield "gate", "rules", name


def _snake_case_keys(
    table: Any, model: type[BaseModel], keys: "KeyPath" = ()
) -> "Iterator[KeyPath]":
    """Yield the keys that are names of fields in Python, and not of settings."""
    aliases = {field.alias for field in model.model_fields.values()}
    for name, value in table.items() if isinstance(table, dict) else ():
        if name in model.model_fields and name not in aliases:
            yield (*keys, name)
        elif name in _TABLES:
            inner = enumerate(value) if isinstance(value, list) else [(None, value)]
            for index, each in inner:
                place = (*keys, name) if index is None else (*keys, name, index)
                yield from _snake_case_keys(each, _TABLES[name], place)


def _convert_error(file: TomlFile, error: ErrorDetails) -> SettingsError:
    """Convert an error of pydantic to one with our message and the location in the file."""
    keys = tuple(error["loc"])
    is_unknown = error["type"] == "extra_forbidden" or keys[-2:-1] == ("rules",)
    if is_unknown and len(keys) > 1 and (message := _describe_misplaced(keys, file.prefix)):
        return file.error(keys, message, of_key=True)
    if error["type"] == "extra_forbidden":
        return file.error(keys, _unknown_key_message(keys), of_key=True)
    if error["type"] == "missing":
        return file.error(keys[:-1], f"required setting '{keys[-1]}' is missing", of_key=True)
    name = ".".join(map(str, keys))
    message = _describe_table(error, file.prefix) or value_message(error)
    return file.error(keys, f"'{name}': {message}")


def _describe_table(error: ErrorDetails, prefix: tuple[str, ...]) -> str:
    """Describe the table that is expected instead of a value; empty if none is.

    Args:
        error: The error.
        prefix: The keys of the table that contains the settings.
    """
    keys = tuple(error["loc"])
    if error["type"] == "tuple_type" and isinstance(error["input"], dict):
        return f"expected a list of tables; write two brackets, {_header((*keys, 0), prefix)}"
    if error["type"] not in _TABLE_TYPES:
        return ""
    message = f"expected a table, {_header(keys, prefix)}"
    if keys[-2:-1] == ("rules",):
        message += (
            f' with severity = "warning"; to switch the rule off, write ignore = ["{keys[-1]}"]'
        )
    return message


def _describe_misplaced(keys: "KeyPath", prefix: tuple[str, ...]) -> str:
    """Describe an unknown key of a table that is a setting of the file or of the gate.

    Args:
        keys: The keys that lead to it.
        prefix: The keys of the table that contains the settings.

    Returns:
        Nothing if it is no such setting.
    """
    name = str(keys[-1]).replace("_", "-")
    if name in setting_names(Settings):
        owner = "the file"
        remedy = f"into {_header((), prefix)}" if prefix else "above the first table"
    elif name in setting_names(GateTable):
        owner = remedy = _header(("gate",), prefix)
        remedy = f"into {remedy}"
    else:
        return ""
    return (
        f"'{name}' is a setting of {owner}, not of {_header(keys[:-1], prefix)}; move it {remedy}"
    )


def _header(keys: "KeyPath", prefix: tuple[str, ...]) -> str:
    """Format the header of a table as in the file: `[gate]`, `[[collections]]`."""
    name = ".".join((*prefix, *(str(key) for key in keys if isinstance(key, str))))
    return f"[[{name}]]" if isinstance((*prefix, *keys)[-1], int) else f"[{name}]"


def setting_names(model: type[BaseModel]) -> list[str]:
    """List the names of the settings of a table."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _unknown_key_message(keys: tuple[str | int, ...]) -> str:
    """Describe an unknown key and suggest a similar one of its table, or list all."""
    tables = [_TABLES[key] for key in keys[:-1] if isinstance(key, str) and key in _TABLES]
    model: type[BaseModel] = tables[-1] if tables else Settings
    known = setting_names(model)
    if (remedy := _ELSEWHERE.get(str(keys[-1]))) and len(keys) == 1:
        return f"unknown setting '{keys[-1]}'; {remedy}"
    near = closest(str(keys[-1]).replace("_", "-"), known)
    hint = f"did you mean '{near}'?" if near else f"expected one of {', '.join(sorted(known))}"
    return f"unknown setting '{keys[-1]}'; {hint}"


def value_message(error: ErrorDetails) -> str:
    """Describe why a value is not valid."""
    if error["type"] in ("enum", "literal_error"):
        levels = error["ctx"]["expected"].replace("'", "")
        near = closest(str(error["input"]), levels.replace(" or ", ", ").split(", "))
        return f"expected {levels}" + (f"; did you mean '{near}'?" if near else "")
    value = error["input"]
    if error["type"] == "tuple_type" and isinstance(value, str):
        return f'expected a list, such as ["{value}"]'
    if error["type"] == "int_parsing" and error["loc"][-1:] == ("file-size",):
        return "expected a whole number of bytes, such as 16_777_216"
    message: Any = _MESSAGES.get(error["type"]) or error["msg"]
    return f"{message[:1].lower()}{message[1:]}"
