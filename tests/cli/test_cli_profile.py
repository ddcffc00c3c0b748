"""`newslint check --profile`: a table of times beside an unchanged report."""

import re
from pathlib import Path

import pytest

from helpers import write
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.execution.profiler import Profiler, Stage, profile_rules
from newslint.rules.example_records import NEWS_RECORD
from newslint.settings import Registry, Selection
from processes import newslint

ROW = re.compile(r"^  ([\w -]+?) +(\d+\.\d{3})(?: +\d+\.\d%)?$", re.MULTILINE)


@pytest.fixture
def here(archive: Path) -> Path:
    for at in range(5):
        write(archive, **{f"n{at}": NEWS_RECORD.replace("PyTorch", f"Metaâ€™s {at}")})
    return archive


def test_stages_and_rules_are_printed_to_stderr(here: Path) -> None:
    usual = newslint("check", "--format", "json", "--no-cache", cwd=here)
    message = newslint("check", "--format", "json", "--no-cache", "--profile", cwd=here)
    assert (message.stdout, message.returncode) == (usual.stdout, usual.returncode)
    assert message.stderr.startswith("Profile: seconds of this process\n  start-up ")
    seconds = {name: float(value) for name, value in ROW.findall(message.stderr)}
    stages = {stage.value for stage in Stage} - {"cache"}
    assert stages < seconds.keys()
    assert sum(seconds[name] for name in stages) == pytest.approx(seconds["all"], abs=0.01)
    assert {"mojibake", "duplicate-record", "control-character"} < seconds.keys()


def test_the_profile_of_a_run_with_a_cache_has_its_stage(here: Path, tmp_path: Path) -> None:
    for _ in range(2):
        message = newslint("check", "--profile", "--cache-dir", str(tmp_path / "c"), cwd=here)
    assert "\n  cache " in message.stderr
    assert "\n  examine " not in message.stderr


def test_time_inside_another_stage_counts_once() -> None:
    profiler = Profiler()
    with profiler.stage(Stage.CHECK):
        sum(range(200_000))
        with profiler.stage(Stage.READ):
            sum(range(200_000))
    assert set(profiler.stages) == {Stage.START, Stage.CHECK, Stage.READ}
    assert min(profiler.stages.values()) > 0


def test_profiled_rules_are_equal_to_others() -> None:
    own = Selection(Registry()).ruleset("a.md")
    profiled = profile_rules(own, Profiler())
    assert profiled.rules == own.rules
    assert profiled.digest == own.digest


def test_a_request_can_be_profiled(here: Path) -> None:
    profiler = Profiler()
    request = CheckRequest.create([here], here, profiler=profiler, select=["all"])
    assert run_check(request).report.diagnostics
    assert profiler.rules["mojibake"] > 0
    assert profiler.stages[Stage.JUDGE] > 0
