"""The verdicts that a check uses: those of the store and of the project's own file."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.documents.access import (
    AccessError,
    project_boundary,
    read_limited,
    resolve_inside,
)
from newslint.execution.verdict_store import StoreError, find_store
from newslint.records.verdicts import VerdictLines, Verdicts, read_lines

if TYPE_CHECKING:
    from newslint.execution.check_request import CheckRequest
    from newslint.settings import Project

_MAX_BYTES = 256 * 1024 * 1024
_MAX_NAMED = 5


class VerdictFileError(Exception):
    """A file of verdicts that cannot be read; the message is the reason."""


class KnownVerdicts:
    """The recent verdicts on the addresses in a project, which are loaded when they are needed.

    Attributes:
        notes: Remarks on them for the user.
    """

    def __init__(self) -> None:
        self._verdicts: Verdicts | None = None
        self.notes: tuple[str, ...] = ()

    def read(self, request: "CheckRequest") -> Verdicts:
        """Load the verdicts that are no older than the settings allow, unless they are loaded."""
        if self._verdicts is None:
            settings = request.project.settings
            every = self.read_all(request)
            self._verdicts = every.recent(settings.today, settings.online.age)
        return self._verdicts

    def forget(self) -> None:
        """Load the verdicts again when they are needed."""
        self._verdicts = None

    def read_all(self, request: "CheckRequest") -> Verdicts:
        """Load all verdicts, however old; those that cannot be read are noted."""
        project = request.project
        notes: list[str] = []
        verdicts = Verdicts()
        try:
            lines = _read_own_file(request)
            verdicts = lines.verdicts
            if lines.damaged:
                notes.append(describe_damage(project.settings.online.file, lines))
        except VerdictFileError as error:
            notes.append(f"{error}; its verdicts are not used")
        try:
            stored = find_store(project.root).load()
            verdicts = verdicts.merge(stored.by_address.values())
        except StoreError as error:
            notes.append(str(error))
        self.notes = tuple(notes)
        return verdicts


def _read_own_file(request: "CheckRequest") -> VerdictLines:
    """Read the project's file of verdicts, unless its content is given.

    Raises:
        VerdictFileError: It cannot be read.
    """
    path = verdict_file(request.project)
    content = request.contents.get(path)
    if content is not None:
        return read_lines(content.decode("utf-8", "replace"))
    return read_verdict_file(path, project_boundary(request.project.root))


def verdict_file(project: "Project") -> Path:
    """Find the path of the project's file of verdicts, which need not exist."""
    return project.root / project.settings.online.file


def read_verdict_file(path: Path, boundary: Path | None = None) -> VerdictLines:
    """Read a file of verdicts; none if it does not exist.

    Args:
        path: The file, absolute.
        boundary: The folder that it must be in; None for a file that the user names.

    Raises:
        VerdictFileError: It cannot be read.
    """
    if not os.path.lexists(path):
        return VerdictLines(Verdicts())
    try:
        real = path if boundary is None else resolve_inside(path, boundary)
        return read_lines(read_limited(real, _MAX_BYTES).decode("utf-8", "replace"))
    except AccessError as error:
        raise VerdictFileError(f"cannot read {path.name}: {error}") from error
    except FileNotFoundError:
        return VerdictLines(Verdicts())


def describe_damage(name: str, lines: VerdictLines) -> str:
    """Describe the lines of a file of verdicts that are ignored."""
    numbers = ", ".join(map(str, lines.damaged[:_MAX_NAMED]))
    more = " and others" if len(lines.damaged) > _MAX_NAMED else ""
    plural = "s" if len(lines.damaged) > 1 else ""
    return f"{name}: line{plural} {numbers}{more} ignored: no verdict"
