"""Loading of the schema that the settings of a collection name."""

import inspect
import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, PydanticUndefinedAnnotation, PydanticUserError

from newslint.documents.similar_names import suggest_file
from newslint.records.schema import ModelSchema, Schema, news_schema
from newslint.settings.imports import CodeImportError, import_file, import_module
from newslint.settings.schema_files import YAML_SUFFIXES, SchemaFileError, read_schema_file
from newslint.text.similarity import closest

NEWS = "news"
_SCHEMA_SUFFIXES = (".json", *YAML_SUFFIXES)


class SchemaError(ValueError):
    """A schema that cannot be used; the message names it and the reason."""


def load_schema(reference: str, folder: Path, boundary: Path, related: str | None) -> Schema:
    """Load the schema that `reference` names.

    Args:
        reference: `news`, a JSON Schema file (`x.schema.json`), or a pydantic model
            (`package.module:Model` or `file.py:Model`).
        folder: The folder that the paths of files are relative to, absolute.
        boundary: The folder that files must be in, unless an installed package contains them.
        related: The name of the field that contains related entries; None if there is none.

    Raises:
        SchemaError: The schema does not exist, or is not valid.
    """
    if reference == NEWS:
        return news_schema()
    if is_code_reference(reference):
        return ModelSchema(_load_model(reference, folder, boundary), related)
    if PurePosixPath(reference).suffix.lower() in _SCHEMA_SUFFIXES:
        return _load_json_schema(reference, folder, boundary, related)
    raise SchemaError(
        f"unknown schema '{reference}'; write '{NEWS}', a file such as 'x.schema.json', or a "
        "pydantic model such as 'package.module:Model' or 'file.py:Model'"
    )


def is_code_reference(reference: str) -> bool:
    """Check if a schema is a pydantic model, so that loading it executes code."""
    return ":" in reference


def _load_model(reference: str, folder: Path, boundary: Path) -> type[BaseModel]:
    """Import a pydantic model.

    Raises:
        SchemaError: The model does not exist, cannot be imported, or cannot be used.
    """
    source, _, name = reference.rpartition(":")
    is_file = source.endswith(".py") or "/" in source
    try:
        module = import_file(folder / source, boundary) if is_file else import_module(source)
    except CodeImportError as error:
        raise SchemaError(f"schema '{reference}' {error}") from error
    if module is None:
        hint = suggest_file(folder / source, source) if is_file else ""
        missing = f"file {folder / source}{hint}" if is_file else f"module '{source}'"
        raise SchemaError(f"schema '{reference}' not found: there is no {missing}")
    model: Any = getattr(module, name, None)
    if model is None:
        near = closest(name, vars(module))
        hint = f"; did you mean '{near}'?" if near else ""
        raise SchemaError(f"there is no '{name}' in {source}{hint}")
    if not inspect.isclass(model) or not issubclass(model, BaseModel):
        raise SchemaError(f"'{name}' in {source} is not a pydantic model")
    try:
        model.model_rebuild()
    except (PydanticUserError, PydanticUndefinedAnnotation) as error:
        reason = str(error).splitlines()[0]
        raise SchemaError(f"model '{name}' in {source} cannot be used: {reason}") from error
    return model


def _load_json_schema(reference: str, folder: Path, boundary: Path, related: str | None) -> Schema:
    """Read a JSON Schema.

    Raises:
        SchemaError: The file does not exist, or is not a valid JSON Schema.
    """
    from jsonschema_rs import ReferencingError, ValidationError

    from newslint.records.schema.json_schema import JsonSchema

    schema = _read_file(folder / reference, boundary, reference)
    path = Path(os.path.realpath(folder / reference))
    if not isinstance(schema, dict):
        raise SchemaError(f"{reference} is not a JSON Schema: expected an object at the top level")
    try:
        return JsonSchema(
            schema, related, path.as_uri(), _create_retriever(Path(os.path.realpath(folder)))
        )
    except ValidationError as error:
        pointer = "".join(f"/{key}" for key in error.instance_path)
        location = f" at {pointer}" if pointer else ""
        raise SchemaError(
            f"{reference} is not a JSON Schema: invalid value{location}: {error.message}"
        ) from error
    except (ReferencingError, ValueError) as error:
        raise SchemaError(f"{reference} cannot be used: {error}") from error
    except RecursionError as error:
        raise SchemaError(f"{reference} cannot be used: it is nested too deeply") from error


def _create_retriever(root: Path) -> Callable[[str], Any]:
    """Create the function that reads schemas for `$ref`: only files in `root`, no network."""

    def retrieve(uri: str) -> Any:
        parts = urlsplit(uri)
        if parts.scheme != "file":
            raise SchemaError(f"it refers to {uri}, but newslint never uses the network")
        path = Path(unquote(parts.path))
        if not Path(os.path.realpath(path)).is_relative_to(root):
            raise SchemaError(f"it refers to {path}, which is outside {root}")
        return _read_file(path, root, str(path))

    return retrieve


def _read_file(path: Path, boundary: Path, name: str) -> Any:
    """Read and parse a JSON or YAML file.

    Raises:
        SchemaError: The file cannot be read or parsed.
    """
    try:
        return read_schema_file(path, boundary, name)
    except SchemaFileError as error:
        raise SchemaError(str(error)) from error
