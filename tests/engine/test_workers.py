"""Worker processes: the report is the same, even if they fail or are killed."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import write
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.executors import count_jobs, run_parallel
from newslint.reporters.json import render_json
from newslint.rules.api import Diagnostic, Mention, MentionRule, Severity
from newslint.rules.example_records import NEWS_RECORD
from newslint.testing import UniformSelection
from processes import INTERRUPTIBLE, environment, newslint

TASKS = list("abcdefghij")
HERE = os.getpid()


class Working:
    """Does the work for a task."""

    def __call__(self, index: int) -> bytes | None:
        return TASKS[index].encode() * 3


class Failing(Working):
    """Fails at one task, in the way that its name says."""

    def __init__(self, how: str) -> None:
        self.how = how

    def __call__(self, index: int) -> bytes | None:
        if TASKS[index] == "b":
            if self.how == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            if self.how == "left":
                os._exit(0)
            raise ValueError(index)
        return super().__call__(index)


class Slow(Working):
    """Takes a minute for all tasks but the last."""

    def __call__(self, index: int) -> bytes | None:
        time.sleep(0 if index == len(TASKS) - 1 else 60)
        return b""


def done(
    jobs: int, sizes: list[int] | None = None, work: Working | None = None, how: str | None = None
) -> dict[int, bytes | None]:
    """Return the result of each task; None for those that are left to this process."""
    return dict(run_parallel(work or Working(), sizes or [1] * len(TASKS), jobs, how))


def assert_done(found: dict[int, bytes | None]) -> None:
    assert found.keys() == set(range(len(TASKS)))
    assert all(made in (None, Working()(index)) for index, made in found.items())


@settings(max_examples=10)
@given(
    st.integers(2, 12),
    st.lists(st.integers(0, 10_000), min_size=len(TASKS), max_size=len(TASKS)),
)
def test_every_task_is_done(jobs: int, sizes: list[int]) -> None:
    assert_done(done(jobs, sizes))


def test_tasks_are_done_by_processes_that_are_not_forked() -> None:
    assert_done(done(2, how="spawn"))


def test_this_process_does_a_share() -> None:
    assert done(2)[len(TASKS) - 1] is None


def test_one_process_is_this_one() -> None:
    assert done(1) == dict.fromkeys(range(len(TASKS)))


def test_nothing_to_do_is_done() -> None:
    assert list(run_parallel(Working(), [], 4)) == []


def test_nothing_is_forked_beside_another_thread() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert done(2) == dict.fromkeys(range(len(TASKS)))
        assert count_jobs(2**30, 1000) == 1
    finally:
        end.set()
        thread.join()


def test_few_files_are_not_worth_a_process() -> None:
    assert count_jobs(100_000, 50) == 1
    assert count_jobs(2**30, 1) == 1


@pytest.mark.parametrize("how", ["killed", "failed", "left"])
def test_what_a_process_leaves_undone_is_left_to_this_one(how: str) -> None:
    found = done(2, work=Failing(how))
    assert_done(found)
    assert found[1] is None


def test_processes_end_with_whoever_asked() -> None:
    results = run_parallel(Slow(), [1] * len(TASKS), 4)
    assert next(iter(results)) == (len(TASKS) - 1, None)
    workers = multiprocessing.active_children()
    results.close()  # type: ignore[attr-defined] # a generator
    assert {-signal.SIGTERM} <= {worker.exitcode for worker in workers} <= {0, -signal.SIGTERM}
    assert multiprocessing.active_children() == []


class Deadly(MentionRule):
    """Ends every process but the one that the tests run in."""

    id = "deadly"
    severity = Severity.INFO
    examples = ()

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        if os.getpid() != HERE and mention.description.title == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        yield self.flag(mention.target("title"), "seen")


def test_files_of_a_killed_process_are_examined_here(archive: Path) -> None:
    texts = {f"f{at}": f"title: {'deadly' if at in (3, 17) else at}" for at in range(24)}
    write(archive, **texts)
    reports = []
    for jobs in (1, 2, 8):
        request = CheckRequest.create(
            [archive], archive, jobs=jobs, rules=UniformSelection((Deadly(),))
        )
        outcome = run_check(request)
        assert len(outcome.report.diagnostics) == 24
        reports.append("".join(render_json(outcome.report)))
    assert reports[1] == reports[2] == reports[0]


@pytest.mark.parametrize("format_", ["json", "text", "sarif"])
def test_the_number_of_processes_changes_nothing(format_: str, archive: Path) -> None:
    for at in range(12):
        text = NEWS_RECORD.replace("pytorch-moves", f"x{at % 5}").replace(
            "PyTorch", f"Metaâ€™s {at % 3}"
        )
        write(archive, **{f"n{at}": text})
    write(archive, big=f"title: x\nquality: {'9' * 50}", broken="a: b: c")
    (archive / "dangling.md").symlink_to("nowhere")
    reports = {
        newslint("check", "--format", format_, "--jobs", jobs, cwd=archive).stdout
        for jobs in ("1", "2", "8", "auto")
    }
    assert len(reports) == 1


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "65", ""])
def test_a_wrong_number_of_processes_is_refused(jobs: str, archive: Path) -> None:
    ended = newslint("check", f"--jobs={jobs}", cwd=archive)
    assert ended.returncode == 2
    assert "is neither 'auto' nor a number from 1 to 64" in ended.stderr


SLOW = """
import time
from newslint.rules.api import MentionRule, Severity
class Slow(MentionRule):
    \"\"\"Waits.\"\"\"
    id = "slow"
    severity = Severity.INFO
    examples = ()
    def check(self, mention):
        open("started-" + str(__import__("os").getpid()), "w").close()
        time.sleep(60)
        yield from ()
RULES = (Slow,)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_ctrl_c_leaves_no_process_behind(archive: Path) -> None:
    (archive / "slow.py").write_text(SLOW)
    (archive / "newslint.toml").write_text("plugins = ['./slow.py']")
    write(archive, a="title: a", b="title: b", c="title: c", d="title: d")
    command = [*INTERRUPTIBLE, "check", "--jobs", "2"]
    with subprocess.Popen(
        command,
        cwd=archive,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        started = _started(archive)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(240) == 130
        assert process.stderr
        assert process.stderr.read().decode().strip() == "newslint: interrupted"
    assert process.pid in started
    for pid in started:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_processes_end_if_the_first_is_killed(archive: Path) -> None:
    (archive / "slow.py").write_text(SLOW.replace("time.sleep(60)", "time.sleep(3600)"))
    (archive / "newslint.toml").write_text("plugins = ['./slow.py']")
    write(archive, a="title: a", b="title: b", c="title: c", d="title: d")
    with subprocess.Popen(
        [*INTERRUPTIBLE, "check", "--jobs", "2"],
        cwd=archive,
        env=environment(),
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        _started(archive)
        process.kill()
        try:
            process.communicate(timeout=240)  # the output ends when no process has it open
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _started(folder: Path) -> list[int]:
    """Return the processes that run the slow rule, once there are two."""
    for _ in range(3000):
        found = [int(path.name.partition("-")[2]) for path in folder.glob("started-*")]
        if len(found) == 2:
            return found
        time.sleep(0.01)
    raise AssertionError("no two processes have started")
