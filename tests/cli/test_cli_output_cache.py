"""A run prints the output of the last run again if nothing has changed."""

import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from helpers import write
from newslint.cli import app
from newslint.execution import stat_fingerprint
from newslint.rules.example_records import NEWS_RECORD
from processes import COMMAND, UNSET, environment

BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud")
PLUGIN = """
from newslint.rules.api import DocumentRule, Severity
class Failing(DocumentRule):
    \"\"\"Fails.\"\"\"
    id = "failing"
    severity = Severity.INFO
    examples = ()
    def check(self, document):
        raise ValueError
RULES = (Failing,)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "caches"


class Ended(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Newslint = Callable[..., Ended]


@pytest.fixture
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create an archive whose new files count as old, so that their stat fingerprints are used."""
    write(archive, a=BROKEN, b=NEWS_RECORD)
    monkeypatch.setattr(stat_fingerprint, "_RACY", -(10**12))
    monkeypatch.chdir(archive)
    return archive


@pytest.fixture
def run(
    here: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Newslint:
    """Run `newslint check` with a cache of its own."""

    def call(*arguments: str, **variables: str) -> Ended:
        with monkeypatch.context() as patch:
            patch.setenv("NEWSLINT_CACHE_DIR", str(folder))
            for name in UNSET:
                patch.delenv(name, raising=False)
            for name, value in variables.items():
                patch.setenv(name, value)
            status = app.run(["check", *arguments])
        return Ended(status, *capsys.readouterr())

    return call


def answers(folder: Path) -> int:
    """Count the cached outputs."""
    return len(keys(folder))


def keys(folder: Path) -> set[bytes]:
    """Return the keys of cached outputs."""
    (path,) = folder.glob("*.sqlite")
    base = sqlite3.connect(path)
    found = {key for (key,) in base.execute("SELECT key FROM answer")}
    base.close()
    return found


@pytest.mark.parametrize("format_", ["text", "json", "sarif"])
def test_the_same_is_printed_again(format_: str, run: Newslint, folder: Path) -> None:
    options = ("--format", format_, "--statistics", "--color", "always")
    cold, warm = run(*options), run(*options)
    assert (warm.stdout, warm.stderr, warm.returncode) == (cold.stdout, cold.stderr, 1)
    assert cold.stdout
    assert answers(folder) == 1


@pytest.mark.parametrize(
    "options",
    [
        ("--output", "report"),
        ("--report", "json=report", "--statistics"),
        ("--report", "html=report", "--report", "sarif=other", "--format", "junit"),
        ("--report", "html=pages/"),
    ],
)
def test_reports_in_files_are_written_again(
    options: tuple[str, ...], run: Newslint, here: Path, folder: Path
) -> None:
    sources = {*here.rglob("*")}

    def written() -> dict[Path, bytes]:
        paths = [path for path in here.rglob("*") if path.is_file() and path not in sources]
        found = {path: path.read_bytes() for path in paths}
        for path in paths:
            path.unlink()
        return found

    cold, files = run(*options), written()
    warm, again = run(*options), written()
    assert (warm.stdout, warm.stderr, warm.returncode) == (cold.stdout, cold.stderr, 1)
    assert files == again
    assert all(files.values())
    assert len(files) == len([each for each in options if "=" in each or each == "--output"])
    assert answers(folder) == 1


def test_a_report_that_cannot_be_written_again_leaves_the_old_one(
    run: Newslint, here: Path
) -> None:
    run("--output", "report")
    (here / "report").unlink()
    (here / "report").mkdir()
    failed = run("--output", "report")
    assert failed.returncode == 2
    assert failed.stderr == "Error: cannot write to report: it is a folder\n"


def test_everything_that_affects_the_output_is_part_of_the_key(
    run: Newslint, here: Path, folder: Path
) -> None:
    def is_new(*arguments: str, **variables: str) -> bool:
        before = keys(folder)
        ended = run(*arguments, **variables)
        fresh = run(*arguments, "--no-cache", **variables)
        assert (ended.stdout, ended.stderr) == (fresh.stdout, fresh.stderr)
        return keys(folder) != before

    run()
    assert not is_new()
    assert is_new("--ignore", "images")
    assert is_new("--group-by", "file")
    assert is_new("a.md")
    assert is_new(COLUMNS="60")
    assert is_new(GITHUB_ACTIONS="true")
    assert not is_new("--jobs", "2")
    (here / "newslint.toml").write_text("fail-level = 'warning'")
    assert is_new()
    write(here, c=BROKEN)
    assert is_new()
    (here / "c.md").unlink()
    assert not is_new()
    write(here, b=BROKEN)
    assert is_new()


def test_the_newest_answers_are_kept(run: Newslint, folder: Path) -> None:
    for width in range(60, 71):
        run(COLUMNS=str(width))
    assert answers(folder) == 8


def test_another_baseline_makes_it_another_run(run: Newslint, here: Path) -> None:
    assert app.run(["baseline", "create", "--baseline", "base"]) == 0
    assert [run("--baseline", "base").returncode for _ in range(2)] == [0, 0]
    (here / "base").unlink()
    assert app.run(["baseline", "create", "--baseline", "base", "--select", "images"]) == 0
    assert [run("--baseline", "base").returncode for _ in range(2)] == [1, 1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "github"),
        ("--report", "github=report"),
        ("--fix",),
        ("--diff",),
    ],
)
def test_a_run_that_does_more_than_print_is_not_remembered(
    arguments: tuple[str, ...], run: Newslint, folder: Path
) -> None:
    run(*arguments)
    assert answers(folder) == 0


