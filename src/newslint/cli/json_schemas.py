"""JSON Schemas of what people write and of what newslint writes, made from the models.

The files in `schemas/` are these, for editors and for whoever reads reports.
"""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from newslint.records.schema import News
from newslint.reporters.report_model import ReportModel
from newslint.settings import Registry
from newslint.settings.json_schema import settings_schema

_TITLES = {
    "news": "News record",
    "report": "Report of newslint",
    "settings": "Settings of newslint",
}


class _Generator(GenerateJsonSchema):
    """Generates schemas without titles that only repeat the names of fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 # pydantic's signature
        return False


def json_schemas() -> dict[str, str]:
    """Return the text of each schema, by the name of its file."""
    return {f"{name}.schema.json": _text(name) for name in _TITLES}


def _made(name: str) -> dict[str, Any]:
    """Return the schema called `name`."""
    if name == "settings":
        return settings_schema(Registry(), _Generator)
    model = News if name == "news" else ReportModel
    return model.model_json_schema(schema_generator=_Generator)


def _text(name: str) -> str:
    """Return the schema called `name` as it is written."""
    title = _TITLES[name]
    head = {"$schema": _Generator.schema_dialect, "$id": f"urn:newslint:{name}", "title": title}
    schema = _made(name)
    return json.dumps({**head, **schema, "title": title}, indent=2) + "\n"
