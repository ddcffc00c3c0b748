"""Attacks by a repository on whoever runs `newslint check --since` in it: no program is run."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.app import run
from newslint.execution.git import diff_since
from newslint.rules.example_records import NEWS_RECORD
from processes import environment, newslint

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "commit.gpgSign=false")
    ended = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True
    )
    return ended.stdout.decode()


@pytest.fixture
def repository(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create a repository with changes of each kind, which is the current folder."""
    git(archive, "init", "-q")
    write(archive, a=NEWS_RECORD, b="title: old", c="title: gone", same="title: same")
    git(archive, "add", ".")
    git(archive, "commit", "-qm", "all")
    write(archive, a=NEWS_RECORD + "\nextra: 1", new="title: new")
    (archive / "c.md").unlink()
    git(archive, "add", "b.md")
    monkeypatch.chdir(archive)
    return archive


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """Create a program that leaves a file `caught` beside it."""
    program = tmp_path / "trap"
    program.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{tmp_path}/caught'\ncat\nexit 0\n")
    program.chmod(0o755)
    return program


SETTINGS = {
    "fsmonitor": ("core.fsmonitor", "{}"),
    "clean filter": ("filter.evil.clean", "{}"),
    "smudge filter": ("filter.evil.smudge", "{}"),
    "process filter": ("filter.evil.process", "{}"),
    "textconv": ("diff.evil.textconv", "{}"),
    "diff command": ("diff.evil.command", "{}"),
    "external diff": ("diff.external", "{}"),
    "ssh command": ("core.sshCommand", "{}"),
    "pager": ("core.pager", "{}"),
    "pager of a command": ("pager.ls-files", "{}"),
    "editor": ("core.editor", "{}"),
    "alias": ("alias.ls-files", "!{}"),
    "alias of rev-parse": ("alias.rev-parse", "!{}"),
    "askpass": ("core.askPass", "{}"),
    "credential helper": ("credential.helper", "!{}"),
    "proxy": ("core.gitProxy", "{}"),
    "alternate references": ("core.alternateRefsCommand", "{}"),
    "gpg": ("gpg.program", "{}"),
    "merge driver": ("merge.evil.driver", "{}"),
}


def assert_nothing_ran(trap: Path) -> None:
    caught = trap.parent / "caught"
    assert not caught.exists(), caught.read_text()


