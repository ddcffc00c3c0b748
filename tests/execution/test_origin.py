"""The commit that is checked, and the web address of its repository."""

import json
import subprocess
from pathlib import Path

import pytest

from helpers import write
from newslint.execution.origin import Origin, find_origin, web_address
from processes import newslint_in_process as newslint


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false")
    command = ["git", *identity, *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://example.org/a/b.git", "https://example.org/a/b"),
        ("https://user:token@example.org/a/b", "https://example.org/a/b"),
        ("https://token@example.org:8443/a/b.git/", "https://example.org:8443/a/b"),
        ("http://example.org/a b/ä", "http://example.org/a%20b/%C3%A4"),
        ("git@example.org:a/b.git", "https://example.org/a/b"),
        ("us.er:token@example.org:a/b.git", ""),
        ("https://us.er:80/token@example.org/a", ""),
        ("ssh://git@example.org:22/a/b.git", "https://example.org/a/b"),
        ("git://example.org/a/b.git", "https://example.org/a/b"),
        ("alias:a/b.git", ""),
        ("/srv/git/b.git", ""),
        ("../b.git", ""),
        ("file:///srv/git/b.git", ""),
        ("https://[example.org/a", ""),
        ("https://example.org:port/a", ""),
        ("javascript://example.org/a", ""),
        ("", ""),
    ],
)
def test_web_addresses_of_remotes(remote: str, address: str) -> None:
    assert web_address(remote) == address


def test_origin_of_a_repository(archive: Path) -> None:
    assert find_origin(archive) is None
    git(archive, "init", "-q", "-b", "trunk")
    assert find_origin(archive) is None
    write(archive, a="title: One")
    git(archive, "add", ".")
    git(archive, "commit", "-qm", "all")
    commit = git(archive, "rev-parse", "HEAD")
    assert find_origin(archive) == Origin(commit, "trunk", "", "")
    git(archive, "remote", "add", "origin", "https://user:token@example.org/a.git")
    (archive / "sub").mkdir()
    assert find_origin(archive / "sub") == Origin(commit, "trunk", "https://example.org/a", "sub/")
    git(archive, "checkout", "-q", "--detach")
    found = find_origin(archive)
    assert found is not None
    assert found.branch == ""


def test_reports_name_the_commit_even_if_the_output_is_cached(archive: Path) -> None:
    write(archive, a="title: One")
    git(archive, "init", "-q")
    git(archive, "remote", "add", "origin", "git@example.org:a.git")
    git(archive, "add", ".")
    found = []
    for message in ("one", "two"):
        git(archive, "commit", "--allow-empty", "-qm", message)
        ended = newslint("check", "--format", "sarif", cwd=archive)
        (provenance,) = json.loads(ended.stdout)["runs"][0]["versionControlProvenance"]
        assert provenance["repositoryUri"] == "https://example.org/a"
        assert provenance["revisionId"] == git(archive, "rev-parse", "HEAD")
        found.append(provenance["revisionId"])
    assert len(set(found)) == 2
