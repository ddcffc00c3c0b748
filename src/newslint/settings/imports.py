"""Import of code that settings name: modules of installed packages, Python files of the project."""

import importlib
import importlib.util
import sys
from hashlib import blake2b
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from newslint.documents.access import AccessError, read_limited, resolve_inside

_MAX_BYTES = 16 * 1024 * 1024
"""The size limit of a Python file."""

FILES_PACKAGE = "newslint_files"
"""The package that files of projects are imported into; the name of a module has a digest of its
path and text."""


class CodeImportError(ValueError):
    """Code that cannot be imported; the message starts with a verb, for the caller's subject."""


def import_module(name: str) -> ModuleType | None:
    """Import the module `name` of an installed package.

    Returns:
        None if there is no such module.

    Raises:
        CodeImportError: The module raises an exception.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(error.name + ".")):
            return None
        raise _import_error(error) from error
    except (Exception, SystemExit) as error:  # the module's code may raise anything
        raise _import_error(error) from error


def import_file(path: Path, boundary: Path) -> ModuleType | None:
    """Import the Python file `path`, once as long as its text stays the same.

    Args:
        path: The file, absolute.
        boundary: The folder that it must be in, unless an installed package contains it.

    Returns:
        None if there is no such file.

    Raises:
        CodeImportError: The file is outside of `boundary`, is not a Python file, or raises an
            exception.
    """
    try:
        path = resolve_inside(path, boundary)
        name = _module_name(path, read_limited(path, _MAX_BYTES))
    except FileNotFoundError:
        return None
    except AccessError as error:
        raise CodeImportError(f"cannot be imported: {error}") from error
    if name in sys.modules:
        return sys.modules[name]
    loader = _TextLoader(name, str(path))
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    if spec is None or path.suffix != ".py":
        raise CodeImportError("is not a Python file: its name must end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # as import does, so that its classes can be pickled
    try:
        loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise _import_error(error) from error
    return module


class _TextLoader(SourceFileLoader):
    """Loader of a Python file that neither reads nor writes bytecode.

    Bytecode goes by the time of a file in seconds and its size, so that of a file that was edited
    twice in a second could be out of date. Nor are files written into an archive.
    """

    def get_code(self, fullname: str) -> CodeType:
        """Compile the text of the file."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def _module_name(path: Path, content: bytes) -> str:
    """Create a module name that is unique for the path and the text of a file."""
    identity = str(path).encode("utf-8", "surrogateescape") + b"\0" + content
    stem = path.stem.replace("-", "_")
    # The second-to-last part is the category of the rules in the file: see `Rule.category`.
    return f"{FILES_PACKAGE}.{stem}.f{blake2b(identity, digest_size=6).hexdigest()}"


def _import_error(error: BaseException) -> CodeImportError:
    """Describe an exception raised by an import, with the file and line that raised it."""
    import traceback

    if isinstance(error, SyntaxError) and error.filename:
        location = f" ({error.filename}:{error.lineno})"
    else:
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if not frame.filename.startswith("<frozen") and frame.filename != __file__
        ]
        location = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    reason = traceback.format_exception_only(error)[-1].strip()
    return CodeImportError(f"cannot be imported: {reason}{location}")
