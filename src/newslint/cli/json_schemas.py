"""JSON Schemas of records, reports, settings and statistics, generated from their pydantic models.

The files in `schemas/` contain them, for editors and for programs that read reports.
"""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from newslint.records.schema import News
from newslint.reporters.report_model import CausesModel, ReportModel, StatisticsModel
from newslint.settings import Registry
from newslint.settings.json_schema import settings_schema

_MODELS: dict[str, type[BaseModel]] = {
    "causes": CausesModel,
    "news": News,
    "report": ReportModel,
    "stats": StatisticsModel,
}
_TITLES = {
    "causes": "Causes in a report of newslint",
    "news": "News record",
    "report": "Report of newslint",
    "settings": "Settings of newslint",
    "stats": "Statistics of newslint",
}


class _Generator(GenerateJsonSchema):
    """A generator that omits titles, since they repeat the names of fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 # pydantic's signature
        return False


def generate_json_schemas() -> dict[str, str]:
    """Generate all schemas, as texts by their file names."""
    return {f"{name}.schema.json": _generate_text(name) for name in _TITLES}


def _generate_text(name: str) -> str:
    """Generate one of the schemas in `_TITLES` as indented JSON."""
    title = _TITLES[name]
    head = {"$schema": _Generator.schema_dialect, "$id": f"urn:newslint:{name}", "title": title}
    if name == "settings":
        schema = settings_schema(Registry(), _Generator)
    else:
        schema = _MODELS[name].model_json_schema(schema_generator=_Generator)
    return json.dumps({**head, **schema, "title": title}, indent=2) + "\n"
