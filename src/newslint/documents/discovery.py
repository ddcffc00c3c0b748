"""Discovery of the documents in a folder."""

import os
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from newslint.documents.access import AccessError, read_limited
from newslint.documents.files import open_listed, open_regular
from newslint.documents.gitignore import SUFFIXES, FileFilter

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

SKIPPED_FOLDERS = frozenset(
    {"node_modules", "bower_components", "vendor", "__pycache__", "_site", "venv", "site-packages"}
)
"""Folders of installed or generated files, which are skipped like hidden ones."""

BASELINE_MARK = "# newslint-baseline "
"""The start of a baseline file. Such a file is no document, whatever its name."""

REPORT_MARK = "<!doctype html>\n<!-- newslint-report -->"
"""The start of an HTML report, which is no document either."""

_PROBE = 8192
_MAX_IGNORE_FILE = 1024 * 1024
_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

IgnoreFiles = list[tuple[str, "GitIgnoreSpec"]]
"""Ignore files, the outermost first: the absolute path of each one's folder, with a `/` at the end,
and its patterns."""


class SkipReason(StrEnum):
    """Reasons for skipping a file or folder."""

    HIDDEN = "hidden"
    FOREIGN = "folder of installed or generated files"
    PROJECT = "project with settings of its own"
    LINK = "link to a folder"
    SAME = "link to a file that is read under another name"
    SPECIAL = "neither file nor folder"
    NAME = "not named like a document"
    SETTINGS = "left out by the settings"
    IGNORED = "ignored by .gitignore"
    BINARY = "binary"
    BASELINE = "baseline"
    REPORT = "HTML report"


_MARKS = {
    REPORT_MARK.encode(): SkipReason.REPORT,
    BASELINE_MARK.encode(): SkipReason.BASELINE,
}
_MARK_SIZE = max(map(len, _MARKS))


class SearchResult(NamedTuple):
    """A document, or a file or folder that is skipped.

    Attributes:
        path: Its path.
        skip: The reason for skipping it; None for a document.
        is_link: It is a symbolic link.
    """

    path: Path
    skip: SkipReason | None
    is_link: bool = False


def discover(folder: Path, only: FileFilter | None = None) -> Iterator[Path]:
    """Yield the documents below `folder`, sorted by path.

    Skipped are hidden and ignored (`.gitignore`) files, baselines, HTML reports, symbolic links to
    folders, and folders of installed packages. A file that is named like a document is one, so that
    reading it reports if it is binary, or a named pipe.

    Args:
        folder: The folder to search.
        only: A filter of files; by default it accepts the file name endings of documents.

    Raises:
        OSError: `folder` cannot be listed. A sub-folder that cannot be listed is yielded like a
            document, so that the error is reported when it is read.
    """
    return (found.path for found in search(folder, only) if found.skip is None)


def search(folder: Path, only: FileFilter | None = None) -> Iterator[SearchResult]:
    """Yield documents and skipped files and folders below `folder`, sorted by path.

    Args:
        folder: The folder to search.
        only: A filter of files; by default it accepts the file name endings of documents.

    Raises:
        OSError: See `discover`.
    """
    absolute = Path(os.path.abspath(folder))  # noqa: PTH100 # `resolve` would follow symlinks
    ignore_files = list(_outer_ignore_files(absolute))
    return _walk(_Folder(folder, _base_path(absolute), ignore_files, only or FileFilter(folder)))


def would_find(top: Path, file: Path, only: FileFilter) -> bool:
    """Check if a search of a folder would find a file, which need not exist.

    Args:
        top: The folder, absolute.
        file: The file, absolute.
        only: The filter of files.
    """
    if top not in file.parents:
        return False
    folder = _Folder(top, _base_path(top), list(_outer_ignore_files(top)), only)
    for name in file.relative_to(top).parts[:-1]:
        folder = _with_ignore_file(folder)
        path = folder.path / name
        if _folder_skip_reason(path, folder):
            return False
        folder = replace(folder, path=path, base=f"{folder.base}{name}/")
    if file.name.startswith(".") or not only.accepts(file):
        return False
    is_document = only.names_document(file)
    return not (
        _with_ignore_file(folder).ignores(file.name)
        or _content_skip_reason(file, open_regular, is_document=is_document)
    )


class _Folder(msgspec.Struct, frozen=True):
    """A folder that is searched.

    Attributes:
        path: Its path.
        base: Its absolute path, with a `/` at the end.
        ignore_files: The ignore files that apply to it.
        only: The filter of files.
    """

    path: Path
    base: str
    ignore_files: IgnoreFiles
    only: FileFilter

    def ignores(self, name: str) -> bool:
        """Check if `.gitignore` files exclude an item of the folder; the closest file decides.

        Args:
            name: The name of the item, with a `/` at the end if it is a folder.
        """
        ignored = False
        path = self.base + name
        for base, spec in self.ignore_files:
            decision = spec.check_file(path[len(base) :]).include
            if decision is not None:
                ignored = decision
        return ignored


def _walk(top: _Folder) -> Iterator[SearchResult]:
    """Yield the search results below a folder; a sub-folder itself if it cannot be listed.

    This does not recurse: folders may be nested more deeply than calls of functions.
    """
    pending = [(top.path, _list_folder(top))]
    while pending:
        path, items = pending[-1]
        try:
            item = next(items, None)
        except OSError:
            if len(pending) == 1:
                raise
            item = SearchResult(path, None)
        if item is None:
            pending.pop()
        elif isinstance(item, _Folder):
            pending.append((item.path, _list_folder(item)))
        else:
            yield item


