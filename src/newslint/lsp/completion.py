"""Completion in front matter: keys, allowed values, and values that the archive knows."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lsprotocol import types

from newslint.lsp.schema_paths import is_list, list_properties, list_values
from newslint.lsp.view import DocumentView
from newslint.lsp.yaml_context import CursorContext, find_contexts
from newslint.records.collection import FieldMap
from newslint.text import Span

_MAX_ITEMS = 200
_YAML = "yaml"
_PLAIN = re.compile(r"[^\W\d_](?:[\w /.,()-]|:(?=\S)|(?<=\S)#)*", re.ASCII)
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


class _Choice(NamedTuple):
    """A text that can be inserted.

    Attributes:
        text: The text.
        detail: A remark beside it.
        documentation: A description of it.
        kind: The kind of the item.
        suffix: Text to insert after it.
    """

    text: str
    detail: str = ""
    documentation: str = ""
    kind: types.CompletionItemKind = types.CompletionItemKind.Value
    suffix: str = ""


def complete(view: DocumentView, position: types.Position) -> types.CompletionList | None:
    """Complete the key or value at a position in YAML front matter."""
    document, source = view.document, view.positions.source
    if source is None:
        return None
    offset, found = view.positions.offset(position), document.front_matter
    if found is None:
        if not source.text.startswith("---"):
            return None
        start, end = source.line_starts[1] if len(source.line_starts) > 1 else 0, len(source.text)
    else:
        start, end = found.start, found.end
    is_yaml = found is None or found.language == _YAML
    if not is_yaml or not start <= offset <= end:
        return None
    first = source.position(start).line
    place = source.position(offset)
    last = max(place.line, source.position(end).line - 1)
    lines = [source.line(number) for number in range(first, last + 1)]
    items: list[types.CompletionItem] = []
    for context in find_contexts(lines, place.line - first, place.column - 1):
        begin = place._replace(column=place.column - len(context.prefix))
        target = view.positions.range(Span(begin, place))
        items += (_create_item(each, context, target) for each in _choose(view, context))
    return types.CompletionList(is_incomplete=len(items) >= _MAX_ITEMS, items=items[:_MAX_ITEMS])


def _choose(view: DocumentView, context: CursorContext) -> Iterator[_Choice]:
    """Yield the texts that match the text before the cursor."""
    prefix = context.prefix.casefold()
    choices = _keys(view, context) if context.is_key else _values(view, context)
    return (
        each for each in choices if prefix in each.text.casefold() and each.text != context.prefix
    )


def _keys(view: DocumentView, context: CursorContext) -> Iterator[_Choice]:
    """Yield the keys of the schema that the mapping lacks."""
    schema = view.collection.schema
    if schema is None:
        return
    fields = schema.json_schema()
    for key, description in list_properties(fields, context.path).items():
        if key not in context.siblings:
            suffix = ":" if is_list(fields, (*context.path, key)) else ": "
            yield _Choice(key, "", description, types.CompletionItemKind.Field, suffix)


def _values(view: DocumentView, context: CursorContext) -> Iterator[_Choice]:
    """Yield the values that the schema allows, then those of other records."""
    schema = view.collection.schema
    if schema is not None and not context.quote:
        for value in list_values(schema.json_schema(), context.path):
            text = value if isinstance(value, str) else json.dumps(value)
            yield _Choice(text, kind=types.CompletionItemKind.EnumMember)
    role, is_entry = _find_role(view.collection.field_map, context.path)
    yield from _known_values(view, role, context.path, is_entry=is_entry)


def _find_role(field_map: FieldMap, path: tuple[str, ...]) -> tuple[str, bool]:
    """Find the role that the field at a path plays, and whether it is a field of an entry."""
    is_entry = len(path) > 1 and path[0] == field_map.related and path[1] == ""
    keys = [key for key in (path[2:] if is_entry else path) if key]
    roles = ("provider-name", "provider-domain", "terms", "title", "url")
    return next((role for role in roles if keys in field_map.keys(role)), ""), is_entry


def _known_values(
    view: DocumentView, role: str, path: tuple[str, ...], *, is_entry: bool
) -> Iterator[_Choice]:
    """Yield the values of other records for a role, the most frequent first."""
    known = view.project.workspace.known
    if role == "provider-name":
        yield from _by_frequency(each.provider_name for each in known.descriptions.values())
    elif role == "provider-domain":
        yield from _by_frequency(each.provider_domain for each in known.descriptions.values())
    elif role == "terms":
        field = "/".join(key for key in path if key)
        yield from _by_frequency(
            each.field_text(name)
            for each in known.corpus.own_descriptions
            for name in each.names_of("terms")
            if _is_of_field(each.fields[name].pointer, field)
        )
    elif is_entry and role in ("title", "url"):
        for each in known.corpus.own_descriptions:
            text, other = (each.title, each.url) if role == "title" else (each.url, each.title)
            if text:
                yield _Choice(text, other or "", kind=types.CompletionItemKind.Reference)


def _is_of_field(pointer: str, field: str) -> bool:
    """Check if a pointer leads to a field, or to an item of it."""
    return pointer == f"/{field}" or pointer.startswith(f"/{field}/")


def _by_frequency(texts: Iterable[str | None]) -> Iterator[_Choice]:
    """Yield the distinct texts, the most frequent first."""
    counts = Counter(filter(None, texts))
    for text, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        yield _Choice(text, f"{count:,} times")


def _create_item(
    choice: _Choice, context: CursorContext, target: types.Range
) -> types.CompletionItem:
    """Create the item that inserts a text."""
    text = choice.text + choice.suffix
    if not context.is_key:
        is_literal = choice.kind is types.CompletionItemKind.EnumMember
        text = choice.text if is_literal else _write(choice.text, context.quote)
    return types.CompletionItem(
        label=choice.text,
        kind=choice.kind,
        detail=choice.detail or None,
        documentation=choice.documentation or None,
        filter_text=choice.text,
        text_edit=types.TextEdit(target, text),
    )


def _write(text: str, quote: str) -> str:
    """Write a text in YAML, inside of a quote if there is one."""
    if quote == "'":
        return text.replace("'", "''")
    if quote:
        return json.dumps(text, ensure_ascii=False)[1:-1]
    if _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)
