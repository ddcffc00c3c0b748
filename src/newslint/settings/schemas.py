"""Finds the schema that a collection names."""

import inspect
import json
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from pydantic import BaseModel, PydanticUndefinedAnnotation, PydanticUserError

from newslint.records.schema import ModelSchema, Schema, news_schema
from newslint.settings.imports import CodeImportError, import_file, import_module
from newslint.settings.registry import closest

NEWS = "news"
_YAML = (".yaml", ".yml")
_JSON = (".json", *_YAML)


class SchemaError(ValueError):
    """A schema cannot be used; the message names it and says why."""


def load_schema(reference: str, folder: Path, related: str | None) -> Schema:
    """Return the schema that `reference` names.

    Args:
        reference: `news`, a JSON Schema file (`x.schema.json`), or a pydantic model
            (`package.module:Model` or `file.py:Model`).
        folder: What files are relative to, absolute.
        related: Name of the field that holds related entries; None where there is none.

    Raises:
        SchemaError: There is none, or it is no schema.
    """
    if reference == NEWS:
        return news_schema()
    if is_code_reference(reference):
        return ModelSchema(_model(reference, folder), related)
    if PurePosixPath(reference).suffix.lower() in _JSON:
        return _json_schema(reference, folder, related)
    raise SchemaError(
        f"there is no schema '{reference}': write '{NEWS}', a file such as 'x.schema.json', or a "
        "pydantic model such as 'package.module:Model' or 'file.py:Model'"
    )


def is_code_reference(reference: str) -> bool:
    """Tell whether a schema's name stands for code, which runs when it is loaded."""
    return ":" in reference


def _model(reference: str, folder: Path) -> type[BaseModel]:
    """Return a pydantic model.

    Raises:
        SchemaError: There is none.
    """
    place, _, name = reference.rpartition(":")
    is_file = place.endswith(".py") or "/" in place
    try:
        module = import_file(folder / place) if is_file else import_module(place)
    except CodeImportError as error:
        raise SchemaError(f"the schema '{reference}' {error}") from error
    if module is None:
        what = f"file {folder / place}" if is_file else f"module '{place}'"
        raise SchemaError(f"the schema '{reference}' cannot be found: there is no {what}")
    model: Any = getattr(module, name, None)
    if model is None:
        near = closest(name, vars(module))
        hint = f"; did you mean '{near}'?" if near else ""
        raise SchemaError(f"there is no '{name}' in {place}{hint}")
    if not inspect.isclass(model) or not issubclass(model, BaseModel):
        raise SchemaError(f"'{name}' in {place} is no pydantic model")
    try:
        model.model_rebuild()
    except (PydanticUserError, PydanticUndefinedAnnotation) as error:
        reason = str(error).splitlines()[0]
        raise SchemaError(f"the model '{name}' in {place} cannot be used: {reason}") from error
    return model


def _json_schema(reference: str, folder: Path, related: str | None) -> Schema:
    """Return a JSON Schema.

    Raises:
        SchemaError: There is none, or it is not valid.
    """
    from jsonschema_rs import ReferencingError, ValidationError

    from newslint.records.schema.json_schema import JsonSchema

    path = (folder / reference).resolve()
    schema = _read(path, reference)
    if not isinstance(schema, dict):
        raise SchemaError(f"{reference} is no JSON Schema: it holds no object")
    try:
        return JsonSchema(schema, related, path.as_uri(), _retriever(folder.resolve()))
    except ValidationError as error:
        pointer = "".join(f"/{key}" for key in error.instance_path)
        at = f" at {pointer}" if pointer else ""
        raise SchemaError(f"{reference} is no JSON Schema{at}: {error.message}") from error
    except (ReferencingError, ValueError) as error:
        raise SchemaError(f"{reference} cannot be used: {error}") from error


def _read(path: Path, called: str) -> Any:
    """Return what a JSON or YAML file holds.

    Raises:
        SchemaError: It cannot be read.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise SchemaError(f"there is no schema {called}: no such file") from None
    except OSError as error:
        raise SchemaError(f"{called} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SchemaError(f"{called} is not UTF-8") from error
    try:
        if path.suffix.lower() in _YAML:
            return yaml.safe_load(text)
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SchemaError(
            f"{called}:{error.lineno}:{error.colno}: not valid JSON: {error.msg}"
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SchemaError(f"{called} is not valid YAML: {error}") from error


def _retriever(root: Path) -> Callable[[str], Any]:
    """Return what looks up other schemas: files below `root` only, and nothing on the network."""

    def retrieve(uri: str) -> Any:
        parts = urlsplit(uri)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file":
            raise SchemaError(f"it refers to {uri}, and newslint never uses the network")
        if not path.is_relative_to(root):
            raise SchemaError(f"it refers to {path}, which is outside {root}")
        return _read(path, str(path))

    return retrieve
