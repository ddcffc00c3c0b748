"""Completion in front matter: keys, allowed values, and values that the archive knows."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lsprotocol import types

from newslint.lsp.bracket_context import find_bracket_contexts
from newslint.lsp.schema_paths import is_list, list_properties, list_values
from newslint.lsp.view import DocumentView
from newslint.lsp.yaml_context import CursorContext, find_contexts
from newslint.records.collection import FieldMap
from newslint.syntax.registry import all_syntaxes, get_syntax
from newslint.text import Position, SourceText, Span

_MAX_ITEMS = 200
_YAML, _TOML = "yaml", "toml"
_PLAIN = re.compile(r"[^\W\d_](?:[\w /.,()-]|:(?=\S)|(?<=\S)#)*", re.ASCII)
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


class _FrontMatter(NamedTuple):
    """Front matter, complete or not: its syntax, and the offsets of its start and end."""

    language: str
    start: int
    end: int


class _Choice(NamedTuple):
    """A text that can be inserted.

    Attributes:
        text: The text.
        detail: A remark beside it.
        documentation: A description of it.
        kind: The kind of the item.
        is_list: It is a key whose value is a list.
        is_text: It is a text that the schema allows.
    """

    text: str
    detail: str = ""
    documentation: str = ""
    kind: types.CompletionItemKind = types.CompletionItemKind.Value
    is_list: bool = False
    is_text: bool = False


def complete(view: DocumentView, position: types.Position) -> types.CompletionList | None:
    """Complete the key or value at a position in front matter."""
    source = view.positions.source
    if source is None:
        return None
    offset, found = view.positions.offset(position), _find_front_matter(view, source.text)
    if found is None or not found.start <= offset <= found.end:
        return None
    place = source.position(offset)
    items: list[types.CompletionItem] = []
    for context in _find_contexts(source, place, found, offset):
        begin = place._replace(column=place.column - len(context.prefix))
        target = view.positions.range(Span(begin, place))
        is_closed = bool(context.quote) and source.text.startswith(context.quote, offset)
        items += (
            _create_item(each, target, text)
            for each in _choose(view, context)
            if (text := _write_choice(each, context, found.language, is_closed=is_closed))
            is not None
        )
    return types.CompletionList(is_incomplete=len(items) >= _MAX_ITEMS, items=items[:_MAX_ITEMS])


def _find_front_matter(view: DocumentView, text: str) -> _FrontMatter | None:
    """Find the front matter of a document; up to the end of the text if it is not closed."""
    found = view.document.front_matter
    if found is not None:
        return _FrontMatter(found.language, found.start, found.end)
    for syntax in all_syntaxes():
        for fence in syntax.fences:
            start = fence.match_opening(text)
            if start is not None:
                return _FrontMatter(syntax.name, start, len(text))
    return None


def _find_contexts(
    source: SourceText, place: Position, found: _FrontMatter, offset: int
) -> list[CursorContext]:
    """Find the possible contexts of a cursor."""
    if found.language != _YAML:
        is_toml = found.language == _TOML
        return find_bracket_contexts(source.text, found.start, offset, found.end, is_toml=is_toml)
    first = source.position(found.start).line
    last = max(place.line, source.position(found.end).line - 1)
    lines = [source.line(number) for number in range(first, last + 1)]
    return find_contexts(lines, place.line - first, place.column - 1)


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
            has_list = is_list(fields, (*context.path, key))
            yield _Choice(key, "", description, types.CompletionItemKind.Field, has_list)


def _values(view: DocumentView, context: CursorContext) -> Iterator[_Choice]:
    """Yield the values that the schema allows, then those of other records."""
    schema = view.collection.schema
    if schema is not None:
        for value in list_values(schema.json_schema(), context.path):
            is_text = isinstance(value, str)
            if is_text or not context.quote:
                text = value if is_text else json.dumps(value)
                yield _Choice(text, kind=types.CompletionItemKind.EnumMember, is_text=is_text)
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


def _create_item(choice: _Choice, target: types.Range, text: str) -> types.CompletionItem:
    """Create the item that inserts a text."""
    return types.CompletionItem(
        label=choice.text,
        kind=choice.kind,
        detail=choice.detail or None,
        documentation=choice.documentation or None,
        filter_text=choice.text,
        text_edit=types.TextEdit(target, text),
    )


def _write_choice(
    choice: _Choice, context: CursorContext, language: str, *, is_closed: bool
) -> str | None:
    """Write a key or value in a syntax; None if it cannot stand inside the quote.

    Args:
        choice: The key or value.
        context: The place that it is inserted at.
        language: The name of the syntax.
        is_closed: The quote around it is closed behind the cursor.
    """
    if context.is_key:
        return _write_key(choice, context, language, is_closed=is_closed)
    if choice.kind is types.CompletionItemKind.EnumMember and (
        language == _YAML or not choice.is_text
    ):
        return choice.text
    if language == _YAML:
        return _write(choice.text, context.quote)
    syntax = get_syntax(language)
    if context.quote:
        return syntax.write_part(choice.text, f"{language}:{context.quote}")
    return syntax.write_text(choice.text, f'{language}:"')


def _write_key(choice: _Choice, context: CursorContext, language: str, *, is_closed: bool) -> str:
    """Write a key, and what separates it from its value."""
    if language == _YAML:
        return choice.text + (":" if choice.is_list else ": ")
    separator = " = " if language == _TOML else ": "
    if context.quote:
        return choice.text if is_closed else f"{choice.text}{context.quote}{separator}"
    key = choice.text if language == _TOML else json.dumps(choice.text, ensure_ascii=False)
    return key + separator


def _write(text: str, quote: str) -> str:
    """Write a text in YAML, inside of a quote if there is one."""
    if quote == "'":
        return text.replace("'", "''")
    if quote:
        return json.dumps(text, ensure_ascii=False)[1:-1]
    if _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)
