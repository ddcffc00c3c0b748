"""Completion in settings files, from the JSON Schema of settings."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from lsprotocol import types
from pydantic.json_schema import GenerateJsonSchema

from newslint.lsp.open_documents import OpenDocument
from newslint.lsp.positions import PositionMap
from newslint.lsp.schema_paths import list_properties, list_values
from newslint.settings import Registry
from newslint.settings.json_schema import settings_schema
from newslint.settings.toml_file import SHARED_FILE, SHARED_KEYS
from newslint.text import SourceText, Span

_TABLE = re.compile(r"\s*\[(\[?)([^\[\]]+)\]")
_KEY = re.compile(r"\s*((?:[\w-]+\.)*)([\w-]*)")
_VALUE = re.compile(r"\s*([\w.-]+)\s*=\s*(\[?)(?:.*[\[,\s])?(\"?)([\w-]*)")
_ITEM = re.compile(r"(?:.*,)?\s*(\"?)([\w-]*)")
_OPEN_LIST = re.compile(r"\s*([\w.-]+)\s*=\s*\[[^\]]*")


def complete_settings(
    document: OpenDocument,
    position: types.Position,
    encoding: types.PositionEncodingKind,
    registry: Registry,
) -> types.CompletionList:
    """Complete the key or value at a position of a settings file."""
    source = SourceText(document.text)
    positions = PositionMap(source, encoding)
    place = positions.place(position)
    lines = [source.line(number) for number in range(1, place.line + 1)]
    before = lines.pop()[: place.column - 1]
    table = _find_table(lines, is_shared=document.path.name == SHARED_FILE)
    if table is None:
        return types.CompletionList(is_incomplete=False, items=[])
    schema = _create_schema(registry)
    path, prefix, is_key = _find_path(lines, before, table)
    begin = place._replace(column=place.column - len(prefix))
    target = positions.range(Span(begin, place))
    if is_key:
        found = list_properties(schema, path).items()
        items = [
            _create_item(key, key, target, types.CompletionItemKind.Property, text)
            for key, text in sorted(found)
        ]
    else:
        kind = types.CompletionItemKind.EnumMember
        values = [*list_values(schema, path), *list_values(schema, (*path, ""))]
        items = [
            _create_item(_name(each), json.dumps(each), target, kind, "")
            for each in dict.fromkeys(values)
        ]
    wanted = prefix.strip('"').casefold()
    items = [each for each in items if wanted in each.label.casefold()]
    return types.CompletionList(is_incomplete=False, items=items)


@lru_cache(maxsize=2)
def _create_schema(registry: Registry) -> dict[str, Any]:
    """Create the schema of settings that name some rules."""
    return settings_schema(registry, GenerateJsonSchema)


def _name(value: object) -> str:
    """Format a value as the label of an item."""
    return value if isinstance(value, str) else json.dumps(value)


def _find_table(lines: Sequence[str], *, is_shared: bool) -> tuple[str, ...] | None:
    """Find the keys of the table that the last line is in; None if it is none of newslint's."""
    keys: tuple[str, ...] = ()
    for line in lines:
        match = _TABLE.match(line)
        if match is not None:
            names = [name.strip(" \"'") for name in match[2].split(".")]
            keys = (*names, *([""] if match[1] else []))
    if not is_shared:
        return keys
    size = len(SHARED_KEYS)
    return keys[size:] if keys[:size] == SHARED_KEYS else None


def _find_path(
    lines: Sequence[str], before: str, table: tuple[str, ...]
) -> tuple[tuple[str, ...], str, bool]:
    """Find the path of the key or value that is being typed, its text, and whether it is a key."""
    value = _VALUE.fullmatch(before)
    if value is not None:
        return (*table, *value[1].split(".")), value[3] + value[4], False
    name = next(_open_lists(lines), None)
    item = _ITEM.fullmatch(before)
    if name is not None and item is not None:
        return (*table, *name.split(".")), item[1] + item[2], False
    header = before.lstrip()
    if header.startswith("["):
        keys = header.lstrip("[").split(".")
        return (*(key.strip(" \"'") for key in keys[:-1]),), keys[-1], True
    key = _KEY.fullmatch(before)
    if key is None:
        return ("\0",), "", True
    return (*table, *filter(None, key[1].split("."))), key[2], True


def _open_lists(lines: Sequence[str]) -> Iterator[str]:
    """Yield the key of the list that is open at the end of lines, if there is one."""
    for line in reversed(lines):
        if "]" in line:
            return
        match = _OPEN_LIST.fullmatch(line)
        if match is not None:
            yield match[1]
            return
        if "=" in line:
            return


def _create_item(
    label: str, text: str, target: types.Range, kind: types.CompletionItemKind, description: str
) -> types.CompletionItem:
    """Create the item that inserts a text."""
    return types.CompletionItem(
        label=label,
        kind=kind,
        documentation=description or None,
        filter_text=text,
        text_edit=types.TextEdit(target, text),
    )
