"""The manual's reference of settings, as Markdown: generated from their JSON Schema."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

Schema = Mapping[str, Any]

SCHEMA = Path(__file__).parents[1] / "schemas" / "settings.schema.json"
HEAD = """\
# Settings reference

All tables of `newslint.toml`, and the options of all rules, with types and defaults. In
`pyproject.toml` each table is below `[tool.newslint]`. [Settings](settings.md) explains how they
work together.
"""
TABLES = {
    "gate": "[gate]",
    "limits": "[limits]",
    "online": "[online]",
    "collections": "[[collections]]",
    "fields": "[collections.fields]",
    "rows": "[collections.rows]",
    "overrides": "[[overrides]]",
}
"""Settings whose values are tables, and how these are written."""

MARKUP = re.compile(r"[<>|*_]")
COLUMNS = "\n| setting | type | default | meaning |\n|---|---|---|---|\n"
LIMITS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "above {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "below {}",
}


def render_page(schema: Schema) -> Iterator[str]:
    """Yield the text of the page."""
    yield HEAD
    yield "\n## Top of the file\n"
    yield from render_table(schema, schema)
    yield from render_tables(schema, schema)
    yield "\n## [rules.NAME]\n"
    yield "\nEvery rule has a `severity`. These are the defaults, and the further options:\n"
    yield "\n| rule | option | type | default | meaning |\n|---|---|---|---|---|\n"
    for name, rule in sorted(schema["$defs"]["Rules"]["properties"].items()):
        yield from render_rule(name, rule["properties"], schema)


def render_tables(table: Schema, schema: Schema) -> Iterator[str]:
    """Yield a section for each table in a table."""
    for name, setting in table["properties"].items():
        inner = resolve(setting.get("items", setting), schema)
        if is_table(name, inner):
            yield f"\n## {TABLES[name]}\n"
            yield f"\n{inner['description'].partition(chr(10))[0]}\n"
            yield from render_table(inner, schema)
            yield from render_tables(inner, schema)


def render_table(table: Schema, schema: Schema) -> Iterator[str]:
    """Yield the settings in a table."""
    yield COLUMNS
    for name, setting in table["properties"].items():
        meaning = cell(setting.get("description") or resolve(setting, schema)["description"])
        is_required = name in table.get("required", ())
        is_rules = setting.get("$ref") == "#/$defs/Rules"
        if is_rules or is_table(name, resolve(setting.get("items", setting), schema)):
            kind = "tables" if is_rules or "items" in setting else "table"
            anchor = re.sub(r"[^\w-]", "", TABLES.get(name, "[rules.NAME]").lower())
            yield f"| `{name}` | {kind} | | {meaning} See [below](#{anchor}). |\n"
            continue
        default = "required" if is_required else render_default(setting)
        yield f"| `{name}` | {render_type(setting, schema)} | {default} | {meaning} |\n"


def is_table(name: str, setting: Schema) -> bool:
    """Check if a setting has a section of its own."""
    return name in TABLES and "properties" in setting


def render_rule(name: str, options: Schema, schema: Schema) -> Iterator[str]:
    """Yield the options of a rule."""
    severity = options["severity"]["default"]
    link = f"[{name}](rules/{name}.md)"
    yield f"| {link} | `severity` | | `{severity}` | |\n"
    for option, setting in options.items():
        if option != "severity":
            meaning = cell(setting["description"])
            kind, default = render_type(setting, schema), render_default(setting)
            yield f"| | `{option}` | {kind} | {default} | {meaning} |\n"


def render_type(setting: Schema, schema: Schema) -> str:
    """Describe the values that a setting accepts."""
    if setting.get("$ref") == "#/$defs/Name":
        return "name"
    setting = resolve(setting, schema)
    if "anyOf" in setting:
        kinds = (each for each in setting["anyOf"] if each.get("type") != "null")
        return " or ".join(dict.fromkeys(render_type(each, schema) for each in kinds))
    if "enum" in setting:
        return " or ".join(f"`{json.dumps(each)}`" for each in setting["enum"])
    kind = str(setting.get("format") or setting["type"])
    if kind == "array":
        return f"list of {plural(render_type(setting['items'], schema))}"
    if kind == "object":
        inner = setting.get("additionalProperties")
        values = plural(render_type(inner, schema)) if isinstance(inner, Mapping) else "values"
        return f"table of {values}"
    bounds = [text.format(setting[key]) for key, text in LIMITS.items() if key in setting]
    name = {"string": "text", "boolean": "true or false"}.get(kind, kind)
    return ", ".join((name, *bounds))


def plural(kind: str) -> str:
    """Form the plural of a type."""
    name, *bounds = kind.split(", ")
    return ", ".join((f"{name}s" if name.isalpha() else name, *bounds))


def render_default(setting: Schema) -> str:
    """Format the default of a setting, as settings files write it; empty if there is none."""
    default = setting.get("default")
    return "" if default is None else f"`{json.dumps(default, ensure_ascii=False)}`"


def resolve(setting: Schema, schema: Schema) -> Schema:
    """Follow the reference of a setting to what it is defined as."""
    reference = setting.get("$ref")
    return setting if reference is None else schema["$defs"][reference.rpartition("/")[2]]


def cell(text: str) -> str:
    """Format a description for a cell of a table; code in it stays as it is."""
    parts: Iterable[str] = " ".join(text.split()).split("`")
    escaped = (
        part if index % 2 else MARKUP.sub(lambda match: f"\\{match[0]}", part)
        for index, part in enumerate(parts)
    )
    return "`".join(escaped)


if __name__ == "__main__":
    page = "".join(render_page(json.loads(SCHEMA.read_text("utf-8"))))
    Path(sys.argv[1]).write_text(page, "utf-8")