def test_a_damaged_answer_is_passed_over(run: Newslint, folder: Path) -> None:
    cold = run()
    (path,) = folder.glob("*.sqlite")
    base = sqlite3.connect(path)
    with base:
        base.execute("UPDATE answer SET body = zeroblob(100)")
    base.close()
    assert run().stdout == cold.stdout


def test_a_recent_change_is_not_detected_by_its_stat_fingerprint(
    run: Newslint, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stat_fingerprint, "_RACY", 10**12)
    assert run().returncode == 1
    assert answers(folder) == 0


def test_a_rule_that_failed_may_do_better(run: Newslint, here: Path, folder: Path) -> None:
    (here / "failing.py").write_text(PLUGIN)
    (here / "newslint.toml").write_text("plugins = ['./failing.py']")
    assert run("--extend-select", "failing").returncode == 2
    assert answers(folder) == 0


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_half_an_output_is_not_remembered(here: Path, folder: Path, unbuffered: str) -> None:
    for at in range(300):
        write(here, **{f"n{at}": BROKEN.replace("pytorch-moves", f"x{at}")})
    time.sleep(2.1)  # until the signs last
    command = [*COMMAND, "check", "--format", "json", "--cache-dir", str(folder)]
    counts = []
    for script in ('"$@" | head -n 1', '"$@"'):
        ended = subprocess.run(
            ["sh", "-c", script, "sh", *command],
            cwd=here,
            env=environment(PYTHONUNBUFFERED=unbuffered),
            capture_output=True,
            check=False,
        )
        counts.append((ended.stdout.count(b"\n") > 1, answers(folder)))
    assert counts == [(False, 0), (True, 1)]


def test_a_new_image_changes_the_output(run: Newslint, here: Path, folder: Path) -> None:
    for name in ("x.png", "y.png", "z.png"):
        (here / name).touch()
    (here / "c.md").write_text(
        "---\ntitle: C\n---\n![x](/x.png) ![y](/y.png) ![z](/z.png) ![n](/new.png)\n"
    )
    options = ("--select", "missing-local-image")
    before, again = run(*options), run(*options)
    assert "there is no file '/new.png'" in before.stdout
    assert (again.stdout, answers(folder)) == (before.stdout, 1)
    (here / "new.png").touch()
    assert "new.png" not in run(*options).stdout
