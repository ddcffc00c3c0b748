"""The JSON Schema of settings files, with every rule's options."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from newslint.diagnostics import Severity
from newslint.rules.api import Rule
from newslint.rules.explain import explain
from newslint.settings.registry import Registry
from newslint.settings.settings import Settings

_NAMED_LISTS = ("select", "extend-select", "ignore")


def settings_schema(registry: Registry, generator: type[GenerateJsonSchema]) -> dict[str, Any]:
    """Return the schema of settings files.

    Args:
        registry: The rules there are.
        generator: Makes schemas of models.
    """
    schema = Settings.model_json_schema(by_alias=True, schema_generator=generator)
    definitions = schema["$defs"]
    definitions["Rules"] = {
        "type": "object",
        "additionalProperties": False,
        "description": "A table for each rule, by its name: its severity and its options.",
        "properties": {rule.id: _of_rule(rule, generator) for rule in registry},
    }
    names = [rule.id for rule in registry]
    definitions["Name"] = {"enum": ["all", *registry.categories, *names]}
    for table in (schema, definitions["CollectionTable"], definitions["OverrideTable"]):
        properties = table["properties"]
        properties["rules"] = {"$ref": "#/$defs/Rules"}
        for name in _NAMED_LISTS:
            properties[name] = {
                "type": "array",
                "items": {"$ref": "#/$defs/Name"},
                "description": properties[name]["description"],
            }
    return schema


def _of_rule(rule: type[Rule], generator: type[GenerateJsonSchema]) -> dict[str, Any]:
    """Return the schema of a rule's table."""
    own = rule.model_json_schema(schema_generator=generator)
    properties: dict[str, Any] = {
        "severity": {
            "enum": [level.value for level in Severity],
            "default": rule.severity.value,
            "description": "How bad it is.",
        }
    }
    for name, option in sorted(own.get("properties", {}).items()):
        properties[name.replace("_", "-")] = option
    return {
        "type": "object",
        "additionalProperties": False,
        "description": explain(rule).summary,
        "properties": properties,
    }
