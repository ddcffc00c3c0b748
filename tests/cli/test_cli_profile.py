"""`newslint check --profile`: where the time goes, beside the same report."""

import re
from pathlib import Path

import pytest

from helpers import write
from newslint.engine import Session
from newslint.engine.clock import Clocked, Stage, Stopwatch
from newslint.engine.context import digest_of
from newslint.rules.example_records import NEWS_RECORD
from newslint.settings import Registry, Selection
from processes import newslint

ROW = re.compile(r"^  ([\w -]+?) +(\d+\.\d{3})(?: +\d+\.\d%)?$", re.MULTILINE)


@pytest.fixture
def here(archive: Path) -> Path:
    for at in range(5):
        write(archive, **{f"n{at}": NEWS_RECORD.replace("PyTorch", f"Metaâ€™s {at}")})
    return archive


def test_stages_and_rules_are_told_on_stderr(here: Path) -> None:
    usual = newslint("check", "--format", "json", "--no-cache", cwd=here)
    told = newslint("check", "--format", "json", "--no-cache", "--profile", cwd=here)
    assert (told.stdout, told.returncode) == (usual.stdout, usual.returncode)
    assert told.stderr.startswith("Profile: seconds of this process\n  start-up ")
    seconds = {name: float(value) for name, value in ROW.findall(told.stderr)}
    stages = {stage.value for stage in Stage} - {"cache"}
    assert stages < seconds.keys()
    assert sum(seconds[name] for name in stages) == pytest.approx(seconds["all"], abs=0.01)
    assert {"mojibake", "duplicate-record", "control-character"} < seconds.keys()


def test_a_run_with_a_cache_tells_what_that_takes(here: Path, tmp_path: Path) -> None:
    for _ in range(2):
        told = newslint("check", "--profile", "--cache-dir", str(tmp_path / "c"), cwd=here)
    assert "\n  cache " in told.stderr
    assert "\n  examine " not in told.stderr


def test_time_inside_another_stage_counts_once() -> None:
    watch = Stopwatch()
    with watch.stage(Stage.EXAMINE):
        sum(range(200_000))
        with watch.stage(Stage.READ):
            sum(range(200_000))
    assert set(watch.stages) == {Stage.START, Stage.EXAMINE, Stage.READ}
    assert min(watch.stages.values()) > 0


def test_rules_with_a_clock_are_equal_to_those_without() -> None:
    own = Selection(Registry())
    clocked = Clocked(own, Stopwatch()).at("a.md")
    assert clocked.rules == own.at("a.md").rules
    assert digest_of(clocked.rules) == digest_of(own.at("a.md").rules)


def test_time_is_taken_in_the_library_as_well(here: Path) -> None:
    watch = Stopwatch()
    session = Session([here], here, watch=watch)
    assert session.check(session.selection(["all"])).report.diagnostics
    assert watch.rules["mojibake"] > 0
    assert watch.stages[Stage.JUDGE] > 0
