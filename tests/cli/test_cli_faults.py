"""External failures during a run: full disks, changing files, interruptions."""

import gc
import inspect
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from helpers import write
from newslint.__main__ import main
from newslint.cli import ExitStatus
from newslint.cli.app import run
from newslint.cli.terminal import create_writer
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.reporters.formats import FORMAT_NAMES, TEXT, ReportInput, render
from newslint.reporters.text import render_text
from newslint.rules.api import Diagnostic, Document, DocumentRule, Severity, Target
from newslint.rules.example_records import NEWS_RECORD
from newslint.testing import UniformSelection
from processes import INTERRUPTIBLE, environment, run_newslint, unmeasured_environment

BROKEN = NEWS_RECORD.replace("PyTorch moves", "Alphabetâ€™s cloud")
OLD = "what was there before"


@pytest.fixture
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(archive, a=BROKEN, b=BROKEN.replace("pytorch-moves", "b"))
    monkeypatch.chdir(archive)
    return archive


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Interrupting:
    """Raises KeyboardInterrupt, as Ctrl-C does, at the nth call of a function of newslint."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        called = frame.f_globals.get("__name__", "")
        is_ours = called.startswith("newslint.") and called != "newslint.__main__"
        if event == "call" and is_ours and not frame.f_code.co_flags & inspect.CO_GENERATOR:
            self.left -= 1
            if self.left == 0:
                sys.setprofile(None)
                raise KeyboardInterrupt


def interrupted(after: int, *arguments: str) -> tuple[Any, bool]:
    """Return the status of a command, and whether it was interrupted before it ended."""
    interrupting = Interrupting(after)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["newslint", *arguments])
        patch.setattr(gc, "disable", lambda: None)
        sys.setprofile(interrupting)
        try:
            main()
        except SystemExit as ended:
            return ended.code, interrupting.left <= 0
        finally:
            sys.setprofile(None)
    raise AssertionError("the process did not end")


def test_ctrl_c_at_any_stage_leaves_every_file_whole(
    here: Path,
) -> None:
    """Each run is interrupted a tenth later than the one before, until one comes to its end."""
    (here / "report").write_text(OLD)
    before = held(here)
    arguments = ("check", "--fix", "--output", "report", "--report", "json=all.json")
    run(["check", "--quiet"])  # imports and caches are filled before
    fixed = {name: before[name].replace("â€™".encode(), "’".encode()) for name in ("a.md", "b.md")}
    after = 1
    stages = 0
    while True:
        status, was_interrupted = interrupted(after, *arguments)
        if not was_interrupted:
            break
        stages += 1
        assert status == ExitStatus.INTERRUPTED
        now = held(here)
        assert now.keys() - {"all.json"} == before.keys()
        assert {now[name] for name in ("a.md", "b.md")} <= {*before.values(), *fixed.values()}
        assert now["report"].startswith((OLD.encode(), b"2 ", b"a.md", b"No "))
        for name in fixed:
            (here / name).write_bytes(before[name])
        (here / "report").write_text(OLD)
        after += max(1, after // 10)
    assert stages > 50
    assert status == 0


LIMITED = """
import os, resource, sys
most, *arguments = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
os.execv(sys.executable, [sys.executable, "-m", "newslint", *arguments])
"""


def run_with_full_disk(most: int, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run newslint in a process whose files can have `most` bytes, as on a full disk.

    Coverage is not measured, since its data could not be written either.
    """
    command = [sys.executable, "-c", LIMITED, str(most)]
    return run_newslint(command, *arguments, cwd=cwd, env=unmeasured_environment())


@pytest.mark.parametrize("option", ["--output=report", "--report=json=report"])
def test_a_report_that_the_disk_has_no_room_for_leaves_the_old_one(option: str, here: Path) -> None:
    (here / "report").write_text(OLD)
    before = held(here)
    ended = run_with_full_disk(64, "check", option, "--no-cache", cwd=here)
    assert ended.returncode == ExitStatus.ERROR
    assert ended.stderr == "Error: cannot write to report: File too large\n"
    assert held(here) == before


def test_fixes_that_the_disk_has_no_room_for_leave_every_file(here: Path) -> None:
    before = held(here)
    ended = run_with_full_disk(64, "check", "--fix", "--no-cache", cwd=here)
    assert ended.returncode == ExitStatus.ERROR
    assert "Error: a.md: cannot be written: the file would be too large\n" in ended.stderr
    assert held(here) == before


def test_a_baseline_on_a_full_disk_is_an_error(here: Path) -> None:
    before = held(here)
    ended = run_with_full_disk(8, "baseline", "create", "--no-cache", cwd=here)
    assert ended.returncode == ExitStatus.ERROR
    assert ended.stderr.startswith("Error: cannot write ")
    assert held(here) == before


class Changing(DocumentRule):
    """Changes files while newslint runs."""

    id = "changing"
    severity = Severity.INFO
    examples = ()
    folder: str
    to: bytes | None
    """Content of files then; None if they become folders."""

    @classmethod
    def category(cls) -> str:
        return "test"

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for file in Path(self.folder).glob("*.md"):
            if self.to is not None:
                file.write_bytes(self.to)
            elif file.is_file():
                file.unlink()
                file.mkdir()
        last = document.source.span(len(document.source.text), len(document.source.text))
        yield self.flag(Target(document.locate_start()._replace(span=last), ""), "files changed")


@pytest.mark.parametrize(
    "to", [b"", b"x", b"\xff\xfe", b"---\n" * 9, b"---\ntitle: x\n---\n" + b"more\n" * 999, None]
)
def test_files_that_change_during_a_run_are_reported_on_nevertheless(
    to: bytes | None, here: Path
) -> None:
    """Change the first file before its lines are shown, and the second before it is read."""
    rules = UniformSelection((Changing(folder=str(here), to=to),))
    outcome = run_check(CheckRequest.create([here], here, rules))
    assert [each.location.path for each in outcome.report.diagnostics] == ["a.md", "b.md"]
    for name in set(FORMAT_NAMES) - {TEXT}:
        report_input = ReportInput(
            outcome.report, outcome.rules, outcome.text, lambda _: None, outcome.statistics
        )
        assert "".join(render(name, report_input))
    with (here / "report").open("w") as file:
        render_text(outcome.report, create_writer(file, "never"), outcome.text)
    assert (here / "report").read_text().count("files changed") == 2


def test_names_that_differ_in_case_only_are_two_files(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(archive, a="title: Alphabetâ€™s")
    write(archive, A="title: Metaâ€™s")
    if len(list(archive.glob("*.md"))) == 1:
        pytest.skip("the file system takes them for one")
    monkeypatch.chdir(archive)
    assert run(["check", "--select", "mojibake", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [each["path"] for each in report["diagnostics"]] == ["A.md", "a.md"]
    assert report["summary"]["causes"] == 2


@pytest.mark.parametrize("arguments", [["check"], ["baseline", "create"], ["suppress", "--diff"]])
def test_ctrl_c_ends_any_command(arguments: list[str], archive: Path) -> None:
    """A plugin keeps the process busy until the signal arrives."""
    (archive / "newslint.toml").write_text('plugins = ["./waiting.py"]\n')
    (archive / "waiting.py").write_text(
        "import time\nprint('loaded', flush=True)\ntime.sleep(60)\n"
    )
    write(archive, a="title: x")
    with subprocess.Popen(
        [*INTERRUPTIBLE, *arguments],
        cwd=archive,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"loaded\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(240) == ExitStatus.INTERRUPTED
        assert process.stderr
        assert process.stderr.read().strip() == b"newslint: interrupted"
