"""What a rule's docstring and fields say, taken apart for whoever shows it."""

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from newslint.rules.api import Rule

_BETWEEN = re.compile(r"\n\n|\n(?=Why: |Fix safety: )")


class RuleOption(NamedTuple):
    """An option of a rule.

    Attributes:
        name: As settings write it, with dashes.
        default: What holds when it is not set, as TOML writes it; empty where it must be set.
        description: What it does.
        type: What it may be set to, in words.
    """

    name: str
    default: str
    description: str
    type: str = ""


class Explanation(NamedTuple):
    """What there is to say about a rule.

    Attributes:
        summary: One sentence.
        details: Paragraphs that go on.
        why: What harm the problem does.
        fix_safety: Why a fix must be looked at; empty where all are safe or there are none.
        options: Sorted by name.
    """

    summary: str
    details: tuple[str, ...]
    why: str
    fix_safety: str
    options: tuple[RuleOption, ...]


def explain(rule: type[Rule]) -> Explanation:
    """Return what there is to say about `rule`."""
    summary, *rest = (" ".join(part.split()) for part in _paragraphs(rule))
    marked = {}
    details = []
    for paragraph in rest:
        label, found, text = paragraph.partition(": ")
        if found and label in ("Why", "Fix safety"):
            marked[label] = text
        else:
            details.append(paragraph)
    return Explanation(
        summary, tuple(details), marked.get("Why", ""), marked.get("Fix safety", ""), _options(rule)
    )


def _paragraphs(rule: type[Rule]) -> list[str]:
    """Return the paragraphs of a rule's docstring; what has a label is one by itself."""
    return _BETWEEN.split(inspect.getdoc(rule) or "")


def _options(rule: type[Rule]) -> tuple[RuleOption, ...]:
    """Return the options of a rule."""
    schemas = rule.model_json_schema().get("properties", {})
    return tuple(
        RuleOption(
            name.replace("_", "-"),
            ""
            if field.is_required()
            else format_toml(field.get_default(call_default_factory=True)),
            field.description or "",
            " ".join(_type(schemas[name])),
        )
        for name, field in sorted(rule.model_fields.items())
    )


def _type(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words that say what a JSON Schema allows, as far as rules make use of it."""
    if "enum" in schema:
        yield " or ".join(map(format_toml, schema["enum"]))
    elif schema.get("type") == "array":
        yield f"list of {' '.join(_type(schema.get('items', {})))}s"
    else:
        yield schema.get("format") or schema.get("type") or "value"
    if "minimum" in schema:
        yield f"of at least {schema['minimum']}"
    if "exclusiveMinimum" in schema:
        yield f"above {schema['exclusiveMinimum']}"


def format_toml(value: Any) -> str:
    """Return a value as TOML writes it.

    Args:
        value: A text, number, truth value or date, or a list, tuple or dictionary of such.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(format_toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {format_toml(each)}" for key, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)