@pytest.mark.parametrize("kind", SETTINGS)
def test_no_program_of_the_settings_is_run(
    kind: str, repository: Path, trap: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, value = SETTINGS[kind]
    git(repository, "config", key, value.format(trap))
    (repository / ".gitattributes").write_text("* filter=evil diff=evil merge=evil\n")
    assert run(["check", "--since", "HEAD", "--exit-zero", "--no-plugins", "--verbose"]) == 0
    assert_nothing_ran(trap)
    assert run(["check", "--since", "HEAD", "--exit-zero", "--format", "json"]) == 0


def test_the_traps_work(repository: Path, trap: Path) -> None:
    git(repository, "config", "core.fsmonitor", str(trap))
    git(repository, "status")
    assert (trap.parent / "caught").exists()


def test_no_hook_is_run(repository: Path, trap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hooks = repository / "hooks"
    hooks.mkdir()
    for folder in (hooks, repository / ".git" / "hooks"):
        for name in ("post-index-change", "fsmonitor-watchman", "pre-auto-gc", "post-checkout"):
            shutil.copy(trap, folder / name)
    git(repository, "config", "core.hooksPath", str(hooks))
    assert run(["check", "--since", "HEAD", "--exit-zero"]) == 0
    assert_nothing_ran(trap)


def test_an_embedded_bare_repository_is_none(archive: Path, trap: Path) -> None:
    """A clone can contain the files of a bare repository, whose settings name a work tree."""
    write(archive, a=NEWS_RECORD)
    (archive / "newslint.toml").unlink()
    for name, text in {
        "HEAD": "ref: refs/heads/main\n",
        "config": f"[core]\nbare = false\nworktree = .\nfsmonitor = {trap}\n",
    }.items():
        (archive / name).write_text(text)
    for name in ("objects", "refs"):
        (archive / name).mkdir()
    ended = newslint("check", "--since", "HEAD", "--no-plugins", cwd=archive)
    assert ended.returncode == 2
    assert "--since needs a git repository: " in ended.stderr
    assert_nothing_ran(trap)


def test_an_object_that_is_missing_is_not_fetched(
    repository: Path, trap: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = git(repository, "rev-parse", "HEAD:a.md").strip()
    (repository / ".git" / "objects" / name[:2] / name[2:]).unlink()
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": f"ext::{trap} %S",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
        "core.sshCommand": str(trap),
    }.items():
        git(repository, "config", key, value)
    assert run(["check", "--since", "HEAD"]) == 2
    assert "bug in newslint" not in capsys.readouterr().err
    assert_nothing_ran(trap)


@pytest.mark.parametrize("path", [".:{}", ":{}", "{0}/bin:{1}", "bin:{1}", "{0}/link:{1}"])
def test_git_is_no_program_of_the_repository(path: str, repository: Path, trap: Path) -> None:
    (repository / "bin").mkdir()
    (repository / "link").symlink_to("bin")
    for folder in (repository, repository / "bin"):
        shutil.copy(trap, folder / "git")
    variable = path.replace("{}", "{1}").format(repository, os.environ["PATH"])
    ended = newslint(
        "check", "--since", "HEAD", "--exit-zero", cwd=repository, env=environment(PATH=variable)
    )
    assert ended.returncode == 0, ended.stderr
    assert_nothing_ran(trap)


def test_a_work_tree_elsewhere_is_refused(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "private").mkdir()
    write(tmp_path / "private", other="title: secret")
    git(repository, "config", "core.worktree", str(tmp_path / "private"))
    assert run(["check", "--since", "HEAD"]) == 2
    captured = capsys.readouterr()
    assert "secret" not in captured.out + captured.err


def test_no_value_of_a_file_that_the_settings_include_is_printed(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "private").write_text("[core]\nbare = secret\n")
    git(repository, "config", "include.path", str(tmp_path / "private"))
    assert run(["check", "--since", "HEAD"]) == 2
    captured = capsys.readouterr()
    assert captured.err == "Error: --since needs a git repository: git failed with status 128\n"


@pytest.mark.parametrize("name", [".gitignore", ".git/info/exclude", ".git/config"])
def test_a_named_pipe_does_not_block(
    name: str,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("newslint.execution.git_repository._SECONDS", 1)
    (repository / name).unlink(missing_ok=True)
    os.mkfifo(repository / name)
    assert run(["check", "--since", "HEAD"]) == 2
    assert "git does not end in 1 seconds" in capsys.readouterr().err


def test_an_object_that_is_too_large_is_not_read(repository: Path) -> None:
    write(repository, huge="title: " + "x" * 100)
    git(repository, "add", "huge.md")
    git(repository, "commit", "-qm", "huge")
    write(repository, huge="title: new", b="title: newer")
    diff = diff_since("HEAD", repository, limit=50)
    assert {"huge.md", "b.md"} <= diff.changed
    assert "huge.md" not in diff.previous
    assert b"title: old" in diff.previous["b.md"]


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_changes_are_found_without_git_diff(
    object_format: str,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(archive)
    git(archive, "init", "-q", f"--object-format={object_format}")
    names = ("same", "crlf", "changed", "staged", "deleted", "removed", "link", "mode")
    write(archive, **{name: f"title: {name} â€™" for name in names})
    (archive / "link.md").unlink()
    (archive / "link.md").symlink_to("same.md")
    git(archive, "add", ".")
    git(archive, "commit", "-qm", "all")
    (archive / "crlf.md").write_bytes((archive / "crlf.md").read_bytes().replace(b"\n", b"\r\n"))
    (archive / "mode.md").chmod(0o755)
    write(archive, changed="title: x â€™", staged="title: y â€™", new="title: z â€™")
    git(archive, "add", "staged.md")
    (archive / "deleted.md").unlink()
    git(archive, "rm", "-q", "--cached", "removed.md")
    (archive / ".gitignore").write_text("ignored.md\n")
    write(archive, ignored="title: i â€™")
    run(["check", "--since", "HEAD", "--select", "mojibake", "--format", "concise"])
    lines = capsys.readouterr().out.splitlines()
    assert sorted({line.split(":")[0] for line in lines}) == ["changed.md", "new.md", "staged.md"]


def test_a_project_behind_a_link_and_below_the_top(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    top = archive.parent
    write(archive, a="title: a", b="title: b")
    git(top, "init", "-q")
    git(top, "add", ".")
    git(top, "commit", "-qm", "all")
    write(archive, b="title: b â€™")
    (top / "link").symlink_to("archive")
    options = ["--since", "HEAD", "--select", "mojibake", "--format", "concise"]
    for path in (str(top / "link"), str(archive)):
        monkeypatch.chdir("/")
        run(["check", path, *options])
        assert capsys.readouterr().out.startswith("b.md:2:")
