"""Files that differ from a git revision: `newslint check --since REV` reports only on these.

The files are read and compared here: git is not asked to look at files of an untrusted repository.
"""

import os
from collections.abc import Callable, Mapping
from hashlib import sha1, sha256
from pathlib import Path
from typing import NamedTuple

from newslint.documents import read_bytes
from newslint.documents.rows import split_row
from newslint.execution.files import UsageError, shown_path
from newslint.execution.git_repository import LINK, GitEntry, GitRepository

_SHA1_LENGTH = 40


class GitDiff(NamedTuple):
    """The files that differ from a revision, by their names in reports.

    Attributes:
        changed: Files that were added or changed.
        previous: The former content of files that were changed or deleted.
    """

    changed: frozenset[str]
    previous: Mapping[str, bytes]

    def has_changed(self, name: str) -> bool:
        """Check if a file was added or changed; a row changes with its container."""
        row = split_row(name)
        return name in self.changed or (row is not None and row[0] in self.changed)


def diff_since(
    revision: str, root: Path, limit: int, is_wanted: Callable[[Path], bool] = lambda _path: True
) -> GitDiff:
    """Find the files of a project that differ from a revision, untracked ones included.

    Args:
        revision: Any name of a commit, such as `HEAD~2` or `origin/main`.
        root: The project's folder, absolute.
        limit: The size in bytes that a file may have; a larger one counts as changed, and has no
            former content.
        is_wanted: Filters the files, given their absolute paths.

    Raises:
        UsageError: The project is no git repository, or git does not know the revision.
    """
    if not revision.strip():
        raise UsageError(
            "--since is empty; did the command that should give the revision fail? In CI, fetch "
            "the whole history"
        )
    git = GitRepository(root)
    commit = git.resolve(revision)
    before = {path: entry for path, entry in git.list_commit(commit) if is_wanted(git.locate(path))}
    now = {path for path in git.list_files() if is_wanted(git.locate(path))}
    missing = {path for path in before if not os.path.lexists(git.locate(path))}
    changed = {
        path
        for path, entry in before.items()
        if path not in missing and not _is_same(git.locate(path), entry, limit, git.top)
    }
    objects = {path: before[path] for path in (*changed, *missing)}
    return GitDiff(
        frozenset(shown_path(git.locate(path), root) for path in (now - before.keys()) | changed),
        {
            shown_path(git.locate(path), root): data
            for path, data in git.read_objects(objects, limit)
        },
    )


def tracked_files(root: Path) -> frozenset[str]:
    """List the files of a project that git tracks, by their names in reports.

    Raises:
        UsageError: The project is no git repository.
    """
    git = GitRepository(root, "--tracked")
    return frozenset(shown_path(git.locate(path), root) for path in git.list_tracked())


def _is_same(path: Path, entry: GitEntry, limit: int, top: Path) -> bool:
    """Check if a file has the content of an object.

    A file with the line ends of Windows is the same as one without: `core.autocrlf` adds them.
    """
    is_link = os.path.islink(path)  # noqa: PTH114 # `Path.is_symlink` raises for long names
    if is_link != (entry.mode == LINK):
        return False
    content = os.fsencode(path.readlink()) if is_link else read_bytes(path, limit, top)
    if isinstance(content, str):
        return False
    return _digest(content, entry) == entry.name or (
        not is_link
        and b"\r\n" in content
        and _digest(content.replace(b"\r\n", b"\n"), entry) == entry.name
    )


def _digest(content: bytes, entry: GitEntry) -> str:
    """Compute the name of the object that has a content."""
    algorithm = sha1 if len(entry.name) == _SHA1_LENGTH else sha256
    return algorithm(b"blob %d\0" % len(content) + content).hexdigest()
