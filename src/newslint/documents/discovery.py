"""Which files of a folder are documents."""

import os
import re
import warnings
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint.documents.gitignore import SUFFIXES, FileFilter

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

SKIPPED_FOLDERS = frozenset(
    {"node_modules", "bower_components", "vendor", "__pycache__", "_site", "venv", "site-packages"}
)
"""Folders of installed or generated files, which hold nobody's records. Hidden ones are too."""

BASELINE_MARK = "# newslint-baseline "
"""What the file of a baseline starts with. Such a file is no document, whatever it is called."""

REPORT_MARK = "<!doctype html>\n<!-- newslint-report -->"
"""What an HTML report starts with. It is no document either."""

_PROBE = 8192
_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

Specs = list[tuple[str, "GitIgnoreSpec"]]
"""Ignore files, the outermost first: what the absolute paths of all that each rules start with, and
what it says."""


class SkipReason(StrEnum):
    """Why a file or folder is skipped."""

    HIDDEN = "hidden"
    FOREIGN = "folder of installed or generated files"
    LINK = "link to a folder"
    SPECIAL = "neither file nor folder"
    NAME = "not named like a document"
    SETTINGS = "left out by the settings"
    IGNORED = "ignored by .gitignore"
    BINARY = "binary"
    BASELINE = "baseline"
    REPORT = "HTML report"


class SearchResult(NamedTuple):
    """A file, or a folder that is not looked into.

    Attributes:
        path: Where it is.
        skip: Why it is skipped; None for a document.
    """

    path: Path
    skip: SkipReason | None


def discover(folder: Path, only: FileFilter | None = None) -> Iterator[Path]:
    """Yield the documents below `folder`, sorted by path.

    Hidden, ignored (`.gitignore`) and binary files, baselines and HTML reports are left out, and
    so are symlinked folders and those of installed packages.

    Args:
        folder: Where to look.
        only: Which files to read; by default those that look like documents.

    Raises:
        OSError: `folder` itself cannot be listed. A folder below that cannot be is yielded as if it
            were a file, so that reading it tells why.
    """
    return (found.path for found in search(folder, only) if found.skip is None)


def search(folder: Path, only: FileFilter | None = None) -> Iterator[SearchResult]:
    """Yield what is below `folder`, sorted by path: documents, and what is skipped and why.

    Args:
        folder: Where to look.
        only: Which files to read; by default those that look like documents.

    Raises:
        OSError: As for `discover`.
    """
    absolute = Path(os.path.abspath(folder))  # noqa: PTH100 # `resolve` would follow symlinks
    specs = list(_outer_specs(absolute))
    return _walk(_Folder(folder, _base(absolute), specs, only or FileFilter(folder)))


class _Folder(NamedTuple):
    """A folder that is looked into.

    Attributes:
        path: Where it is.
        base: What the absolute paths of all that is in it start with.
        specs: The ignore files that rule it.
        only: Which files to read.
    """

    path: Path
    base: str
    specs: Specs
    only: FileFilter

    def ignores(self, name: str) -> bool:
        """Tell whether `.gitignore` files exclude what is in it; the one closest to it decides.

        Args:
            name: What it is called, with a `/` at the end where it is a folder.
        """
        ignored = False
        path = self.base + name
        for base, spec in self.specs:
            decision = spec.check_file(path[len(base) :]).include
            if decision is not None:
                ignored = decision
        return ignored


def _walk(folder: _Folder) -> Iterator[SearchResult]:
    """Yield what is below a folder."""
    with os.scandir(folder.path) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    own = _spec(folder.path) if any(entry.name == ".gitignore" for entry in found) else None
    if own is not None:
        folder = folder._replace(specs=[*folder.specs, (folder.base, own)])
    for entry in found:
        path = folder.path / entry.name
        if not entry.is_dir(follow_symlinks=False):
            yield SearchResult(path, _skipped_file(entry, path, folder))
        elif skip := _skipped_folder(path, folder):
            yield SearchResult(path, skip)
        else:
            yield from _enter(folder._replace(path=path, base=f"{folder.base}{entry.name}/"))


