"""Settings files of site generators, as far as they can be read without running code."""

import json
import tomllib
from pathlib import Path
from typing import Any

from newslint.documents import read_document
from newslint.documents.access import read_limited, resolve_inside
from newslint.syntax import Reader

_MAX_SIZE = 1024 * 1024


def read_settings(file: Path) -> dict[str, Any]:
    """Read the settings of a generator; none if they cannot be read."""
    try:
        settings = _parse(file.suffix, _read(file))
    except (OSError, ValueError, RecursionError):
        return {}
    return settings if isinstance(settings, dict) else {}


def read_text(settings: dict[str, Any], key: str) -> str:
    """Look up a text; empty if it is missing or not a text."""
    value = settings.get(key)
    return value if isinstance(value, str) else ""


def mentions(file: Path, name: str) -> bool:
    """Check if a file contains a name; False if the file cannot be read."""
    try:
        return name.encode() in _read(file)
    except (OSError, ValueError):
        return False


def _read(file: Path) -> bytes:
    """Read a file of the site.

    Raises:
        OSError: It does not exist.
        ValueError: It cannot be read.
    """
    return read_limited(resolve_inside(file, file.parent), _MAX_SIZE)


def _parse(suffix: str, data: bytes) -> Any:
    """Parse TOML, JSON or YAML; of several YAML documents, the first.

    Raises:
        ValueError: The data are not TOML or JSON.
    """
    if suffix == ".toml":
        return tomllib.loads(data.decode())
    if suffix == ".json":
        return json.loads(data)
    roots = read_document("site.yaml", data, Reader()).roots
    return roots[0].python if roots else None
