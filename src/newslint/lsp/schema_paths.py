"""Parts of a JSON Schema that describe the value at a path."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_Schema = Mapping[str, Any]

_MAX_DEPTH = 20
"""References and alternatives that are followed, as a schema may refer to itself."""


def parts_at(schema: _Schema, path: Sequence[str]) -> list[_Schema]:
    """List the parts of a schema that describe the value at a path.

    Args:
        schema: The schema.
        path: The keys that lead to the value; those of list items are empty.
    """
    parts = [*_alternatives(schema, schema, 0)]
    for key in path:
        parts = [
            one
            for part in parts
            for child in _children(part, key)
            for one in _alternatives(schema, child, 0)
        ]
    return parts


def list_properties(schema: _Schema, path: Sequence[str]) -> dict[str, str]:
    """List the keys of the mapping at a path, and their descriptions."""
    found: dict[str, str] = {}
    for part in parts_at(schema, path):
        for key, child in part.get("properties", {}).items():
            texts = (each.get("description", "") for each in _alternatives(schema, child, 0))
            found.setdefault(key, child.get("description") or next(filter(None, texts), ""))
    return found


def list_values(schema: _Schema, path: Sequence[str]) -> list[Any]:
    """List the values that are allowed at a path, if these are few."""
    found: list[Any] = []
    for part in parts_at(schema, path):
        found += part.get("enum", ())
        if "const" in part:
            found.append(part["const"])
        if part.get("type") == "boolean":
            found += (True, False)
    return found


def is_list(schema: _Schema, path: Sequence[str]) -> bool:
    """Check if the value at a path is a list."""
    return any(part.get("type") == "array" for part in parts_at(schema, path))


def _children(part: _Schema, key: str) -> Iterator[_Schema]:
    """Yield the schemas of the value of a key, or of list items if it is empty."""
    if not key:
        items = part.get("items")
        if isinstance(items, Mapping):
            yield items
        return
    properties = part.get("properties", {})
    if key in properties:
        yield properties[key]
    elif isinstance(part.get("additionalProperties"), Mapping):
        yield part["additionalProperties"]


def _alternatives(root: _Schema, part: Any, depth: int) -> Iterator[_Schema]:
    """Yield a schema and those that it refers to or combines."""
    if not isinstance(part, Mapping) or depth > _MAX_DEPTH:
        return
    yield part
    reference = part.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        target: Any = root
        for name in reference[2:].split("/"):
            target = target.get(name) if isinstance(target, Mapping) else None
        yield from _alternatives(root, target, depth + 1)
    for name in ("anyOf", "oneOf", "allOf"):
        for each in part.get(name, ()):
            yield from _alternatives(root, each, depth + 1)
