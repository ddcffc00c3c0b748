"""Verification of a drafted schema against the records that it was drafted from."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from newslint.cli.init.suspects import Suspects
from newslint.records import Collection, FieldMap, record_mention
from newslint.records.mention import entry_mention, related_entries
from newslint.records.schema import SchemaKind, SchemaProblem
from newslint.records.schema.json_schema import JsonSchema
from newslint.syntax import Value
from newslint.text.pointer import split_pointer

_ROUNDS = 4


def correct_schema(
    schema: dict[str, Any], roots: Iterable[Value], field_map: FieldMap, suspects: Suspects
) -> dict[str, Any]:
    """Loosen a schema until it reports nothing of the records but suspected mistakes.

    Args:
        schema: The schema; it is changed.
        roots: The front matter of each record.
        field_map: The roles of the fields.
        suspects: The suspected mistakes.
    """
    roots = tuple(roots)
    for _ in range(_ROUNDS):
        collection = Collection("draft", JsonSchema(schema, field_map.related), field_map)
        found = Counter(
            (problem.kind, place)
            for root in roots
            for problem, place in _problems(root, collection)
            if not _is_suspected(problem, place, suspects)
        )
        if not found:
            break
        for kind, place in found:
            _loosen(schema, kind, place)
    return schema


_Place = tuple[str, ...]
"""The keys that lead to a value, with `*` for each index."""


def _problems(root: Value, collection: Collection) -> Iterable[tuple[SchemaProblem, _Place]]:
    """Yield the schema problems of a record and its related entries, each with its place."""
    for problem in record_mention(root, collection).schema_problems:
        yield problem, _place(problem)
    for entry in related_entries(root, collection.field_map):
        for problem in entry_mention(entry, collection).schema_problems:
            yield problem, (collection.field_map.related or "", "*", *_place(problem))


def _place(problem: SchemaProblem) -> _Place:
    """Determine the place of a problem: for a missing field, that of the field."""
    keys = tuple("*" if key.isdecimal() else key for key in split_pointer(problem.pointer))
    return (*keys, problem.field) if problem.kind is SchemaKind.MISSING_FIELD else keys


def _is_suspected(problem: SchemaProblem, place: _Place, suspects: Suspects) -> bool:
    """Check if a problem is one of the suspected mistakes."""
    name = place[0] if place else ""
    if problem.kind is SchemaKind.MISSING_FIELD:
        return place[1:] == () and name in suspects.required
    if problem.kind is SchemaKind.UNKNOWN_FIELD:
        return name in suspects.fields
    return name in suspects.values


def _loosen(schema: dict[str, Any], kind: SchemaKind, place: _Place) -> None:
    """Allow what a schema forbids at a place."""
    *above, name = place or ("",)
    node: Any = schema
    for key in above:
        node = node.get("items") if key == "*" else node.get("properties", {}).get(key)
        if not isinstance(node, dict):
            return
    if kind is SchemaKind.MISSING_FIELD:
        node["required"] = [each for each in node.get("required", ()) if each != name]
    elif not place:
        node.clear()
    elif name == "*":
        node["items"] = {}
    else:
        node.setdefault("properties", {})[name] = {}


def relax_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """Copy a schema without the keywords that require or forbid fields and values."""
    strict = ("required", "additionalProperties", "enum", "minimum")
    found = {key: value for key, value in schema.items() if key not in strict}
    if "properties" in found:
        found["properties"] = {
            name: relax_schema(each) for name, each in found["properties"].items()
        }
    if "items" in found:
        found["items"] = relax_schema(found["items"])
    return found
