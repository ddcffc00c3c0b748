"""Diagnostics of settings files."""

import re
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from newslint.diagnostics import Severity
from newslint.lsp.diagnostics import FileDiagnostics, create_diagnostic
from newslint.lsp.open_documents import OpenDocument
from newslint.lsp.positions import PositionMap
from newslint.settings import SettingsError
from newslint.settings.discovery import parse_file
from newslint.settings.load import read_project
from newslint.settings.toml_file import OWN_FILE, SHARED_FILE
from newslint.text import START, Position, SourceText, Span

SETTINGS_NAMES = frozenset({OWN_FILE, SHARED_FILE})
"""Names of settings files."""

_CODE = "settings"
_PROBLEM = re.compile(r"(?s)(?P<path>[^\n]*?)(?::(?P<line>\d+):(?P<column>\d+))?: (?P<rest>.*)")


class SettingsProblem(NamedTuple):
    """A problem of a settings file.

    Attributes:
        path: The file.
        span: The place of the problem.
        message: The problem.
    """

    path: Path
    span: Span
    message: str


class SettingsProblems:
    """The problems of the settings of all folders.

    Args:
        encoding: The encoding of positions.
    """

    def __init__(self, encoding: types.PositionEncodingKind) -> None:
        self._encoding = encoding
        self._by_folder: dict[Path, tuple[SettingsProblem, ...]] = {}
        self._faulty: set[Path] = set()

    def replace(self, folder: Path, error: SettingsError | None) -> None:
        """Replace the problems of the settings of a folder; None if there are none."""
        found = () if error is None else list_problems(error, folder / OWN_FILE)
        self._by_folder[folder] = found
        self._faulty |= {each.path for each in found}

    def list_files(self, documents: Iterable[Path]) -> list[Path]:
        """List the files that have or had problems, and those among the open documents."""
        self._faulty |= {path for path in documents if path.name in SETTINGS_NAMES}
        return sorted(self._faulty)

    def diagnostics(self, path: Path, document: OpenDocument | None) -> FileDiagnostics:
        """List the problems of a file: those of its text if that is not saved."""
        problems = tuple(each for found in self._by_folder.values() for each in found)
        if document is not None and not (path.is_file() and path.read_bytes() == document.content):
            problems = check_settings(document)
        return convert_problems(path, problems, document, self._encoding)


def list_problems(error: SettingsError, file: Path) -> tuple[SettingsProblem, ...]:
    """Convert an error to problems with places.

    Args:
        error: The error.
        file: The settings file that is meant if the error names none.
    """
    return tuple(_parse_problem(each, file) for each in error.problems)


def _parse_problem(text: str, file: Path) -> SettingsProblem:
    """Parse an entry of a `SettingsError`."""
    match = _PROBLEM.match(text)
    path = file if match is None else Path.cwd() / match["path"]
    if match is None or not (path == file or path.is_file()):
        return SettingsProblem(file, START, text)
    message, *excerpt = match["rest"].split("\n")
    if match["line"] is None:
        return SettingsProblem(path, START, match["rest"])
    line, column = int(match["line"]), int(match["column"])
    width = max(1, excerpt[-1].count("^")) if excerpt else 1
    return SettingsProblem(
        path, Span(Position(line, column), Position(line, column + width)), message
    )


def check_settings(document: OpenDocument) -> tuple[SettingsProblem, ...]:
    """List the problems of an open settings file, without loading code that it names."""
    try:
        file = parse_file(document.content, document.path)
        if file.table is not None:
            read_project(file, plugins=False)
    except SettingsError as error:
        return list_problems(error, document.path)
    return ()


def convert_problems(
    path: Path,
    problems: tuple[SettingsProblem, ...],
    document: OpenDocument | None,
    encoding: types.PositionEncodingKind,
) -> FileDiagnostics:
    """Convert the problems of a settings file.

    Args:
        path: The file.
        problems: Problems, of which those of other files are left out.
        document: The file if it is open.
        encoding: The encoding of positions.
    """
    if document is not None:
        positions = PositionMap(SourceText(document.text), encoding)
    else:
        positions = PositionMap.of_file(path.read_bytes() if path.is_file() else b"", encoding)
    items = [
        create_diagnostic(positions, each.span, each.message, Severity.ERROR, _CODE)
        for each in problems
        if each.path == path
    ]
    digest = blake2b(repr(items).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    uri = path.as_uri() if document is None else document.uri
    return FileDiagnostics(uri, None if document is None else document.version, digest, items)
