"""Changes since a git revision, for `--since`: a run reports only on changed records."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from newslint.execution.files import UsageError, shown_path

_ENVIRONMENT = {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


class GitDiff(NamedTuple):
    """The files that differ from a revision, by their names in reports.

    Attributes:
        changed: Files that were added or changed.
        previous: The former content of files that were changed or deleted.
    """

    changed: frozenset[str]
    previous: Mapping[str, bytes]

    def restrict(self, names: Iterable[str]) -> frozenset[str]:
        """Select those of the files `names` that were added or changed."""
        return self.changed.intersection(names)


def diff_since(revision: str, root: Path) -> GitDiff:
    """Find the files of a project that differ from a revision, untracked ones included.

    Args:
        revision: Any name of a commit, such as `HEAD~2` or `origin/main`.
        root: The project's folder, absolute.

    Raises:
        UsageError: The project is no git repository, or git does not know the revision.
    """
    top = Path(os.fsdecode(_git(root, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    commit = _commit(root, revision)
    listed = _git(top, "diff", "--name-status", "--no-renames", "--no-ext-diff", "-z", commit, "--")
    fields = os.fsdecode(listed).split("\0")[:-1]
    states = dict(zip(fields[1::2], fields[::2], strict=True))
    new = os.fsdecode(_git(top, "ls-files", "--others", "--exclude-standard", "-z"))
    now = [path for path, state in states.items() if state != "D"] + new.split("\0")[:-1]
    then = _blobs(top, commit, {path for path, state in states.items() if state != "A"})
    return GitDiff(
        frozenset(shown_path(top / path, root) for path in now),
        {shown_path(top / path, root): data for path, data in then.items()},
    )


def _commit(root: Path, revision: str) -> str:
    """Resolve a revision to the hash of its commit.

    Raises:
        UsageError: There is no such revision.
    """
    try:
        found = _git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except UsageError as error:
        raise UsageError(
            f"git knows no revision '{revision}'; a shallow clone may have to be deepened "
            "(git fetch --unshallow)"
        ) from error
    return found.decode().strip()


def _blobs(top: Path, commit: str, paths: set[str]) -> dict[str, bytes]:
    """Read the content that `paths` had in a commit, without those that were no files."""
    if not paths:
        return {}
    names: dict[str, bytes] = {}
    for entry in _git(top, "ls-tree", "-r", "-z", commit).split(b"\0")[:-1]:
        head, written = entry.split(b"\t", 1)
        path = os.fsdecode(written)
        _mode, kind, name = head.split()
        if kind == b"blob" and path in paths:
            names[path] = name
    answer = _git(
        top, "cat-file", "--batch", given=b"".join(each + b"\n" for each in names.values())
    )
    found = {}
    at = 0
    for path in names:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].rsplit(b" ", 1)[1])
        found[path] = answer[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run git and return its output.

    Args:
        folder: The folder to run it in.
        arguments: Its arguments.
        given: Its input.

    Raises:
        UsageError: There is no git, no repository, or git fails.
    """
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 # no shell, and revisions cannot be options
            ["git", "-C", str(folder), *arguments],  # noqa: S607 # whichever git the user has
            input=given,
            capture_output=True,
            check=False,
            env=os.environ | _ENVIRONMENT,
        )
    except FileNotFoundError:
        raise UsageError("--since needs git, and there is none on PATH") from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise UsageError(f"--since needs a git repository: {reason or 'git failed'}")
    return done.stdout
