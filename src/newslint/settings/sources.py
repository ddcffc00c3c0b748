"""The files that determine what is reported: settings, schemas, code and the baseline."""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.documents.access import AccessError, project_boundary, read_limited, resolve_inside
from newslint.settings.schema_files import MAX_BYTES

if TYPE_CHECKING:
    from newslint.settings.merging import Origins
    from newslint.settings.project import Project

_OWN_FILE = "newslint.toml"
_REFERENCE = re.compile(r"\$ref[\"']?[ \t]{0,9}:[ \t]{0,9}[\"']?([^\s\"'#:,{}]{1,999})")


def list_sources(project: "Project") -> frozenset[Path]:
    """List the files that determine what is reported on the records of a project.

    These are the settings file and those that it extends, schemas and the files to which they
    refer, models, plugins and the baseline. Each is listed by its name in the settings and by its
    real path. A file need not exist.
    """
    found = {project.root / _OWN_FILE, *project.origins.files, *_schemas(project)}
    for index, name in enumerate(project.settings.plugins):
        found.update(_code(name, _folder(project, ("plugins", index))))
    if project.baseline is not None:
        found.add(project.baseline)
    return frozenset(
        Path(name) for path in found for name in (os.path.normpath(path), os.path.realpath(path))
    )


def _folder(project: "Project", keys: "tuple[str | int, ...]") -> Path:
    """Look up the folder to which the path at `keys` is relative."""
    origins: Origins = project.origins
    origin = origins.find(keys)
    return project.root if origin is None else origin[0].path.parent


def _schemas(project: "Project") -> Iterator[Path]:
    """Yield the files of schemas and models."""
    for index, collection in enumerate(project.settings.collections):
        reference = collection.schema_
        if reference is None:
            continue
        folder = _folder(project, ("collections", index, "schema"))
        if ":" in reference:
            yield from _code(reference.rpartition(":")[0], folder)
        else:
            yield from _with_referenced(folder / reference, project_boundary(project.root))


def _code(name: str, folder: Path) -> Iterable[Path]:
    """List the Python files of a module that is loaded, or the file that `name` is the path of."""
    if name.endswith(".py") or "/" in name:
        return [folder / name]
    file = getattr(sys.modules.get(name), "__file__", None)
    if file is None:
        return []
    path = Path(file)
    return path.parent.rglob("*.py") if path.name == "__init__.py" else [path]


def _with_referenced(schema: Path, boundary: Path) -> Iterator[Path]:
    """Yield a schema file, and the files to which it refers, directly or not."""
    seen: set[Path] = set()
    waiting = [schema]
    while waiting:
        path = Path(os.path.normpath(waiting.pop()))
        if path not in seen:
            seen.add(path)
            yield path
            waiting += [path.parent / each for each in _references(path, boundary)]


def _references(schema: Path, boundary: Path) -> list[str]:
    """List the files to which a schema file refers by `$ref`; none if it cannot be read.

    A file outside of the folder `boundary` is not read.
    """
    try:
        text = read_limited(resolve_inside(schema, boundary), MAX_BYTES).decode("utf-8", "replace")
    except (OSError, AccessError):
        return []
    return _REFERENCE.findall(text)
