"""Loads code that settings name: modules of installed packages, and Python files of the project."""

import importlib
import importlib.util
import sys
import traceback
from hashlib import blake2b
from pathlib import Path
from types import ModuleType

FILES_PACKAGE = "newslint_files"
"""The package that files of projects are imported into; their names there tell their content."""


class CodeImportError(ValueError):
    """Code cannot be loaded; the message says why, and starts with a verb."""


def import_module(name: str) -> ModuleType | None:
    """Return the module `name` of an installed package; None where there is none.

    Raises:
        CodeImportError: It fails when it is imported.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(error.name + ".")):
            return None
        raise _failed(error) from error
    except Exception as error:  # what is imported may raise anything
        raise _failed(error) from error


def import_file(path: Path) -> ModuleType | None:
    """Return the module in the file `path`; None where there is no such file.

    Raises:
        CodeImportError: It is no Python file, or fails when it is imported.
    """
    path = path.resolve()
    if not path.is_file():
        return None
    name = _module_name(path)
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise CodeImportError("is no Python file: its name must end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # as import does, so that classes in it can be pickled
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise _failed(error) from error
    return module


def _module_name(path: Path) -> str:
    """Return the name that a file is imported by: its own, and what tells it and its text apart."""
    told = str(path).encode("utf-8", "surrogateescape") + b"\0" + path.read_bytes()
    stem = path.stem.replace("-", "_")
    # The last part but one is the category of rules in it: see `Rule.category`.
    return f"{FILES_PACKAGE}.{stem}.f{blake2b(told, digest_size=6).hexdigest()}"


def _failed(error: Exception) -> CodeImportError:
    """Return what to say of code that cannot be imported."""
    if isinstance(error, SyntaxError) and error.filename:
        place = f" ({error.filename}:{error.lineno})"
    else:
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if not frame.filename.startswith("<frozen") and frame.filename != __file__
        ]
        place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    reason = traceback.format_exception_only(error)[-1].strip()
    return CodeImportError(f"cannot be imported: {reason}{place}")
