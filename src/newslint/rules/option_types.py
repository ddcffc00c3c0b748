"""Options of rules that can be changed after a rule is created, which rules must not have."""

import types
import typing

from newslint.rules.rule import Rule


def find_mutable_options(rule: type[Rule]) -> list[str]:
    """List the options of a rule whose values can be changed, by their types or their defaults."""
    return [
        name
        for name, field in rule.model_fields.items()
        if not _is_immutable(field.annotation)
        or isinstance(field.get_default(call_default_factory=True), (list, set, dict, bytearray))
    ]


def describe_mutable_option(name: str) -> str:
    """Describe the remedy for an option whose values can be changed."""
    return f"the option '{name}' can be changed; use a tuple: {name}: tuple[str, ...] = Field(())"


def _is_immutable(kind: object) -> bool:
    """Check whether values of a type are immutable, as far as its annotation shows."""
    origin = typing.get_origin(kind)
    if origin in (tuple, types.UnionType, typing.Union):
        parts = [part for part in typing.get_args(kind) if part is not Ellipsis]
        return all(map(_is_immutable, parts))
    return origin not in (list, set, dict) and kind not in (list, set, dict, bytearray)
