"""The commit that is checked, as reports name it."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from newslint.execution.files import UsageError
from newslint.execution.git_repository import GitRepository

_SCHEMES = ("http", "https", "ssh", "git")


class Origin(NamedTuple):
    """The state of a git repository.

    Attributes:
        commit: The hash of the commit that is checked out.
        branch: Its branch; empty if none is checked out.
        url: Address of the repository `origin`; empty if that is a local one, or unknown.
        folder: Path of the project below the top folder, with a slash at the end; empty if it is
            the top folder.
    """

    commit: str
    branch: str
    url: str
    folder: str


def find_origin(root: Path) -> Origin | None:
    """Describe the git repository that contains a folder; None if there is none, or no commit.

    Args:
        root: The project's folder, absolute.
    """
    try:
        git = GitRepository(root)
        commit = git.resolve("HEAD")
    except UsageError:
        return None
    branch = git.query("symbolic-ref", "--quiet", "--short", "HEAD")
    remote = git.query("config", "--local", "--no-includes", "--get", "remote.origin.url")
    return Origin(commit, branch, web_address(remote), git.prefix)


def web_address(remote: str) -> str:
    """Convert the URL of a remote repository to that of its web page, without credentials.

    Returns:
        An empty text if the repository is local, or named by an alias.
    """
    if "://" not in remote:
        host, _, path = remote.partition(":")
        remote = f"ssh://{host}/{path.lstrip('/')}" if path and "/" not in host else ""
    try:
        scheme, _, path, *_ = parts = urlsplit(remote)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if scheme not in _SCHEMES or "." not in host or "@" in path:  # credentials in a wrong place
        return ""
    is_web = scheme.startswith("http")
    place = f"{host}:{port}" if port and is_web else host
    path = quote(path.rstrip("/").removesuffix(".git"), safe="/%~")
    return f"{scheme if is_web else 'https'}://{quote(place, safe=':')}{path}"
