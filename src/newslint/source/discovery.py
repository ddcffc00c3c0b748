"""Which files of a folder are documents."""

import os
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.source.patterns import Filter

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

SKIPPED_FOLDERS = frozenset(
    {"node_modules", "bower_components", "vendor", "__pycache__", "_site", "venv", "site-packages"}
)
"""Folders of installed or generated files, which hold nobody's records. Hidden ones are too."""

BASELINE_MARK = "# newslint-baseline "
"""What the file of a baseline starts with. Such a file is no document, whatever it is called."""

_PROBE = 8192
_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

Specs = list[tuple[str, "GitIgnoreSpec"]]
"""Ignore files, the outermost first: what the absolute paths of all that each rules start with, and
what it says."""


def discover(folder: Path, only: Filter | None = None) -> Iterator[Path]:
    """Yield the documents below `folder`, sorted by path.

    Hidden, ignored (`.gitignore`) and binary files and baselines are left out, and so are symlinked
    folders and those of installed packages.

    Args:
        folder: Where to look.
        only: Which files to read; by default those that look like documents.

    Raises:
        OSError: `folder` itself cannot be listed. A folder below that cannot be is yielded as if it
            were a file, so that reading it tells why.
    """
    absolute = Path(os.path.abspath(folder))  # noqa: PTH100 # `resolve` would follow symlinks
    yield from _walk(folder, _base(absolute), list(_outer_specs(absolute)), only or Filter(folder))


def _walk(folder: Path, base: str, specs: Specs, only: Filter) -> Iterator[Path]:
    """Yield the documents below `folder`.

    Args:
        folder: Where to look.
        base: What the absolute paths of all that is in it start with.
        specs: The ignore files of the folders above it.
        only: Which files to read.
    """
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    own = _spec(folder) if any(entry.name == ".gitignore" for entry in found) else None
    if own is not None:
        specs = [*specs, (base, own)]
    for entry in found:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            opens = _is_open(entry.name) and only.enters(path)
            below = f"{base}{entry.name}/"
            if opens and not _is_ignored(below, specs):
                yield from _enter(path, below, specs, only)
        elif (
            _is_document(entry, path, only)
            and not _is_ignored(base + entry.name, specs)
            and not _is_foreign(path)
        ):
            yield path


def _enter(folder: Path, base: str, specs: Specs, only: Filter) -> Iterator[Path]:
    """Yield the documents below a sub-folder; the folder itself where it cannot be listed."""
    try:
        yield from _walk(folder, base, specs, only)
    except OSError:
        yield folder


def _is_open(name: str) -> bool:
    """Tell whether a sub-folder of this name is looked into."""
    return not name.startswith(".") and name not in SKIPPED_FOLDERS


def _is_document(entry: os.DirEntry[str], path: Path, only: Filter) -> bool:
    """Tell whether `path` is called and built like a document; pipes and devices are not.

    A symlink counts where it leads to a file, or nowhere at all: reading it then tells why.
    """
    if entry.name.startswith(".") or not only.takes(path):
        return False
    if not entry.is_symlink():
        return entry.is_file()
    return os.path.isfile(path) or not os.path.exists(path)  # noqa: PTH110, PTH113 # never raise


def _is_ignored(path: str, specs: Specs) -> bool:
    """Tell whether `.gitignore` files exclude a path; the one closest to it decides.

    Args:
        path: From the root, with `/`; that of a folder ends with one.
        specs: Ignore files of folders above it, the outermost first.
    """
    ignored = False
    for base, spec in specs:
        decision = spec.check_file(path[len(base) :]).include
        if decision is not None:
            ignored = decision
    return ignored


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


def _is_foreign(path: Path) -> bool:
    """Tell whether a file that is called like a document is none: binary, or a baseline."""
    head = _head(path)
    return _is_binary(head) or head.startswith(BASELINE_MARK.encode())


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
