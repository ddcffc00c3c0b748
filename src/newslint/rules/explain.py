"""Explanations of rules, taken from their docstrings and options."""

import inspect
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from newslint.rules.api import Example, Rule
from newslint.text.lazy_pattern import lazy_pattern

_PARAGRAPH_BREAK = lazy_pattern(r"\n\n|\n(?=Why: |Fix safety: )")

_LONG = 100
"""Length of a text above which JSON is shown on several lines."""


class RuleOption(NamedTuple):
    """An option of a rule.

    Attributes:
        name: As settings write it, with dashes.
        default: The default value in TOML; empty if the option is required.
        description: The effect of the option.
        type: Its possible values in words, such as `integer above 0`.
    """

    name: str
    default: str
    description: str
    type: str = ""


class Explanation(NamedTuple):
    """The parts of a rule's documentation.

    Attributes:
        summary: The first sentence.
        details: Further paragraphs.
        why: The harm that the problem does.
        fix_safety: Why fixes need review; empty if all are safe or the rule has none.
        options: The options, sorted by name.
    """

    summary: str
    details: tuple[str, ...]
    why: str
    fix_safety: str
    options: tuple[RuleOption, ...]


@cache
def explain(rule: type[Rule]) -> Explanation:
    """Split a rule's docstring into its parts and describe the rule's options."""
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
    """Split a rule's docstring into paragraphs; `Why:` and `Fix safety:` each start one."""
    return _PARAGRAPH_BREAK.split(inspect.getdoc(rule) or "")


def _options(rule: type[Rule]) -> tuple[RuleOption, ...]:
    """Describe the options of a rule."""
    schemas = rule.model_json_schema().get("properties", {})
    return tuple(
        RuleOption(
            name.replace("_", "-"),
            ""
            if field.is_required()
            else format_toml(field.get_default(call_default_factory=True)),
            field.description or "",
            " ".join(_type_words(schemas[name])),
        )
        for name, field in sorted(rule.model_fields.items())
    )


def _type_words(schema: Mapping[str, Any]) -> Iterator[str]:
    """Describe the values that a JSON Schema allows, for the keywords that options use."""
    if "enum" in schema:
        yield " or ".join(map(format_toml, schema["enum"]))
    elif schema.get("type") == "array":
        yield f"list of {' '.join(_type_words(schema.get('items', {})))}s"
    else:
        yield schema.get("format") or schema.get("type") or "value"
    if "minimum" in schema:
        yield f"of at least {schema['minimum']}"
    if "exclusiveMinimum" in schema:
        yield f"above {schema['exclusiveMinimum']}"


def format_toml(value: Any) -> str:
    """Serialise a value as TOML.

    Args:
        value: A string, number, boolean or date, or a list, tuple or dictionary of these.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(format_toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {format_toml(each)}" for key, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def files_beside(example: Example) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each other file that is not empty, long JSON formatted."""
    for path, text in example.beside.items():
        if text:
            yield path, _format_json(text) if len(text) > _LONG else text.strip()


def _format_json(text: str) -> str:
    """Format a text that is one value of JSON on several lines; leave any other as it is."""
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except ValueError:
        return text.strip()
