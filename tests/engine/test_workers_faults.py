"""Files that vanish, grow and change while several processes read them."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import write
from newslint.diagnostics import Report
from newslint.execution import CheckRequest
from newslint.execution import check as run_check
from newslint.reporters.formats import FORMAT_NAMES, TEXT, ReportInput, render
from newslint.reporters.json import render_json
from newslint.rules.api import Diagnostic, Mention, MentionRule, Severity
from newslint.rules.file.unreadable_file import UnreadableFile
from newslint.syntax import Limits
from newslint.testing import UniformSelection

LIMIT = Limits().file_size
FILES = [f"f{at:02}" for at in range(24)]
HALVES = (0, 12)
"""Where the files start that each of two processes is given; the second starts with the last."""


class Meddling(MentionRule):
    """Another program: reading the first file changes the files after each half.

    Who starts with the last one waits for that.
    """

    id = "meddling"
    severity = Severity.INFO
    examples = ()
    folder: str

    @classmethod
    def category(cls) -> str:
        return "test"

    def check(self, mention: Mention) -> Iterator[Diagnostic]:
        at = (
            FILES.index(str(mention.description.title))
            if mention.description.title in FILES
            else None
        )
        if at == 0:
            for half in HALVES:
                self._meddle(half)
            self._done.touch()
        while at == len(FILES) - 1 and not self._done.exists():
            time.sleep(0.01)
        yield self.flag(mention.target("title"), f"seen {mention.description.title}")

    def _meddle(self, half: int) -> None:
        vanished, grown, changed, folder = (self._path(half + step) for step in range(1, 5))
        vanished.unlink()
        with grown.open("ab") as file:
            file.truncate(LIMIT + 1)
        changed.write_text("---\ntitle: changed\n---\n")
        folder.unlink()
        folder.mkdir()

    @property
    def _done(self) -> Path:
        return Path(self.folder) / "done"

    def _path(self, at: int) -> Path:
        return Path(self.folder) / f"{FILES[at]}.md"


def checked(folder: Path, jobs: int) -> tuple[Report, str]:
    """Check a new archive and return its reports."""
    folder.mkdir()
    (folder / "newslint.toml").write_text("")
    write(folder, **{name: f"title: {name}" for name in FILES})
    request = CheckRequest.create(
        [folder],
        folder,
        jobs=jobs,
        rules=UniformSelection((Meddling(folder=str(folder)), UnreadableFile())),
    )
    outcome = run_check(request)
    report_input = ReportInput(
        outcome.report, outcome.rules, outcome.text, lambda _: None, outcome.statistics
    )
    assert all("".join(render(name, report_input)) for name in {*FORMAT_NAMES} - {TEXT})
    return outcome.report, "".join(render_json(outcome.report))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_becomes_of_each_file_is_told(jobs: int, tmp_path: Path) -> None:
    report, _ = checked(tmp_path / "archive", jobs)
    said = {each.location.path: each.message for each in report.diagnostics}
    assert len(report.diagnostics) == len(said) == report.documents == len(FILES)
    for at, name in enumerate(FILES):
        message = said[f"{name}.md"]
        assert message.startswith(
            {
                1: "cannot be read: it does not exist",
                2: "16.0 MiB is larger than the limit",
                3: "seen changed",
                4: "cannot be read: it is a folder",
            }.get(at % 12, f"seen {name}")
        )


def test_the_report_is_that_of_one_process(tmp_path: Path) -> None:
    _, alone = checked(tmp_path / "alone", 1)
    _, together = checked(tmp_path / "together", 2)
    assert together == alone


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_processes_tell_names_that_differ_in_case_apart(jobs: int, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    names = [name for at in range(6) for name in (f"a{at}", f"A{at}")]
    write(archive, **{name: f"title: of {name}" for name in names})
    if len(list(archive.iterdir())) < len(names):
        pytest.skip("the file system takes them for one")
    rules = UniformSelection((Meddling(folder=str(archive)),))
    outcome = run_check(CheckRequest.create([archive], archive, rules, jobs=jobs))
    said = {each.location.path: each.message for each in outcome.report.diagnostics}
    assert said == {f"{name}.md": f"seen of {name}" for name in sorted(names)}
    assert list(said) == sorted(said)
