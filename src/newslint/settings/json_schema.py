"""The JSON Schema of settings files, with the options of every rule."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from newslint.diagnostics import Severity
from newslint.rules.api import Rule
from newslint.rules.explain import explain
from newslint.settings.registry import Registry
from newslint.settings.settings import Settings

_NAME_LISTS = ("select", "extend-select", "ignore")


def settings_schema(registry: Registry, generator: type[GenerateJsonSchema]) -> dict[str, Any]:
    """Create the JSON Schema of settings files.

    Args:
        registry: The available rules.
        generator: The class that creates the schemas of models.
    """
    schema = Settings.model_json_schema(by_alias=True, schema_generator=generator)
    definitions = schema["$defs"]
    definitions["Rules"] = {
        "type": "object",
        "additionalProperties": False,
        "description": "A table for each rule, by its name: its severity and its options.",
        "properties": {rule.id: _rule_schema(rule, generator) for rule in registry},
    }
    names = [rule.id for rule in registry]
    definitions["Name"] = {"enum": ["all", *registry.categories, *names]}
    definitions["GateTable"]["properties"]["rules"]["propertyNames"] = {"enum": names}
    for table in (schema, definitions["CollectionTable"], definitions["OverrideTable"]):
        properties = table["properties"]
        properties["rules"] = {"$ref": "#/$defs/Rules"}
        for name in _NAME_LISTS:
            properties[name] = {
                "type": "array",
                "items": {"$ref": "#/$defs/Name"},
                "description": properties[name]["description"],
            }
    return schema


def _rule_schema(rule: type[Rule], generator: type[GenerateJsonSchema]) -> dict[str, Any]:
    """Create the JSON Schema of a rule's settings: the table `[rules.NAME]`."""
    own = rule.model_json_schema(schema_generator=generator)
    properties: dict[str, Any] = {
        "severity": {
            "enum": [level.value for level in Severity],
            "default": rule.severity.value,
            "description": "The severity of its diagnostics, whether readers can see the record or "
            "not.",
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
