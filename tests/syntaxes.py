"""Records written in each syntax of front matter."""

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

BARE = re.compile(r"[A-Za-z0-9_-]+")


def to_yaml(record: dict[str, Any]) -> str:
    """Write a record as YAML between fences."""
    text = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---\n"


def to_toml(record: dict[str, Any]) -> str:
    """Write a record as TOML between fences, with arrays of tables."""
    return "+++\n" + "\n".join(_table(record, ())) + "\n+++\n"


def to_inline_toml(record: dict[str, Any]) -> str:
    """Write a record as TOML between fences, without tables."""
    return "+++\n" + "".join(f"{_key(k)} = {_toml(v)}\n" for k, v in record.items()) + "+++\n"


def to_json(record: dict[str, Any], *, indent: int | None = 2, ascii_only: bool = False) -> str:
    """Write a record as a JSON object, with dates as texts."""
    return json.dumps(plain(record), indent=indent, ensure_ascii=ascii_only) + "\n"


def plain(value: Any) -> Any:
    """Replace dates by their texts."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return date_text(value) if isinstance(value, datetime.date) else value


def date_text(value: datetime.date) -> str:
    """Write a date or a time, of UTC with Z."""
    return value.isoformat().replace("+00:00", "Z")


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _table(record: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a table: values first, then the tables below it."""
    for key, value in record.items():
        if not isinstance(value, dict) and not _is_tables(value):
            yield f"{_key(key)} = {_toml(value)}"
    for key, value in record.items():
        below = (*path, key)
        name = ".".join(map(_key, below))
        if isinstance(value, dict):
            yield f"[{name}]"
            yield from _table(value, below)
        elif _is_tables(value):
            for each in value:
                yield f"[[{name}]]"
                yield from _table(each, below)


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _quote(key)


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml(value: Any) -> str:
    """Write a value of TOML in one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return date_text(value) if isinstance(value, datetime.date) else str(value)
