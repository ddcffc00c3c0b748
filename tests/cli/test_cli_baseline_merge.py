"""Baselines are merged line by line, as git does."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import write
from newslint.cli.app import run
from processes import environment

Change = Callable[[], None]

IDENTITY = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
IDENTITY |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
IDENTITY |= {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
FILE = Path("newslint.baseline")
TITLES = ("Alphabetâ€™s", "Metaâ€™s", "Appleâ€™s", "IBMâ€™s", "Intelâ€™s", "Nokiaâ€™s", "Sunâ€™s")


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *arguments],
        env=environment(**IDENTITY),
        check=False,
        encoding="utf-8",
        capture_output=True,
    )


def commit() -> None:
    assert git("add", "-A").returncode == 0
    assert git("commit", "-qm", "x").returncode == 0


def check(*arguments: str) -> int:
    return run(["check", "--quiet", *arguments])


@pytest.fixture(autouse=True)
def repository(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an archive of seven broken records and its baseline."""
    monkeypatch.chdir(archive)
    Path("newslint.toml").write_text('select = ["mojibake"]\nbaseline = "newslint.baseline"\n')
    for number, title in enumerate(TITLES):
        write(Path(), **{f"r{number}": f"title: {title}"})
    run(["baseline", "create"])
    git("init", "-q", "-b", "main")
    commit()
    return archive


def on_branch(name: str, change: Change) -> None:
    """Let a branch change records and update the baseline to them."""
    git("checkout", "-q", "-b", name, "main")
    change()
    assert run(["baseline", "update"]) == 0
    commit()


def causes() -> list[str]:
    return [line.split()[0] for line in FILE.read_text().splitlines()[1:]]


def title_of_cause(index: int) -> str:
    """Return the title whose cause is in a line of the baseline, counted from 0."""
    for title in TITLES:
        write(Path(), probe=f"title: {title}")
        before = FILE.read_text().splitlines()
        run(["baseline", "update"])
        after = FILE.read_text().splitlines()
        Path("probe.md").unlink()
        git("checkout", "-q", "--", str(FILE))
        if before[index + 1] != after[index + 1]:
            return title
    raise AssertionError(index)


def test_changes_to_lines_apart_merge_by_themselves() -> None:
    first, last = title_of_cause(0), title_of_cause(len(TITLES) - 1)
    on_branch("ours", lambda: write(Path(), ours=f"title: {first}"))
    on_branch("theirs", lambda: write(Path(), theirs=f"title: {last}"))
    assert git("merge", "-q", "ours", "-m", "x").returncode == 0
    assert check("--stale-baseline", "error") == 0
    assert causes() == sorted(causes())


def test_a_conflict_is_an_error_and_keeping_both_sides_resolves_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    on_branch("ours", lambda: write(Path(), ours=f"title: {TITLES[0]}"))
    on_branch("theirs", lambda: write(Path(), theirs=f"title: {TITLES[0]}"))
    assert git("merge", "-q", "ours").returncode == 1
    capsys.readouterr()
    assert check() == 2
    message = capsys.readouterr().err
    assert (
        "a merge was left unfinished at '<<<<<<< HEAD': delete the lines that start with" in message
    )
    marks = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
    lines = FILE.read_text().splitlines(keepends=True)
    FILE.write_text("".join(line for line in lines if not line.startswith(marks)))
    assert check("--stale-baseline", "error") == 0
    assert run(["baseline", "prune"]) == 0
    assert len(causes()) == len(TITLES)
    assert check("--stale-baseline", "error") == 0


def test_a_union_merge_needs_no_resolution() -> None:
    Path(".gitattributes").write_text("newslint.baseline merge=union\n")
    commit()
    write(Path(), r1="title: Meta")
    on_branch("ours", lambda: write(Path(), ours=f"title: {TITLES[0]}"))
    on_branch("theirs", lambda: write(Path(), theirs=f"title: {TITLES[0]}"))
    assert git("merge", "-q", "ours", "-m", "x").returncode == 0
    assert check() == 0
    assert run(["baseline", "prune"]) == 0
    assert len(causes()) == len(TITLES) - 1
    assert check("--stale-baseline", "error") == 0


def test_two_branches_may_both_create_it() -> None:
    git("rm", "-q", "--cached", str(FILE))
    FILE.unlink()
    Path(".gitattributes").write_text("newslint.baseline merge=union\n")
    commit()
    for name, title in (("ours", "Oneâ€™s"), ("theirs", "Twoâ€™s")):
        git("checkout", "-q", "-b", name, "main")
        write(Path(), **{name: f"title: {title}"})
        assert run(["baseline", "create"]) == 0
        commit()
    assert git("merge", "-q", "ours", "-m", "x").returncode == 0
    assert check("--stale-baseline", "error") == 0


def test_a_checkout_with_windows_line_ends_is_read() -> None:
    git("config", "core.autocrlf", "true")
    FILE.unlink()
    assert git("checkout", "-q", "--", str(FILE)).returncode == 0
    assert b"\r\n" in FILE.read_bytes()
    assert check("--stale-baseline", "error") == 0
