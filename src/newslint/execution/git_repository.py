"""A git repository: what it contains, found by commands that are safe in untrusted ones.

A repository is not trusted: its `.git/config` may name programs that git runs when it looks at
files. So git is only asked for lists and objects, with all of that switched off.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint.execution.files import UsageError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.attributesFile=/dev/null"),
    *("-c", "core.excludesFile=/dev/null"),
)
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_REASONS = ("not a git repository", "detected dubious ownership", "cannot use bare repository")
"""The start of messages of git that are shown."""

_SECONDS = 300
"""Time that git may take; a named pipe among the files of a repository blocks it."""

LINK, SUBMODULE = b"120000", b"160000"


class GitEntry(NamedTuple):
    """A file of a commit.

    Attributes:
        mode: Its mode, as git writes it.
        name: The name of its object: the digest in hexadecimal.
    """

    mode: bytes
    name: str


class GitRepository:
    """The git repository of a project.

    Attributes:
        top: The top folder of its work tree.
        prefix: Path of the project's folder below it, with a slash at the end; empty if it is that.
    """

    def __init__(self, root: Path, option: str = "--since") -> None:
        """Find the repository.

        Args:
            root: The project's folder, absolute.
            option: The option of the command line that needs it.

        Raises:
            UsageError: There is no git, or no repository.
        """
        self._program = _find_program(root)
        self._folder = root
        self.top = Path(os.fsdecode(self._run("rev-parse", "--show-toplevel").rstrip(b"\n")))
        if not Path(os.path.realpath(root)).is_relative_to(os.path.realpath(self.top)):
            raise UsageError(
                f"{option} needs a git repository: the work tree {self.top} does not contain {root}"
            )
        self._folder = self.top
        self._root = root
        below = os.path.relpath(os.path.realpath(root), os.path.realpath(self.top))
        self.prefix = "" if below == os.curdir else f"{below}/"

    def locate(self, path: str) -> Path:
        """Convert a path of git to one below the project, if possible as the user names it."""
        if path.startswith(self.prefix):
            return self._root / path.removeprefix(self.prefix)
        return self.top / path

    def resolve(self, revision: str) -> str:
        """Resolve a revision to the hash of its commit.

        Raises:
            UsageError: There is no such revision.
        """
        options = ("--verify", "--quiet", "--end-of-options")
        try:
            return self._run("rev-parse", *options, f"{revision}^{{commit}}").decode().strip()
        except UsageError as error:
            raise UsageError(
                f"git knows no revision '{revision}'; a shallow clone may have to be deepened "
                "(git fetch --unshallow)"
            ) from error

    def query(self, *arguments: str) -> str:
        """Run git and return the line that it prints; empty if it fails."""
        try:
            return self._run(*arguments).decode("utf-8", "surrogateescape").strip()
        except UsageError:
            return ""

    def list_commit(self, commit: str) -> Iterator[tuple[str, GitEntry]]:
        """Yield the path of each file of a commit, without submodules."""
        for line in self._run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]:
            head, path = line.split(b"\t", 1)
            mode, _, name = head.split()
            if mode != SUBMODULE:
                yield os.fsdecode(path), GitEntry(mode, name.decode())

    def list_files(self) -> Iterator[str]:
        """Yield the paths of the files in the work tree that git tracks, or does not ignore."""
        yield from self.list_tracked()
        others = self._run("ls-files", "--others", "--exclude-standard", "-z")
        yield from os.fsdecode(others).split("\0")[:-1]

    def list_tracked(self) -> Iterator[str]:
        """Yield the paths of the files in the work tree that git tracks."""
        for line in self._run("ls-files", "-s", "-z").split(b"\0")[:-1]:
            head, path = line.split(b"\t", 1)
            if not head.startswith(SUBMODULE) and os.path.lexists(self.locate(os.fsdecode(path))):
                yield os.fsdecode(path)

    def read_objects(
        self, entries: Mapping[str, GitEntry], limit: int
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the paths of files with the content of their objects, without larger ones.

        Raises:
            UsageError: The repository lacks an object.
        """
        files = {path: entry for path, entry in entries.items() if entry.mode != LINK}
        sizes = self._find_sizes(files)
        paths = [path for path, size in sizes.items() if size <= limit]
        answer = self._cat_file("--batch", (files[path] for path in paths))
        position = 0
        for path in paths:
            start = answer.index(b"\n", position) + 1
            position = start + sizes[path] + 1
            yield path, answer[start : position - 1]

    def _find_sizes(self, entries: Mapping[str, GitEntry]) -> dict[str, int]:
        """Find the sizes of files, by path.

        Raises:
            UsageError: The repository lacks an object.
        """
        lines = self._cat_file("--batch-check", entries.values()).splitlines()
        sizes = {}
        for path, line in zip(entries, lines, strict=True):
            _, _, size = line.partition(b" blob ")
            if not size.isdigit():
                raise UsageError(
                    f"git has no content of {path} at the revision; "
                    "a partial clone may have to be completed (git fetch --refetch)"
                )
            sizes[path] = int(size)
        return sizes

    def _cat_file(self, option: str, entries: Iterable[GitEntry]) -> bytes:
        """Run `git cat-file` for objects; not at all for none."""
        names = "".join(f"{entry.name}\n" for entry in entries)
        return self._run("cat-file", option, given=names.encode()) if names else b""

    def _run(self, *arguments: str, given: bytes = b"") -> bytes:
        """Run git and return its output.

        Raises:
            UsageError: Git fails.
        """
        import subprocess

        try:
            done = subprocess.run(  # noqa: S603 # no shell, and revisions cannot be options
                [self._program, "-C", str(self._folder), *_OPTIONS, *arguments],
                input=given,
                capture_output=True,
                check=False,
                env=os.environ | _ENVIRONMENT,
                timeout=_SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            raise UsageError(
                f"--since needs a git repository: git does not end in {_SECONDS} seconds"
            ) from error
        if done.returncode:
            raise UsageError(f"--since needs a git repository: {_failure_reason(done)}")
        return done.stdout


def _failure_reason(done: "CompletedProcess[bytes]") -> str:
    """Describe why git failed, without values of its settings, which may be of any file."""
    reason = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
    return reason if reason.startswith(_REASONS) else f"git failed with status {done.returncode}"


def _find_program(root: Path) -> str:
    """Find git on the path, but not in the repository.

    Raises:
        UsageError: There is none.
    """
    from newslint.documents.access import project_boundary

    boundary = project_boundary(root)
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        program = Path(folder, "git")
        real = Path(os.path.realpath(program))
        if not program.is_absolute() or real.is_relative_to(boundary):
            continue
        if os.access(real, os.X_OK) and stat.S_ISREG(real.stat().st_mode):
            return str(program)
    raise UsageError("--since needs git, and there is none on PATH")
