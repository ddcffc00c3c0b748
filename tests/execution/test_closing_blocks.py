"""A report whose diagnostics are not kept is that of a run that keeps them, in every format."""

import os
import tempfile
from pathlib import Path

import pytest

from helpers import write
from newslint.diagnostics.mapped_sequence import MappedSequence
from newslint.execution import CheckRequest, closing, closing_blocks
from newslint.execution.executors import can_fork
from newslint.execution.open_run import OpenRun
from newslint.execution.report_closer import ReportCloser
from newslint.execution.run import RunRequest, RunResult
from newslint.reporters.formats import (
    FORMAT_NAMES,
    PARQUET,
    TEXT,
    ReportInput,
    can_list,
    find_lister,
    render,
)

FORMATS = sorted({*FORMAT_NAMES} - {TEXT})
_ENTRIES = "related:\n" + "".join(
    f"  - title: Alphabetâ€™s cloud {at}\n    webUrl: http://a.example/{at}\n    quality: {{0}}\n"
    for at in range(3)
)

pytestmark = pytest.mark.skipif(not hasattr(os, "pwrite"), reason="needs pwrite")


@pytest.fixture
def here(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(closing, "MANY_MENTIONS", 1)
    monkeypatch.setattr(closing_blocks, "_FILES", 2)
    host = "title: Host {0}\nwebUrl: https://a.example/host{0}\n" + _ENTRIES
    files = {f"host{at}": host.format(at) for at in range(9)}
    files["quiet"] = "# newslint: ignore-file[mojibake, insecure-url]\n" + host.format("quiet")
    files["broken"] = "title: {"
    files["surrogate"] = 'title: "\\uD83D"\nwebUrl: http://a.example/s\n'
    write(archive, **files)
    return archive


def run(archive: Path, name: str | None, jobs: int = 2, **options: object) -> RunResult:
    """Check an archive for a report in one format; None to keep all diagnostics."""
    check = CheckRequest.create([archive], archive, jobs=jobs, **options)  # type: ignore[arg-type] # as named
    lister = None if name is None else find_lister([name])
    few = {"shows_few": name is not None, "lister": lister}
    return OpenRun(RunRequest(archive, (check,)), is_final=True, **few).result()  # type: ignore[arg-type] # as named


def in_format(result: RunResult, name: str) -> str:
    found = result.outcome
    given = ReportInput(found.report, found.rules, found.text, lambda _: None, found.statistics)
    return "".join(render(name, given))


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("listed", ["json", "jsonl", TEXT])
def test_every_format(listed: str, jobs: int, here: Path) -> None:
    kept, few = run(here, None), run(here, listed, jobs)
    assert isinstance(few.outcome.report.diagnostics, MappedSequence)
    assert few.outcome.report.suppressed
    for name in FORMATS:
        assert in_format(few, name) == in_format(kept, name)
    assert [*few.outcome.report.diagnostics] == [*kept.outcome.report.diagnostics]


@pytest.mark.parametrize("listed", ["json", "jsonl"])
def test_listed_diagnostics_are_not_put_together_again(
    listed: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = run(here, listed)
    text = in_format(run(here, None), listed)
    monkeypatch.delattr(ReportCloser, "find")
    assert in_format(found, listed) == text


def test_an_archive_without_diagnostics(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "MANY_MENTIONS", 1)
    write(archive, a="title: A title\n")
    options = {"select": ["mojibake"]}
    kept, few = (in_format(run(archive, name, **options), "json") for name in (None, "json"))
    assert few == kept
    assert '"diagnostics": []' in few


@pytest.mark.skipif(not can_fork(), reason="needs a fork")
def test_files_are_shared_by_processes(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, find, closed = in_format(run(here, None), "json"), ReportCloser.find, set()

    def note(self: ReportCloser, name: str) -> object:
        closed.add(name)
        return find(self, name)

    monkeypatch.setattr(ReportCloser, "find", note)
    result = run(here, "json")
    assert 0 < len(closed) < len(result.outcome.seen)
    assert in_format(result, "json") == text


@pytest.mark.skipif(not can_fork(), reason="needs a fork")
def test_a_process_that_dies(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, find, parent = in_format(run(here, None), "json"), ReportCloser.find, os.getpid()

    def find_or_die(self: ReportCloser, name: str) -> object:
        if os.getpid() != parent:
            os._exit(1)
        return find(self, name)

    monkeypatch.setattr(ReportCloser, "find", find_or_die)
    assert in_format(run(here, "json"), "json") == text


def test_no_folder_for_temporary_files(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = in_format(run(here, None), "json")
    monkeypatch.setattr(tempfile, "tempdir", str(here / "none"))
    assert in_format(run(here, "json"), "json") == text


def test_no_room_for_temporary_files(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = in_format(run(here, None), "json")
    monkeypatch.setattr(closing_blocks, "_MOST_BYTES", 4)
    assert in_format(run(here, "json"), "json") == text


def test_a_file_system_that_fills_gaps(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = in_format(run(here, None), "json")
    monkeypatch.setattr(closing_blocks, "_LEAST_GAP", 0)
    with pytest.raises(OSError, match="supported"):
        closing_blocks.TextSpool()
    assert in_format(run(here, "json"), "json") == text


def test_formats_that_list() -> None:
    assert can_list([TEXT, "json", "json"])
    assert not can_list(["json", "jsonl"])
    assert not can_list([TEXT, "html"])
    assert not can_list([PARQUET])
    assert find_lister([TEXT]) is None