def _enter(folder: _Folder) -> Iterator[SearchResult]:
    """Yield what is below a sub-folder; the folder itself where it cannot be listed."""
    try:
        yield from _walk(folder)
    except OSError:
        yield SearchResult(folder.path, None)


def _skipped_folder(path: Path, above: _Folder) -> SkipReason | None:
    """Return why a folder is not looked into; None where it is."""
    if path.name.startswith("."):
        return SkipReason.HIDDEN
    if path.name in SKIPPED_FOLDERS:
        return SkipReason.FOREIGN
    if not above.only.enters(path):
        return SkipReason.SETTINGS
    return SkipReason.IGNORED if above.ignores(f"{path.name}/") else None


def _skipped_file(entry: os.DirEntry[str], path: Path, folder: _Folder) -> SkipReason | None:
    """Return why a file is not read; None where it is. What costs least is asked first.

    A symlink counts where it leads to a file, or nowhere at all: reading it then tells why.
    """
    if entry.name.startswith("."):
        return SkipReason.HIDDEN
    if not folder.only.takes(path):
        return SkipReason.SETTINGS if path.suffix.lower() in SUFFIXES else SkipReason.NAME
    is_link = entry.is_symlink()
    is_file = os.path.isfile(path) if is_link else entry.is_file()  # noqa: PTH113 # never raises
    if not is_file and (not is_link or os.path.exists(path)):  # noqa: PTH110 # likewise
        return SkipReason.LINK if path.is_dir() else SkipReason.SPECIAL
    return SkipReason.IGNORED if folder.ignores(entry.name) else _foreign(path)


def _base(folder: Path) -> str:
    """Return what the paths of all that is in an absolute folder start with, with `/`."""
    return folder.as_posix().rstrip("/") + "/"


def _outer_specs(folder: Path) -> "Iterator[tuple[str, GitIgnoreSpec]]":
    """Yield the ignore files above the absolute `folder`, up to the top of its git repository."""
    parents = [folder, *folder.parents]
    top = next((index for index, parent in enumerate(parents) if (parent / ".git").exists()), None)
    for parent in reversed(parents[1 : (top or 0) + 1]):
        spec = _spec(parent)
        if spec is not None:
            yield _base(parent), spec


def _spec(folder: Path) -> "GitIgnoreSpec | None":
    """Return what the `.gitignore` of `folder` says; None where it has none, or none to be read.

    As git does, a byte-order mark and carriage returns at line ends are no part of a pattern.
    """
    try:
        text = (folder / ".gitignore").read_bytes().decode("utf-8-sig", "surrogateescape")
    except OSError:
        return None
    from pathspec import GitIgnoreSpec

    lines = (line.removesuffix("\r") for line in text.split("\n"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pathspec makes regular expressions that Python frowns on
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    """Tell whether a line of an ignore file can be read; as for git, others match nothing."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True


def _foreign(path: Path) -> SkipReason | None:
    """Return why a file that is called like a document is none; None where it is one."""
    head = _head(path)
    if _is_binary(head):
        return SkipReason.BINARY
    if head.startswith(REPORT_MARK.encode()):
        return SkipReason.REPORT
    return SkipReason.BASELINE if head.startswith(BASELINE_MARK.encode()) else None


def is_binary(path: Path) -> bool:
    """Tell whether a file holds a NUL byte near its start, as git decides it.

    UTF-16 holds many, and is text: it is not called binary, so that reading it can say what it is.
    """
    return _is_binary(_head(path))


def _head(path: Path) -> bytes:
    """Return how a file starts; nothing where it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _FLAGS)
    except OSError:
        return b""
    try:
        return os.read(descriptor, _PROBE)
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def _is_binary(head: bytes) -> bool:
    """Tell whether a file that starts with `head` is binary."""
    return b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