def _list_folder(folder: _Folder) -> Iterator[SearchResult | _Folder]:
    """Yield the search results in a folder, and its sub-folders that are searched."""
    with os.scandir(folder.path) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    if any(entry.name == ".gitignore" for entry in found):
        folder = _with_ignore_file(folder)
    for entry in found:
        path = folder.path / entry.name
        if not entry.is_dir(follow_symlinks=False):
            yield SearchResult(path, _file_skip_reason(entry, path, folder), entry.is_symlink())
        elif skip := _folder_skip_reason(path, folder):
            yield SearchResult(path, skip)
        else:
            yield replace(folder, path=path, base=f"{folder.base}{entry.name}/")


def _with_ignore_file(folder: _Folder) -> _Folder:
    """Add the patterns of its own ignore file to a folder, if it has one."""
    patterns = _read_ignore_file(folder.path)
    if patterns is None:
        return folder
    return replace(folder, ignore_files=[*folder.ignore_files, (folder.base, patterns)])


def _folder_skip_reason(path: Path, above: _Folder) -> SkipReason | None:
    """Determine the reason for skipping a folder; None if it is searched."""
    if path.name.startswith("."):
        return SkipReason.HIDDEN
    if path.name in SKIPPED_FOLDERS:
        return SkipReason.FOREIGN
    if not above.only.accepts_folder(path):
        return SkipReason.SETTINGS
    if above.ignores(f"{path.name}/"):
        return SkipReason.IGNORED
    return SkipReason.PROJECT if above.only.is_project(path) else None


def _file_skip_reason(entry: os.DirEntry[str], path: Path, folder: _Folder) -> SkipReason | None:
    """Determine the reason for skipping a file; None for a document. The fastest checks come first.

    A symbolic link to a file counts as a file. So do a dangling one, and a named pipe or device
    that is named like a document: they are reported when they are read.
    """
    if entry.name.startswith("."):
        return SkipReason.HIDDEN
    if not folder.only.accepts(path):
        return SkipReason.SETTINGS if path.suffix.lower() in SUFFIXES else SkipReason.NAME
    is_document = folder.only.names_document(path)
    is_link = entry.is_symlink()
    is_file = os.path.isfile(path) if is_link else entry.is_file()  # noqa: PTH113 # never raises
    if not is_file and os.path.isdir(path):  # noqa: PTH112 # likewise
        return SkipReason.LINK
    if not is_file and not is_document and os.path.exists(path):  # noqa: PTH110 # likewise
        return SkipReason.SPECIAL
    if folder.ignores(entry.name):
        return SkipReason.IGNORED
    opener = open_regular if is_link else open_listed
    return _content_skip_reason(path, opener, is_document=is_document) if is_file else None


def _base_path(folder: Path) -> str:
    """Convert the path of an absolute folder to text with a `/` at the end."""
    return folder.as_posix().rstrip("/") + "/"


def _outer_ignore_files(folder: Path) -> "Iterator[tuple[str, GitIgnoreSpec]]":
    """Yield the ignore files above the absolute `folder`, up to the top of its git repository."""
    parents = [folder, *folder.parents]
    top = next((index for index, parent in enumerate(parents) if (parent / ".git").exists()), None)
    for parent in reversed(parents[1 : (top or 0) + 1]):
        patterns = _read_ignore_file(parent)
        if patterns is not None:
            yield _base_path(parent), patterns


def _read_ignore_file(folder: Path) -> "GitIgnoreSpec | None":
    """Read the `.gitignore` file of `folder`; None if there is none, or it cannot be read.

    As in git, a symbolic link is not read, and a byte-order mark and carriage returns at line ends
    are not part of a pattern.
    """
    try:
        data = read_limited(folder / ".gitignore", _MAX_IGNORE_FILE)
    except (OSError, AccessError):
        return None
    text = data.decode("utf-8-sig", "surrogateescape")
    from pathspec import GitIgnoreSpec

    from newslint.documents.globs import LinearPattern

    lines = (line.removesuffix("\r") for line in text.split("\n"))
    return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)], LinearPattern)


def _is_pattern(line: str) -> bool:
    """Check if a line of an ignore file is valid; as in git, others match nothing."""
    from newslint.documents.globs import GlobError, LinearPattern

    try:
        LinearPattern(line)
    except GlobError:
        return False
    return True


def _content_skip_reason(
    path: Path, opener: Callable[[str, int], int], *, is_document: bool
) -> SkipReason | None:
    """Determine the reason for skipping a file by its content; None for a document.

    Args:
        path: The file.
        opener: Opens it.
        is_document: It is named like a document, so that it is not skipped for being binary.
    """
    head = _read_head(path, opener, _MARK_SIZE if is_document else _PROBE)
    if not is_document and _is_binary(head):
        return SkipReason.BINARY
    return next((reason for mark, reason in _MARKS.items() if head.startswith(mark)), None)


def _read_head(path: Path, opener: Callable[[str, int], int], size: int) -> bytes:
    """Read the start of a file; empty if it cannot be read."""
    try:
        descriptor = opener(str(path), os.O_RDONLY | _FLAGS)
    except OSError:
        return b""
    try:
        return os.read(descriptor, size)
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def _is_binary(head: bytes) -> bool:
    """Check if a file starts with `head` that contains a NUL byte, which is git's criterion.

    UTF-16 contains many, but is text: it is not skipped, so that its encoding is reported.
    """
    return b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
